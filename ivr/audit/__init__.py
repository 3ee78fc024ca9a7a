"""Checks of content that need the whole line: whether people are understood, and whether what it tells them to send
works.

The rules on the words themselves are in `ivr.library.lint`. `check`, a release and a reload run both; no serving
process imports them.
"""

from __future__ import annotations

from collections.abc import Iterator

from ivr.audit.listening.examples import check_examples
from ivr.audit.listening.headings import check_headings
from ivr.audit.listening.keywords import check_keywords
from ivr.audit.listening.recommended import check_recommended
from ivr.audit.phrase_keys import check_phrase_keys
from ivr.library.lint import check as problems_of_words
from ivr.library.load import Content
from ivr.library.rules import check_structure, sorted_problems
from ivr.library.rules.shelf import Shelf
from ivr.listening.listening import listening_of
from ivr.model import Problem

RULES = (check_headings, check_examples, check_keywords, check_recommended, check_phrase_keys)


def check(content: Content) -> list[Problem]:
    """All problems, sorted by file and line. Content that cannot be served has to be fixed before it is tried on
    texts."""
    return Checker().check(content)


class Checker:
    """Checks content that changes a little at a time: a language that is as it was is not tried on texts again, which
    takes most of the time."""

    def __init__(self) -> None:
        self._last: dict[str, tuple[tuple[object, ...], tuple[Problem, ...]]] = {}

    def check(self, content: Content) -> list[Problem]:
        on_words = problems_of_words(content)
        if check_structure(content):
            return on_words
        return sorted_problems(
            [*on_words, *(one for tag in content.libraries for one in self._on_listening(content, tag))]
        )

    def _on_listening(self, content: Content, tag: str) -> tuple[Problem, ...]:
        depends_on, last = _depends_on(content, tag), self._last.get(tag)
        if last is None or last[0] != depends_on:
            last = self._last[tag] = depends_on, tuple(_tried_on_texts(content, tag))
        return last[1]


def _depends_on(content: Content, tag: str) -> tuple[object, ...]:
    """All that the rules below look at: the language's own files; of the others, what they are called, and which files
    the first has."""
    shelf = Shelf(content, tag)
    library, first = shelf.library, next(iter(content.libraries.values()))
    called = [one.language.called for one in content.libraries.values()]
    own = dict(shelf.files()), library.dictionary, library.likeness, first is library
    return *own, sorted(first.listening), called, content.facts


def _tried_on_texts(content: Content, tag: str) -> Iterator[Problem]:
    shelf = Shelf(content, tag)
    yield from listening_of(shelf.library).problems
    for rule in RULES:
        yield from rule(shelf)
