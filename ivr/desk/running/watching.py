"""Content that is edited while the line runs: notices and applies changes."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from ivr.audit import Checker
from ivr.library.load import Content

LOOK_EVERY = 1.0
Glance = frozenset[tuple[str, int, int]]


def changes(folder: Path, known: Glance) -> Iterator[None]:
    """Yields each time files have changed and then stayed the same for one look. `known`: the state of the folder when
    the content in use was read, so what is saved while the line starts counts as a change too."""
    seen = known
    while True:
        time.sleep(LOOK_EVERY)
        before, seen = seen, glance(folder)
        if seen == before != known:
            known = seen
            yield


def glance(folder: Path) -> Glance:
    """Name, size and modification time of each file: enough to notice a change."""
    found = set()
    for path in folder.rglob("*"):
        try:
            about = path.stat()
        except OSError:
            continue
        found.add((os.fspath(path), about.st_size, about.st_mtime_ns))
    return frozenset(found)


def take_change(
    content: Content, running: str, reload: Callable[[], None], checker: Checker | None = None
) -> tuple[str, str]:
    """The version that the line speaks from then on, and what to tell the writer; `running` is the one before."""
    errors = [str(problem) for problem in (checker or Checker()).check(content) if not problem.warning]
    if content.version == running:
        return running, ""
    if errors:
        return running, "\n".join([*errors, "The line goes on with the words from before. Fix this and save."])
    reload()
    return content.version, f"Content reloaded ({content.version})."
