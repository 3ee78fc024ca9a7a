"""A file's boxes: the parts of it that a form can change. Everything else is kept byte for byte."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ivr.library.document import Document

LINE_END = re.compile(r"\r\n|\r|\n")
BULLET = re.compile(r"^\s*[-*+]\s+")
ENTRY = re.compile(r"^(?P<before>\s*[^:\s][^:]*?\s*:)(?P<words>.*?)(?P<after>\s*)$", re.DOTALL)
HEADER_END = re.compile(r"^-{3,}\s*$")


@dataclass(frozen=True, slots=True)
class Box:
    """`name`: `title`, `keywords.2` (an entry below `keywords:`) or `voice/1` (the first paragraph under a heading).
    `line`: its line in the file, from 1."""

    name: str
    words: str
    line: int


def boxes(document: Document) -> dict[str, Box]:
    """Everything in a file that a form can change, by name."""
    return {box.name: box for box in _all(document)}


def _all(document: Document) -> Iterator[Box]:
    for name, entry in document.header.items():
        yield Box(name, entry.words.text, entry.words.line)
        for key, words in entry.under.items():
            yield Box(f"{name}.{key}", words.text, words.line)
    for heading, paragraphs in document.sections.items():
        for number, words in enumerate(paragraphs, start=1):
            yield Box(f"{heading}/{number}", words.text, words.line)


def as_one_line(written: str) -> str:
    """What was typed into a box, in the form that the file stores."""
    return " ".join(written.split())


def edited(text: str, document: Document, given: Mapping[str, str]) -> str:
    """The file with new words in the named boxes; boxes whose words are the same are not touched. Missing header
    entries are added; one that becomes empty keeps its name and colon. A paragraph that does not exist is ignored."""
    known = boxes(document)
    lines = lines_of(text)
    wanted = {name: as_one_line(words) for name, words in given.items()}
    changed = [(known[name], words) for name, words in wanted.items() if name in known and known[name].words != words]
    for box, words in sorted(changed, key=lambda pair: -pair[0].line):
        _replace(lines, box, words)
    added = {name: words for name, words in wanted.items() if name not in known and words and "/" not in name}
    for index, more in sorted(_added(lines, document, added).items(), reverse=True):
        lines[index:index] = more
    return "".join(lines)


def lines_of(text: str) -> list[str]:
    """The lines with their endings, as `read_document` counts them."""
    ends = [found.end() for found in LINE_END.finditer(text)]
    starts = [0, *ends]
    return [text[start:end] for start, end in zip(starts, [*ends, len(text)], strict=True) if end > start]


def _end_of(line: str) -> str:
    found = LINE_END.search(line)
    return found[0] if found else ""


def _replace(lines: list[str], box: Box, words: str) -> None:
    first = box.line - 1
    if "/" not in box.name:
        entry = ENTRY.match(lines[first])
        if entry:
            lines[first] = f"{entry['before']} {words}".rstrip() + _end_of(lines[first])
        return
    after = paragraph_end(lines, first)
    mark = BULLET.match(lines[first])
    lines[first:after] = [f"{mark[0] if mark else ''}{words}{_end_of(lines[after - 1])}"]


def paragraph_end(lines: list[str], first: int) -> int:
    """The index of the line after a paragraph, or after an item of a list."""
    after = first + 1
    while after < len(lines) and lines[after].strip() and not lines[after].lstrip().startswith("#"):
        if BULLET.match(lines[first]) and BULLET.match(lines[after]):
            break
        after += 1
    return after


def _added(lines: list[str], document: Document, added: Mapping[str, str]) -> dict[int, list[str]]:
    """Lines to insert, by the index of the line that they go before: `keywords.2` below `keywords:`, everything else at
    the end of the header."""
    boundaries = [index for index, line in enumerate(lines) if HEADER_END.match(line.removeprefix("\ufeff"))]
    if len(boundaries) < 2:
        return {}
    end = _end_of(lines[0])
    found: dict[int, list[str]] = {}
    begun: set[str] = set()
    for name, words in added.items():
        over, _, key = name.partition(".")
        entry = document.header.get(over)
        before = [one.line for part, one in entry.under.items() if _order(part) < _order(key)] if entry else []
        at = found.setdefault(max([entry.words.line, *before]) if key and entry else boundaries[1], [])
        if key and not entry and over not in begun:
            begun.add(over)
            at.append(f"{over}:{end}")
        at.append(f"  {key}: {words}{end}" if key else f"{over}: {words}{end}")
    return found


def _order(key: str) -> tuple[int, str]:
    return (int(key), "") if key.isdecimal() else (0, key)


def not_taken(document: Document, before: Document, given: Mapping[str, str]) -> list[str]:
    """The boxes whose words did not come out as typed, or that changed though nobody changed them, because what was
    typed begins like a heading or a list, or is empty. `document`: read again after the edit."""
    now, was = boxes(document), boxes(before)
    wanted = {name: as_one_line(words) for name, words in given.items()}
    expected = {name: wanted.get(name, box.words) for name, box in was.items()}
    expected |= {name: words for name, words in wanted.items() if words and "/" not in name}
    return [name for name, words in expected.items() if (now[name].words if name in now else None) != words]
