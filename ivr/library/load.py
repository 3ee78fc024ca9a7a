"""Content files to libraries, with every mistake that keeps a file from being understood."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ivr.library.build import Builder, Slots
from ivr.library.document import Document, read_document
from ivr.library.library import Library
from ivr.library.phone_number import spoken, written
from ivr.model import Problem


@dataclass(frozen=True, slots=True)
class Content:
    """All languages by tag; the documents they came from by path; the facts that every language must deliver."""

    libraries: Mapping[str, Library]
    documents: Mapping[str, Document]
    facts: Mapping[str, str]
    version: str
    problems: tuple[Problem, ...]


def content_of(root: Path, helpline: str) -> Content:
    """A content folder with the helpline's number (E.164) put in."""
    return load_content(root, Slots({"helpline": spoken(helpline)}, {"helpline": written(helpline)}))


def load_content(root: Path, slots: Slots) -> Content:
    """Reads all files of a content folder. Never raises for a writer's mistake: it is in `problems`."""
    problems: list[Problem] = []
    documents = _read_all(root, problems)
    facts = _facts(documents, root, problems)
    tags = sorted(folder.name for folder in root.iterdir() if folder.is_dir() and not folder.name.startswith("."))
    if not tags:
        problems.append(Problem(root.name, 1, "language", "make a folder for a language here, such as `en`"))
    libraries = {tag: Builder(root, tag, documents, slots, problems).library() for tag in tags}
    return Content(libraries, documents, facts, _version(root), tuple(problems))


def _read_all(root: Path, problems: list[Problem]) -> dict[str, Document]:
    documents = {}
    for file in sorted(root.rglob("*.md")):
        if file.name == "README.md":
            continue
        document, found = read_document(file, root)
        documents[document.path] = document
        problems.extend(found)
    return documents


def _version(root: Path) -> str:
    digest = hashlib.sha256()
    for file in sorted(file for file in root.rglob("*") if file.is_file()):
        digest.update(file.relative_to(root).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:12]


def _facts(documents: Mapping[str, Document], root: Path, problems: list[Problem]) -> dict[str, str]:
    path = f"{root.name}/facts.md"
    document = documents.get(path)
    if document is None:
        problems.append(Problem(path, 1, "facts", "write the facts to deliver into this file, `- G1: ...` each"))
        return {}
    facts: dict[str, str] = {}
    for words in (words for section in document.sections.values() for words in section):
        name, colon, fact = words.text.partition(": ")
        if colon and name.isalnum():
            if name in facts:
                problems.append(Problem(path, words.line, "facts", f"fact {name} stands here twice: keep one"))
            facts[name] = fact
    return facts
