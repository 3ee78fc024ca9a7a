"""What stands between the line and its store: it counts connections, and passes answers on as a bad network would."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from ivr.desk.running.local import HOST

HandOn = Callable[[socket.socket, bytes], None]


def at_once(line: socket.socket, answer: bytes) -> None:
    line.sendall(answer)


def late(line: socket.socket, answer: bytes) -> None:
    time.sleep(0.1)
    line.sendall(answer)


def never(_line: socket.socket, _answer: bytes) -> None:
    pass


def drop_by_drop(line: socket.socket, answer: bytes) -> None:
    """No single read of it is late."""
    for byte in answer:
        time.sleep(0.1)
        line.sendall(bytes([byte]))


@dataclass
class Between:
    """`visits`: connections of the line so far."""

    port: int
    store: int
    hand_on: HandOn = at_once
    visits: int = 0

    def serve(self, line: socket.socket) -> None:
        with line, suppress(OSError), socket.create_connection((HOST, self.store), 1) as store:
            store.settimeout(None)
            threading.Thread(target=self._answers, args=(store, line), daemon=True).start()
            with suppress(OSError):
                while data := line.recv(65536):
                    store.sendall(data)
            store.shutdown(socket.SHUT_RDWR)

    def _answers(self, store: socket.socket, line: socket.socket) -> None:
        with suppress(OSError):
            while answer := store.recv(65536):
                self.hand_on(line, answer)
        with suppress(OSError):
            line.shutdown(socket.SHUT_RDWR)


@contextmanager
def between(store: int) -> Iterator[Between]:
    listener = socket.create_server((HOST, 0), backlog=64)
    one = Between(listener.getsockname()[1], store)

    def accept() -> None:
        with suppress(OSError):
            while True:
                line, _ = listener.accept()
                one.visits += 1
                threading.Thread(target=one.serve, args=(line,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield one
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
