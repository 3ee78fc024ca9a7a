"""A web process in which a connection occupies a thread only while a complete request is being answered.

One loop owns all connections and never waits for any of them: it accepts, reads what has arrived, hands each complete
request to a thread, and sends what the client did not accept at once. So silent connections, half requests and clients
that do not receive cost only memory, and that is bounded: when there are too many, those that have waited longest are
closed.
"""

from __future__ import annotations

import os
import resource
import selectors
import socket
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from queue import Empty, SimpleQueue

from gunicorn.config import Config
from gunicorn.glogging import Logger

from ivr.settings import CannotStart
from ivr.web.server.answering import AnsweringWorker
from ivr.web.server.connection import ClientConnection
from ivr.web.server.waiting import For, Waiting

READ, WRITE = selectors.EVENT_READ, selectors.EVENT_WRITE
OTHER_FILES = 100
"""Open files of a process other than client connections: the store, the carrier's API, logs, libraries."""
ACCEPTED_AT_ONCE = 50
"""Connections accepted before the existing ones get their turn."""
ROUND = 1.0
"""Seconds between two signs of life to the master process, at most."""
LINGERS = 2.0
"""Seconds for which an ending process still accepts requests on open connections. Gunicorn's own figure."""


class Worker(AnsweringWorker):
    @classmethod
    def check_config(cls, cfg: Config, _log: Logger) -> None:
        """Called by gunicorn before it starts."""
        if cfg.is_ssl or cfg.protocol != "http" or cfg.proxy_protocol != "off":
            raise CannotStart("The line speaks plain HTTP only: HTTPS is for the proxy in front of it.")

    def init_process(self) -> None:
        self._selector = selectors.DefaultSelector()
        self._threads = ThreadPoolExecutor(self.cfg.threads, "answering")
        self._answered = SimpleQueue[ClientConnection]()
        self._waiting = Waiting(self.cfg.keepalive)
        self._most = min(self.cfg.worker_connections, _room_for_files())
        self._being_answered = 0
        self._is_accepting = False
        self._woken, self._waker = socket.socketpair()
        super().init_process()

    def run(self) -> None:
        for end in (self._woken, self._waker):
            end.setblocking(False)
        self._selector.register(self._woken, READ, self._take_answered)
        self._selector.register(self.PIPE[0], READ, self._drain_signals)
        while self.alive and self.ppid == os.getppid():
            self._accept_more(self._has_room())
            self._one_round()
        self._accept_more(False)
        self._end_gracefully()

    def _end_gracefully(self) -> None:
        began = time.monotonic()
        while self._open() and (passed := time.monotonic() - began) < self.cfg.graceful_timeout:
            if passed > LINGERS:
                for connection in self._waiting.all_idle():
                    self._close(connection)
            self._one_round()
        self._threads.shutdown(wait=False)

    def _one_round(self) -> None:
        self.notify()
        for key, _ in self._selector.select(ROUND if self.alive else LINGERS / 10):
            try:
                key.data()
            except Exception:
                self.log.exception("A fault in serving a connection")
        for late in self._waiting.late():
            self._close(late)

    def _open(self) -> int:
        return len(self._waiting) + self._being_answered

    def _has_room(self) -> bool:
        return self._open() < self._most or self._waiting.first_to_go() is not None

    def _accept_more(self, wanted: bool) -> None:
        if wanted == self._is_accepting:
            return
        self._is_accepting = wanted
        for listener in self.sockets:
            if wanted:
                self._selector.register(listener, READ, self._accepting(listener))
            else:
                self._selector.unregister(listener)

    def _accepting(self, listener: socket.socket) -> Callable[[], None]:
        listener.setblocking(False)
        at = listener.getsockname()

        def accept() -> None:
            for _ in range(ACCEPTED_AT_ONCE):
                try:
                    sock, client = listener.accept()
                except (BlockingIOError, ConnectionError):
                    return
                except OSError:  # No room for another open file.
                    self._make_room()
                    return
                self._begin(ClientConnection(sock, client, at, self.cfg))

        return accept

    def _begin(self, connection: ClientConnection) -> None:
        """Reads at once, since the request may already be there."""
        self._read(connection)
        if self._open() > self._most:
            self._make_room()

    def _make_room(self) -> None:
        first = self._waiting.first_to_go()
        if first is not None:
            self._close(first)

    def _read(self, connection: ClientConnection) -> None:
        try:
            connection.read()
        except OSError:
            self._close(connection)
        else:
            self._look(connection, For.WHOLE_REQUEST)

    def _look(self, connection: ClientConnection, otherwise: For) -> None:
        """Answers a complete request; otherwise waits for the rest of it, or for `otherwise` if nothing has come."""
        if connection.begin_request():
            self._forget(connection)
            self._being_answered += 1
            self._threads.submit(self._answer, connection)
        elif connection.is_over:
            self._close(connection)
        else:
            self._wait(connection, For.WHOLE_REQUEST if connection.came else otherwise, READ, self._read)

    def _answer(self, connection: ClientConnection) -> None:
        """Runs in a thread of the pool."""
        try:
            self.answer(connection)
        finally:
            self._answered.put(connection)
            with suppress(OSError):  # Full: the loop is being woken anyway.
                self._waker.send(b"1")

    def _take_answered(self) -> None:
        with suppress(OSError):
            self._woken.recv(4096)
        with suppress(Empty):
            while True:
                connection = self._answered.get_nowait()
                self._being_answered -= 1
                self._go_on(connection)

    def _go_on(self, connection: ClientConnection) -> None:
        """Continues after a response, or after the part of it that the client has accepted."""
        if connection.going:
            self._wait(connection, For.TAKING_ANSWER, WRITE, self._write)
        elif connection.may_go_on:
            self._look(connection, For.NEXT_REQUEST)
        elif connection.is_over:
            self._close(connection)
        else:
            connection.end_answers()
            self._wait(connection, For.HANGING_UP, READ, self._see_off)

    def _write(self, connection: ClientConnection) -> None:
        connection.write()
        self._go_on(connection)

    def _see_off(self, connection: ClientConnection) -> None:
        """Waits for the client to close; whatever it still sends is discarded."""
        try:
            connection.read()
        except OSError:
            connection.is_over = True
        connection.came.clear()
        if connection.is_over:
            self._close(connection)

    def _wait(
        self, connection: ClientConnection, what: For, event: int, then: Callable[[ClientConnection], None]
    ) -> None:
        if self._waiting.put(connection, what):
            self._unregister(connection)
            self._selector.register(connection.sock, event, lambda: then(connection))
        while (heavy := self._waiting.one_too_heavy()) is not None:
            self._close(heavy)

    def _forget(self, connection: ClientConnection) -> None:
        self._waiting.take(connection)
        self._unregister(connection)

    def _unregister(self, connection: ClientConnection) -> None:
        with suppress(KeyError):
            self._selector.unregister(connection.sock)

    def _close(self, connection: ClientConnection) -> None:
        """Does nothing if it is closed already, which may have happened since the event came."""
        if connection.sock.fileno() >= 0:
            self._forget(connection)
            connection.sock.close()

    def _drain_signals(self) -> None:
        with suppress(OSError):
            os.read(self.PIPE[0], 4096)


def _room_for_files() -> int:
    """How many client connections this process may hold, by its limit of open files."""
    limit, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return sys.maxsize if limit == resource.RLIM_INFINITY else max(limit - OTHER_FILES, 1)
