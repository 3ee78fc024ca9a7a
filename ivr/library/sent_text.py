"""A text as it is sent: with its language's substitutes for characters that GSM-7 lacks."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from ivr.model import Language

NEXT_TEXT = "//"
"""In a segment's text: what comes after it is sent as a second text."""


def as_sent(language: Language, text: str) -> str:
    """One character outside GSM-7 cuts a fragment from 160 characters to 70. All others stay, since ñ or è can make
    another word. Every text goes through here once, on its way out; what is said or printed keeps its accents."""
    if not language.in_texts:
        return text
    return unicodedata.normalize("NFC", text).translate(_table(language.in_texts))


@lru_cache(maxsize=32)
def _table(pairs: tuple[tuple[str, str], ...]) -> dict[int, str]:
    return str.maketrans(dict(pairs))
