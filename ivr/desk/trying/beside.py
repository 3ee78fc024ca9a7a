"""What the phone page shows beside calls and texts: where a call can begin, and how hard words are to understand."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.carrier.chosen import DOCUMENTS
from ivr.desk.trying.positions import position_named
from ivr.dialogue.url import to_path
from ivr.library.library import Library
from ivr.library.load import Content
from ivr.library.reading import formula_of
from ivr.library.rules.shelf import Shelf
from ivr.listening.languages import language_of
from ivr.listening.listening import listening_of
from ivr.model import State
from ivr.phone.insight import Place, Places
from ivr.settings import CannotStart


def address_of(library: Library, position: str) -> str:
    """The action path at which key # says the position again. Raises CannotStart."""
    there = State(library.language.tag, position_named(library, position))
    return DOCUMENTS.webhook(f"/voice/{to_path(there)}")


FEWEST_WORDS = 20
"""Fewest words for which reading ease is measured: the formulas were made for passages."""


class BesideNow:
    """For the content that was loaded last: a line reloads changed content while its phone page stays open."""

    def __init__(self, content: Content) -> None:
        self.take(content)

    def take(self, content: Content) -> None:
        self._content = content

    def address(self, position: str, language: str) -> str | None:
        """None for a place or language that the content does not have."""
        library = self._content.libraries.get(language)
        try:
            return address_of(library, position) if library else None
        except CannotStart:
            return None

    def language(self, text: str) -> str:
        """The language of one of the line's texts, as carriers name it."""
        libraries = self._content.libraries
        listenings = {tag: listening_of(library) for tag, library in libraries.items()}
        return libraries[language_of(listenings, next(iter(libraries)), text)].language.speech

    def places(self) -> tuple[Places, ...]:
        libraries = self._content.libraries.values()
        return tuple(Places(one.language.tag, one.language.name, tuple(_places_in(one))) for one in libraries)

    def ease(self, words: str, speech: str) -> str:
        """By the formula of that spoken language; empty if there is none, or there are too few words."""
        libraries = self._content.libraries.values()
        library = next((one for one in libraries if one.language.speech == speech), None)
        formula = formula_of(library.language) if library else None
        if library is None or formula is None or len(words.split()) < FEWEST_WORDS:
            return ""
        return formula.measure(words, Shelf(self._content, library.language.tag).explanations()).figure


def _places_in(library: Library) -> Iterator[Place]:
    """All menus and segments, in the order of their keys."""
    for name, code in library.codes.items():
        if menu := library.menus.get(name):
            yield Place(name, f"{code} {menu.title}".strip())
        elif topic := library.topics.get(name):
            number = len(topic.segments)
            for part in range(1, number + 1):
                which = f", {part} / {number}" if number > 1 else ""
                yield Place(f"{name}.{part}", f"{code} {topic.title}{which}")
