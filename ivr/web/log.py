"""The log, written in the background: a write for each line would make a worker's threads wait for each other.

It uses the standard library's QueueHandler and QueueListener (docs/decisions/013-*). Added here: lines logged within a
moment are written together, a full queue drops its oldest lines, each fork has its own listener, and nothing waits long
for a log that is stuck.
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
"""Seconds within which lines are written together."""
MOST_WAITING = 10_000
"""Lines. Beyond that the oldest are dropped, so that a log that is stuck holds up no caller."""
IN_ONE_PIECE = 4096
"""Bytes that a pipe takes in one piece, without mixing in another worker's (PIPE_BUF on Linux)."""
STUCK = 5.0
"""Seconds that an ending process waits for lines that are being written."""

Records = Queue[LogRecord | None]
"""None ends the listener."""


class Gathering(QueueHandler):
    """If the process is killed, the lines of the last twentieth of a second are lost."""

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
        """Leaves the record unformatted: it stays in this process, and formatting it later costs the turn nothing."""
        return record

    def enqueue(self, record: LogRecord) -> None:
        """Called by one thread at a time: the handler's lock is held."""
        if self._listener is None:
            self._listen()
        if self.queue.qsize() >= MOST_WAITING:
            with suppress(Empty):
                self.queue.get_nowait()
                self.queue.task_done()
        self.queue.put_nowait(record)

    def _listen(self) -> None:
        listener = _Together(self.queue, self._write)
        with suppress(RuntimeError):  # The machine cannot start another thread now: the next line tries again.
            listener.start()
            self._listener = listener

    def flush(self) -> None:
        """Returns once all lines so far are written, or after STUCK seconds."""
        if self._listener is not None:
            with self.queue.all_tasks_done:
                self.queue.all_tasks_done.wait_for(lambda: not self.queue.unfinished_tasks, STUCK)

    def close(self) -> None:
        """Called when another handler takes over at a reload. The listener ends by itself once it has written what is
        queued."""
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
            except Exception:  # Like the library's handlers: one bad line must not end the log.
                self.handleError(record)


class _Together(QueueListener):
    """Handles a record together with those that followed it within a moment."""

    def __init__(self, queue: Records, write: Callable[[Iterable[LogRecord]], None]) -> None:
        super().__init__(queue)
        self._records, self._write = queue, write

    def handle(self, record: LogRecord) -> None:
        time.sleep(GATHERED)
        self._write(chain([record], self._others()))

    def _others(self) -> Iterator[LogRecord]:
        """Only as many as are queued now, or else logging without a pause would keep the first ones from being
        written."""
        with suppress(Empty):  # A full queue drops its oldest, so one may be gone.
            for _ in range(self._records.qsize()):
                other = self._records.get_nowait()
                self._records.task_done()
                if other is None:
                    self.enqueue_sentinel()
                    return
                yield other


def _pieces(lines: Iterable[str]) -> Iterator[str]:
    """Joins whole lines into pieces of at most IN_ONE_PIECE bytes."""
    piece = ""
    for line in lines:
        if piece and len(piece) + len(line) > IN_ONE_PIECE:
            yield piece
            piece = ""
        piece += line
    if piece:
        yield piece
