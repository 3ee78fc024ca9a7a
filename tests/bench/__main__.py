"""PYTHONPATH=tests python -m bench [--quick]"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

import click
from rich.console import Console

from bench.compared import compare
from bench.table import goals_of_rows, print_goals, print_rows
from ivr.library.load import content_of
from ivr.memory.embedded import store_address
from ivr.settings import CONTENT, DEFAULT_HELPLINE


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured. `human_seconds`: how long people call at their own pace."""

    rounds: int
    requests: int
    human_seconds: int


FULL = Size(rounds=7, requests=4000, human_seconds=120)
QUICK = Size(rounds=3, requests=800, human_seconds=15)
WIDTH = 110


@click.command()
@click.option("--quick", is_flag=True, help="Short rounds, to see that it works.")
def bench(quick: bool) -> None:
    """Measure how fast the line is. The figures are printed; nothing fails for being slow."""
    size, console = QUICK if quick else FULL, Console(width=WIDTH)
    libraries = content_of(CONTENT, DEFAULT_HELPLINE).libraries
    with tempfile.TemporaryDirectory() as name:
        store = store_address(Path(name))
        rows = compare(libraries, Path(name), store, size.rounds, size.requests)
        print_rows(console, rows)
    console.print()
    print_goals(console, goals_of_rows(rows))


if __name__ == "__main__":
    bench()
