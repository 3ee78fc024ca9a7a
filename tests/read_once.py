"""Content is read once: parsing all of it takes a quarter of a second, and hundreds of tests begin with it.

What is kept is what was read of the same bytes under the same name, so a test that changes a file reads it anew. The
tests of the readers themselves call them directly, and get no kept answer.
"""

from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Any

import pytest

from ivr.library import dictionary, folder, likeness, load
from ivr.library.document import path_of


def read_once(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(folder, "read_document", _documents(folder.read_document))
    patch.setattr(load, "read_dictionary", _files(load.read_dictionary, dictionary.FILE))
    patch.setattr(load, "read_likeness", _files(load.read_likeness, likeness.FILE))


def _documents(read: Callable[..., Any]) -> Callable[..., Any]:
    kept: dict[Hashable, Any] = {}

    def once(file: Path, root: Path, is_list: bool = False) -> Any:
        key = (path_of(file, root), is_list, _bytes(file))
        if key not in kept:
            kept[key] = read(file, root, is_list=is_list)
        document, problems = kept[key]
        return document, list(problems)

    return once


def _files(read: Callable[[Path], Any], name: str) -> Callable[[Path], Any]:
    kept: dict[bytes | None, Any] = {}

    def once(language: Path) -> Any:
        written = _bytes(language / name)
        if written not in kept:
            kept[written] = read(language)
        return kept[written]

    return once


def _bytes(file: Path) -> bytes | None:
    """None: it is not there, or cannot be read."""
    try:
        return file.read_bytes()
    except OSError:
        return None
