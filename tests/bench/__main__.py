"""PYTHONPATH=tests python -m bench [--quick | --start]"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

import click
from rich.console import Console

from bench.compared import compare
from bench.flat import costs
from bench.heard import heard
from bench.human import crowd
from bench.kept import bytes_kept
from bench.servers import LINE, served
from bench.start import starts
from bench.table import (
    goals_of_callers,
    goals_of_costs,
    goals_of_rows,
    goals_of_start,
    print_costs,
    print_crowd,
    print_goals,
    print_heard,
    print_rows,
    print_start,
)
from ivr.library.load import content_of
from ivr.memory.embedded import store_address
from ivr.settings import CONTENT, DEFAULT_HELPLINE

CALLERS = 2000
TEXTS_BEFORE = (0, 1, 8)
"""Texts after a call, where the bytes of a caller are counted."""
WIDTH = 110


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured. `human_seconds`: how long people call at their own pace."""

    rounds: int
    requests: int
    human_seconds: float


FULL = Size(rounds=7, requests=4000, human_seconds=120)
QUICK = Size(rounds=3, requests=800, human_seconds=15)


@click.command()
@click.option("--quick", is_flag=True, help="Short rounds, to see that it works.")
@click.option("--start", "start_only", is_flag=True, help="Only what a start costs and a worker holds.")
def bench(quick: bool, start_only: bool) -> None:
    """Measure how fast the line is. The figures are printed; nothing fails for being slow."""
    size, console = QUICK if quick else FULL, Console(width=WIDTH)
    libraries = content_of(CONTENT, DEFAULT_HELPLINE).libraries
    start = starts()
    print_start(console, start)
    if start_only:
        print_goals(console, goals_of_start(start))
        return
    with tempfile.TemporaryDirectory() as name:
        folder, store = Path(name), store_address(Path(name))
        rows = compare(libraries, folder, store, size.rounds, size.requests)
        print_rows(console, rows)
        with served(LINE, folder, store) as port:
            kept = {texts: bytes_kept(libraries, port, store, texts) for texts in TEXTS_BEFORE}
            people = crowd(libraries, port, CALLERS, size.human_seconds)
        print_crowd(console, people)
    print_heard(console, heard(next(iter(libraries.values()))))
    turns = costs(next(iter(libraries.values())))
    print_costs(console, turns)
    print_goals(
        console, [*goals_of_start(start), *goals_of_rows(rows), *goals_of_callers(people, kept), *goals_of_costs(turns)]
    )


if __name__ == "__main__":
    bench()
