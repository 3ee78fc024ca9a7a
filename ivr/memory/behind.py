"""What is done behind a turn: a moment later, in a thread of its own, once for all who asked for it meanwhile."""

from __future__ import annotations

import atexit
import os
import sys
import threading
import time
import traceback
from collections.abc import Callable
from contextlib import suppress

GATHERED = 0.05
"""Seconds in which what is asked for comes together. Nobody hangs up and calls again in that time."""


class Behind:
    """`act` is done at the end of the process too. If it raises, that is printed, and it is done again at the next
    asking: only the kind of the fault and where it was, since its words may be somebody's. A fork begins with nothing
    asked for, and with a thread of its own once something is."""

    def __init__(self, act: Callable[[], object], name: str) -> None:
        self._act, self._name = act, name
        self._ended = False
        self._start()
        os.register_at_fork(after_in_child=self._start)
        atexit.register(self._do)

    def _start(self) -> None:
        self._asked, self._guard = threading.Event(), threading.Lock()
        self._thread: threading.Thread | None = None

    def ask(self) -> None:
        if self._thread is None:
            self._begin()
        if not self._asked.is_set():
            self._asked.set()

    def close(self) -> None:
        """Nothing is asked for any more. The thread ends, once it has done what was."""
        self._ended = True
        self._asked.set()
        atexit.unregister(self._do)

    def _begin(self) -> None:
        with self._guard, suppress(RuntimeError):  # No room for another thread now: whoever asks next tries again.
            if self._thread is None:
                thread = threading.Thread(target=self._keep_acting, name=self._name, daemon=True)
                thread.start()
                self._thread = thread

    def _keep_acting(self) -> None:
        while not self._ended:
            self._asked.wait()
            self._asked.clear()
            time.sleep(GATHERED)
            self._do()

    def _do(self) -> None:
        try:
            self._act()
        except Exception as fault:  # Or else the thread ends, and nothing is done behind turns any more.
            traceback.print_tb(fault.__traceback__)
            sys.stderr.write(f"{type(fault).__name__}\n")
