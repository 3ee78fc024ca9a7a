"""The HTTP client that the twilio library sends its requests with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from twilio.http.response import Response

from ivr.carrier.exchange import COMMANDS, ApiResponse, Exchange, Room, basic

Call = Callable[[Callable[[], ApiResponse]], ApiResponse]


def at_once(act: Callable[[], ApiResponse]) -> ApiResponse:
    return act()


@dataclass(frozen=True, slots=True)
class BoundedHttp:
    """Replaces the library's own client, which limits the time of each read only, and logs addresses. Raises what
    Exchange raises."""

    address: str | None
    """The base address of another carrier's API; None: Twilio's."""
    time_limit: float
    """Seconds for a whole request, from the name lookup to the last byte."""
    room: Room = COMMANDS
    guard: Call = at_once
    """Wraps each request, such as a breaker."""

    def request(
        self,
        method: str,
        uri: str,
        *,
        headers: Mapping[str, str],
        auth: tuple[str, str],
        params: Mapping[str, Any] | None = None,
        data: Mapping[str, Any] | None = None,
        **_: object,
    ) -> Response:
        """`uri` is at Twilio's; only what follows the host counts if the API is elsewhere."""
        exchange = Exchange(
            method,
            self._url(uri, params or {}),
            urlencode(data or {}, doseq=True),
            {**headers, **basic(*auth)},
            self.time_limit,
        )
        answer = self.guard(lambda: exchange.answer(self.room))
        return Response(answer.status, answer.body)

    def _url(self, uri: str, params: Mapping[str, Any]) -> str:
        parts = urlsplit(uri)
        host = f"{parts.scheme}://{parts.netloc}" if self.address is None else self.address.rstrip("/")
        query = "&".join(filter(None, (parts.query, urlencode(params))))
        return f"{host}{parts.path}" + (f"?{query}" if query else "")
