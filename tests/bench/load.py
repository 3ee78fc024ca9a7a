"""Sends requests that are ready and times the answers. It does as little as it can for each: the machine's cores are
shared with those that answer."""

from __future__ import annotations

import gc
import re
import selectors
import socket
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

CONNECTIONS = 8
RENEWED = 20
"""Requests after which a connection is opened anew. It stays with one worker, and if most of them happened to be one
worker's, the other would stand idle for all of a round."""
LONGEST = 30.0
"""Seconds after which nothing more is sent, however much is left."""
PATIENCE = 10.0
"""Seconds without any answer after which the requests under way have failed."""
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Round:
    """`latencies` in seconds, of the requests that were answered as they should be."""

    latencies: Sequence[float]
    failures: int
    seconds: float

    @property
    def rate(self) -> float:
        return len(self.latencies) / self.seconds


@dataclass(slots=True)
class Connection:
    line: socket.socket
    begun: float = 0.0
    received: bytes = b""
    asking: bool = False
    sent: int = 0

    def send(self, request: bytes) -> None:
        self.received, self.asking, self.begun = b"", True, time.perf_counter()
        self.sent += 1
        self.line.sendall(request)

    def is_answered(self) -> bool:
        """Reads what has come. Raises OSError if the other side is gone."""
        piece = self.line.recv(65536)
        if not piece:
            raise ConnectionResetError
        self.received += piece
        head, end, body = self.received.partition(b"\r\n\r\n")
        length = LENGTH.search(head) if end else None
        return length is not None and len(body) >= int(length[1])


@dataclass(slots=True)
class Sender:
    """`wanted`: what every good answer holds, beside its status."""

    port: int
    wanted: bytes
    latencies: list[float] = field(default_factory=list)
    failures: int = 0
    ready: selectors.BaseSelector = field(default_factory=selectors.DefaultSelector)

    def connect(self) -> Connection:
        line = socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection = Connection(line)
        self.ready.register(line, selectors.EVENT_READ, connection)
        return connection

    def answered(self, seconds: float | None) -> Iterator[Connection]:
        """The connections that are free again, within so many seconds. One that breaks while it waits for an
        answer comes back as a new one; one that has been idle for long may be closed, which is no failure."""
        for key, _ in self.ready.select(seconds):
            connection: Connection = key.data
            try:
                if not connection.is_answered():
                    continue
            except OSError:
                self.drop(connection)
                if connection.asking:
                    self.failures += 1
                    yield self.connect()
                continue
            connection.asking = False
            self._note(connection)
            yield connection

    def _note(self, connection: Connection) -> None:
        if connection.received.startswith(b"HTTP/1.1 200 ") and self.wanted in connection.received:
            self.latencies.append(time.perf_counter() - connection.begun)
        else:
            self.failures += 1

    def drop(self, connection: Connection) -> None:
        self.ready.unregister(connection.line)
        connection.line.close()

    def fresh(self, connection: Connection) -> Connection:
        """This one, or a new one in its place."""
        if connection.sent < RENEWED:
            return connection
        self.drop(connection)
        return self.connect()

    def close(self) -> None:
        for key in list(self.ready.get_map().values()):
            self.drop(key.data)
        self.ready.close()


def load(port: int, requests: Iterable[bytes], wanted: bytes = b"", connections: int = CONNECTIONS) -> Round:
    """Every connection sends its next request as soon as the last is answered."""
    sender, waiting = Sender(port, wanted), deque(requests)
    begun = time.perf_counter()
    with undisturbed():
        under_way = 0
        for _ in range(min(connections, len(waiting))):
            sender.connect().send(waiting.popleft())
            under_way += 1
        while under_way:
            free = list(sender.answered(PATIENCE))
            if not free and time.perf_counter() - begun > LONGEST + PATIENCE:
                sender.failures += under_way
                break
            late = time.perf_counter() - begun > LONGEST
            for connection in free:
                if waiting and not late:
                    sender.fresh(connection).send(waiting.popleft())
                else:
                    under_way -= 1
    seconds = time.perf_counter() - begun
    sender.close()
    return Round(sender.latencies, sender.failures, seconds)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Without pauses for collecting garbage."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
