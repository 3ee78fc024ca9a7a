"""One large-print sheet to hand out: how to reach the line, its keys, the numbers of its topics."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from textwrap import wrap

from ivr.desk.documents.rendering import TEMPLATES
from ivr.dialogue.keys import live_keys
from ivr.library.library import HOME, Library
from ivr.library.phone_number import number_as_written
from ivr.library.phrases import LeafletPhrase

CELLS = 40
"""The characters in a line of a braille page."""


@dataclass(frozen=True, slots=True)
class LeafletLine:
    """A key or a number, and what it is for. `level`: how many menus are above it."""

    code: str
    words: str
    level: int = 0
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Giver:
    """Whoever hands the leaflet out. `logo`: a picture, as the address of its own data."""

    name: str = ""
    logo: str = ""


PICTURES = {".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}
"""By the endings of their files."""


def picture(file: Path) -> str:
    """Raises KeyError for a file of another ending, OSError."""
    kind = PICTURES[file.suffix.lower()]
    return f"data:{kind};base64,{b64encode(file.read_bytes()).decode()}"


@dataclass(frozen=True, slots=True)
class Leaflet:
    """`phrases`: the paragraphs of each part. Phone numbers are as people write them."""

    tag: str
    line_name: str
    number: str
    helpline: str
    phrases: Mapping[LeafletPhrase, tuple[str, ...]]
    keys: tuple[LeafletLine, ...]
    codes: tuple[LeafletLine, ...]
    giver: Giver


def leaflet_of(library: Library, number: str, helpline: str, languages: int, giver: Giver = Giver()) -> Leaflet:
    """`number`: the line's own, like `helpline` in E.164. `languages`: how many the line speaks."""
    return Leaflet(
        tag=library.language.tag,
        line_name=library.line_name,
        number=number_as_written(number),
        helpline=number_as_written(helpline),
        phrases=library.leaflet,
        keys=tuple(LeafletLine(row.key, library.leaflet[row.printed][0]) for row in live_keys(library, languages)),
        codes=tuple(_codes(library, HOME)),
        giver=giver,
    )


def _codes(library: Library, menu: str, level: int = 0) -> Iterator[LeafletLine]:
    """In the words of the menus' texts, with each menu's choices below it."""
    for choice in library.menus[menu].choices:
        code, _, words = choice.text.partition(" ")
        yield LeafletLine(code, words, level, choice.leads_to == library.menus[HOME].urgent)
        if choice.leads_to in library.menus:
            yield from _codes(library, choice.leads_to, level + 1)


def leaflet_page(*leaflets: Leaflet) -> str:
    """HTML with nothing outside it, each leaflet to be printed on both sides of one sheet, Letter or A4."""
    return TEMPLATES.get_template("leaflet.html").render(leaflets=leaflets)


def leaflet_text(*leaflets: Leaflet) -> str:
    """The same in lines that fit a braille page: no columns, no purely visual symbols. Each leaflet starts a new
    page."""
    return "\f".join(map(_text, leaflets))


def _text(leaflet: Leaflet) -> str:
    parts = {name: tuple(map(_wrapped, paragraphs)) for name, paragraphs in leaflet.phrases.items()}
    blocks = (
        (leaflet.line_name, *parts[LeafletPhrase.ABOUT]),
        (*parts[LeafletPhrase.NUMBER], leaflet.number),
        parts[LeafletPhrase.EMERGENCY],
        (*parts[LeafletPhrase.CALLS], *map(_plain, leaflet.keys)),
        parts[LeafletPhrase.TEXTS],
        (*parts[LeafletPhrase.CODES], *map(_plain, leaflet.codes)),
        parts[LeafletPhrase.PERSON],
        parts[LeafletPhrase.ADVICE],
        *([(*parts[LeafletPhrase.FROM], _wrapped(leaflet.giver.name))] if leaflet.giver.name else []),
    )
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def _plain(row: LeafletLine) -> str:
    """Star and pound are written as words. Continuation lines are indented, as in a braille list."""
    return _wrapped(f"{row.code} {row.words}" if row.code.isdecimal() else row.words, "  ")


def _wrapped(words: str, indent: str = "") -> str:
    return "\n".join(wrap(words, CELLS, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False))
