"""Signed requests as the carrier sends them."""

import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, urlencode, urljoin, urlsplit

from ivr.phone.refused import Refused
from ivr.phone.retries import RequestFailed, retries_of
from ivr.phone.signing import TWILIO, Signing
from ivr.phone.transport import HttpTransport, Request, Transport

LARGEST_DOCUMENT = 64 * 1024
LARGEST_SOUND = 16 * 1024 * 1024
HTTP = HttpTransport()


@dataclass(frozen=True)
class Fetched:
    document: bytes
    content_type: str
    seconds: float


@dataclass(frozen=True)
class Wire:
    """`line`: where to connect; `public_url`: the address that the carrier knows and signs. `transport`: how the line
    is reached. Anything elsewhere, such as a fallback, is always reached over HTTP."""

    line: str
    public_url: str
    token: str
    time_limit: float
    signing: Signing = TWILIO
    transport: Transport = HTTP

    def ask(self, method: str, url: str, fields: Mapping[str, str]) -> Fetched:
        """`method`: POST or GET. With GET the fields are part of the address."""
        if method == "POST":
            return self.post(url, fields)
        address, mark, retries = url.partition("#")
        whole = f"{address}{'&' if '?' in address else '?'}{urlencode(fields)}{mark}{retries}"
        return self._get(whole, LARGEST_DOCUMENT)

    def post(self, url: str, fields: Mapping[str, str]) -> Fetched:
        """Raises Refused unless a success arrives within the time limit and is not too large. Retries as often as the
        address says; all attempts share the time limit."""
        return self._fetch("POST", url, fields, LARGEST_DOCUMENT)

    def get(self, url: str) -> Fetched:
        """Fetches a recording, on the same terms."""
        return self._get(url, LARGEST_SOUND)

    def _get(self, url: str, largest: int) -> Fetched:
        return self._fetch("GET", url, {}, largest)

    def _fetch(self, method: str, url: str, fields: Mapping[str, str], largest: int) -> Fetched:
        retries = retries_of(url)
        request = self._request(method, url, fields, largest, retries.seconds)
        for left in reversed(range(retries.count + 1)):
            try:
                return self._attempt(request)
            except RequestFailed as failed:
                is_over = time.monotonic() - request.begun > self.time_limit
                if not left or is_over or not retries.follow(failed):
                    raise
        raise AssertionError("the last attempt returns or raises")

    def _request(self, method: str, url: str, fields: Mapping[str, str], largest: int, attempt: float) -> Request:
        whole = _encoded(url)
        known = whole.partition("#")[0]
        headers = {**_headers(whole), **self.signing.signed(self.token, whole, dict(fields))}
        body = "&".join(_pair(*field) for field in fields.items()) if method == "POST" else None
        return Request(
            method, known, self._address(known), headers, body, largest, time.monotonic(), self.time_limit, attempt
        )

    def _attempt(self, request: Request) -> Fetched:
        answer = self._transport(request.url).send(request)
        if not 200 <= answer.status < 300:
            how = f"{answer.status // 100}xx"
            raise RequestFailed(11200, f"{request.url} answered {answer.status}", how, answer.status)
        if len(answer.document) > request.largest:
            raise Refused(11750, f"{request.url} answered more than {request.largest // 1024} kB")
        return Fetched(answer.document, answer.content_type, time.monotonic() - request.begun)

    def _address(self, url: str) -> str:
        return self.line + url.removeprefix(self.public_url) if self._is_lines(url) else url

    def _transport(self, url: str) -> Transport:
        return self.transport if self._is_lines(url) else HTTP

    def _is_lines(self, url: str) -> bool:
        return url.startswith(self.public_url) and url[len(self.public_url) :][:1] in ("", "/", "?")


def resolve(current: str, url: str) -> str:
    """Like urljoin, but leaves the given part unchanged (urljoin drops a bare `?`)."""
    parts = urlsplit(current)
    if urlsplit(url).scheme:
        return url
    if url.startswith("/") and not url.startswith("//"):
        return f"{parts.scheme}://{parts.netloc}{url}"
    return urljoin(current, url) if url else current


@lru_cache(maxsize=1024)
def _pair(name: str, value: str) -> str:
    """A field of a form. Cached, since most of two dozen fields are the same in each request of a call."""
    return urlencode({name: value})


def _headers(url: str) -> dict[str, str]:
    return {
        "Host": urlsplit(url).netloc.rpartition("@")[2],
        "User-Agent": "TwilioProxy/1.1",
        "Accept": "*/*",
        "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8",
        "I-Twilio-Idempotency-Token": str(uuid.uuid4()),
    }


def _encoded(url: str) -> str:
    """The address in ASCII, as HTTP requires. Existing escapes are unchanged."""
    return quote(url, safe="%/:?#=&;+,$!*'()@[]~|^`{}\\\"<>")
