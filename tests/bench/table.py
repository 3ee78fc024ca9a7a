"""The figures as tables, each goal with whether it holds. They are Markdown, to be kept as they are printed."""

from __future__ import annotations

from collections.abc import Sequence

from rich.box import MARKDOWN
from rich.console import Console
from rich.table import Table

from bench.compared import Row

LEAST_OF_EMPTY, MOST_TAIL_OF_EMPTY = 0.75, 2.0

Goal = tuple[str, str, str, bool]
"""What is measured, its figure, the goal, and whether it holds."""


def print_rows(console: Console, rows: Sequence[Row]) -> None:
    table = _table("application", "requests/s", "p50, ms", "p99, ms", "rate to a", "rate to b", "p99 to a", "failures")
    for row in rows:
        ratios = (row.to_a, row.to_b, row.tail_to_a)
        times = (f"{row.rate:.0f}", f"{row.p50:.1f}", f"{row.p99:.1f}")
        table.add_row(row.name, *times, *(f"{ratio:.2f}" for ratio in ratios), str(row.failures))
    console.print(table)


def goals_of_rows(rows: Sequence[Row]) -> list[Goal]:
    turn = rows[2]
    tail, failures = turn.tail_to_a, sum(row.failures for row in rows)
    return [
        ("c beside a, rate", f"{turn.to_a:.2f}", f">= {LEAST_OF_EMPTY}", turn.to_a >= LEAST_OF_EMPTY),
        ("c beside b, rate", f"{turn.to_b:.2f}", "> 1", turn.to_b > 1),
        ("c beside a, p99", f"{tail:.2f}", f"<= {MOST_TAIL_OF_EMPTY:.0f}", tail <= MOST_TAIL_OF_EMPTY),
        ("a to d, failures", str(failures), "0", not failures),
    ]


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
