"""Words that texters send: each leads to one place, and none is the carrier's."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.library.carrier_words import ANSWERED_BY_CARRIER
from ivr.library.document import Document
from ivr.library.rules.shelf import Shelf, at, header_line
from ivr.model import Problem

MOVES = ("more", "back", "again", "menu", "keys")
"""Headings of words.md: words that a whole text may be. Those of urgency may stand anywhere in a text."""
WORDS_NEEDED = (*MOVES, "urgent")


def check_keywords(shelf: Shelf) -> Iterator[Problem]:
    taken: dict[str, tuple[str, str]] = {}
    for word, leads_to, document, line in _keywords(shelf):
        plain = word.upper()
        if plain in ANSWERED_BY_CARRIER:
            yield at(document, line, "G3", f"take another word than {word}: the carrier answers that one itself")
        if plain in taken and taken[plain][0] != leads_to:
            yield at(document, line, "keywords", f"{word} leads to {taken[plain][1]} too: keep it in one place")
        taken.setdefault(plain, (leads_to, document.path))
    for name in WORDS_NEEDED:
        if not shelf.library.words.get(name):
            remedy = f"add a heading `## {name}` with the words that mean it"
            yield Problem(f"{shelf.base}/words.md", 1, "words", remedy)


def _keywords(shelf: Shelf) -> Iterator[tuple[str, str, Document, int]]:
    """Each keyword with where it leads and the line that it stands on."""
    for menu in shelf.library.menus.values():
        document = shelf.document("menus", menu.name)
        for word in menu.keywords:
            yield word, menu.name, document, header_line(document, "keywords")
    for topic in shelf.library.topics.values():
        document = shelf.document("topics", topic.name)
        for part, segment in enumerate(topic.segments, start=1):
            for word in segment.keywords:
                yield word, f"{topic.name}.{part}", document, header_line(document, "keywords", str(part))
    words = shelf.file("words.md")
    if words is None:
        return
    for name in MOVES:
        for word in shelf.library.words.get(name, ()):
            yield word, name, words, words.lines[name]
