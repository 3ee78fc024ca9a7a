"""The log, written behind the turns: a write for each line would have all threads of a worker wait for each other."""

from __future__ import annotations

import logging
import os
from collections import deque
from typing import TextIO

from ivr.memory.behind import Behind

MOST_WAITING = 10_000
"""Lines. If nobody takes them, the oldest are lost: a log that is stuck holds up no caller."""


class Gathering(logging.StreamHandler[TextIO]):
    """Of a process that is killed the last lines are lost, those of a twentieth of a second."""

    def __init__(self, stream: TextIO | None = None) -> None:
        super().__init__(stream)
        self._clear()
        os.register_at_fork(after_in_child=self._clear)
        self._behind = Behind(self.flush, "log")

    def _clear(self) -> None:
        self._waiting: deque[logging.LogRecord] = deque(maxlen=MOST_WAITING)

    def emit(self, record: logging.LogRecord) -> None:
        self._waiting.append(record)
        self._behind.ask()

    def flush(self) -> None:
        """All lines so far, in one write."""
        lines = [self._line() for _ in range(len(self._waiting))]
        try:
            self.stream.write("".join(lines))
            self.stream.flush()
        except (OSError, ValueError):  # Nobody reads it any more.
            pass

    def _line(self) -> str:
        try:
            return self.format(self._waiting.popleft()) + self.terminator
        except (IndexError, TypeError, ValueError):
            return ""
