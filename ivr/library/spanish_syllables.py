"""Counts the syllables of Spanish words, from their spelling: no dictionary is needed."""

from __future__ import annotations

import re
import unicodedata

from ivr.library.measures import letters
from ivr.library.syllables import NUMBER

_SILENT = re.compile(r"h|(?<=q)u(?=[eiéí])|(?<=g)u(?=[eiéí])")
_CONSONANT_Y = re.compile(r"y(?=[aeiouáéíóúü])")
_VOWELS = re.compile(r"[aeiouáéíóúü]+")
_APART = re.compile(r"(?=[aeoáéóíú][aeoáéóíú])")
"""Before two vowels that are two syllables: neither is an i or u without an accent (`a-é-re-o`, `dí-a`)."""


def spanish_syllables(passage: str) -> int:
    """The total of all words. Any number counts as one, as in English."""
    written = unicodedata.normalize("NFC", passage).lower()
    return len(NUMBER.findall(written)) + sum(map(_of_word, letters(written)))


def _of_word(word: str) -> int:
    plain = _CONSONANT_Y.sub("j", _SILENT.sub("", word)).replace("y", "i")
    return max(1, sum(1 + len(_APART.findall(vowels)) for vowels in _VOWELS.findall(plain)))
