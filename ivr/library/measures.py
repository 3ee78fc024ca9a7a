"""Measures of a sentence: seconds of speech, billed fragments. For reading ease see `reading.py`."""

from __future__ import annotations

import itertools
import math
import re
import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from functools import lru_cache

import gsm0338

from ivr.library.limits import SECONDS_A_SENTENCE, WORDS_A_MINUTE
from ivr.model import Pace

RATES = {Pace.SLOWER: 60, Pace.SLOW: 75, Pace.NORMAL: 100, Pace.FAST: 125}
"""Speech rates, in percent of WORDS_A_MINUTE."""
TIME_FOR_A_PEN = 5.0
"""A pause, in seconds."""

ONE_FRAGMENT = 160
FRAGMENT_OF_MANY = 153
ONE_UNICODE_FRAGMENT = 70
UNICODE_FRAGMENT_OF_MANY = 67

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_ESCAPE = 0x1B


def _units_of_characters() -> dict[str, int]:
    """The library's alphabet, read once: asking the library about each character of a text takes 300 microseconds, a
    lookup here 5."""
    codec = gsm0338.Codec()
    units = {codec.decode(bytes([code]))[0] or chr(code): 1 for code in range(128)}
    for code in range(128):
        with suppress(UnicodeError):
            units[codec.decode(bytes([_ESCAPE, code]))[0]] = 2
    return units


_UNITS = _units_of_characters()
"""GSM-7 units of each character: one, or two for ten characters such as [ and ~."""


def sentences(text: str) -> list[str]:
    return [part for part in _SENTENCE_END.split(text.strip()) if part]


def words(text: str) -> list[str]:
    return text.split()


def uses(passage: str, phrase: str) -> bool:
    """Whether the phrase occurs there as whole words, regardless of capitals, kind of apostrophe and Unicode
    composition."""
    return bool(_standing(nfc(passage), nfc(phrase)))


def without(passage: str, phrases: Iterable[str]) -> str:
    """The passage, normalised, with the phrases removed, the longest first."""
    left = nfc(passage)
    for phrase in sorted(map(nfc, phrases), key=len, reverse=True):
        for found in reversed(_standing(left, phrase)):
            left = f"{left[: found.start()]} {left[found.end() :]}"
    return left


def nfc(written: str) -> str:
    return unicodedata.normalize("NFC", written).replace("\u2019", "'")


def letters(written: str) -> list[str]:
    """Its words, letters only. Not by a regular expression: there, marks that are part of a letter, as in Hindi, end a
    word."""
    return ["".join(word) for is_word, word in itertools.groupby(written, is_letter) if is_word]


def _standing(passage: str, phrase: str) -> list[re.Match[str]]:
    edged = f" {passage} "
    found = re.finditer(re.escape(phrase), passage, re.IGNORECASE)
    return [one for one in found if not _goes_on(edged[one.start()]) and not _goes_on(edged[one.end() + 1])]


def _goes_on(character: str) -> bool:
    return is_letter(character) or character.isdecimal()


def is_letter(character: str) -> bool:
    return unicodedata.category(character)[0] in "LM"


def speaking_seconds(text: str) -> float:
    """Estimated time to say it at the normal pace (docs/accessibility.md), without the pause after it."""
    return len(words(text)) * 60 / WORDS_A_MINUTE + SECONDS_A_SENTENCE * len(sentences(text))


def gsm_units(text: str) -> int | None:
    """Length in GSM-7 units; None if the text leaves that alphabet."""
    sizes = _gsm_sizes(text)
    return None if sizes is None else sum(sizes)


@lru_cache(256)
def fragments(text: str) -> int:
    """How many fragments a carrier bills for this text. A lone surrogate counts as one character."""
    sizes = _gsm_sizes(text)
    if sizes is not None:
        return _pack(sizes, ONE_FRAGMENT, FRAGMENT_OF_MANY)
    sizes = [2 if character > "\uffff" else 1 for character in text]
    return _pack(sizes, ONE_UNICODE_FRAGMENT, UNICODE_FRAGMENT_OF_MANY)


def _gsm_sizes(text: str) -> list[int] | None:
    try:
        return [_UNITS[character] for character in text]
    except KeyError:
        return None


def _pack(sizes: list[int], alone: int, of_many: int) -> int:
    """Fills fragments character by character: a character of two units is never split."""
    total = sum(sizes)
    if total <= alone:
        return 1
    if total == len(sizes):
        return math.ceil(total / of_many)
    count, room = 1, of_many
    for size in sizes:
        if size > room:
            count, room = count + 1, of_many
        room -= size
    return count
