"""One HTTP request within a time limit that covers all of it. Ends in an answer or an exception."""

from __future__ import annotations

import socket
import ssl
import threading
from base64 import b64encode
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import cache
from http.client import HTTPConnection, HTTPSConnection
from urllib.parse import urlsplit

import certifi

LARGEST_ANSWER = 256 * 1024


@dataclass(frozen=True, slots=True)
class ApiResponse:
    status: int
    body: str
    content_type: str


def basic(account_sid: str, token: str) -> dict[str, str]:
    """The header that authenticates the account to the carrier's API."""
    return {"Authorization": "Basic " + b64encode(f"{account_sid}:{token}".encode()).decode()}


class NoRoom(Exception):
    """The maximum number of requests is already waiting."""


class Room:
    """Threads for a limited number of requests at once. If all are busy, NoRoom is raised at once. A request that hangs
    in a name lookup keeps its thread until the lookup ends, however short its time limit. Threads start on first use,
    so a Room may be created before a fork."""

    def __init__(self, most: int) -> None:
        self._free = threading.BoundedSemaphore(most)
        self._threads = ThreadPoolExecutor(most, "exchange")

    def submit(self, act: Callable[[], ApiResponse]) -> Future[ApiResponse]:
        """Raises NoRoom."""
        if not self._free.acquire(blocking=False):
            raise NoRoom
        try:
            return self._threads.submit(self._take, act)
        except RuntimeError:  # The machine cannot start another thread, or the process is ending.
            self._free.release()
            raise NoRoom from None

    def _take(self, act: Callable[[], ApiResponse]) -> ApiResponse:
        try:
            return act()
        finally:
            self._free.release()


COMMANDS = Room(32)
"""For an operator's commands, which look at many things at once."""


class Exchange:
    """One request in a thread of its own, because a socket's timeout restarts with every byte, and no timeout covers a
    name lookup. Nothing is retried and no redirect followed."""

    def __init__(self, method: str, url: str, body: str, headers: Mapping[str, str], seconds: float) -> None:
        self._request = method, _target(url), body, headers
        self._connection = _connection(url, seconds)
        self._seconds = seconds
        self._late = threading.Event()
        self._socket: socket.socket | None = None

    def answer(self, room: Room = COMMANDS) -> ApiResponse:
        """Raises NoRoom, whatever went wrong, or TimeoutError if the time is up."""
        coming = room.submit(self._run)
        try:
            return coming.result(self._seconds)
        except TimeoutError:
            self._cut()
            raise

    def _run(self) -> ApiResponse:
        with closing(self._connection):
            self._connection.connect()
            self._socket = self._connection.sock
            if self._late.is_set():
                raise TimeoutError
            return self._exchange()

    def _exchange(self) -> ApiResponse:
        method, path, body, headers = self._request
        self._connection.request(method, path, body, headers)
        with self._connection.getresponse() as response:
            body = response.read(LARGEST_ANSWER).decode(errors="replace")
            return ApiResponse(response.status, body, response.headers.get("Content-Type", ""))

    def _cut(self) -> None:
        """Sets `late` before it shuts the socket down: a thread that is still connecting then sends nothing. Does not
        call the socket's own method: an encrypted socket would first fall back to plain text."""
        self._late.set()
        if self._socket is not None:
            with suppress(OSError):
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)


def _target(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _connection(url: str, seconds: float) -> HTTPConnection:
    parts = urlsplit(url)
    if parts.scheme == "http":
        return HTTPConnection(parts.hostname or "", parts.port, timeout=seconds)
    return HTTPSConnection(parts.hostname or "", parts.port, timeout=seconds, context=_trust())


@cache
def _trust() -> ssl.SSLContext:
    """Certificate authorities known to this machine, and those that come with the library, since a machine may know
    none."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context
