"""What all threads of a process have in common: there may be no room for another, a fork has none of them, and what a
fault says may be somebody's words."""

from __future__ import annotations

import os
import sys
import threading
import traceback
from collections.abc import Callable
from weakref import WeakMethod


def start_thread(act: Callable[[], object], name: str) -> threading.Thread | None:
    """A thread that does it, which does not keep the process from ending; None if there is no room for another."""
    thread = threading.Thread(target=act, name=name, daemon=True)
    try:
        thread.start()
    except RuntimeError:
        return None
    return thread


def in_forks(begin: Callable[[], object]) -> None:
    """Does that in every fork to come, before anything else there. `begin`: a method, as long as its object lives: a
    reload makes another line, and the one from before is gone then, in its forks too."""
    os.register_at_fork(after_in_child=weakly(begin))


def weakly(method: Callable[[], object]) -> Callable[[], object]:
    """The same, as long as its object lives; nothing afterwards."""
    held = WeakMethod(method)

    def call() -> None:
        if alive := held():
            alive()

    return call


def telling_faults(act: Callable[[], object]) -> None:
    """Does it. A fault is printed by its kind and by where it was."""
    try:
        act()
    except Exception as fault:
        traceback.print_tb(fault.__traceback__)
        sys.stderr.write(f"{type(fault).__name__}\n")
