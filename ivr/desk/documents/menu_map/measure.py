"""How much room words take: never less than they need in any plain sans-serif font, bold too."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

WIDEST = 1.3
WIDE = 1.15
CAPITAL = 0.9
SMALL = 0.73
NARROW = 0.48
"""Widths of signs as parts of the font size, the most that Verdana Bold or DejaVu Sans Bold take."""

LAST_LATIN = "\u024f"


def width(words: str, size: float) -> float:
    return sum(_sign(sign) for sign in words) * size


def _sign(sign: str) -> float:
    if unicodedata.combining(sign):
        return 0.0
    if sign in " ijlt.,:;'":
        return NARROW
    if sign in "WMmw@":
        return WIDE
    if sign.islower() and sign <= LAST_LATIN:
        return SMALL
    return CAPITAL if sign <= LAST_LATIN and (sign.isalnum() or sign in '-*#?!/"') else WIDEST


def wrap(words: str, size: float, room: float) -> tuple[str, ...]:
    """Lines that each fit into `room`. A word that does not fit alone is broken."""
    lines: list[str] = []
    for word in _words_that_fit(words, size, room):
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and width(joined, size) <= room:
            lines[-1] = joined
        else:
            lines.append(word)
    return tuple(lines)


def _words_that_fit(words: str, size: float, room: float) -> Iterator[str]:
    for word in words.split():
        piece = ""
        for sign in filter(str.isprintable, word):
            if piece and width(piece + sign, size) > room:
                yield piece
                piece = ""
            piece += sign
        if piece:
            yield piece


def widest(lines: Iterable[str], size: float) -> float:
    return max((width(line, size) for line in lines), default=0.0)
