"""Headings of words.md: all that the line reads, and no other."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.library.kinds import check_headings, meant
from ivr.library.rules.shelf import Shelf, at
from ivr.library.sent_words import MOVES, NEVER_SENT
from ivr.model import Problem

TENS = {str(ten) for ten in range(10, 100, 10)}
"""Headings for tens, allowed although no choice has such a number: `fifty two` is 52."""


def check_words_headings(shelf: Shelf) -> Iterator[Problem]:
    document = shelf.file("words.md")
    if document is None:
        return
    numbers = {name for name in document.lines if name.isdecimal()}
    known = {*MOVES, *NEVER_SENT, *numbers}
    misspelt = meant(document.lines, known).values()
    for name in MOVES:
        if not document.sections.get(name) and name not in misspelt:
            remedy = f"write words that mean it under a heading `## {name}`"
            yield at(document, document.lines.get(name, 1), "words", remedy)
    yield from check_headings(document, known)
    for name in sorted(numbers - {"0", *shelf.library.codes.values()} - TENS):
        yield at(document, document.lines[name], "words", f"no choice has the number {name}: remove this heading")
