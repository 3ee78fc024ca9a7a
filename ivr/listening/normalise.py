"""Turns what was written into plain words: small letters without accents or apostrophes, and the ends of sentences."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from ivr.library.sent_words import LONGEST_TEXT

SENTENCE_END = 3
"""The end of a sentence separates two words as much as this many words between them."""

APOSTROPHES = re.compile(r"['\u2018\u2019\u02bc\u0060\u00b4]")
STRETCHED = re.compile(r"([^\W\d])\1{2,}")
TOKEN = re.compile(
    r"\d+[.,]\d+|[^\W_]+|[.!?;:\n\u2026()]|[\u2600-\u27bf\U0001f170-\U0001f19a\U0001f300-\U0001faff]",
)
EVERYDAY = re.compile(r"(?:([a-z])(?!\1\1))+")
"""A word that is read as it is written, as most words of content are."""
ENDS = frozenset(".!?;:\n\u2026()")


@dataclass(frozen=True, slots=True)
class Text:
    """`words`, and `at`: the position of each word counted in words, where each end of a sentence adds to the count."""

    words: tuple[str, ...]
    at: tuple[int, ...]


def folded(written: str) -> str:
    """Full-width and accented letters, curly quotes and capitals become plain small ones, and `soooo` becomes `soo`."""
    letters = unicodedata.normalize("NFKD", written[:LONGEST_TEXT]).casefold()
    bare = letters if letters.isascii() else "".join(sign for sign in letters if not unicodedata.combining(sign))
    return STRETCHED.sub(r"\1\1", APOSTROPHES.sub("", bare))


def split_words(written: str) -> Text:
    if EVERYDAY.fullmatch(written[:LONGEST_TEXT]):
        return Text((written[:LONGEST_TEXT],), (0,))
    words: list[str] = []
    at: list[int] = []
    place = 0
    for token in TOKEN.findall(folded(written)):
        if token in ENDS:
            place += SENTENCE_END if words and at[-1] == place - 1 else 0
            continue
        words.append(token.replace(",", "."))
        at.append(place)
        place += 1
    return Text(tuple(words), tuple(at))
