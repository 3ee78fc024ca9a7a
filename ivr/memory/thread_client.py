"""A client of one server, in which each thread keeps a connection of its own for scripts. The library's pool lends one
for each command, and times, counts and retries it.

Microseconds of processor time for what a text asks of a server on this machine's socket, twice a text
(docs/speed.md):

| what | by the pool | by a connection of the thread |
|---|---|---|
| one script, asked and answered | 67 | 28 |

Everything else (pipelines, single commands) goes through the pool.
"""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from typing import Any

from redis import Redis, RedisError

from ivr.memory.threads import in_forks

IDLE = 0.1
"""Seconds after which a connection may have been closed by the server, or by something in between. It is then checked
before it is used; the pool checks every time."""


class ThreadClient(Redis):
    """Made by `from_url`, like any client. The pool's maximum number of connections must be enough for all threads that
    ask."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._begin()
        in_forks(self._begin)

    def _begin(self) -> None:
        """After a fork, connections are made anew."""
        self._own = threading.local()

    def execute_command(self, *args: Any, **options: Any) -> Any:
        """Runs a script over the thread's connection. A fault closes it, and the next command opens it again; closing
        the client closes all of them."""
        if args[0] != "EVAL":
            return super().execute_command(*args, **options)  # type: ignore[no-untyped-call]
        connection = self._connection()
        connection.send_packed_command(connection.pack_command(*args))
        answer = connection.read_response()
        self._own.used = time.monotonic()
        return answer

    def _connection(self) -> Any:
        connection: Any = getattr(self._own, "connection", None)
        if connection is None:
            connection = self._own.connection = self.connection_pool.get_connection()
            self._own.used = time.monotonic()
        elif time.monotonic() - self._own.used > IDLE:
            _close_if_over(connection)
        return connection


def _close_if_over(connection: Any) -> None:
    """Closes a connection that the other end has closed, or that holds an answer that nobody asked for."""
    with suppress(RedisError):
        if not connection.can_read():
            return
    connection.disconnect()
