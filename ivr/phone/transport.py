"""How a request reaches the line: over HTTP, as from the carrier, or in this process (wsgi.py).

`requests` rewrites some URLs before it sends them (%c3, a bare `?`), which would hide that a line checks signatures
over the wrong address, so this uses plain http.client.
"""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection, IncompleteRead
from typing import Protocol
from urllib.parse import urlsplit

from ivr.phone.refused import NO_ADDRESS, UNREACHABLE, Refused
from ivr.phone.retries import LATE, NO_CONNECTION, RequestFailed


@dataclass(frozen=True)
class Request:
    """`url`: as the carrier knows it, for messages. `address`: where to connect. `largest`: most bytes of an answer.
    `time_limit`: seconds since `begun` for all attempts, connecting included. `attempt`: seconds for this one, once
    connected."""

    method: str
    url: str
    address: str
    headers: dict[str, str]
    body: str | None
    largest: int
    begun: float
    time_limit: float
    attempt: float

    @property
    def seconds_left(self) -> float:
        return max(0.0, min(self.time_limit - (time.monotonic() - self.begun), self.attempt))

    @property
    def target(self) -> str:
        """Path and query as they are in the address: nothing is normalised."""
        after_host = self.address.partition("://")[2]
        start = min((after_host.find(mark) for mark in "/?" if mark in after_host), default=-1)
        if start < 0:
            return "/"
        return after_host[start:] if after_host[start] == "/" else "/" + after_host[start:]

    def late(self) -> RequestFailed:
        return RequestFailed(UNREACHABLE, f"{self.url} did not answer within {self.time_limit:g} s", LATE)


@dataclass(frozen=True)
class Response:
    """`document`: what was read of the body, at most one byte more than the request allows."""

    status: int
    content_type: str
    document: bytes


class Transport(Protocol):
    def send(self, request: Request) -> Response:
        """Raises Failed if no complete answer arrives in time."""


class HttpTransport:
    """Opens a connection for each request, as carriers do."""

    def send(self, request: Request) -> Response:
        connection = _connection(request)
        late = threading.Event()
        try:
            connection.connect()
            with _cut_off(connection.sock, request.seconds_left, late):
                connection.request(request.method, request.target, request.body, request.headers)
                response = _read(connection.getresponse(), request.largest)
        except (OSError, HTTPException) as error:
            raise _failure(request, error, late.is_set()) from error
        finally:
            connection.close()
        if late.is_set():
            raise request.late()
        return response


def _connection(request: Request) -> HTTPConnection:
    parts = urlsplit(request.address)
    make: Callable[..., HTTPConnection] = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise Refused(NO_ADDRESS, f"{request.address} is not a web address")
    return make(parts.hostname, parts.port, timeout=request.time_limit)


@contextmanager
def _cut_off(line: socket.socket, seconds: float, late: threading.Event) -> Iterator[None]:
    """A socket's own timeout restarts with every byte; this one does not."""

    def cut() -> None:
        late.set()
        with suppress(OSError):
            line.shutdown(socket.SHUT_RDWR)

    clock = threading.Timer(seconds, cut)
    clock.daemon = True
    clock.start()
    try:
        yield
    finally:
        clock.cancel()


def _read(response: HTTPResponse, largest: int) -> Response:
    """Raises IncompleteRead if the connection broke."""
    document = response.read(largest + 1)
    if response.length and len(document) <= largest:
        raise IncompleteRead(document, response.length)
    return Response(response.status, response.headers.get("Content-Type", ""), document)


def _failure(request: Request, error: Exception, late: bool) -> RequestFailed:
    if late or isinstance(error, TimeoutError):
        return request.late()
    why = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return RequestFailed(UNREACHABLE, f"{request.url} cannot be reached: {why}", NO_CONNECTION)
