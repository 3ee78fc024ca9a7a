"""The log, written behind the turns: a write for each line would have all threads of a worker wait for each other."""

from __future__ import annotations

import logging
import os
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from typing import TextIO

from ivr.memory.behind import Behind

MOST_WAITING = 10_000
"""Lines. If nobody takes them, the oldest are lost: a log that is stuck holds up no caller."""
IN_ONE_PIECE = 4096
"""Bytes that a pipe takes from one worker without another's between them."""
STUCK = 5.0
"""Seconds that the end of a process waits for lines that are being written."""


class Gathering(logging.StreamHandler[TextIO]):
    """Of a process that is killed the last lines are lost, those of a twentieth of a second."""

    def __init__(self, stream: TextIO | None = None) -> None:
        super().__init__(stream)
        self._clear()
        os.register_at_fork(after_in_child=self._clear)
        self._behind = Behind(self.flush, "log")

    def _clear(self) -> None:
        """Not under the handler's own lock: who has a line to log holds that one, and would wait for the writing."""
        self._waiting: deque[logging.LogRecord] = deque(maxlen=MOST_WAITING)
        self._writing = threading.Lock()

    def emit(self, record: logging.LogRecord) -> None:
        self._waiting.append(record)
        self._behind.ask()

    def flush(self) -> None:
        """All lines so far, and after those that are being written."""
        if not self._writing.acquire(timeout=STUCK):
            return
        try:
            for piece in _pieces(self._lines()):
                self.stream.write(piece)
            self.stream.flush()
        except (OSError, ValueError):  # Nobody reads it any more.
            pass
        finally:
            self._writing.release()

    def close(self) -> None:
        """Another takes its place: a reload of the web server sets the log up anew."""
        self._behind.close()
        super().close()

    def _lines(self) -> Iterator[str]:
        for _ in range(len(self._waiting)):
            record = self._waiting.popleft()
            try:
                yield self.format(record) + self.terminator
            except Exception:  # As every handler of the library does: one bad line ends no log.
                self.handleError(record)


def _pieces(lines: Iterable[str]) -> Iterator[str]:
    """Whole lines together, as many as go in one piece."""
    piece = ""
    for line in lines:
        if piece and len(piece) + len(line) > IN_ONE_PIECE:
            yield piece
            piece = ""
        piece += line
    if piece:
        yield piece
