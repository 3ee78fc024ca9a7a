"""One content file: its header, and its sections of paragraphs, each with the line that it stands on.

Every value is text exactly as written. YAML cannot promise that (`NO`, `010`, `9:30`, anything after ` #`), so
python-frontmatter finds the header here and `PlainHeader` reads it: `name: words`, or `name:` over indented
`name: words` lines.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import frontmatter
from frontmatter.default_handlers import BaseHandler
from markdown_it import MarkdownIt

from ivr.model import Problem

MARKDOWN = MarkdownIt("zero").enable(["heading", "list"])
"""Headings and lists only: a star or a number sign in a sentence is that sign, never markup."""

HEADER_LINE = re.compile(r"^(?P<indent>\s*)(?P<name>[^:\s][^:]*?)\s*:(?:\s+(?P<words>.*\S))?\s*$")


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of text and the line of the file that it begins on, from 1."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Field:
    """A header's entry: words, or entries under it."""

    words: Words
    under: Mapping[str, Words] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Document:
    """`path` is how the file is named to the writer, the content folder's name first."""

    path: str
    name: str
    header: Mapping[str, Field]
    sections: Mapping[str, tuple[Words, ...]]
    lines: Mapping[str, int]
    """Where each section's heading stands."""


class PlainHeader(BaseHandler):
    """A header in which every value is text. `problems` collects (line, remedy) while reading."""

    FM_BOUNDARY = re.compile(r"^-{3,}\s*$", re.MULTILINE)
    START_DELIMITER = END_DELIMITER = "---"

    def __init__(self) -> None:
        self.problems: list[tuple[int, str]] = []

    def load(self, fm: str, **_kwargs: object) -> dict[str, Field]:
        header: dict[str, Field] = {}
        over = ""
        for line, written in enumerate(fm.lstrip("\n").split("\n"), start=2):
            if not written.strip():
                continue
            match = HEADER_LINE.match(written)
            if match is None:
                self.problems.append((line, f"write this header line as `name: words`, not `{written.strip()}`"))
                continue
            name, words = match["name"].strip(), Words(match["words"] or "", line)
            if not match["indent"]:
                over = name
            level = dict(header[over].under) if match["indent"] and over in header else header
            if name in level:
                self.problems.append((line, f"`{name}` stands here twice: keep one"))
            elif level is header:
                header[name] = Field(words)
            else:
                header[over] = Field(header[over].words, {**header[over].under, name: words})
        return header


def read_document(file: Path, root: Path) -> tuple[Document, list[Problem]]:
    """Reads a file below the content folder `root`. A file that cannot be read gives an empty document."""
    path = (Path(root.name) / file.relative_to(root)).as_posix()
    try:
        text = file.read_bytes().decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n")
    except (OSError, UnicodeDecodeError):
        empty = Document(path, file.stem, {}, {}, {})
        return empty, [Problem(path, 1, "unreadable", "save this file as plain text in UTF-8")]
    plain = PlainHeader()
    found, body = frontmatter.parse(text, handler=plain) if text.startswith("---") else ({}, text)
    header = {name: entry for name, entry in found.items() if isinstance(entry, Field)}
    sections, lines, twice = _sections(body, _lines_before(text, body))
    problems = [Problem(path, line, "header", remedy) for line, remedy in plain.problems]
    problems += [Problem(path, words.line, "heading", f"`{words.text}` stands here twice: keep one") for words in twice]
    return Document(path, file.stem, header, sections, lines), problems


def _lines_before(text: str, body: str) -> int:
    return text[: text.rindex(body)].count("\n") if body else text.count("\n")


def _sections(body: str, offset: int) -> tuple[dict[str, tuple[Words, ...]], dict[str, int], list[Words]]:
    """The paragraphs under each heading, the headings' lines, and the headings that stand twice."""
    sections: dict[str, tuple[Words, ...]] = {}
    lines: dict[str, int] = {}
    twice: list[Words] = []
    current = ""
    tokens = MARKDOWN.parse(body)
    for before, token in pairwise(tokens):
        if token.type != "inline" or token.map is None:
            continue
        words = Words(" ".join(token.content.split()), token.map[0] + 1 + offset)
        if before.type == "heading_open":
            current = words.text.lower()
            if current in sections:
                twice.append(words)
            sections[current] = ()
            lines[current] = words.line
        elif current:
            sections[current] += (words,)
    return sections, lines, twice
