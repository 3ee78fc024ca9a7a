"""Opt-outs and opt-ins on this machine's disk, kept until the store certainly has them.

One file in the data folder, a line for each wish, shared by all processes of the machine. A wish survives a crash of
the machine once `add` has returned, because it has been synced to the disk."""

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
"""Seconds that a process waits for the file's lock. A holder that was frozen midway is not waited for any longer."""
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
    """`version` differs once the file has changed."""

    version: tuple[int, ...] = ()
    wishes: tuple[Wish, ...] = ()


class Journal:
    def __init__(self, folder: Path) -> None:
        self._folder, self._file = folder, folder / FILE
        self._read = _Read()
        self._told: set[str] = set()

    def add(self, wish: Wish) -> bool:
        """Whether the wish is on the disk."""
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
        """All wishes, oldest first. Cached until the file changes."""
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
        """Removes what the store has. The rest is written to a new file that replaces the old one, so that no reader
        sees half a file."""
        with suppress(OSError), self._locked():
            left = [wish for wish in _parsed(self._file.read_bytes()) if wish not in done]
            new = self._file.with_suffix(".new")
            new.unlink(missing_ok=True)
            _append(new, b"".join(json.dumps(asdict(wish)).encode() + b"\n" for wish in left))
            new.replace(self._file)
            sync_folder(self._folder)

    def _tell(self, what: str, fault: OSError) -> None:
        """Logs a fault once until it works again, because every text tries."""
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
    """Writes and syncs all of `lines`, or nothing. If the last line broke off because a process was killed, starts a
    new line first."""
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
