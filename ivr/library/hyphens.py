"""Lists: files in which each line under a heading begins with a hyphen and a space."""

from __future__ import annotations

import re

HEADING = re.compile(r"#+\s|#+[^\W\d_]\S*\s*$")
HYPHEN = re.compile(r"-[ \t]+(?=\S)")
MEANT_AS_HYPHEN = re.compile(r"[-+*\u2010-\u2015\u2022\u00b7\u2212]+[ \t]*")
"""Hyphens without a space, dashes and bullets."""
MARKUP = re.compile(r"(?:[-+*]|#+|\d+[.)])(?=\s|$)")
"""What Markdown, after the hyphen, would take for a nested list or a heading."""
ENTRY = re.compile(r"offers:|(?:person only|care team now)$")
"""Lines of lacks.md that are not patterns."""

EMPTY = "write words after this hyphen, or remove the line"
Wrong = tuple[int, str]


def with_hyphens(body: str, first: int) -> tuple[str, tuple[Wrong, ...]]:
    """The body with a hyphen before each line under a heading, so that no line is read as a continuation of the one
    above; and the lines that lacked one, as (line, remedy). `first`: the number of the body's first line."""
    lines: list[str] = []
    wrong: list[Wrong] = []
    is_under_heading = False
    for number, written in enumerate(body.split("\n"), start=first):
        stripped = written.strip()
        is_heading = bool(HEADING.match(stripped))
        is_under_heading = is_under_heading or is_heading
        if is_heading or not is_under_heading or not stripped:
            lines.append(written)
            continue
        words, remedy = _listed(stripped)
        lines.append(f"- {words}" if words else "")
        if remedy:
            wrong.append((number, remedy))
    return "\n".join(lines), tuple(wrong)


def _length_of_mark(line: str) -> int:
    mark = MEANT_AS_HYPHEN.match(line)
    return mark.end() if mark else 0


def _listed(line: str) -> tuple[str, str]:
    """The words of a line without its hyphen, and what is wrong with the line."""
    hyphen = HYPHEN.match(line)
    words = line[hyphen.end() :] if hyphen else line[_length_of_mark(line) :].strip()
    if not words:
        return "", EMPTY
    if not hyphen and not ENTRY.match(line):
        return words, f"begin the line with a hyphen and a space: `- {words}`"
    if character := MARKUP.match(words):
        return "", f"begin with a word: remove `{character[0]}`, or write letters before it"
    return words, ""
