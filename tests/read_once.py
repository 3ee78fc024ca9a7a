"""Content is read once: loading all of it and making it ready takes two seconds, and hundreds of tests begin with it.

What is kept is what was read of the same bytes under the same name, so a test that changes a file reads it anew. The
same content is the same object, so whatever is kept of a library (what it listens with, above all) is found again: so
lines in this process read content, too, and take nothing that was prepared. The tests of the readers themselves call
them directly, and get no kept answer.
"""

import os
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from ivr.library import dictionary, folder, likeness, load, recordings
from ivr.library.build import Slots
from ivr.library.document import path_of
from ivr.library.library import Library
from ivr.library.load import Content
from ivr.model import Problem
from ivr.web import app, reading


def read_once(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(load, "load_content", _contents(load.load_content))
    patch.setattr(load, "build_library", _libraries(load.build_library))
    patch.setattr(folder, "read_document", _documents(folder.read_document))
    patch.setattr(load, "read_dictionary", _files(load.read_dictionary, dictionary.FILE))
    patch.setattr(load, "read_likeness", _files(load.read_likeness, likeness.FILE))
    patch.setattr(app, "served", lambda root, helpline, _: reading.read(root, helpline))
    patch.setattr(app, "replace", _replaced(app.replace))


MOST_CONTENTS = 16
"""As many as listening is kept of; a changed content is seldom asked for again."""


def _contents(read: Callable[[Path, Slots], Content]) -> Callable[[Path, Slots], Content]:
    kept: OrderedDict[Hashable, Content] = OrderedDict()

    def once(root: Path, slots: Slots) -> Content:
        key = (repr(slots), *_named(root))
        content = kept.pop(key, None) or read(root, slots)
        kept[key] = content
        if len(kept) > MOST_CONTENTS:
            kept.popitem(last=False)
        return content

    return once


def _libraries(build: Callable[..., Library]) -> Callable[..., Library]:
    """Where the words of one language are changed, the others need not be made ready to listen anew."""
    kept: OrderedDict[Hashable, tuple[Library, list[Problem]]] = OrderedDict()

    def once(
        root: Path, tag: str, documents: Any, slots: Slots, audio: Any, is_translation: bool, problems: list[Problem]
    ) -> Library:
        key = (path_of(root, root), repr(slots), is_translation, *_named(root / tag))
        if key not in kept:
            found: list[Problem] = []
            kept[key] = build(root, tag, documents, slots, audio, is_translation, found), found
        kept.move_to_end(key)
        if len(kept) > MOST_CONTENTS:
            kept.popitem(last=False)
        library, found = kept[key]
        problems.extend(found)
        return library

    return once


def _named(root: Path) -> Iterator[Hashable]:
    """All that a folder holds, and whether it can be read. Where it is counts only for recordings, which are played
    from there."""
    yield path_of(root, root)
    unreadable: list[OSError] = []
    for place, folders, files in os.walk(root, onerror=unreadable.append):
        here = Path(place)
        inside = here.relative_to(root)
        if inside.name == recordings.FOLDER and files:
            yield root
        yield inside, *((name, (here / name).is_symlink()) for name in sorted(folders))
        for name in sorted(files):
            yield inside / name, _bytes(here / name)
    yield from map(str, unreadable)


def _replaced(replace: Callable[..., Any]) -> Callable[..., Any]:
    """Lines with the same words and the same settings have the same library, too."""
    kept: OrderedDict[Hashable, tuple[Library, Library]] = OrderedDict()

    def once(one: Any, **changes: Any) -> Any:
        if not isinstance(one, Library):
            return replace(one, **changes)
        key = (id(one), *sorted(changes.items()))
        _, made = kept.pop(key, None) or (one, replace(one, **changes))
        kept[key] = one, made
        if len(kept) > MOST_CONTENTS:
            kept.popitem(last=False)
        return made

    return once


@cache
def checked_once(check: Callable[[Content], list[Problem]]) -> Callable[[Content], list[Problem]]:
    """For what is checked before each edit: the same content, unless a test has changed it. One for each `check`."""
    kept: OrderedDict[int, tuple[Content, list[Problem]]] = OrderedDict()

    def once(content: Content) -> list[Problem]:
        known, problems = kept.pop(id(content), (None, []))
        if known is not content:
            problems = check(content)
        kept[id(content)] = content, problems
        if len(kept) > MOST_CONTENTS:
            kept.popitem(last=False)
        return list(problems)

    return once


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
