"""A breaker: what has failed several times in a row is not tried for a while, so that nobody waits for it. Why it is
our own: docs/decisions/025-*."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TypeVar

FAILURES = 3
REST = 10.0
"""Seconds without an attempt."""

Result = TypeVar("Result")


class LeftAlone(Exception):
    """Raised instead of an attempt after recent failures."""


class Breaker:
    """Holds no lock while anybody waits. After a rest one attempt is made; meanwhile the others keep resting, and so do
    all if it fails."""

    def __init__(self, failures: int = FAILURES, rest: float = REST) -> None:
        self._most, self._rest = failures, rest
        self._guard = threading.Lock()
        self._failures = 0
        self._resting_until = 0.0

    def call(self, act: Callable[[], Result]) -> Result:
        """Raises LeftAlone, or what `act` raises. An OSError counts as a failure: no connection, no answer, too late.
        Any other exception says nothing about whether the other side is there."""
        self._come_in()
        try:
            result = act()
        except OSError:
            with self._guard:
                self._failures += 1
                self._resting_until = time.monotonic() + self._rest
            raise
        with self._guard:
            self._failures = 0
        return result

    def _come_in(self) -> None:
        with self._guard:
            if self._failures < self._most:
                return
            now = time.monotonic()
            if now < self._resting_until:
                raise LeftAlone
            self._resting_until = now + self._rest
