"""Runs all checks in parallel. None stops another, whatever happens in it and however long it takes."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping

from ivr.desk.doctor.finding import Finding, Level, Seen, fail, failing
from ivr.desk.doctor.launch import Launch, NotYet
from ivr.settings import CannotStart

Check = Callable[[Launch], Seen]
SECONDS = 40.0
"""Seconds for all of them. Each request that they make has a shorter limit of its own."""


def run_checks(checks: Mapping[str, Check], launch: Launch, seconds: float = SECONDS) -> tuple[Finding, ...]:
    looks = {name: _Look(check, launch) for name, check in checks.items()}
    until = time.monotonic() + seconds
    for one in looks.values():
        one.start()
    seen = {name: one.seen(until - time.monotonic()) for name, one in looks.items()}
    return tuple(Finding(name, one.level, one.seen, one.remedy) for name, one in seen.items())


class _Look(threading.Thread):
    def __init__(self, check: Check, launch: Launch) -> None:
        super().__init__(daemon=True)
        self._check, self._launch = check, launch
        self._seen = fail("this took too long", "look at the network, and at the other findings here")

    def run(self) -> None:
        self._seen = _seen(self._check, self._launch)

    def seen(self, seconds: float) -> Seen:
        self.join(max(seconds, 0))
        return self._seen


def _seen(check: Check, launch: Launch) -> Seen:
    try:
        return check(launch)
    except NotYet as first:
        return Seen(Level.SKIP, f"not looked at, because {first}", first.remedy)
    except CannotStart as reason:
        return failing(reason)
    except Exception as error:
        return fail(f"the check itself broke ({type(error).__name__})", "report it to the developers")
