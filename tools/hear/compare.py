"""What was said against what was written down: wrong words, and signs that were not heard. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


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


def plain_words(text: str) -> list[str]:
    """The words in the form in which they are compared: lower case, digits one by one however they are grouped."""
    text = text.lower().replace("\u2019", "'").replace("%", " percent ")
    text = re.sub(r"(?<=\d)\.(?=\d)", " point ", text)
    text = re.sub(r"\d", lambda digit: f" {DIGITS[int(digit[0])]} ", text)
    return re.sub(r"[^a-z' ]+", " ", text).split()


def errors(said: str, heard: str) -> Errors:
    """Counts words changed, left out and inserted."""
    wanted, found = plain_words(said), plain_words(heard)
    return Errors(Levenshtein.distance(wanted, found), len(wanted))


def missed(signs: Iterable[str], said: str, heard: str) -> list[str]:
    """The signs that were heard less often than they were said."""
    return [sign for sign in signs if _count(sign, heard) < _count(sign, said)]


def _count(sign: str, text: str) -> int:
    wanted, found = plain_words(sign), plain_words(text)
    return sum(found[at : at + len(wanted)] == wanted for at in range(len(found)))
