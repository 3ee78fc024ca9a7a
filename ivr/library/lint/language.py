"""The file of a language: what it names is known, and what it shows can be filled in."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.library.library import SLOT
from ivr.library.lint.review import DATE_SLOTS
from ivr.library.reading import FORMULAS, formula_of
from ivr.library.rules.shelf import Shelf, at, header_line
from ivr.model import Problem


def check_language(shelf: Shelf) -> Iterator[Problem]:
    document, language = shelf.file("language.md"), shelf.library.language
    if document is None:
        return
    if language.reading and formula_of(language) is None:
        names = " or ".join(f"`reading: {formula.name}`" for formula in FORMULAS.values())
        remedy = f"write {names}, or take this away: then the lengths of sentences count alone"
        yield at(document, header_line(document, "reading"), "language", remedy)
    date = document.header.get("date")
    if date and sorted(SLOT.findall(date.words.text)) != sorted(DATE_SLOTS):
        remedy = f"write {', '.join(f'{{{slot}}}' for slot in DATE_SLOTS)} in the order of this language, once each"
        yield at(document, date.words.line, "language", remedy)
