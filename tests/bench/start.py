"""What a start costs, and what a worker holds: from exec to the first answer of /health, on an embedded store of its
own, under gunicorn.conf.py. Alone, in some seconds: `PYTHONPATH=tests python -m bench --start`."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import astuple, dataclass
from pathlib import Path
from statistics import median

from bench.processes import children, cpu_seconds, descendants, memory
from bench.servers import LINE, served_by

TIMES = 5
WITH_ACCOUNT = {"TWILIO_ACCOUNT_SID": "AC" + "0" * 32, "LINE_NUMBER": "+18005550199"}


@dataclass(frozen=True, slots=True)
class Start:
    """`cpu`: seconds of processor time, of the web server and its workers, and of all with the store's keeper and the
    store. `resident`: megabytes of the largest worker; `own`: of these, what it shares with no other process."""

    cpu: float
    cpu_with_store: float
    resident: float
    own: float


@dataclass(frozen=True, slots=True)
class Starts:
    """`first`: on an empty folder; `again`: the median of those after it, which find content prepared; `account`: the
    same, of a line that can send texts."""

    first: Start
    again: Start
    account: Start


def starts(times: int = TIMES) -> Starts:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        return Starts(
            _start(folder, {}), *(_median([_start(folder, own) for _ in range(times)]) for own in ({}, WITH_ACCOUNT))
        )


def _median(seen: list[Start]) -> Start:
    return Start(*(median(values) for values in zip(*map(astuple, seen), strict=True)))


def _start(folder: Path, own: Mapping[str, str]) -> Start:
    with served_by(LINE, folder, None, own) as (web, _):
        keepers = [pid for pid in children(web.pid) if b"ivr.memory" in Path(f"/proc/{pid}/cmdline").read_bytes()]
        workers = [pid for pid in children(web.pid) if pid not in keepers]
        cpu = {pid: cpu_seconds(pid) for pid in (web.pid, *descendants(web.pid))}
        store = {*keepers, *(pid for keeper in keepers for pid in descendants(keeper))}
        return Start(
            sum(seconds for pid, seconds in cpu.items() if pid not in store),
            sum(cpu.values()),
            max(memory(pid, "Rss") for pid in workers),
            max(memory(pid, "Private_Dirty") + memory(pid, "Private_Clean") for pid in workers),
        )
