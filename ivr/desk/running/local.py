"""A line on this machine alone, to try things with: its own token, its own store, a free port."""

from __future__ import annotations

import json
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from typing import Any

from ivr.memory.private import new_private, private_folder
from ivr.settings import CannotStart, data_from_env
from ivr.settings.serving import Serving

HOST = "127.0.0.1"
START_SECONDS = 30
STOP_SECONDS = 15
ROOT = Path(__file__).resolve().parents[3]


def local_env(env: Mapping[str, str]) -> dict[str, str]:
    """The environment, with a generated token if none is set. The token is kept in the data folder."""
    data = data_from_env(env)
    own = {**env, "DATA_DIR": str(data)}
    if not own.get("TWILIO_AUTH_TOKEN", "").strip():
        own["TWILIO_AUTH_TOKEN"] = _kept_token(data / "token")
    return own


def _kept_token(file: Path) -> str:
    try:
        return file.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        private_folder(file.parent)
        token = secrets.token_hex(16)
        new_private(file, token + "\n")
        return token


def is_line(address: str) -> bool:
    """Whether one of our lines answers there."""
    return _health(address).get("line") == "up"


def _health(address: str) -> dict[str, Any]:
    """What the line reports at /health; empty if none of our lines answers there."""
    try:
        with urllib.request.urlopen(f"{address}/health", timeout=2) as answer:  # noqa: S310 (our own address)
            told = json.load(answer)
    except (OSError, HTTPException, ValueError):
        return {}
    return told if isinstance(told, dict) else {}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _is_taken(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((HOST, port)) == 0


@dataclass(frozen=True, slots=True)
class Served:
    """A line that this process runs."""

    address: str
    web: subprocess.Popen[bytes]

    def reload(self, running: str) -> None:
        """Reloads content, and waits a while until the `running` version is gone. Calls go on meanwhile. The new
        version may be newer than the one that was checked: a writer can save again at any moment."""
        self.web.send_signal(signal.SIGHUP)
        until = time.monotonic() + START_SECONDS
        while _health(self.address).get("content", running) == running and time.monotonic() < until:
            if self.web.poll() is not None:
                raise CannotStart("The line has stopped: start it again.")
            time.sleep(0.1)


@contextmanager
def serving(env: Mapping[str, str], port: int, *more: str) -> Iterator[str]:
    """The address of a line that runs as long as the block lasts. `more`: arguments for gunicorn. Raises
    CannotStart."""
    with served(env, port, *more) as line:
        yield line.address


@contextmanager
def served(env: Mapping[str, str], port: int, *more: str) -> Iterator[Served]:
    """Runs the line as production does, for as long as the block lasts. Raises CannotStart."""
    Serving.from_env(env)
    if _is_taken(port):
        raise CannotStart(f"Port {port} is taken: is the line running already? Choose another with --port.")
    command = [sys.executable, "-m", "gunicorn", "--bind", f"{HOST}:{port}", "--log-level", "warning"]
    quiet = {"LOG_LEVEL": "warning", **env}
    web = subprocess.Popen([*command, *more, "ivr.web.app:create_app()"], env=quiet, cwd=ROOT)  # noqa: S603
    try:
        address = f"http://{HOST}:{port}"
        _await(web, address)
        yield Served(address, web)
    finally:
        web.send_signal(signal.SIGTERM)
        try:
            web.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            web.kill()


def _await(web: subprocess.Popen[bytes], address: str) -> None:
    until = time.monotonic() + START_SECONDS
    while not is_line(address):
        if web.poll() is not None:
            raise CannotStart("The line did not start: see the reason above.")
        if time.monotonic() > until:
            raise CannotStart(f"The line did not answer within {START_SECONDS} seconds.")
        time.sleep(0.1)
