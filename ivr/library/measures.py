"""What can be measured of a sentence: seconds of speech, billed fragments. How hard it is: `reading.py`."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable

import gsm0338

WORDS_A_MINUTE = 150
SECONDS_A_SENTENCE = 0.35
BETWEEN_SENTENCES = 0.7
BETWEEN_CHOICES = 0.6
TIME_FOR_A_PEN = 5.0
"""Pauses in seconds, as the line makes them."""

ONE_FRAGMENT = 160
FRAGMENT_OF_MANY = 153
ONE_UNICODE_FRAGMENT = 70
UNICODE_FRAGMENT_OF_MANY = 67

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_GSM = gsm0338.Codec()


def sentences(text: str) -> list[str]:
    return [part for part in _SENTENCE_END.split(text.strip()) if part]


def words(text: str) -> list[str]:
    return text.split()


def uses(passage: str, phrase: str) -> bool:
    """Whether it stands there, by itself. Capitals make no difference, nor which apostrophe it is, nor how a letter
    with an accent is composed."""
    return bool(_standing(plain(passage), plain(phrase)))


def without(passage: str, phrases: Iterable[str]) -> str:
    """What is left of a passage, in its plain writing, once the phrases are taken out, the longest first."""
    left = plain(passage)
    for phrase in sorted(map(plain, phrases), key=len, reverse=True):
        for found in reversed(_standing(left, phrase)):
            left = f"{left[: found.start()]} {left[found.end() :]}"
    return left


def plain(written: str) -> str:
    return unicodedata.normalize("NFC", written).replace("\u2019", "'")


def letters(written: str) -> list[str]:
    """The words of it, without signs and digits. Not by a pattern: to those, marks that are part of a letter, as in
    Hindi, end a word."""
    return ["".join(word) for is_word, word in itertools.groupby(written, is_letter) if is_word]


def _standing(passage: str, phrase: str) -> list[re.Match[str]]:
    edged = f" {passage} "
    found = re.finditer(re.escape(phrase), passage, re.IGNORECASE)
    return [one for one in found if not _goes_on(edged[one.start()]) and not _goes_on(edged[one.end() + 1])]


def _goes_on(sign: str) -> bool:
    return is_letter(sign) or sign.isdecimal()


def is_letter(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "LM"


def seconds(text: str) -> float:
    """Estimated time to say it at the normal pace (docs/accessibility.md), pauses after it not counted."""
    return len(words(text)) * 60 / WORDS_A_MINUTE + SECONDS_A_SENTENCE * len(sentences(text))


def gsm_units(text: str) -> int | None:
    """Length in GSM-7 units, where signs such as [ and ~ count two; None if the text leaves that alphabet."""
    try:
        return len(_GSM.encode(text)[0])
    except UnicodeError:
        return None


def fragments(text: str) -> int:
    """How many fragments a carrier bills for this text. Half a surrogate pair counts as a sign of its own."""
    if gsm_units(text) is None:
        sizes = [len(sign.encode("utf-16-le", "surrogatepass")) // 2 for sign in text]
        return _pack(sizes, ONE_UNICODE_FRAGMENT, UNICODE_FRAGMENT_OF_MANY)
    return _pack([gsm_units(sign) or 1 for sign in text], ONE_FRAGMENT, FRAGMENT_OF_MANY)


def _pack(sizes: list[int], alone: int, of_many: int) -> int:
    """Fills fragments sign by sign: a sign of two units is never split."""
    if sum(sizes) <= alone:
        return 1
    count, room = 1, of_many
    for size in sizes:
        if size > room:
            count, room = count + 1, of_many
        room -= size
    return count
