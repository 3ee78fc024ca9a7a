"""One language with the files it came from, so that a Problem can name file and line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ivr.library.document import Document, Words
from ivr.library.library import Library
from ivr.library.load import Content
from ivr.model import Problem


@dataclass(frozen=True, slots=True)
class Shelf:
    content: Content
    tag: str

    @property
    def library(self) -> Library:
        return self.content.libraries[self.tag]

    def document(self, folder: str, name: str) -> Document:
        return self.content.documents[f"{self.base}/{folder}/{name}.md"]

    def file(self, name: str) -> Document | None:
        return self.content.documents.get(f"{self.base}/{name}")

    def files(self) -> Iterator[tuple[str, Document]]:
        """Every file of this language, by its path inside the folder."""
        for path, document in self.content.documents.items():
            if path.startswith(f"{self.base}/"):
                yield path.removeprefix(f"{self.base}/"), document

    def files_as_written(self) -> Iterator[tuple[str, Document]]:
        """The same, with names not yet filled in."""
        for inside, _ in self.files():
            yield inside, self.content.as_written[f"{self.base}/{inside}"]

    def as_written(self, inside: str) -> Document | None:
        return self.content.as_written.get(f"{self.base}/{inside}")

    @property
    def is_translation(self) -> bool:
        return self.tag != self.content.original

    @property
    def base(self) -> str:
        any_path = next(iter(self.content.documents))
        return f"{any_path.partition('/')[0]}/{self.tag}"

    def explanations(self) -> dict[str, tuple[Words, ...]]:
        """The glossary: each medical word with its possible explanations."""
        glossary = self.file("glossary.md")
        return dict(glossary.sections) if glossary else {}


def header_line(document: Document, name: str, part: str = "") -> int:
    """The line number of a header's entry; 1 if there is none."""
    entry = document.header.get(name)
    if entry is None:
        return 1
    return entry.under[part].line if part in entry.under else entry.words.line


def at(document: Document, line: int, code: str, remedy: str, warning: bool = False) -> Problem:
    return Problem(document.path, line, code, remedy, warning)
