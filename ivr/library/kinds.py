"""The kinds of content files and what each may hold. Anything else would be ignored silently, so it is a Problem."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from difflib import get_close_matches

from ivr.library.document import Document
from ivr.model import Problem

SIGNATURE = frozenset({"translator", "reviewer", "reviewed", "signed"})
"""Header entries allowed in every file: translator, reviewer, date of the review, code of the words reviewed."""


@dataclass(frozen=True, slots=True)
class FileKind:
    """`lines`: header entries with their value after the colon; `lists`: those with numbered lines below.
    `headings`: None where a separate rule checks them. `needs_header`: whether some entries are required.
    `is_list`: whether each line under a heading begins with a hyphen. `any_line`: whether the header may have other
    entries too."""

    lines: frozenset[str]
    lists: frozenset[str] = frozenset()
    headings: frozenset[str] | None = None
    needs_header: bool = True
    is_list: bool = False
    any_line: bool = False


SAID_AND_TEXTED = frozenset({"Voice", "Text"})
TITLED = FileKind(frozenset({"title"}), needs_header=False)
TOPIC = FileKind(
    frozenset({"title", "offer", "origin", "source", "checked"}),
    frozenset({"facts", "keywords", "hints", "asked-as", "signs"}),
    SAID_AND_TEXTED,
)
MENU = FileKind(
    frozenset({"title", "keywords", "silent", "person", "urgent", "privacy", "practice"}),
    frozenset({"choices"}),
    SAID_AND_TEXTED,
)

FEW = 4
"""The most headings that a remedy names in one sentence."""
NO_HEADER = (
    "begin this file with a line of `---`, then `title: ...` and whatever else its header needs, then `---` again"
)

FACTS = FileKind(frozenset({"title", "outside", "longer", "language"}), needs_header=False)
"""`outside`: first letters of the names of facts that do not come from the source; `longer`: facts that may take longer
to say, so that each is said in one go; `language`: the folder of the language that others are translated from."""

LANGUAGE = FileKind(
    frozenset({"title", "name", "speech", "voice", "first", "months", "date", "in-texts", "reading", "espeak"})
    | {"longest-menu", "last-choice-by", "abbreviations", "called"}
)

LISTENING = FileKind(frozenset({"title", "brings", "order"}), needs_header=False, is_list=True)

FOLDERS = {"menus": MENU, "topics": TOPIC, "listening": LISTENING}
FILES = {
    "language.md": LANGUAGE,
    "names.md": FileKind(frozenset({"title"}), headings=frozenset(), any_line=True),
    "glossary.md": FileKind(frozenset({"title", "origin", "treatments"}), needs_header=False),
    "medical.md": replace(TITLED, headings=frozenset({"beginnings", "endings", "words", "everyday"})),
    "words.md": TITLED,
    "phrases/call.md": TITLED,
    "phrases/text.md": TITLED,
    "phrases/leaflet.md": TITLED,
    "listening/classes.md": replace(LISTENING, is_list=False),
    "listening/sounds.md": replace(TITLED, headings=frozenset({"sounds"}), is_list=True),
    "listening/borrowed.md": replace(TITLED, headings=frozenset({"borrowed"}), is_list=True),
    "listening/reactions.md": replace(TITLED, headings=frozenset({"reactions", "things", "signs"})),
}


def kind_of(inside: str) -> FileKind | None:
    """The kind of a file by its path inside a language's folder; None if nothing reads it."""
    return FILES.get(inside) or FOLDERS.get(inside.rpartition("/")[0])


def meant(names: Iterable[str], known: Iterable[str]) -> dict[str, str]:
    """Each name that is not one of the known ones in lower case, with the closest of those, or an empty string."""
    plain = {name.lower(): name for name in sorted(known)}
    close = {name: get_close_matches(name.lower(), plain, n=1, cutoff=0.7) for name in names if name not in plain}
    return {name: plain[found[0]] if found else "" for name, found in close.items()}


def unknown_entries(document: Document, kind: FileKind) -> dict[str, str]:
    return {} if kind.any_line else meant(document.header, kind.lines | kind.lists | SIGNATURE)


def unknown_headings(document: Document, kind: FileKind) -> dict[str, str]:
    return {} if kind.headings is None else meant(document.lines, kind.headings)


def check_kind(document: Document, kind: FileKind) -> Iterator[Problem]:
    """A missing header, header entries and headings that nothing reads, and entries whose words are in the wrong
    place."""
    if kind.needs_header and has_no_header(document):
        yield Problem(document.path, 1, "header", NO_HEADER)
    for name, instead in unknown_entries(document, kind).items():
        remedy = f"nothing reads `{name}`: {_instead(*([f'{instead}:'] if instead else []))}"
        yield Problem(document.path, document.header[name].words.line, "header", remedy)
    if kind.headings is not None:
        yield from check_headings(document, kind.headings)
    for name, entry in document.header.items():
        if (kind.any_line or name in kind.lines | SIGNATURE) and entry.under:
            line = min(words.line for words in entry.under.values())
            yield Problem(document.path, line, "header", f"write this after the colon: `{name}: ...`, all on one line")
        elif name in kind.lists and entry.words.text:
            remedy = f"write this below `{name}:`, each on a line of its own with its number: `  1: ...`"
            yield Problem(document.path, entry.words.line, "header", remedy)


def has_no_header(document: Document) -> bool:
    return not (document.header or document.garbled)


def no_section(document: Document, name: str) -> Problem:
    """A heading with nothing under it: it is missing, empty, or was written as a paragraph."""
    paragraphs = (words for section in document.sections.values() for words in section)
    written = next((words for words in paragraphs if words.text.strip("*_:# ").lower() == name.lower()), None)
    if written is not None:
        return Problem(document.path, written.line, "sections", f"write this as a heading: `## {name}`")
    line = document.lines.get(name.lower(), 1)
    return Problem(document.path, line, "sections", f"add paragraphs under a heading `## {name}`")


def check_headings(document: Document, known: Collection[str]) -> Iterator[Problem]:
    for name, instead in meant(document.lines, known).items():
        likely = [instead] if instead else sorted(known, reverse=True) if len(known) <= FEW else []
        remedy = f"nothing reads the text under `{name}`: {_instead(*(f'## {heading}' for heading in likely))}"
        yield Problem(document.path, document.lines[name], "heading", remedy)


def _instead(*names: str) -> str:
    write = f"write {' or '.join(f'`{name}`' for name in names)}"
    return "remove it" if not names else write if len(names) == 1 else f"{write}, or remove it"
