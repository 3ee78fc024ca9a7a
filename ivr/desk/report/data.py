"""The report for programs. It contains only what the page shows: what is hidden there has no number here."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

from ivr.desk.report.hiding import Figure
from ivr.desk.report.report import Report

HEADS = ("month", "table", "row", "column", "shown", "number", "about")
IN_SHORT = "short"
"""The name of the table of single numbers."""


def as_csv(report: Report) -> str:
    """One line for each number. `number` is empty for a hidden one."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADS)
    for table, row, column, figure in _figures(report):
        number = "" if figure.number is None else figure.number
        writer.writerow((report.month, table, row, column, figure.text, number, "yes" if figure.is_about else "no"))
    return out.getvalue()


def _figures(report: Report) -> Iterator[tuple[str, str, str, Figure]]:
    for one in (*report.tiles, *report.costs, *report.other):
        yield IN_SHORT, one.name, str(report.month), one.figure
        if one.before:
            yield IN_SHORT, one.name, str(report.month.back(1)), one.before
    for table in report.tables.values():
        for row in table.rows:
            for head, figure in zip(table.heads[1:], row.figures, strict=True):
                yield table.name, _safe(row.label), head, figure


def _safe(label: str) -> str:
    """Makes a label harmless: a spreadsheet would take some beginnings for a formula, and some labels are words that
    people sent."""
    return f"'{label}" if label.startswith(("=", "+", "-", "@")) else label


def as_json(report: Report) -> str:
    return json.dumps(_tree(report), ensure_ascii=False, indent=2) + "\n"


def _tree(report: Report) -> dict[str, Any]:
    short = (*report.tiles, *report.costs, *report.other)
    return {
        "line": report.line_name,
        "month": str(report.month),
        "is_over": report.is_over,
        "time_zone": report.zone,
        "meaning": report.meaning,
        IN_SHORT: {
            one.name: {"title": one.title, **_figure(one.figure), "before": _figure(one.before) if one.before else None}
            for one in short
        },
        "attention": [
            {"title": point.title, "seen": point.seen, "needs_attention": point.needs_attention, "advice": point.advice}
            for point in report.points
        ],
        "tables": {
            table.name: {
                "title": table.title,
                "heads": table.heads,
                "rows": [
                    {"label": row.label, "figures": [_figure(each) for each in row.figures]} for row in table.rows
                ],
            }
            for table in report.tables.values()
        },
    }


def _figure(figure: Figure) -> dict[str, Any]:
    return {"shown": figure.text, "number": figure.number, "about": figure.is_about}
