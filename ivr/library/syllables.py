"""Counts syllables: from the CMU Pronouncing Dictionary, else estimated from the spelling."""

from __future__ import annotations

import itertools
import re
import unicodedata

from pysyllables import get_syllable_count

from ivr.library.measures import is_letter, nfc

NUMBER = re.compile(r"\d+(?:[-.,:]\d+)*")
_POSSESSIVE = "'s"
_HISSING = re.compile(r"(?:[sxz]|[cs]h|[cg]e)$")
"""Endings of words whose possessive has one more syllable."""

_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(
    r"(?<=[^aeiouy])(?<![^aeiouy]l)e$"  # stone, not bundle
    r"|(?<=[^aeiouytd])e(?=d$)"  # asked, not treated
    r"|(?<=[^aeiouyscgxz])(?<![cs]h)(?<![^aeiouy]l)e(?=s$)"  # stones, not doses
)
_APART = re.compile(r"(?<![cgst])i(?=[aou])|e(?=o)")
"""Two vowels side by side that are two syllables: radiology, not lotion."""


def syllables(passage: str) -> int:
    """The total of all words. Any number counts as one."""
    written = "".join(filter(_is_seen, nfc(passage).lower()))
    return len(NUMBER.findall(written)) + sum(map(_of_word, _words(written)))


def _is_seen(character: str) -> bool:
    """False for a soft hyphen and the like, which do not end a word."""
    return unicodedata.category(character) != "Cf"


def _words(written: str) -> list[str]:
    """Apostrophes inside a word are part of it; hyphens are not."""
    pieces = itertools.groupby(written, lambda character: is_letter(character) or character == "'")
    words = ("".join(piece).strip("'") for is_word, piece in pieces if is_word)
    return [word for word in words if word]


def _of_word(word: str) -> int:
    return get_syllable_count(word) or _of_possessive(word) or _estimated(word)


def _of_possessive(word: str) -> int | None:
    base = word.removesuffix(_POSSESSIVE)
    return None if base == word or not base else _of_word(base) + bool(_HISSING.search(base))


def _estimated(word: str) -> int:
    """By rules of English spelling: right for nine in ten words of the dictionary. An accented e is always heard."""
    letters = unicodedata.normalize("NFD", _SILENT.sub("", word))
    heard = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return max(1, len(_VOWELS.findall(heard)) + len(_APART.findall(heard)))
