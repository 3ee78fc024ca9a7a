"""Applications under gunicorn as the line runs in production: the same file of settings, two workers each."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType

from bench.asked import SECRET, TOKEN
from ivr.desk.running.local import HOST, ROOT, START_SECONDS, STOP_SECONDS, free_port

EMPTY, SAMPLE, LINE = "bench.empty_app:app", "bench.sample_app:app", "ivr.web.app:create_app()"
WORKERS = 2
KEPT_SETTINGS = ("PATH", "HOME", "LANG", "TMPDIR", "ENV_FILE")


@contextmanager
def served(app: str, folder: Path, store: str) -> Iterator[int]:
    """The port where it answers. What it logs goes to a file in the folder."""
    with served_by(app, folder, store) as (_, port):
        yield port


@contextmanager
def served_by(
    app: str, folder: Path, store: str | None, more: Mapping[str, str] = MappingProxyType({})
) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """The web server's first process, and the port. `store`: None for the embedded one, in the folder. `more`: settings
    besides."""
    port = free_port()
    kept = {name: os.environ[name] for name in KEPT_SETTINGS if name in os.environ}
    own = {
        "TWILIO_AUTH_TOKEN": TOKEN,
        "CALLER_SECRET": SECRET,
        "REDIS_URL": store or "",
        "DATA_DIR": str(folder),
        **more,
    }
    command = [sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py", "--pythonpath", "tests"]
    command += ["--bind", f"{HOST}:{port}", app]
    env = {**kept, **own, "WEB_CONCURRENCY": str(WORKERS)}
    with (folder / f"log-{port}").open("wb") as log:
        web = subprocess.Popen(command, env=env, cwd=ROOT, stdout=log, stderr=log)
    try:
        _await(web, port)
        yield web, port
    finally:
        web.send_signal(signal.SIGTERM)
        try:
            web.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            web.kill()


def _await(web: subprocess.Popen[bytes], port: int) -> None:
    until = time.monotonic() + START_SECONDS
    while not _answers(port):
        if web.poll() is not None or time.monotonic() > until:
            raise RuntimeError(f"The application on port {port} did not start.")
        time.sleep(0.1)


def _answers(port: int) -> bool:
    """Whether anything is answered, a refusal too."""
    try:
        with socket.create_connection((HOST, port), timeout=2) as line:
            line.sendall(f"GET /health HTTP/1.1\r\nHost: {HOST}:{port}\r\nConnection: close\r\n\r\n".encode())
            return line.recv(8) == b"HTTP/1.1"
    except OSError:
        return False
