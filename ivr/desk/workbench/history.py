"""Who changed a file, when and how, from its git repository. Without a repository there is no history; nothing else
needs one."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ivr.desk.documents.changes.page import Difference
from ivr.desk.documents.changes.revision import git
from ivr.desk.workbench.words import differences
from ivr.library.document import Document
from ivr.library.names import FILE as NAMES
from ivr.library.names import names_in, with_names
from ivr.library.parsing import read_document
from ivr.library.signing import code_of_words, signed_words

MOST = 20
"""Most revisions that are read."""
BETWEEN = "\x1f"


@dataclass(frozen=True, slots=True)
class Revision:
    """`day`: as year-month-day; `why`: the first line of the commit message."""

    name: str
    author: str
    day: str
    why: str
    differences: tuple[Difference, ...]


def has_repository(root: Path) -> bool:
    return shutil.which("git") is not None and git(root, "rev-parse", "--git-dir") is not None


def revisions(root: Path, tag: str, inside: str) -> Iterator[Revision]:
    """The last revisions that changed the file, newest first, each with what it changed in the words."""
    told = list(_told(root, f"{tag}/{inside}.md"))
    documents = [_document_at(root, name, tag, inside) for name, *_ in told]
    for number, (name, author, day, why) in enumerate(told):
        now = documents[number]
        before = documents[number + 1] if number + 1 < len(documents) else None
        if number + 1 == MOST:
            return
        changed = differences(signed_words(before) if before else {}, signed_words(now) if now else {})
        yield Revision(name, author, day, why, tuple(changed))


def words_with_code(root: Path, tag: str, inside: str, code: str) -> dict[str, str] | None:
    """The words that this code stands for; None if none of the last revisions had them."""
    if not has_repository(root):
        return None
    for name, *_ in _told(root, f"{tag}/{inside}.md"):
        document = _document_at(root, name, tag, inside)
        if document and code_of_words(document) == code:
            return signed_words(document)
    return None


def _told(root: Path, file: str) -> Iterator[tuple[str, str, str, str]]:
    form = f"--format=%h{BETWEEN}%an{BETWEEN}%as{BETWEEN}%s"
    printed = git(root, "log", f"--max-count={MOST}", form, "--", file) or b""
    for line in printed.decode("utf-8", "replace").splitlines():
        name, author, day, why = line.split(BETWEEN, 3)
        yield name, author, day, why


def _document_at(root: Path, revision: str, tag: str, inside: str) -> Document | None:
    """The document with the names of that time filled in."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / root.name
        documents = [_read(root, copy, revision, f"{tag}/{file}") for file in (f"{inside}.md", NAMES)]
    document, names = documents
    return with_names(f"{inside}.md", document, names_in(names)) if document else None


def _read(root: Path, copy: Path, revision: str, file: str) -> Document | None:
    written = git(root, "show", f"{revision}:./{file}")
    if written is None:
        return None
    path = copy / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(written)
    return read_document(path, copy)[0]
