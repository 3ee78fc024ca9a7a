"""Months, weekdays and changes in words."""

from __future__ import annotations

from ivr.desk.report.hiding import Figure
from ivr.memory.calendar import Month

NAMES = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
LEAST_FOR_PERCENT = 20
"""Below this number, a change in percent would suggest more than the data show."""


def named(month: Month) -> str:
    return f"{NAMES[month.number - 1]} {month.year}"


def changed(now: Figure, before: Figure | None, month: Month) -> str:
    """`before`: the value in `month`; None: nothing was counted then."""
    name = NAMES[month.number - 1]
    if before is None:
        return f"Nothing was counted in {name}."
    if now.number is None or before.number is None or before.number < LEAST_FOR_PERCENT or before.text.endswith("%"):
        return f"{name}: {before.text}"
    return f"{percent_more(now.number, before.number)} {name} ({before.text})"


def percent_more(now: int, before: int) -> str:
    percent = round(100 * (now - before) / before)
    if percent == 0:
        return "as many as in"
    return f"{abs(percent)} % {'more' if percent > 0 else 'fewer'} than in"
