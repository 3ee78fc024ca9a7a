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
    on_words = problems_of_words(content)
    if check_structure(content):
        return on_words
    return sorted_problems([*on_words, *_on_listening(content)])


def _on_listening(content: Content) -> Iterator[Problem]:
    for tag, library in content.libraries.items():
        shelf = Shelf(content, tag)
        yield from listening_of(library).problems
        for rule in RULES:
            yield from rule(shelf)
