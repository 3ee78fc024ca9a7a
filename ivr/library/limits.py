"""Every threshold of docs/accessibility.md that more than one room reads, once, under the rule it belongs to.

Seconds unless stated otherwise. The rules on words (`lint/`) and the audit of the running line (`ivr/audit/access`)
measure against the same number; a limit that only the audit reads stands beside its rule there.
"""

from __future__ import annotations

# --- B: menus
MOST_TOPICS = 5
"""B1, of one menu."""
LONGEST_LABEL = 8
"""B6, in words."""
MOST_SHARED = 0.5
"""B6: two labels of a menu share less than this part of their words."""

# --- E: words
MOST_WORDS, LONGEST_SEGMENT = 75, 30.0
"""E1."""
MOST_WORDS_OF_WARNING, LONGEST_WARNING = 90, 55.0
"""E1, for facts that facts.md allows to take longer."""
MOST_FACTS = 3
"""E2, in a segment."""
MEAN_SENTENCE, LONGEST_SENTENCE = 12, 20
"""E4, in words."""
LONGEST_EXPLANATION, MOST_TERMS = 10, 2
"""E5: words in an explanation, new terms in a segment."""

# --- F: the voice
WORDS_A_MINUTE, SECONDS_A_SENTENCE = 150, 0.35
"""The pace that estimates of speech use."""
BETWEEN_SENTENCES, BETWEEN_CHOICES = 0.7, 0.6
"""Pauses that the line makes."""

# --- G: texts
MOST_FRAGMENTS, MOST_UNITS = 2, 306
"""G1: fragments of a text, and the GSM-7 units they hold."""
SEEN_WHEN_LOCKED = 40
"""G5: how many characters of a text a locked screen shows."""

# --- K: speech
LEAST_CONFIDENCE = 0.4
"""K2: the carrier's confidence in what it heard, from 0 to 1. Anything lower is a guess."""
LONGEST_COMMAND = 8
"""K2, in words: longer speech may not have been meant for the line."""
