"""A web process that no stranger can hold up by sending half a request."""

from __future__ import annotations

import socket
import time
from contextlib import suppress
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

PATIENCE = 5.0
"""Seconds for all of a request to arrive. The carrier sends one at once; whoever dribbles would keep a thread for ever,
and a few of them the whole line: gunicorn has no time limit for a head or a body that never ends."""


class Worker(ThreadWorker):
    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._begun: dict[Any, float] = {}

    def handle(self, conn: Any) -> Any:
        self._begun[conn] = time.monotonic()
        try:
            return super().handle(conn)
        finally:
            del self._begun[conn]

    def murder_pending(self) -> None:
        """Gunicorn's own round, once a second. Only reading ends: an answer that is on its way still arrives."""
        super().murder_pending()
        latest = time.monotonic() - PATIENCE
        for conn, begun in list(self._begun.items()):
            if begun < latest:
                with suppress(OSError):
                    conn.sock.shutdown(socket.SHUT_RD)
