"""The report in the terminal."""

from __future__ import annotations

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from ivr.desk.report.figures import Report, Section


def print_report(console: Console, report: Report) -> None:
    console.print(Text(f"{report.line_name}, {report.first.isoformat()} to {report.last.isoformat()}", style="bold"))
    for section in report.sections:
        console.print()
        if section.rows:
            console.print(_table(section))
        else:
            console.print(Text(f"{section.title}: nothing to show."))


def _table(section: Section) -> Table:
    table = Table(title=section.title, caption=section.note, box=box.SIMPLE_HEAD)
    table.title_justify = table.caption_justify = "left"
    for column, head in enumerate(section.heads):
        table.add_column(head, justify="right" if column else "left")
    if section.rows[0].advice:
        table.add_column("What to do")
    for row in section.rows:
        advice = [Text(row.advice)] if row.advice else []
        table.add_row(Text(row.label), *(Text(figure.text) for figure in row.figures), *advice)
    return table
