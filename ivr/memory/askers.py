"""Threads that ask the store, each kept for the next question: to start one takes longer than most answers."""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from queue import SimpleQueue

Question = Callable[[], None]
"""It must not raise."""


class Askers:
    """As many as have ever been busy at once, and those that wait for an answer that never comes."""

    def __init__(self) -> None:
        self._start()
        os.register_at_fork(after_in_child=self._start)

    def _start(self) -> None:
        """A fork has none of its parent's threads."""
        self._idle: deque[SimpleQueue[Question | None]] = deque()
        self._closed = False

    def ask(self, question: Question) -> None:
        """Returns at once. Raises RuntimeError if there is no room for another thread."""
        try:
            questions = self._idle.pop()
        except IndexError:
            questions = self._another()
        questions.put(question)

    def close(self) -> None:
        """No thread waits for another question. One that is busy ends after its answer."""
        self._closed = True
        with suppress(IndexError):
            while True:
                self._idle.pop().put(None)

    def _another(self) -> SimpleQueue[Question | None]:
        questions: SimpleQueue[Question | None] = SimpleQueue()
        threading.Thread(target=self._keep_asking, args=(questions,), name="asking", daemon=True).start()
        return questions

    def _keep_asking(self, questions: SimpleQueue[Question | None]) -> None:
        while (question := questions.get()) is not None:
            question()
            self._idle.append(questions)
            if self._closed:
                self.close()
