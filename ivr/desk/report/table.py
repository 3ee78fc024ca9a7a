"""The report in the terminal."""

from __future__ import annotations

from collections.abc import Iterable

from rich import box
from rich.console import Console
from rich.table import Table as Printed
from rich.text import Text

from ivr.desk.report.figures import Table
from ivr.desk.report.report import Report


def print_report(console: Console, report: Report) -> None:
    console.print(Text(f"{report.line_name}, {report.title}", style="bold"))
    console.print(Text(report.meaning))
    console.print()
    rows = [(one.title, one.figure.text, one.change) for one in (*report.tiles, *report.costs, *report.other)]
    console.print(_printed("In short", ("", "Number", "Month before"), rows))
    points = (
        (point.title, point.seen, point.advice if point.needs_attention else "in order") for point in report.points
    )
    console.print(_printed("What needs attention", ("", "Number", "What to do"), points))
    for table in report.tables.values():
        console.print(_table(table) if table.rows else Text(f"{table.title}: none.\n"))


def _table(table: Table) -> Printed:
    rows = ((row.label, *(figure.text for figure in row.figures)) for row in table.rows)
    printed = _printed(table.title, table.heads, rows)
    printed.caption, printed.caption_justify = table.note, "left"
    return printed


def _printed(title: str, heads: Iterable[str], rows: Iterable[tuple[str, ...]]) -> Printed:
    printed = Printed(*heads, title=title, title_justify="left", box=box.SIMPLE_HEAD)
    for row in rows:
        printed.add_row(*map(Text, row))
    return printed
