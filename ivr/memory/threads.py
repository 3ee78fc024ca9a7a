"""Threads: starting one may fail, a fork starts without them, and the message of an exception in one may quote what
somebody wrote."""

from __future__ import annotations

import os
import sys
import threading
import traceback
from collections.abc import Callable
from weakref import WeakMethod


def start_thread(act: Callable[[], object], name: str) -> threading.Thread | None:
    """Starts a daemon thread; None if the machine has no room for another."""
    thread = threading.Thread(target=act, name=name, daemon=True)
    try:
        thread.start()
    except RuntimeError:
        return None
    return thread


def in_forks(begin: Callable[[], object]) -> None:
    """Runs the method in every future fork, before anything else there, as long as its object lives: after a reload,
    the line from before is gone in forks too."""
    os.register_at_fork(after_in_child=weakly(begin))


def weakly(method: Callable[[], object]) -> Callable[[], object]:
    """A call of the method as long as its object lives; afterwards it does nothing."""
    held = WeakMethod(method)

    def call() -> None:
        if alive := held():
            alive()

    return call


def telling_faults(act: Callable[[], object]) -> None:
    """Runs `act`. Of an exception, only its type and place are printed."""
    try:
        act()
    except Exception as fault:
        traceback.print_tb(fault.__traceback__)
        sys.stderr.write(f"{type(fault).__name__}\n")
