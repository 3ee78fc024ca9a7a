"""How hard a passage is to read and to take in by ear. Only checks need this: it loads a pronouncing dictionary."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ivr.library.measures import sentences, words
from ivr.library.syllables import syllables

NEUTRAL_WORD = "body"
"""Stands for a medical word that the line explains, when the reading grade is taken: two plain syllables."""

_WORD = re.compile(r"\w")


def grade(text: str, explained: Iterable[str] = ()) -> float:
    """Flesch-Kincaid grade, with the `explained` words counted as plain ones."""
    for term in sorted(explained, key=len, reverse=True):
        text = re.sub(rf"\b{re.escape(term)}\b", NEUTRAL_WORD, text, flags=re.IGNORECASE)
    spoken = [word for word in words(text) if _WORD.search(word)]
    if not spoken:
        return 0.0
    number = sum(_WORD.search(sentence) is not None for sentence in sentences(text))
    return 0.39 * len(spoken) / number + 11.8 * sum(map(syllables, spoken)) / len(spoken) - 15.59


def listening_load(sentence: str) -> int:
    """Fang's Easy Listening Formula: syllables above one a word, summed over the sentence."""
    spoken = (re.sub(r"[^\w']", "", word) for word in re.split(r"[\s-]+", sentence))
    return sum(max(0, syllables(word) - 1) for word in spoken if word.isalpha() or "'" in word)
