"""What an operator can do if texts are often not understood."""

from __future__ import annotations

from ivr.model import Understanding

ADVICE = {
    Understanding.DANGER: (
        "Texts answered with what to do in danger",
        "If there are more than you expect, try “python -m ivr text --why” with such words: a pattern may be too wide.",
    ),
    Understanding.ASKED: (
        "Questions asked, instead of an answer",
        "If these are more than a quarter of all texts, add keywords and patterns for what people ask about most.",
    ),
    Understanding.ACCEPTED: (
        "Questions and offers accepted",
        "If these are fewer than half of the questions asked, the line often asks about the wrong thing: narrow the "
        "hints and patterns of topics.",
    ),
    Understanding.UNCLEAR: (
        "Texts not understood",
        "Give topics the words listed at the end of this report for keywords, or patterns in listening/topics.md.",
    ),
    Understanding.LACKING: (
        "Texts about what the line lacks",
        "Ask your clinicians whether a topic is missing; until there is one, see that a person answers the helpline.",
    ),
}
"""What is counted of texts, the most urgent first, and what to do about it."""
