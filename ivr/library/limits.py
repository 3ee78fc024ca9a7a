"""The thresholds of docs/accessibility.md, each under the rule that it belongs to.

In seconds unless stated otherwise. Whoever measures reads the same number: the rules on words (`lint/`), the audit of
the running line (`ivr/audit/access`), the timing of calls (`ivr/desk/checking`), and the test that compares the rules
with the document.
"""

from __future__ import annotations

# --- A: opening
EMERGENCY_BY, EMERGENCY_WORDS = 15.0, 20
"""A1: when the emergency sentence has been said, and how many words it has at most."""
OPTION_BY = 15.0
"""A2: when the first choice is offered."""
CONTENT_BY, OVERVIEW_BY, SIGNS_BY = 3.0, 75.0, 150.0
"""A3: content after a key; the main points and the warning signs for a caller who presses nothing."""
LINE_NAMED_BY, WORDS_BEFORE_OPTION = 5.0, 35
"""A4: when the line has been named, and how many words come before the first option."""

# --- B: menus
MOST_LEVELS = 2
"""B2: levels of menus. A number code has at most as many keys."""
TREATMENT_BY = 40.0
"""B7: when each treatment that people call about has been named."""
MOST_TOPICS = 5
"""B1: topics in one menu."""
LONGEST_LABEL = 8
"""B6, in words."""
MOST_SHARED = 0.5
"""B6: two labels of a menu share less than this part of their words."""

# --- C: keys
MOST_STARS = 2
"""C3: presses of `*` from anywhere to the main menu."""
SHORTEST_HOLD, CUE_EVERY = 300.0, 30.0
"""C5: how long the line waits for a caller who asked it to, and how often it says that it is there."""
PLACE_NAMED_WITHIN = 6
"""C7, in words."""

# --- D: time
SHORTEST_WAIT, PATIENT_WAIT, WARNING_WAIT = 10.0, 20.0, 20.0
"""D1 for every wait, D2 after a silence, D3 after a warning."""
TRIES, LONGEST_PROMPT = 3, 12.0
"""D4: prompts for silence and for a wrong key, and how long each takes at most."""
SHORTEST_SILENCE = 60.0
"""D6: how long a silent call lasts before the line hangs up."""
BEFORE_DIALLING = 45.0
"""D8 and J3: how long the line listens before it dials for a caller who has pressed nothing."""

# --- E: words
MOST_WORDS, LONGEST_SEGMENT = 75, 30.0
"""E1: words and seconds of a segment."""
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

# --- I: people
PERSON_BY, OFFER_BY, LANGUAGE_BY = 25.0, 10.0, 20.0
"""I1: when the key for a person is named; I3: the offer to carry on; I4: another language."""

# --- J: safety
SIGNS_NAMED_BY, PRESSES_FROM_MENU, PRESSES_ELSEWHERE = 20.0, 1, 2
"""J1: when the menu names the warning signs, and how many presses lead to them."""
MOST_WRONG = 0.07
"""J4: the share of words that a recogniser may write down wrong at 8 kHz."""

# --- K: speech
LEAST_CONFIDENCE = 0.4
"""K2: the carrier's confidence in what it heard, from 0 to 1. Anything lower is a guess."""
LONGEST_COMMAND = 8
"""K2, in words: longer speech may not have been meant for the line."""
