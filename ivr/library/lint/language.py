"""language.md: the formulas it names are known, and the patterns it gives can be filled in."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.library.carrier_words import ANSWERED_BY_CARRIER
from ivr.library.document import Document
from ivr.library.library import SLOT, Library
from ivr.library.lint.review import DATE_SLOTS
from ivr.library.reading import FORMULAS, formula_of
from ivr.library.rules.shelf import Shelf, at, header_line
from ivr.library.sent_words import Phrase, normalised
from ivr.model import Problem


def check_language(shelf: Shelf) -> Iterator[Problem]:
    document, language = shelf.file("language.md"), shelf.library.language
    if document is None:
        return
    if language.reading and formula_of(language) is None:
        names = " or ".join(f"`reading: {formula.name}`" for formula in FORMULAS.values())
        remedy = f"write {names}, or remove this: then only the lengths of sentences are checked"
        yield at(document, header_line(document, "reading"), "language", remedy)
    date = document.header.get("date")
    if date and sorted(SLOT.findall(date.words.text)) != sorted(DATE_SLOTS):
        remedy = f"write {', '.join(f'{{{slot}}}' for slot in DATE_SLOTS)} in the order of this language, once each"
        yield at(document, date.words.line, "language", remedy)
    yield from _called(shelf, document)


def _called(shelf: Shelf, document: Document) -> Iterator[Problem]:
    """The words that texters send to be answered in this language: none may be taken by anything else."""
    called, others = shelf.library.language.called, shelf.content.libraries.keys() - {shelf.tag}
    line = header_line(document, "called")
    if others and not called:
        remedy = "write `called:` and the names of this language that texters send, such as `called: ESPAÑOL, SPANISH`"
        yield at(document, line, "language", remedy)
    for name in called:
        if " ".join(normalised(name)) in ANSWERED_BY_CARRIER or not normalised(name):
            yield at(document, line, "G3", f"use a word other than {name}: the carrier answers that one itself")
    for other in sorted(others):
        for words in _names(shelf.library) & _names(shelf.content.libraries[other]):
            remedy = f"`{other}` is called {' '.join(words)} too: keep it in one of the two"
            yield at(document, line, "language", remedy)


def _names(library: Library) -> set[Phrase]:
    return set(map(normalised, library.language.called))
