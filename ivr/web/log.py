"""The log, written behind the turns: a write for each line would have all threads of a worker wait for each other.

The standard library's queue and listener do it (docs/decisions/013-*). Ours is that lines which come together are
written together, that a queue which is full loses its oldest lines, that a fork listens for itself, and that nobody
waits for long for a log that is stuck.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import chain
from logging import LogRecord
from logging.handlers import QueueHandler, QueueListener
from queue import Empty, Queue
from typing import TextIO

from ivr.memory.threads import in_forks

GATHERED = 0.05
"""Seconds in which lines come together."""
MOST_WAITING = 10_000
"""Lines. If nobody takes them, the oldest are lost: a log that is stuck holds up no caller."""
IN_ONE_PIECE = 4096
"""Bytes that a pipe takes from one worker without another's between them."""
STUCK = 5.0
"""Seconds that the end of a process waits for lines that are being written."""

Records = Queue[LogRecord | None]
"""None is the end."""


class Gathering(QueueHandler):
    """Of a process that is killed the last lines are lost, those of a twentieth of a second."""

    queue: Records

    def __init__(self, stream: TextIO | None = None) -> None:
        super().__init__(Queue())
        self.stream = stream or sys.stderr
        self._begin()
        in_forks(self._begin)

    def _begin(self) -> None:
        self.queue = Queue()
        self._listener: _Together | None = None

    def prepare(self, record: LogRecord) -> LogRecord:
        """As it is: it stays in this process, and what is put together behind a turn costs no turn."""
        return record

    def enqueue(self, record: LogRecord) -> None:
        """By one thread at a time, as the library has it."""
        if self._listener is None:
            self._listen()
        if self.queue.qsize() >= MOST_WAITING:
            with suppress(Empty):
                self.queue.get_nowait()
                self.queue.task_done()
        self.queue.put_nowait(record)

    def _listen(self) -> None:
        listener = _Together(self.queue, self._write)
        with suppress(RuntimeError):  # No room for another thread now: the next line tries again.
            listener.start()
            self._listener = listener

    def flush(self) -> None:
        """All lines so far are written, unless that takes too long."""
        if self._listener is not None:
            with self.queue.all_tasks_done:
                self.queue.all_tasks_done.wait_for(lambda: not self.queue.unfinished_tasks, STUCK)

    def close(self) -> None:
        """Another takes its place: a reload of the web server sets the log up anew. The listener ends by itself, once
        it has written what is there."""
        if self._listener is not None:
            self._listener.enqueue_sentinel()
        super().close()

    def _write(self, records: Iterable[LogRecord]) -> None:
        try:
            for piece in _pieces(self._lines(records)):
                self.stream.write(piece)
            self.stream.flush()
        except (OSError, ValueError):  # Nobody reads it any more.
            pass

    def _lines(self, records: Iterable[LogRecord]) -> Iterator[str]:
        for record in records:
            try:
                yield f"{self.format(record)}\n"
            except Exception:  # As every handler of the library does: one bad line ends no log.
                self.handleError(record)


class _Together(QueueListener):
    """Hands on a record with all that have come soon after it."""

    def __init__(self, queue: Records, write: Callable[[Iterable[LogRecord]], None]) -> None:
        super().__init__(queue)
        self._records, self._write = queue, write

    def handle(self, record: LogRecord) -> None:
        time.sleep(GATHERED)
        self._write(chain([record], self._others()))

    def _others(self) -> Iterator[LogRecord]:
        """No more than are there now: whoever logs without a pause would keep the first ones from being written."""
        with suppress(Empty):  # The oldest may be lost meanwhile.
            for _ in range(self._records.qsize()):
                other = self._records.get_nowait()
                self._records.task_done()
                if other is None:
                    self.enqueue_sentinel()
                    return
                yield other


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
