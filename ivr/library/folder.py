"""The files of a content folder: which there are, what they hold, and which ones nothing reads."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePath

from ivr.library.document import Document, path_of, unreadable
from ivr.library.kinds import kind_of
from ivr.library.parsing import read_document
from ivr.model import Problem

FACTS, README = "facts.md", "README.md"
TEXT_FILES = (".md", ".txt", ".text", ".markdown", ".rtf", ".doc", ".docx", ".odt")


def files_in(folder: Path, root: Path, problems: list[Problem]) -> Iterator[Path]:
    """All files, sorted by the bytes of their names. Hidden files are not content."""
    try:
        inside = sorted((path for path in folder.iterdir() if not path.name.startswith(".")), key=os.fsencode)
        folders = {path for path in inside if path.is_dir()}
    except OSError:
        problems.append(unreadable(path_of(folder, root)))
        return
    for path in inside:
        if path not in folders:
            yield path
        elif not path.is_symlink():
            yield from files_in(path, root, problems)


def read_all(files: list[Path], root: Path, problems: list[Problem]) -> dict[str, Document]:
    documents = {}
    for file in files:
        if file.suffix != ".md" or file.name == README:
            continue
        kind = kind_of(path_of(file, root).split("/", 2)[-1])
        document, found = read_document(file, root, is_list=kind is not None and kind.is_list)
        documents[document.path] = document
        problems.extend(found)
    return documents


def unread(files: list[Path], root: Path, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """Text files that nothing reads: outside the languages' folders, or with a suffix other than `.md`."""
    for file in files:
        path, inside = path_of(file, root), path_of(file, root).split("/", 1)[-1]
        meant = file.name.partition(".")[0] + ".md"
        if path in documents and file.parent == root and inside != FACTS:
            yield Problem(
                path, 1, "misplaced", "nothing reads this file here: move it into a language's folder, or remove it"
            )
        elif (
            path not in documents and _is_content(inside, meant) and path_of(file.parent / meant, root) not in documents
        ):
            remedy = f"save this as plain text under the name `{meant}`, suffix included, or remove it"
            yield Problem(path, 1, "name", remedy)


def _is_content(inside: str, meant: str) -> bool:
    """Whether a text file would be read if it had this name."""
    folder = inside.rpartition("/")[0]
    is_known = kind_of(f"{folder}/{meant}".partition("/")[2]) is not None if folder else meant == FACTS
    return is_known and meant != README and PurePath(inside).suffix.lower() in TEXT_FILES


def version_of(files: list[Path], root: Path, problems: list[Problem]) -> str:
    digest = hashlib.sha256()
    for file in files:
        try:
            digest.update(os.fsencode(file.relative_to(root)) + b"\0" + file.read_bytes())
        except OSError:
            problems.append(unreadable(path_of(file, root)))
    return digest.hexdigest()[:12]
