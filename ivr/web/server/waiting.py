"""Connections that wait for their clients: how long each may, and which has to go first where there are too many."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Iterator
from enum import Enum, auto

from ivr.web.server.connection import ClientConnection

PATIENCE = 5.0
"""Seconds for all of a request to arrive, from its first byte or the new connection on: carriers send one at once."""
FETCHING = 30.0
"""Seconds in which a client has to take its answer. The largest are recordings."""
LEAVING = 2.0
"""Seconds in which a client may hang up after the last answer. Gunicorn's own figure."""
MOST_HELD = 32 * 1024 * 1024
"""Bytes of requests and answers that wait for clients, in one process."""


class For(Enum):
    """What a connection waits for."""

    NEXT_REQUEST = auto()
    HANGING_UP = auto()
    WHOLE_REQUEST = auto()
    TAKING_ANSWER = auto()


GO_FIRST = ((For.NEXT_REQUEST, For.HANGING_UP), (For.WHOLE_REQUEST, For.TAKING_ANSWER))
"""Where there are too many: first whoever has asked for nothing, then whoever is at it; of those, who has waited
longest. Whoever means well is done within moments, and so is never that one."""


class Waiting:
    """Each kind in the order in which it began to wait: within a kind all may wait equally long. `idle`: seconds in
    which another request may come after an answer."""

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
        """Whether that is new: one that waits for the same already has waited since then."""
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
        """One at a time: each has to be taken before the next is asked for."""
        now = time.monotonic()
        for what, since in self._since.items():
            while (first := next(iter(since.items()), None)) and now - first[1] >= self._seconds[what]:
                yield first[0]

    def first_to_go(self) -> ClientConnection | None:
        return next((first for kinds in GO_FIRST if (first := self._oldest(*kinds))), None)

    def one_too_heavy(self) -> ClientConnection | None:
        """To be closed, while more is held than may be."""
        return self._oldest(*GO_FIRST[-1]) if self._held > MOST_HELD else None

    def all_idle(self) -> list[ClientConnection]:
        return list(self._since[For.NEXT_REQUEST])

    def _oldest(self, *kinds: For) -> ClientConnection | None:
        firsts = [next(iter(since.items())) for kind in kinds if (since := self._since[kind])]
        return min(firsts, key=lambda first: first[1])[0] if firsts else None
