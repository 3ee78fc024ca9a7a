"""File locks shared between processes. The kernel frees a lock when the last process that holds it has ended, however
it ended; forks hold it together."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from ivr.memory.private import open_private


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Holds the lock exclusively; waits until nobody else holds it."""
    with open_private(path) as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def is_locked(path: Path) -> bool:
    """Whether some process holds it exclusively."""
    try:
        with path.open("rb") as file:
            return not _gets(file, fcntl.LOCK_SH)
    except FileNotFoundError:
        return False


def shared(path: Path) -> BinaryIO:
    """A shared lock, held until the file is closed. Waits while a process holds it exclusively."""
    file = open_private(path)
    fcntl.flock(file, fcntl.LOCK_SH)
    return file


def gets_alone(file: BinaryIO) -> bool:
    """Whether nobody else holds the lock; if so, it is now held exclusively until the file is closed."""
    return _gets(file, fcntl.LOCK_EX)


def is_same(file: BinaryIO, path: Path) -> bool:
    """Whether `path` still names this open file: its folder may have been removed and made again."""
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except FileNotFoundError:
        return False


def _gets(file: BinaryIO, kind: int) -> bool:
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
