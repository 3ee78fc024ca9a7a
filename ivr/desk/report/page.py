"""The report as one page, to read and to print. Charts are tables whose rows have a bar; no number is a bar alone."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from ivr.desk.report.figures import Shape, Table
from ivr.desk.report.hiding import FEW, Figure
from ivr.desk.report.report import Report

TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent),
    autoescape=select_autoescape(enabled_extensions=("html",)),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)
TEMPLATES.globals |= {"few": FEW, "Shape": Shape}
DETAILS = ("months", "topics", "understanding", "leaving", "trouble", "words")
"""Tables that are collapsed at first, in this order."""


def report_page(report: Report) -> str:
    """A self-contained HTML page."""
    return TEMPLATES.get_template("report.html").render(report=report, details=DETAILS, percent=percent, told=told)


def percent(figure: Figure, column: Sequence[Figure]) -> int:
    """The length of a bar, in percent of the longest in its column."""
    longest = max((each.number or 0 for each in column), default=0)
    return max(1, round(100 * figure.number / longest)) if figure.number and longest else 0


def told(table: Table, column: int) -> str:
    """Upright bars in words."""
    figures = [(row.label, row.figures[column]) for row in table.rows]
    label, most = max(figures, key=lambda one: one[1].number or 0)
    return f"most from {label} ({most.text})" if most.number else "too few to draw"
