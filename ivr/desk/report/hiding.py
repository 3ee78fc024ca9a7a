"""Numbers as they may be shown: those from 1 to 4 could point to somebody, so they are hidden."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

FEW = 5
UNDER = f"under {FEW}"


@dataclass(frozen=True, slots=True)
class Figure:
    """`number`: for a chart; None if it is hidden, or is not one number."""

    text: str
    number: int | None = None


def figure(number: int) -> Figure:
    return Figure(UNDER) if 0 < number < FEW else Figure(str(number), number)


def one_of_many(number: int, whole: int) -> Figure:
    """For a part of a total that is shown too: 0 looks the same as 1 to 4, so that the rest of the total cannot be
    attributed to any one part. If the total is 0, 0 is shown."""
    return Figure(UNDER) if number < FEW and whole else Figure(str(number), number)


def total_of_days(parts: Sequence[int]) -> Figure:
    """Exact if it reveals nothing about a hidden part, so that each may still be anything from 1 to 4. Otherwise only
    what can be computed from the parts shown."""
    hidden = [part for part in parts if 0 < part < FEW]
    least, most, rest = len(hidden), (FEW - 1) * len(hidden), sum(hidden)
    if not hidden or least + FEW - 2 <= rest <= most - FEW + 2:
        return figure(sum(parts))
    return _or_more(sum(parts) - rest + least)


def total_of_places(parts: Sequence[int]) -> Figure:
    """Exact unless the remainder, beside the places shown, is so small that it would have to be hidden itself."""
    rest = sum(part for part in parts if part < FEW)
    return figure(sum(parts)) if rest == 0 or rest >= FEW else _or_more(sum(parts) - rest)


def _or_more(number: int) -> Figure:
    return Figure(f"{number} or more") if number >= FEW else Figure(UNDER)


def mean(sum_: int, of: int) -> Figure:
    """Not shown if either number would be hidden: it could be computed from the mean."""
    if of < FEW or figure(sum_).number is None:
        return Figure("too few to show")
    return Figure(f"{sum_ / of:.1f}")
