"""Signed requests as the carrier sends them.

`requests` rewrites some URLs on their way out (%c3, a bare `?`), which would hide a line that checks
signatures over the wrong address, so this speaks plain http.client.
"""

import socket
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection, IncompleteRead
from urllib.parse import quote, urlencode, urljoin, urlsplit

from ivr.phone.refused import UNREACHABLE, Refused
from ivr.phone.retries import LATE, NO_CONNECTION, Failed, Retries, retries_of
from ivr.phone.signing import TWILIO, Signing

LARGEST_DOCUMENT = 64 * 1024
LARGEST_SOUND = 16 * 1024 * 1024


@dataclass(frozen=True)
class Fetched:
    document: bytes
    content_type: str
    seconds: float


@dataclass(frozen=True)
class Wire:
    """`line` is where to connect; `public_url` is the address that the carrier knows and signs."""

    line: str
    public_url: str
    token: str
    time_limit: float
    signing: Signing = TWILIO

    def ask(self, method: str, url: str, fields: Mapping[str, str]) -> Fetched:
        """`method`: POST or GET. Fields that are got stand in the address."""
        if method == "POST":
            return self.post(url, fields)
        address, mark, retries = url.partition("#")
        whole = f"{address}{'&' if '?' in address else '?'}{urlencode(fields)}{mark}{retries}"
        return self._get(whole, LARGEST_DOCUMENT)

    def post(self, url: str, fields: Mapping[str, str]) -> Fetched:
        """Raises Refused on anything but a success, within the time limit, that is not too large. Tries again as often
        as the address says; all attempts share the time limit."""
        return self._fetch(self._asked("POST", url, fields, LARGEST_DOCUMENT))

    def get(self, url: str) -> Fetched:
        """A recording, on the same terms."""
        return self._get(url, LARGEST_SOUND)

    def _get(self, url: str, largest: int) -> Fetched:
        return self._fetch(self._asked("GET", url, {}, largest))

    def _asked(self, method: str, url: str, fields: Mapping[str, str], largest: int) -> "_Asked":
        whole = _encoded(url)
        headers = {**_headers(whole), **self.signing.signed(self.token, whole, dict(fields))}
        body = urlencode(fields) if method == "POST" else None
        return _Asked(method, whole.partition("#")[0], headers, body, largest, retries_of(url))

    def _fetch(self, asked: "_Asked") -> Fetched:
        begun = time.monotonic()
        for left in reversed(range(asked.retries.count + 1)):
            try:
                return self._attempt(asked, begun)
            except Failed as failed:
                is_over = time.monotonic() - begun > self.time_limit
                if not left or is_over or not asked.retries.follow(failed):
                    raise
        raise AssertionError("the last attempt returns or raises")

    def _attempt(self, asked: "_Asked", begun: float) -> Fetched:
        status, content_type, document = self._exchange(asked, begun)
        if not 200 <= status < 300:
            raise Failed(11200, f"{asked.url} answered {status}", f"{status // 100}xx", status)
        if len(document) > asked.largest:
            raise Refused(11750, f"{asked.url} answered more than {asked.largest // 1024} kB")
        return Fetched(document, content_type, time.monotonic() - begun)

    def _exchange(self, asked: "_Asked", begun: float) -> tuple[int, str, bytes]:
        address = self._address(asked.url)
        connection = _connection(address, self.time_limit)
        late = threading.Event()
        try:
            connection.connect()
            left = min(self.time_limit - (time.monotonic() - begun), asked.retries.seconds)
            with _cut_off(connection.sock, left, late):
                connection.request(asked.method, _target(address), asked.body, asked.headers)
                answer = _read(connection.getresponse(), asked.largest)
        except (OSError, HTTPException) as error:
            raise _failure(asked.url, error, late.is_set(), self.time_limit) from error
        finally:
            connection.close()
        if late.is_set():
            raise _failure(asked.url, TimeoutError(), True, self.time_limit)
        return answer

    def _address(self, url: str) -> str:
        rest = url.removeprefix(self.public_url)
        return self.line + rest if rest[:1] in ("", "/", "?") else url


@dataclass(frozen=True)
class _Asked:
    """`largest`: bytes that an answer may have."""

    method: str
    url: str
    headers: dict[str, str]
    body: str | None
    largest: int
    retries: Retries


def resolve(current: str, url: str) -> str:
    """Like urljoin, but leaves the given part as it stands (urljoin drops a bare `?`)."""
    parts = urlsplit(current)
    if urlsplit(url).scheme:
        return url
    if url.startswith("/") and not url.startswith("//"):
        return f"{parts.scheme}://{parts.netloc}{url}"
    return urljoin(current, url) if url else current


def _headers(url: str) -> dict[str, str]:
    return {
        "Host": urlsplit(url).netloc.rpartition("@")[2],
        "User-Agent": "TwilioProxy/1.1",
        "Accept": "*/*",
        "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8",
        "I-Twilio-Idempotency-Token": str(uuid.uuid4()),
    }


def _encoded(url: str) -> str:
    """Nothing but ASCII: HTTP cannot carry more. Escapes stay as they are."""
    return quote(url, safe="%/:?#=&;+,$!*'()@[]~|^`{}\\\"<>")


def _target(url: str) -> str:
    after_host = url.partition("://")[2]
    start = min((after_host.find(mark) for mark in "/?" if mark in after_host), default=-1)
    if start < 0:
        return "/"
    return after_host[start:] if after_host[start] == "/" else "/" + after_host[start:]


def _connection(url: str, time_limit: float) -> HTTPConnection:
    parts = urlsplit(url)
    make: Callable[..., HTTPConnection] = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise Refused(11100, f"{url} is not a web address")
    return make(parts.hostname, parts.port, timeout=time_limit)


@contextmanager
def _cut_off(line: socket.socket, seconds: float, late: threading.Event) -> Iterator[None]:
    """A socket's own timeout starts anew with every byte; this one does not."""

    def cut() -> None:
        late.set()
        with suppress(OSError):
            line.shutdown(socket.SHUT_RDWR)

    clock = threading.Timer(max(seconds, 0.0), cut)
    clock.daemon = True
    clock.start()
    try:
        yield
    finally:
        clock.cancel()


def _read(response: HTTPResponse, largest: int) -> tuple[int, str, bytes]:
    """Raises IncompleteRead if the line broke off."""
    document = response.read(largest + 1)
    if response.length and len(document) <= largest:
        raise IncompleteRead(document, response.length)
    return response.status, response.headers.get("Content-Type", ""), document


def _failure(url: str, error: Exception, late: bool, time_limit: float) -> Failed:
    if late or isinstance(error, TimeoutError):
        return Failed(UNREACHABLE, f"{url} did not answer within {time_limit:g} s", LATE)
    return Failed(UNREACHABLE, f"{url} cannot be reached: {error or type(error).__name__}", NO_CONNECTION)
