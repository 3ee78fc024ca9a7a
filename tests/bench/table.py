"""The figures as tables, each goal with whether it holds. They are Markdown, to be kept as they are printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.box import MARKDOWN
from rich.console import Console
from rich.table import Table

from bench.compared import Row
from bench.flat import GUESSES, SIZES, Cost
from bench.heard import Heard
from bench.human import Crowd
from bench.start import Starts

LEAST_OF_EMPTY, LEAST_OF_USUAL = (0.60, 0.40), (1.8, 1.4)
"""Of a turn of a call, and of a text: rate over that of an empty route, and over that of the usual pattern."""
MOST_TAIL_OF_EMPTY = 2.0
MOST_GROWTH = 1.5
"""The median of the largest library over that of the smallest that still counts as flat: it is noisy."""
MOST_GUESSING = 10.0
"""Milliseconds in which a text is compared with every keyword of the largest library."""
MOST_BYTES = 512
MOST_WAIT = 100.0
"""Milliseconds: p99 of callers at human pace."""

MOST_RESIDENT = 75.0
"""Megabytes of a worker after its start."""
MOST_START = 1.2
"""Seconds of processor time, from exec to the first answer, with the embedded store's."""

Goal = tuple[str, str, str, bool]
"""What is measured, its figure, the goal, and whether it holds."""


def print_rows(console: Console, rows: Sequence[Row]) -> None:
    table = _table(
        "application", "requests/s", "CPU, us", "p50, ms", "p99, ms", "rate to a", "rate to b", "p99 to a", "failures"
    )
    for row in rows:
        ratios = (row.to_a, row.to_b, row.tail_to_a)
        times = (f"{row.rate:.0f}", f"{row.cpu:.0f}", f"{row.p50:.1f}", f"{row.p99:.1f}")
        table.add_row(row.name, *times, *(f"{ratio:.2f}" for ratio in ratios), str(row.failures))
    console.print(table)


def goals_of_rows(rows: Sequence[Row]) -> list[Goal]:
    asked = list(zip("cd", rows[2:], LEAST_OF_EMPTY, LEAST_OF_USUAL, strict=True))
    tail, failures = rows[2].tail_to_a, sum(row.failures for row in rows)
    return [
        *(_least(f"{name} beside a, rate", row.to_a, least) for name, row, least, _ in asked),
        *(_least(f"{name} beside b, rate", row.to_b, least) for name, row, _, least in asked),
        ("c beside a, p99", f"{tail:.2f}", f"<= {MOST_TAIL_OF_EMPTY:.0f}", tail <= MOST_TAIL_OF_EMPTY),
        ("a to d, failures", str(failures), "0", not failures),
    ]


def _least(what: str, ratio: float, least: float) -> Goal:
    return what, f"{ratio:.2f}", f">= {least}", ratio >= least


def print_costs(console: Console, costs: Sequence[Cost]) -> None:
    table = _table("microseconds a turn", *(f"{size:,} topics" for size in SIZES), "growth")
    for cost in costs:
        table.add_row(cost.kind, *(f"{figure:.0f}" for figure in cost.microseconds), f"{cost.growth:.2f}")
    console.print(table)


def goals_of_costs(costs: Sequence[Cost]) -> list[Goal]:
    return [_bounded(cost) if cost.kind in GUESSES else _flat(cost) for cost in costs]


def _flat(cost: Cost) -> Goal:
    return f"{cost.kind}, growth", f"{cost.growth:.2f}", f"<= {MOST_GROWTH}", cost.growth <= MOST_GROWTH


def _bounded(cost: Cost) -> Goal:
    milliseconds = cost.microseconds[-1] / 1000
    return f"{cost.kind}, ms at most", f"{milliseconds:.1f}", f"<= {MOST_GUESSING:.0f}", milliseconds <= MOST_GUESSING


def print_crowd(console: Console, crowd: Crowd) -> None:
    table = _table("callers", "requests", "failures", "p50, ms", "p99, ms", "longest, ms", "sent late, p99, ms")
    times = (crowd.p50, crowd.p99, crowd.longest, crowd.late)
    counts = (crowd.callers, crowd.requests, crowd.failures)
    table.add_row(*(f"{count:,}" for count in counts), *(f"{time:.1f}" for time in times))
    console.print(table)


def goals_of_callers(crowd: Crowd, kept: Mapping[int, int]) -> list[Goal]:
    return [
        *(_kept(texts, size) for texts, size in kept.items()),
        ("at human pace, failures", str(crowd.failures), "0", not crowd.failures),
        ("at human pace, p99, ms", f"{crowd.p99:.1f}", f"< {MOST_WAIT:.0f}", crowd.p99 < MOST_WAIT),
    ]


def _kept(texts: int, size: int) -> Goal:
    return f"bytes of a caller, texts: {texts}", str(size), f"<= {MOST_BYTES}", size <= MOST_BYTES


def print_start(console: Console, starts: Starts) -> None:
    table = _table("start", "CPU, s", "with the store, s", "worker, MB", "its own, MB")
    rows = ("the first", starts.first), ("again, median", starts.again), ("again, with an account", starts.account)
    for name, start in rows:
        times, sizes = (start.cpu, start.cpu_with_store), (start.resident, start.own)
        table.add_row(name, *(f"{time:.2f}" for time in times), *(f"{size:.0f}" for size in sizes))
    console.print(table)


def goals_of_start(starts: Starts) -> list[Goal]:
    cpu, size = starts.again.cpu_with_store, starts.account.resident
    return [
        ("start, CPU, s", f"{cpu:.2f}", f"<= {MOST_START}", cpu <= MOST_START),
        ("a worker with an account, MB", f"{size:.0f}", f"<= {MOST_RESIDENT:.0f}", size <= MOST_RESIDENT),
    ]


def print_heard(console: Console, heard: Heard) -> None:
    table = _table("microseconds to understand a text", "median", "worst", "worst of 1,600 characters")
    times = (heard.median, heard.worst, heard.longest)
    table.add_row(f"{heard.texts:,} texts of the tables", *(f"{time:,.0f}" for time in times))
    console.print(table)


def print_goals(console: Console, goals: Sequence[Goal]) -> None:
    table = _table("what", "figure", "goal", "holds")
    for what, figure, goal, holds in goals:
        table.add_row(what, figure, goal, "yes" if holds else "NO")
    console.print(table)


def _table(*columns: str) -> Table:
    table = Table(box=MARKDOWN)
    for column in columns:
        table.add_column(column)
    return table
