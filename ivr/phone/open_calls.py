"""The page's current calls, each with its own lock. Idle ones are dropped, and the oldest if there are too many."""

import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from ivr.phone.call import Call

MOST_CALLS = 50
IDLE_SECONDS = 3600.0


@dataclass
class _OpenCall:
    call: Call
    used: float
    lock: threading.Lock = field(default_factory=threading.Lock)


class OpenCalls:
    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._calls: OrderedDict[str, _OpenCall] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._calls)

    def add(self, call: Call) -> str:
        key = secrets.token_urlsafe(16)
        with self._lock:
            self._calls[key] = _OpenCall(call, self._now())
            dropped = [self._calls.pop(old) for old in self._too_many()]
        for open_call in dropped:
            open_call.call.hang_up()
        return key

    @contextmanager
    def use(self, key: str) -> Iterator[Call]:
        """Raises KeyError for a call that is over or was dropped."""
        with self._lock:
            open_call = self._calls[key]
            open_call.used = self._now()
            self._calls.move_to_end(key)
        with open_call.lock:
            try:
                yield open_call.call
            finally:
                self._forget_if_over(key, open_call.call)

    def _too_many(self) -> list[str]:
        """The calls to drop. Least recently used first, so idle ones come first."""
        oldest_kept = self._now() - IDLE_SECONDS
        surplus = len(self._calls) - MOST_CALLS
        return [key for n, (key, it) in enumerate(self._calls.items()) if n < surplus or it.used < oldest_kept]

    def _forget_if_over(self, key: str, call: Call) -> None:
        if call.ended:
            with self._lock:
                self._calls.pop(key, None)
