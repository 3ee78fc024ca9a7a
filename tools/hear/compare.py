"""Compares what was said with what was written down: wrong words, and warning signs that were not heard. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

DIGITS = {
    "en": ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    "es": ("cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve"),
}
PERCENT, POINT = {"en": "percent", "es": "por ciento"}, {"en": "point", "es": "punto"}


@dataclass(frozen=True, slots=True)
class Errors:
    wrong: int
    words: int

    @property
    def rate(self) -> float:
        return self.wrong / self.words if self.words else 0.0

    def __add__(self, other: Errors) -> Errors:
        return Errors(self.wrong + other.wrong, self.words + other.words)


NO_ERRORS = Errors(0, 0)


def plain_words(text: str, language: str = "en") -> list[str]:
    """The words in the form in which they are compared: lower case, without accents, digits one by one however they are
    grouped."""
    text = text.lower().replace("\u2019", "'").replace("%", f" {PERCENT[language]} ")
    text = "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one))
    text = re.sub(r"(?<=\d)\.(?=\d)", f" {POINT[language]} ", text)
    text = re.sub(r"\d", lambda digit: f" {DIGITS[language][int(digit[0])]} ", text)
    return re.sub(r"[^a-z' ]+", " ", text).split()


def errors(said: str, heard: str, language: str = "en") -> Errors:
    """Counts words changed, left out and inserted."""
    wanted, found = plain_words(said, language), plain_words(heard, language)
    return Errors(Levenshtein.distance(wanted, found), len(wanted))


def missed(signs: Iterable[str], said: str, heard: str, language: str = "en") -> list[str]:
    """The signs that were heard less often than they were said."""
    return [sign for sign in signs if _count(sign, heard, language) < _count(sign, said, language)]


def _count(sign: str, text: str, language: str) -> int:
    wanted, found = plain_words(sign, language), plain_words(text, language)
    return sum(found[at : at + len(wanted)] == wanted for at in range(len(found)))
