"""Which language a text is in, of those that the line speaks: told from the words that it knows in each, danger
first."""

from __future__ import annotations

from collections.abc import Mapping

from ivr.listening.meaning import Danger
from ivr.listening.normalise import text_of
from ivr.listening.rules import Listening
from ivr.listening.understand import understand

ENOUGH = 0.6
"""The share of a text's words that a language has to know for a danger that it finds there to be believed."""
BORROWED = 0.5
"""What a word counts that a language's patterns know, and that is none of its own: `pain` in a Spanish text."""


def language_of(listenings: Mapping[str, Listening], present: str, written: str) -> str:
    """The tag of the language that knows most of the words; a text that fits several stays in the texter's `present`
    one. Where a text tells of danger in some languages, it is one of these."""
    words = [word for word in text_of(written).words if word.isalpha()]
    known = {tag: sum(_counts(listening, word) for word in words) for tag, listening in listenings.items()}
    if known[present] == len(words) and all(known[tag] < len(words) for tag in known if tag != present):
        return present
    alarmed = [tag for tag in known if known[tag] >= ENOUGH * len(words) and _is_danger(listenings[tag], written)]
    return max(alarmed or known, key=lambda tag: (known[tag], tag == present))


def _counts(listening: Listening, word: str) -> float:
    return 1.0 if word in listening.spelling.real else BORROWED if listening.knows(word) else 0.0


def _is_danger(listening: Listening, written: str) -> bool:
    return isinstance(understand(listening, written).meaning, Danger)
