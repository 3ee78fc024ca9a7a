"""Names used in many sentences and written once, in `names.md`: the line's, its helpline's, emergency numbers.

They are filled in before a library is built, so everything that reads documents afterwards (rules, codes of words,
origins) sees the sentences that callers hear and read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from ivr.library.document import Document, Field, Words
from ivr.library.kinds import SIGNATURE
from ivr.library.library import fill

FILE = "names.md"
NEEDED = {
    "line": "what the line calls itself",
    "helpline_name": "who answers when somebody presses 0",
    "helpline_hours": "when they answer, such as `day or night`",
    "emergency": "the digits of the emergency number",
}
PUBLISHED_NUMBER = "helpline_number"
"""The number that this helpline publishes. Never said: callers are told the operator's HELPLINE_NUMBER."""
OPERATOR, COMPLAINTS = "operator", "complaints"
"""Who runs the line, and what somebody with a complaint is told to do. Said on request."""
FORMER = "former"
"""Names of another line, separated by commas, that must not be left anywhere. Never said."""
NOT_SAID = SIGNATURE | {"title", PUBLISHED_NUMBER, FORMER}

SAID, WRITTEN = True, False
IN_HEADERS = {"title": SAID, "offer": SAID, "asked-as": WRITTEN}
"""Entries of menus and topics that hold sentences, or parts of them."""
IN_FILES = {
    "phrases/call.md": SAID,
    "phrases/text.md": WRITTEN,
    "phrases/leaflet.md": WRITTEN,
    "glossary.md": WRITTEN,
}
IN_SECTIONS = {"voice": SAID, "text": WRITTEN}


def names_in(document: Document | None) -> dict[str, str]:
    """Each name as it is written; empty ones are left out."""
    header = document.header if document else {}
    return {name: entry.words.text for name, entry in header.items() if name not in NOT_SAID and entry.words.text}


def name_as_said(name: str) -> str:
    """A name as a voice says it: numbers digit by digit."""
    return " ".join(name) if name.isdecimal() else name


def with_names(inside: str, document: Document, names: Mapping[str, str]) -> Document:
    """The document with names in place of their slots; `inside`: its path inside the language's folder."""
    slots = {SAID: {name: name_as_said(words) for name, words in names.items()}, WRITTEN: names}

    def filled(words: Words, is_said: bool) -> Words:
        return replace(words, text=fill(words.text, slots[is_said]))

    header = dict(document.header)
    for name, is_said in _headers(inside).items():
        if entry := header.get(name):
            under = {part: filled(words, is_said) for part, words in entry.under.items()}
            header[name] = Field(filled(entry.words, is_said), under)
    sections = dict(document.sections)
    for name, is_said in _sections(inside, document).items():
        sections[name] = tuple(filled(words, is_said) for words in sections[name])
    return replace(document, header=header, sections=sections)


def sentences_of(inside: str, document: Document) -> Iterator[Words]:
    """All words of a document that names are filled into."""
    for name in _headers(inside):
        if entry := document.header.get(name):
            yield from (entry.words, *entry.under.values())
    for name in _sections(inside, document):
        yield from document.sections[name]


def _headers(inside: str) -> Mapping[str, bool]:
    return IN_HEADERS if _is_place(inside) else {}


def _sections(inside: str, document: Document) -> Mapping[str, bool]:
    if _is_place(inside):
        return {name: is_said for name, is_said in IN_SECTIONS.items() if name in document.sections}
    return dict.fromkeys(document.sections, IN_FILES[inside]) if inside in IN_FILES else {}


def _is_place(inside: str) -> bool:
    return inside.partition("/")[0] in ("menus", "topics")
