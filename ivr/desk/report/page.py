"""The report as one page: each chart with its words, and the same numbers in a table."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from ivr.desk.report.charts import chart
from ivr.desk.report.figures import Report, ReportRow, Section

TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent),
    autoescape=select_autoescape(enabled_extensions=("html",)),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)


def report_page(report: Report) -> str:
    """HTML with nothing outside it, to read and to print."""
    return TEMPLATES.get_template("report.html").render(report=report, is_drawn=is_drawn, chart=chart, told=told)


def is_drawn(section: Section) -> bool:
    """Whether there is a bar to draw."""
    return section.drawn and any(figure.number for row in section.rows for figure in row.figures)


def told(section: Section) -> str:
    """A chart in words, for people who cannot see it: its subject, and where its longest bars are."""
    columns = range(len(section.heads) - 1)
    longest = ((head, _longest(section, column)) for column, head in zip(columns, section.heads[1:], strict=True))
    most = [f"Most {head.lower()}: {row.label}, {number}." for head, (row, number) in longest if row]
    return " ".join([f"Bar chart: {section.title.lower()}.", *most, "The table has all numbers."])


def _longest(section: Section, column: int) -> tuple[ReportRow | None, int]:
    drawn = [(row, row.figures[column].number or 0) for row in section.rows]
    return max(((row, number) for row, number in drawn if number), key=lambda item: item[1], default=(None, 0))
