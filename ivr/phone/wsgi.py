"""Runs a line in this process: a WSGI application, called without a socket. For tests of what the line says, not of how
it is served."""

import io
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit

from ivr.phone.transport import Request, Response

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
NOT_PREFIXED = ("Content-Type", "Content-Length")


@dataclass(frozen=True)
class Wsgi:
    """The application sees what it would see behind gunicorn. It cannot be interrupted: an answer that took too long
    counts as late once it has arrived."""

    application: Application

    def send(self, request: Request) -> Response:
        until = time.monotonic() + request.seconds_left
        answer = _Answer()
        body = self.application(environ_of(request), answer.start)
        try:
            document = b"".join(body)
        finally:
            getattr(body, "close", lambda: None)()
        if time.monotonic() > until:
            raise request.late()
        return Response(answer.status, answer.headers.get("content-type", ""), document[: request.largest + 1])


@dataclass
class _Answer:
    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)

    def start(self, status: str, headers: list[tuple[str, str]], *_: Any) -> None:
        self.status = int(status.partition(" ")[0])
        self.headers = {name.lower(): value for name, value in headers}


def environ_of(request: Request) -> dict[str, Any]:
    """As PEP 3333 defines it, with RAW_URI as gunicorn adds it: the path before escapes are decoded."""
    path, _, query = request.target.partition("?")
    body = (request.body or "").encode()
    parts = urlsplit(request.address)
    headers = {**request.headers, "Content-Length": str(len(body))}
    return {
        "REQUEST_METHOD": request.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
        "QUERY_STRING": query,
        "RAW_URI": request.target,
        "SERVER_NAME": parts.hostname or "",
        "SERVER_PORT": str(parts.port or (443 if parts.scheme == "https" else 80)),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": parts.scheme,
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        **{_name(header): value for header, value in headers.items()},
    }


def _name(header: str) -> str:
    name = header.upper().replace("-", "_")
    return name if header in NOT_PREFIXED else f"HTTP_{name}"
