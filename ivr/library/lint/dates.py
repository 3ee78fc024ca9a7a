"""Dates in headers."""

from __future__ import annotations

import re
from datetime import date

DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def day_of(written: str) -> date | None:
    """None if it is not written like 2012-05-03, or there is no such day."""
    try:
        return date.fromisoformat(written) if DATE.fullmatch(written) else None
    except ValueError:
        return None
