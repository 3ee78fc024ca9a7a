"""Wishes for no texts, and for texts again, on this machine's own disk, until the store has them for certain.

A file in the data folder, a line for each wish, which all processes of the machine add to and read. A wish that was
added outlives a crash of the machine: the disk has it before `add` returns.
"""

from __future__ import annotations

import fcntl
import json
import logging
import os
import time
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path

from ivr.memory.private import sync_folder

log = logging.getLogger(__name__)

FILE, LOCK = "wishes.journal", "wishes.lock"
PATIENCE = 2.0
"""Seconds that a process waits for others that write. One that was stopped in the middle is not waited for."""
UNWRITTEN = "DATA_DIR cannot be written, so a wish to get no texts may not outlive a restart"
UNREAD = f"{FILE} in DATA_DIR cannot be read"


class WishKind(StrEnum):
    STOP = "stop"
    START = "start"


@dataclass(frozen=True, slots=True)
class Wish:
    """`place`: which of the line's numbers it was sent to (wishes.place_of). `at`: microseconds since 1970."""

    caller: str
    kind: WishKind
    place: str
    at: int


@dataclass(frozen=True, slots=True)
class _Read:
    """`version`: what tells that the file has changed since."""

    version: tuple[int, ...] = ()
    wishes: tuple[Wish, ...] = ()


class Journal:
    def __init__(self, folder: Path) -> None:
        self._folder, self._file = folder, folder / FILE
        self._read = _Read()
        self._told: set[str] = set()

    def add(self, wish: Wish) -> bool:
        """Whether the disk has it."""
        line = json.dumps(asdict(wish)).encode() + b"\n"
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with self._locked():
                is_new = not self._file.exists()
                _append(self._file, line)
                if is_new:
                    sync_folder(self._folder)
        except OSError as fault:
            self._tell(UNWRITTEN, fault)
            return False
        self._told.discard(UNWRITTEN)
        return True

    def wishes(self) -> tuple[Wish, ...]:
        """All of them, in the order in which they were added. Quick as long as nothing has changed."""
        try:
            version = _version(self._file)
            if version != self._read.version:
                self._read = _Read(version, tuple(_parsed(self._file.read_bytes())))
            self._told.discard(UNREAD)
        except FileNotFoundError:
            return ()
        except OSError as fault:
            self._tell(UNREAD, fault)
        return self._read.wishes

    def drop(self, done: Collection[Wish]) -> None:
        """Takes out what the store has. The rest moves into a new file, so that no reader sees half of one."""
        with suppress(OSError), self._locked():
            left = [wish for wish in _parsed(self._file.read_bytes()) if wish not in done]
            new = self._file.with_suffix(".new")
            new.unlink(missing_ok=True)
            _append(new, b"".join(json.dumps(asdict(wish)).encode() + b"\n" for wish in left))
            new.replace(self._file)
            sync_folder(self._folder)

    def _tell(self, what: str, fault: OSError) -> None:
        """Once, until it works again: it is tried with every text."""
        if what not in self._told:
            self._told.add(what)
            log.error("%s: %s", what, type(fault).__name__)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Raises OSError if others write for too long."""
        lock = os.open(self._folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            _lock(lock, time.monotonic() + PATIENCE)
            yield
        finally:
            os.close(lock)


def _lock(lock: int, until: float) -> None:
    while True:
        try:
            return fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                raise
            time.sleep(0.01)


def _append(file: Path, lines: bytes) -> None:
    """All of it, on the disk, or nothing. After a line that broke off (a process was killed), a new one begins."""
    opened = os.open(file, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        os.fchmod(opened, 0o600)
        size = os.fstat(opened).st_size
        broken_off = size > 0 and os.pread(opened, 1, size - 1) != b"\n"
        whole = b"\n" + lines if broken_off else lines
        try:
            if os.write(opened, whole) != len(whole):
                raise OSError("the disk is full")
            os.fsync(opened)
        except OSError:
            os.ftruncate(opened, size)
            raise
    finally:
        os.close(opened)


def _version(file: Path) -> tuple[int, ...]:
    told = file.stat()
    return told.st_ino, told.st_size, told.st_mtime_ns


def _parsed(content: bytes) -> Iterator[Wish]:
    for line in content.splitlines():
        wish = _wish(line)
        if wish is not None:
            yield wish
        elif line:
            log.warning("a line of the journal of wishes broke off: it is left out")


def _wish(line: bytes) -> Wish | None:
    try:
        told: Mapping[str, object] = json.loads(line)
        return Wish(str(told["caller"]), WishKind(str(told["kind"])), str(told["place"]), int(str(told["at"])))
    except (ValueError, LookupError, TypeError):
        return None
