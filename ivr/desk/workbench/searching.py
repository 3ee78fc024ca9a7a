"""Finds where the line says or texts something: searches every sentence, and every word that texters may send."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from ivr.library.document import Document
from ivr.library.measures import sentences
from ivr.library.rules.shelf import Shelf

SAID, TEXTED, PRINTED, SENT = "said", "texted", "printed", "sent by texters"
HEADERS = {"title": "title", "offer": "invitation", "asked-as": "name in a question"}
SENT_BY_TEXTERS = {"keywords": "words that lead here", "hints": "words at which the line asks"}
PLACES = ("menus/", "topics/")
PHRASES = {"phrases/call.md": SAID, "phrases/text.md": TEXTED, "phrases/leaflet.md": PRINTED}
APART = re.compile(r"(?<=\d) (?=\d)")
"""A voice says numbers digit by digit: `9 1 1` is found as 911."""


@dataclass(frozen=True, slots=True)
class Found:
    """`inside`: the file, without `.md`; `box`: where in it; `before`, `match`, `after`: the sentence."""

    inside: str
    box: str
    where: str
    how: str
    before: str
    match: str
    after: str


def search(shelf: Shelf, wanted: str) -> list[Found]:
    """Ignores capitals, accents and the blanks between digits."""
    pattern = _pattern(wanted)
    if pattern is None:
        return []
    found = []
    for passage in _passages(shelf):
        for sentence in sentences(passage.words):
            if match := pattern.search(_bare(sentence)):
                begin, end = match.span()
                inside, box, where, how = passage.inside, passage.box, passage.where, passage.how
                found.append(Found(inside, box, where, how, sentence[:begin], sentence[begin:end], sentence[end:]))
    return found


def _pattern(wanted: str) -> re.Pattern[str] | None:
    bare = APART.sub("", _bare(" ".join(wanted.split())))
    pieces = [re.escape(bare[:1])]
    for before, one in pairwise(bare):
        between = " ?" if before.isdecimal() and one.isdecimal() else ""
        pieces.append(between + re.escape(one))
    return re.compile("".join(pieces)) if bare else None


def _bare(words: str) -> str:
    """Lower case without accents, character for character."""
    return "".join(_bare_letter(letter) for letter in words)


def _bare_letter(letter: str) -> str:
    bare = unicodedata.normalize("NFKD", letter.lower()).replace("\u2019", "'")
    return bare[0] if bare else letter


@dataclass(frozen=True, slots=True)
class _Passage:
    inside: str
    box: str
    where: str
    how: str
    words: str


def _passages(shelf: Shelf) -> Iterator[_Passage]:
    codes = shelf.library.codes
    files = dict(shelf.files())
    order = sorted(files, key=lambda inside: codes.get(files[inside].name, "9") if inside.startswith(PLACES) else "99")
    for inside in order:
        document, name = files[inside], inside.removesuffix(".md")
        if inside.startswith(PLACES):
            yield from _of_place(shelf, name, document)
        elif inside in PHRASES:
            for heading, paragraphs in document.sections.items():
                for number, words in enumerate(paragraphs, start=1):
                    yield _Passage(name, f"{heading}/{number}", f"phrase {heading}", PHRASES[inside], words.text)


def _of_place(shelf: Shelf, inside: str, document: Document) -> Iterator[_Passage]:
    code = shelf.library.codes.get(document.name, "")
    title = document.header["title"].words.text if "title" in document.header else document.name
    place = f"{code} {title}".strip()
    for name, where in HEADERS.items():
        if entry := document.header.get(name):
            how = TEXTED if name == "asked-as" else SAID
            yield _Passage(inside, name, f"{place}, {where}", how, entry.words.text)
            for key, words in entry.under.items():
                yield _Passage(inside, f"{name}.{key}", f"{place}, part {key}, {where}", how, words.text)
    for heading, how in (("voice", SAID), ("text", TEXTED)):
        part = "part" if inside.startswith("topics/") else "key"
        for number, words in enumerate(document.sections.get(heading, ()), start=1):
            yield _Passage(inside, f"{heading}/{number}", f"{place}, {part} {number}", how, words.text)
    for name, where in SENT_BY_TEXTERS.items():
        if entry := document.header.get(name):
            yield _Passage(inside, name, f"{place}, {where}", SENT, entry.words.text)
            for key, words in entry.under.items():
                yield _Passage(inside, f"{name}.{key}", f"{place}, part {key}, {where}", SENT, words.text)
