"""Reads a content file into a Document.

Every value is text exactly as written. YAML cannot promise that (`NO`, `010`, `9:30`, anything after ` #`), so
python-frontmatter finds the header here and `PlainHeader` reads it: `name: words`, or `name:` over indented
`name: words` lines.
"""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import frontmatter
from frontmatter.default_handlers import BaseHandler
from markdown_it import MarkdownIt

from ivr.library.document import Document, Field, Sections, Words, path_of, unreadable
from ivr.library.hyphens import with_hyphens
from ivr.model import Problem

MARKDOWN = MarkdownIt("zero").enable(["heading", "list"])
"""Headings and lists only: `*` or `#` in a sentence is that character, never markup."""
MARKDOWN.core.ruler.enableOnly(["normalize", "block"])  # The text inside a paragraph is not parsed.

BOUNDARY = re.compile(r"^-{3,}[^\S\n]*$", re.MULTILINE)
HEADING = re.compile(r"^##+\s", re.MULTILINE)
UNPARTED = re.compile(r"(#+)([^\W\d_]\S*)")
"""A paragraph that is only `##Text`: meant as a heading."""

EMPTY = "this file is empty: write into it what others of its kind have, or remove it"
PLAIN_TEXT = "save this file as plain text in UTF-8"
WORD_PROCESSOR = "{\\rtf"
HEADER_LINE = re.compile(r"^(?P<indent>\s*)(?P<name>[^:\s][^:]*?)\s*:(?:\s+(?P<words>.*\S))?\s*$")


class PlainHeader(BaseHandler):
    """A header in which every value is text; `first`: the line number of the `---` above it. `problems` collects
    (line, remedy) while reading."""

    FM_BOUNDARY = BOUNDARY
    START_DELIMITER = END_DELIMITER = "---"

    def __init__(self, first: int) -> None:
        self.first = first
        self.problems: list[tuple[int, str]] = []
        self.garbled: set[str] = set()

    def load(self, fm: str, **_kwargs: object) -> dict[str, Field]:
        header: dict[str, Field] = {}
        over = ""
        for line, written in enumerate(fm.split("\n"), start=self.first):
            if not written.strip():
                continue
            match = HEADER_LINE.match(written)
            if match is None:
                self.problems.append((line, f"write this header line as `name: words`, not `{written.strip()}`"))
                self.garbled.add(re.split(r"[\s:]", written.strip())[0])
                continue
            name, words = match["name"].strip(), Words(match["words"] or "", line)
            is_list = over in header and not header[over].words.text
            is_under = over in header if match["indent"] else is_list and name.isdecimal()
            if is_under and not match["indent"]:
                self.problems.append((line, f"put two spaces before `{name}:`, so that it belongs to `{over}:`"))
            elif not match["indent"]:
                over = name
            level = dict(header[over].under) if is_under else header
            if name in level:
                self.problems.append((line, f"`{name}` is here twice: keep one"))
            elif level is header:
                header[name] = Field(words)
            else:
                header[over] = Field(header[over].words, {**header[over].under, name: words})
        return header


def read_document(file: Path, root: Path, is_list: bool = False) -> tuple[Document, list[Problem]]:
    """Reads a file below the content folder `root`. A file that cannot be read gives an empty document. `is_list`: each
    line under a heading is meant to begin with a hyphen."""
    path = path_of(file, root)
    name = Path(path).stem
    try:
        text = file.read_bytes().decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        return Document(path, name, {}, {}, {}), [unreadable(path, f"{PLAIN_TEXT} (Encoding, under Save as)", line)]
    except OSError:
        return Document(path, name, {}, {}, {}), [unreadable(path)]
    if text.startswith(WORD_PROCESSOR):
        return Document(path, name, {}, {}, {}), [unreadable(path, f"{PLAIN_TEXT}: a word processor wrote it")]
    if not text.strip():
        return Document(path, name, {}, {}, {}), [unreadable(path, EMPTY)]
    text = re.sub(r"\r\n?", "\n", text)
    header, body, boundaries = _parted(text)
    plain = PlainHeader(_line(text, len(text) - len(text.lstrip())))
    found = frontmatter.parse(header, handler=plain)[0] if header else {}
    entries = {key: entry for key, entry in found.items() if isinstance(entry, Field)}
    first = _line(text, len(text) - len(body))
    body, unlisted = with_hyphens(body, first) if is_list else (body, ())
    sections, lines, wrong = _sections(body, first)
    problems = [Problem(path, line, "header", remedy) for line, remedy in [*boundaries, *plain.problems]]
    problems += [Problem(path, line, "heading", remedy) for line, remedy in wrong]
    return Document(path, name, entries, sections, lines, frozenset(plain.garbled), unlisted), problems


def _parted(text: str) -> tuple[str, str, list[tuple[int, str]]]:
    """The header with the `---` lines around it, the text after it, and what is wrong with those lines: (line,
    remedy)."""
    rest = text.lstrip()
    opening = BOUNDARY.match(rest)
    if opening is None:
        return "", text, []
    problems = [] if rest == text else [(1, "remove the blank lines above the first `---`")]
    closing, heading = BOUNDARY.search(rest, opening.end()), HEADING.search(rest, opening.end())
    if closing and not (heading and heading.start() < closing.start()):
        return rest[: closing.end()], rest[closing.end() :], problems
    end = heading.start() if heading else len(rest)
    below = _line(text, len(text) - len(rest) + end)
    problems.append((_line(text, len(text) - len(rest)), f"end this header with a line `---`, above line {below}"))
    return rest[:end].rstrip() + "\n---", rest[end:], problems


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def _sections(body: str, first: int) -> tuple[Sections, dict[str, int], list[tuple[int, str]]]:
    """The paragraphs under each heading, the headings' lines, and wrong headings as (line, remedy)."""
    sections: Sections = {}
    lines: dict[str, int] = {}
    wrong: list[tuple[int, str]] = []
    current = number = ""
    for before, token in pairwise(MARKDOWN.parse(body)):
        if token.type.startswith("list_item"):
            number = f"{token.info}{token.markup} " if token.info else ""
        if token.type != "inline" or token.map is None:
            continue
        words = Words(" ".join(token.content.split()), token.map[0] + first)
        unparted = UNPARTED.fullmatch(words.text)
        if unparted:
            wrong.append((words.line, f"put a space after the number signs: `{unparted[1]} {unparted[2]}`"))
        if before.type == "heading_open" or unparted:
            current = (unparted[2] if unparted else words.text).lower()
            if not current:
                wrong.append((words.line, "write a name after these number signs, or remove them"))
                continue
            if current in sections:
                wrong.append((words.line, f"`{words.text}` is here twice: keep one"))
            sections[current] = ()
            lines[current] = words.line
        elif current:
            sections[current] += (Words(number + words.text, words.line),)
            number = ""
    return sections, lines, wrong
