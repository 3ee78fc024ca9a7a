"""Threads that ask the store, each kept for the next question: to start one takes longer than most answers."""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Callable
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
        self._idle: deque[SimpleQueue[Question]] = deque()

    def ask(self, question: Question) -> None:
        """Returns at once. Raises RuntimeError if there is no room for another thread."""
        try:
            questions = self._idle.pop()
        except IndexError:
            questions = self._another()
        questions.put(question)

    def _another(self) -> SimpleQueue[Question]:
        questions: SimpleQueue[Question] = SimpleQueue()
        threading.Thread(target=self._keep_asking, args=(questions,), name="asking", daemon=True).start()
        return questions

    def _keep_asking(self, questions: SimpleQueue[Question]) -> None:
        while True:
            questions.get()()
            self._idle.append(questions)
