"""Connections that wait for their clients: how long each may wait, and which is closed first when there are too
many."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Iterator
from enum import Enum, auto

from ivr.web.server.connection import ClientConnection

PATIENCE = 5.0
"""Seconds for a whole request to arrive, counted from the new connection or the request's first byte: carriers send a
request at once."""
FETCHING = 30.0
"""Seconds that a client has to receive its response; the largest responses are recordings."""
LEAVING = 2.0
"""Seconds that a client has to close the connection after the last response. Gunicorn's own figure."""
MOST_HELD = 32 * 1024 * 1024
"""Bytes of requests and answers that wait for clients, in one process."""


class For(Enum):
    """What a connection waits for."""

    NEXT_REQUEST = auto()
    HANGING_UP = auto()
    WHOLE_REQUEST = auto()
    TAKING_ANSWER = auto()


GO_FIRST = ((For.NEXT_REQUEST, For.HANGING_UP), (For.WHOLE_REQUEST, For.TAKING_ANSWER))
"""Which connections are closed first when there are too many: the idle ones, then those in the middle of something; of
those, the one that has waited longest. An honest client is done within moments, so it is never that one."""


class Waiting:
    """Keeps each kind in the order in which its connections began to wait, since all of a kind have the same time
    limit. `idle`: seconds that a connection may stay open for another request."""

    def __init__(self, idle: float) -> None:
        self._seconds = {
            For.NEXT_REQUEST: idle,
            For.HANGING_UP: LEAVING,
            For.WHOLE_REQUEST: PATIENCE,
            For.TAKING_ANSWER: FETCHING,
        }
        self._since: dict[For, OrderedDict[ClientConnection, float]] = {what: OrderedDict() for what in For}
        self._what: dict[ClientConnection, For] = {}
        self._bytes: dict[ClientConnection, int] = {}
        self._held = 0

    def __len__(self) -> int:
        return len(self._what)

    def put(self, connection: ClientConnection, what: For) -> bool:
        """True if it now waits for something else. A connection that already waits for `what` keeps its place."""
        is_new = self._what.get(connection) is not what
        if is_new:
            self.take(connection)
            self._what[connection] = what
            self._since[what][connection] = time.monotonic()
        self._held += connection.bytes_held - self._bytes.get(connection, 0)
        self._bytes[connection] = connection.bytes_held
        return is_new

    def take(self, connection: ClientConnection) -> None:
        what = self._what.pop(connection, None)
        if what is not None:
            del self._since[what][connection]
            self._held -= self._bytes.pop(connection)

    def late(self) -> Iterator[ClientConnection]:
        """Connections whose time is up. Each must be removed with `take` before the next is asked for."""
        now = time.monotonic()
        for what, since in self._since.items():
            while (first := next(iter(since.items()), None)) and now - first[1] >= self._seconds[what]:
                yield first[0]

    def first_to_go(self) -> ClientConnection | None:
        return next((first for kinds in GO_FIRST if (first := self._oldest(*kinds))), None)

    def one_too_heavy(self) -> ClientConnection | None:
        """A connection to close because waiting connections hold more than MOST_HELD bytes; None if they do not."""
        return self._oldest(*GO_FIRST[-1]) if self._held > MOST_HELD else None

    def all_idle(self) -> list[ClientConnection]:
        return list(self._since[For.NEXT_REQUEST])

    def _oldest(self, *kinds: For) -> ClientConnection | None:
        firsts = [next(iter(since.items())) for kind in kinds if (since := self._since[kind])]
        return min(firsts, key=lambda first: first[1])[0] if firsts else None
