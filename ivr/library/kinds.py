"""The kinds of content files and what each may hold. Anything else would be lost in silence, so it is a Problem."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from ivr.library.document import Document
from ivr.model import Problem


@dataclass(frozen=True, slots=True)
class Kind:
    """`lines`: header entries that are words behind the colon; `lists`: those that are numbered lines below it.
    `headings`: None where a rule of its own knows them."""

    lines: frozenset[str]
    lists: frozenset[str] = frozenset()
    headings: frozenset[str] | None = None


SAID_AND_TEXTED = frozenset({"voice", "text"})
TITLED = Kind(frozenset({"title"}))
TOPIC = Kind(
    frozenset({"title", "offer", "origin", "source", "reviewed", "reviewer", "checked"}),
    frozenset({"facts", "keywords", "hints"}),
    SAID_AND_TEXTED,
)
MENU = Kind(
    frozenset({"title", "keywords", "overview", "person", "urgent", "privacy"}), frozenset({"choices"}), SAID_AND_TEXTED
)

FOLDERS = {"menus": MENU, "topics": TOPIC}
FILES = {
    "language.md": Kind(frozenset({"title", "name", "speech", "voice", "first", "months"})),
    "glossary.md": TITLED,
    "medical.md": Kind(frozenset({"title"}), headings=frozenset({"beginnings", "endings", "words", "everyday"})),
    "words.md": TITLED,
    "phrases/call.md": TITLED,
    "phrases/text.md": TITLED,
    "phrases/leaflet.md": TITLED,
}


def kind_of(inside: str) -> Kind | None:
    """The kind of a file by its path inside a language's folder; None if nothing reads it."""
    return FILES.get(inside) or FOLDERS.get(inside.rpartition("/")[0])


def meant(names: Iterable[str], known: Iterable[str]) -> dict[str, str]:
    """Each of these names that is not known, with the known one that it comes closest to, or with none."""
    plain = sorted(known)
    unknown = [name for name in names if name not in plain]
    return {name: next(iter(get_close_matches(name.lower(), plain, n=1, cutoff=0.7)), "") for name in unknown}


def unknown_entries(document: Document, kind: Kind) -> dict[str, str]:
    return meant(document.header, kind.lines | kind.lists)


def unknown_headings(document: Document, kind: Kind) -> dict[str, str]:
    return {} if kind.headings is None else meant(document.lines, kind.headings)


def check_kind(document: Document, kind: Kind) -> Iterator[Problem]:
    """Header entries and headings that nothing reads, and entries whose words stand where they are not read."""
    for name, instead in unknown_entries(document, kind).items():
        remedy = f"nothing reads `{name}`: {_instead(f'{instead}:' if instead else '')}"
        yield Problem(document.path, document.header[name].words.line, "header", remedy)
    if kind.headings is not None:
        yield from check_headings(document, kind.headings)
    for name, entry in document.header.items():
        if name in kind.lines and entry.under:
            line = min(words.line for words in entry.under.values())
            yield Problem(document.path, line, "header", f"write this behind the colon: `{name}: ...`, all on one line")
        elif name in kind.lists and entry.words.text:
            remedy = f"write this below `{name}:`, each on a line of its own with its number: `  1: ...`"
            yield Problem(document.path, entry.words.line, "header", remedy)


def check_headings(document: Document, known: Iterable[str]) -> Iterator[Problem]:
    for name, instead in meant(document.lines, known).items():
        remedy = f"nothing reads what stands under `{name}`: {_instead(f'## {instead}' if instead else '')}"
        yield Problem(document.path, document.lines[name], "heading", remedy)


def _instead(name: str) -> str:
    return f"write `{name}`" if name else "take it away"
