"""Texts: small enough, in plain characters. Those of segments are in `segments.py`."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from ivr.library.document import Document
from ivr.library.library import HOME, Library, fill
from ivr.library.limits import MOST_FRAGMENTS, MOST_UNITS
from ivr.library.measures import fragments, gsm_units
from ivr.library.naming import HOME_OPENINGS, SUBMENU_OPENINGS, asked_as, code_of, languages_offered, menu_text
from ivr.library.rules.shelf import Shelf, at
from ivr.library.sent_text import as_sent
from ivr.model import Position, Problem

ALIKE = {
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032`\u00b4", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb\u2033", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2022", "-"),
}
"""Typographic characters, and the plain ones for them."""


def check_texts(shelf: Shelf) -> Iterator[Problem]:
    for menu in shelf.library.menus.values():
        document = shelf.document("menus", menu.name)
        for choice, written in zip(menu.choices, document.sections["text"], strict=False):
            yield from gsm_only(document, written.line, as_sent(shelf.library.language, choice.text))
        for opening in HOME_OPENINGS if menu.name == HOME else SUBMENU_OPENINGS:
            text = as_sent(shelf.library.language, menu_text(shelf.library, menu.name, opening))
            yield from within_fragments(document, document.lines["text"], text, f"with `{opening}` before it")
    yield from _with_languages(shelf)
    yield from _phrases(shelf)


def _with_languages(shelf: Shelf) -> Iterator[Problem]:
    """A new texter's first menu with the offer of other languages, under its longest opening."""
    offered = languages_offered(shelf.content.libraries, shelf.tag)
    if not offered or HOME not in shelf.library.menus:
        return
    document = shelf.document("menus", HOME)
    menus = (as_sent(shelf.library.language, menu_text(shelf.library, HOME, opening)) for opening in HOME_OPENINGS)
    text = "\n".join((max(menus, key=len), *offered))
    yield from gsm_only(document, document.lines["text"], text)
    yield from within_fragments(
        document, document.lines["text"], text, "with `language-text` of other languages after it"
    )


def _phrases(shelf: Shelf) -> Iterator[Problem]:
    """The phrases, with the longest possible words in their slots."""
    document = shelf.file("phrases/text.md")
    if document is None:
        return
    longest = _longest(shelf.library)
    for name, paragraphs in shelf.library.text.items():
        text = as_sent(shelf.library.language, "\n".join(fill(words, longest) for words in paragraphs))
        yield from within_fragments(document, document.lines[name], text, "with the longest words put in")


def _longest(library: Library) -> dict[str, str]:
    things = [asked_as(library, position) for position in (*library.numbers, *map(Position, library.menus))]
    code = max((*library.codes.values(), *(code_of(library, position) for position in library.numbers)), key=len)
    parts = str(max((len(topic.segments) for topic in library.topics.values()), default=1))
    thing = max(things, key=len)
    longest = {"thing": thing, "other": thing, "code": code, "other-code": code}
    return {**longest, "next": max(code, parts, key=len), "part": parts, "parts": parts}


def gsm_only(document: Document, line: int, text: str) -> Iterator[Problem]:
    """G2."""
    for character in sorted({character for character in text if gsm_units(character) is None}):
        yield at(document, line, "G2", f"{_instead(character)}: it is not in the GSM-7 alphabet of plain texts")


def _instead(character: str) -> str:
    """A character that looks the same and is plain, if there is one."""
    letters = (letter for letter in unicodedata.normalize("NFKD", character) if not unicodedata.combining(letter))
    alike = ALIKE.get(character) or "".join(letters)
    if alike and alike != character and gsm_units(alike) is not None:
        return f"replace `{character}` with `{alike}`"
    if unicodedata.category(character) in ("Cf", "Mn"):
        return (
            f"type this again, without the invisible character in it ({unicodedata.name(character, 'no name').lower()})"
        )
    return f"remove `{character}`"


def within_fragments(document: Document, line: int, text: str, whole: str) -> Iterator[Problem]:
    """G1, for a text in plain characters. Fragments never split a character of two units, so a third one may be needed
    before the units are used up."""
    units = gsm_units(text)
    if units is not None and fragments(text) > MOST_FRAGMENTS:
        over = max(1, units - MOST_UNITS)
        takes = f"this takes {fragments(text)} fragments of a text, {MOST_FRAGMENTS} at most"
        remedy = f"cut {over} character{'' if over == 1 else 's'}: {whole} {takes}"
        yield at(document, line, "G1", remedy)
