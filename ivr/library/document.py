"""One content file: its header, and its sections of paragraphs, each with its line number. Every value is text exactly
as written."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ivr.library.hyphens import Wrong
from ivr.model import Problem

Sections = dict[str, tuple["Words", ...]]


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


def listed(words: str) -> tuple[str, ...]:
    """The items of a list that is separated by commas."""
    return tuple(item.strip() for item in words.split(",") if item.strip())


@dataclass(frozen=True, slots=True)
class Document:
    """`path`: as shown to the writer, starting with the content folder's name."""

    path: str
    name: str
    header: Mapping[str, Field]
    sections: Mapping[str, tuple[Words, ...]]
    lines: Mapping[str, int]
    """The line number of each section's heading."""
    garbled: frozenset[str] = frozenset()
    """The first word of each header line that could not be read."""
    unlisted: tuple[Wrong, ...] = ()
    """Lines of a list that lack their hyphen, with the remedy."""


def path_of(file: Path, root: Path) -> str:
    """The path as shown to the writer: starting with the content folder's name, bytes that are not UTF-8 made
    visible."""
    return os.fsencode(Path(root.name) / file.relative_to(root)).decode("utf-8", "backslashreplace")


def unreadable(path: str, remedy: str = "this cannot be opened: fix it or remove it", line: int = 1) -> Problem:
    return Problem(path, line, "unreadable", remedy)
