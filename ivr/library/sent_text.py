"""A text as it leaves: with what its language has in place of characters that plain texts lack."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from ivr.model import Language


def as_sent(language: Language, text: str) -> str:
    """One character outside of GSM-7 would leave a fragment 70 characters instead of 160. All other characters stay,
    since ñ or è can make another word. Whatever is texted goes through here once, on its way out; what is said or
    printed keeps its accents."""
    if not language.in_texts:
        return text
    return unicodedata.normalize("NFC", text).translate(_table(language.in_texts))


@lru_cache(maxsize=32)
def _table(pairs: tuple[tuple[str, str], ...]) -> dict[int, str]:
    return str.maketrans(dict(pairs))
