"""Locks of a folder that processes share. The kernel frees a lock when the last process that holds it is gone, however
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
    """Holds the lock alone; waits until nobody else holds it."""
    with open_private(path) as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def is_locked(path: Path) -> bool:
    """Whether somebody holds it for themselves alone."""
    try:
        with path.open("rb") as file:
            return not _gets(file, fcntl.LOCK_SH)
    except FileNotFoundError:
        return False


def shared(path: Path) -> BinaryIO:
    """Held with others until it is closed. Waits while somebody has it alone."""
    file = open_private(path)
    fcntl.flock(file, fcntl.LOCK_SH)
    return file


def gets_alone(file: BinaryIO) -> bool:
    """Whether nobody else holds it; then it is held alone, until it is closed."""
    return _gets(file, fcntl.LOCK_EX)


def is_same(file: BinaryIO, path: Path) -> bool:
    """Whether the path still leads to this file: its folder may have been removed and made anew."""
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
