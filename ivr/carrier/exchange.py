"""One request over HTTP, within a time limit that holds for all of it. What comes of it, or an exception."""

from __future__ import annotations

import socket
import ssl
import threading
from base64 import b64encode
from collections.abc import Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import cache
from http.client import HTTPConnection, HTTPSConnection
from urllib.parse import urlsplit

import certifi

LARGEST_ANSWER = 256 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: str
    content_type: str


def basic(account_sid: str, token: str) -> dict[str, str]:
    """The header that tells the carrier's API which account asks."""
    return {"Authorization": "Basic " + b64encode(f"{account_sid}:{token}".encode()).decode()}


class Exchange(threading.Thread):
    """One request in a thread of its own: a time limit of a socket starts anew with every byte, and none holds while
    a name is looked up. Nothing is tried twice and no redirect is followed."""

    def __init__(self, method: str, url: str, body: str, headers: Mapping[str, str], seconds: float) -> None:
        super().__init__(daemon=True)
        self._request = method, _target(url), body, headers
        self._connection = _connection(url, seconds)
        self._seconds = seconds
        self._late = threading.Event()
        self._socket: socket.socket | None = None
        self._came: Answer | Exception = TimeoutError()

    def answer(self) -> Answer:
        """Raises whatever went wrong, TimeoutError if it was time."""
        self.start()
        self.join(self._seconds)
        if self.is_alive():
            self._cut()
            raise TimeoutError
        if isinstance(self._came, Exception):
            raise self._came
        return self._came

    def run(self) -> None:
        try:
            with closing(self._connection):
                self._connection.connect()
                self._socket = self._connection.sock
                if not self._late.is_set():
                    self._came = self._exchange()
        except Exception as error:
            self._came = error

    def _exchange(self) -> Answer:
        method, path, body, headers = self._request
        self._connection.request(method, path, body, headers)
        with self._connection.getresponse() as response:
            body = response.read(LARGEST_ANSWER).decode(errors="replace")
            return Answer(response.status, body, response.headers.get("Content-Type", ""))

    def _cut(self) -> None:
        """Late first, then the socket: a thread that is still connecting then sends nothing after all. Not by the
        socket's own method: an encrypted one would first go back to writing in the clear."""
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
    """Authorities known to this machine, and those that come with the library, since a machine may know none."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context
