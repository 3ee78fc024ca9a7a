"""A translation beside its original: the same keys, numbers and slots in the same places. All are warnings, not errors.

No rule can tell whether two sentences say the same and keep each "often" and "can": the signature is for that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ivr.library.document import Document, Words
from ivr.library.library import SLOT
from ivr.library.phrases import PHRASES
from ivr.library.rules.shelf import Shelf, at, header_line
from ivr.model import Problem

NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
LANGUAGE_KEY = "6"
"""A line in one language has no such key, so its words need not name it."""
LISTED = ("keywords", "hints")
ALONE = ("medical.md",)
"""Files that a language can do without."""


def check_parity(shelf: Shelf) -> Iterator[Problem]:
    if not shelf.is_translation:
        return
    original = Shelf(shelf.content, shelf.content.original)
    for inside, document in original.files_as_written():
        here = shelf.as_written(inside)
        if here is None:
            if inside in ALONE:
                remedy = f"write this file as in `{original.tag}`: without it no medical words are found"
                yield Problem(f"{shelf.base}/{inside}", 1, "H1", remedy, warning=True)
        elif inside in PHRASES:
            yield from _phrases(here, document, original.tag)
        elif inside.startswith("topics/"):
            yield from _topic(here, document, original.tag)
        elif inside == "words.md":
            yield from _headings(here, document, original.tag)
        elif inside == "glossary.md":
            yield from _treatments(here, document, original.tag)


def _phrases(document: Document, original: Document, tag: str) -> Iterator[Problem]:
    for name in original.sections.keys() & document.sections.keys():
        mine, theirs = (_what_is_filled_in(each.sections[name]) for each in (document, original))
        if missing := theirs - mine:
            yield _ask(document, document.lines[name], f"`{tag}` has {_shown(missing)} in `{name}`, and this does not")
        if more := {one for one in mine - theirs - {LANGUAGE_KEY} if one.isdecimal()}:
            yield _ask(document, document.lines[name], f"this has {_shown(more)} in `{name}`, and `{tag}` has not")


def _topic(document: Document, original: Document, tag: str) -> Iterator[Problem]:
    for section in ("voice", "text"):
        pairs = zip(document.sections[section], original.sections[section], strict=False)
        for part, (mine, theirs) in enumerate(pairs, start=1):
            if missing := _what_is_filled_in([theirs]) - _what_is_filled_in([mine]):
                remedy = f"`{tag}` has {_shown(missing)} in segment {part}, and this does not"
                yield _ask(document, mine.line, remedy)
    for name in LISTED:
        here, there = (set(each.header[name].under) if name in each.header else set() for each in (document, original))
        for segment in sorted(there - here):
            remedy = f"`{tag}` has words for segment {segment} under `{name}:`, and this has none"
            yield _ask(document, header_line(document, name), remedy)


def _headings(document: Document, original: Document, tag: str) -> Iterator[Problem]:
    for name in original.sections:
        if not name.isdecimal() and name not in document.sections:
            yield _ask(document, 1, f"`{tag}` has words under `## {name}`, and this has no such heading")


def _treatments(document: Document, original: Document, tag: str) -> Iterator[Problem]:
    if "treatments" in original.header and "treatments" not in document.header:
        yield _ask(document, 1, f"`{tag}` names treatments after `treatments:`, and this does not")


def _what_is_filled_in(passages: Sequence[Words]) -> set[str]:
    """The numbers and slots in some sentences."""
    found: set[str] = set()
    for words in passages:
        found |= {f"{{{slot}}}" for slot in SLOT.findall(words.text)}
        found |= set(NUMBER.findall(SLOT.sub("", words.text)))
    return found


def _shown(found: set[str]) -> str:
    return ", ".join(sorted(found))


def _ask(document: Document, line: int, remedy: str) -> Problem:
    return at(document, line, "H1", f"{remedy}: fix it if that is an oversight", warning=True)
