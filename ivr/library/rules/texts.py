"""Texts: small enough, in plain signs. Those of segments are in `segments.py`."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.library.document import Document
from ivr.library.library import HOME, Library, fill
from ivr.library.measures import fragments, gsm_units
from ivr.library.naming import HOME_OPENINGS, LONGEST_ANSWER, SUBMENU_OPENINGS, menu_text
from ivr.library.rules.shelf import Shelf, at
from ivr.library.sent_words import normalised
from ivr.model import Problem

MOST_FRAGMENTS = 2


def check_texts(shelf: Shelf) -> Iterator[Problem]:
    for menu in shelf.library.menus.values():
        document = shelf.document("menus", menu.name)
        for choice, written in zip(menu.choices, document.sections["text"], strict=False):
            yield from plain(document, written.line, choice.text)
        for opening in HOME_OPENINGS if menu.name == HOME else SUBMENU_OPENINGS:
            text = menu_text(shelf.library, menu.name, opening)
            yield from short(document, document.lines["text"], text, f"with `{opening}` before it")
    yield from _phrases(shelf)


def _phrases(shelf: Shelf) -> Iterator[Problem]:
    """Each with the longest words that can be put into it."""
    document = shelf.file("phrases/text.md")
    if document is None:
        return
    longest = _longest(shelf.library)
    for name, paragraphs in shelf.library.text.items():
        text = "\n".join(fill(words, longest) for words in paragraphs)
        yield from short(document, document.lines[name], text, "with the longest words put in")


def _longest(library: Library) -> dict[str, str]:
    words = [menu.title for menu in library.menus.values()] + [topic.title for topic in library.topics.values()]
    words += [word for menu in library.menus.values() for word in menu.keywords]
    words += [word for topic in library.topics.values() for part in topic.segments for word in part.keywords]
    code = max(library.codes.values(), key=len)
    parts = str(max((len(topic.segments) for topic in library.topics.values()), default=1))
    word = max((" ".join(normalised(word)) for word in words), key=len)
    return {"word": word, "code": code, "next": max(code, parts, key=len), "part": parts, "parts": parts}


def plain(document: Document, line: int, text: str) -> Iterator[Problem]:
    """G2."""
    foreign = next((sign for sign in text if gsm_units(sign) is None), None)
    if foreign is not None:
        yield at(document, line, "G2", f"replace `{foreign}`: it is not in the GSM-7 alphabet of plain texts")


def short(document: Document, line: int, text: str, whole: str) -> Iterator[Problem]:
    """G1, of a text in plain signs. A sign of two units that would be split makes a third fragment before the limit."""
    units = gsm_units(text)
    if units is not None and fragments(text) > MOST_FRAGMENTS:
        over = max(1, units - LONGEST_ANSWER)
        remedy = f"cut {over} sign{'' if over == 1 else 's'}: {whole} this takes {fragments(text)} fragments of a text"
        yield at(document, line, "G1", remedy)
