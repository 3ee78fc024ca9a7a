"""Where a pattern is in the content, as `path:line`, which terminals and editors open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ivr.library.document import Document, Words
from ivr.listening.normalise import split_words
from ivr.listening.patterns import Pattern


def written_at(pattern: Pattern, documents: Mapping[str, Document]) -> str:
    """A keyword, a title or the word of a move is looked up where it is listed, since nobody wrote it as a pattern."""
    if pattern.line:
        return f"{pattern.path}:{pattern.line}"
    document = documents.get(pattern.path)
    lines = (words.line for words in _listed(document) if _holds(words, pattern.written)) if document else iter(())
    return f"{pattern.path}:{next(lines, 1)}"


def _listed(document: Document) -> Iterator[Words]:
    for entry in document.header.values():
        yield from (entry.words, *entry.under.values())
    for section in document.sections.values():
        yield from section


def _holds(words: Words, written: str) -> bool:
    return any(" ".join(split_words(item).words) == written for item in (words.text, *words.text.split(",")))
