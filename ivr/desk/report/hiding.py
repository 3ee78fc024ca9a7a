"""Numbers as they may be shown: those from 1 to 4 could point to somebody, so nobody gets to see them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

FEW = 5
UNDER = f"under {FEW}"


@dataclass(frozen=True, slots=True)
class Figure:
    """`number`: for a chart to draw; None where it is hidden, or is not one number."""

    text: str
    number: int | None = None


def figure(number: int) -> Figure:
    return Figure(UNDER) if 0 < number < FEW else Figure(str(number), number)


def one_of_many(number: int, whole: int) -> Figure:
    """For what is a part of a number that is shown too: none is not told from few, so that what is left of the whole
    cannot be laid to any one part. Where the whole is nothing, nothing is left."""
    return Figure(UNDER) if number < FEW and whole else Figure(str(number), number)


def total_of_days(parts: Sequence[int]) -> Figure:
    """Exact if it tells nothing of a hidden part: each may still be anything from 1 to 4. Otherwise no more than can be
    reckoned from what is shown."""
    hidden = [part for part in parts if 0 < part < FEW]
    least, most, rest = len(hidden), (FEW - 1) * len(hidden), sum(hidden)
    if not hidden or least + FEW - 2 <= rest <= most - FEW + 2:
        return figure(sum(parts))
    return _or_more(sum(parts) - rest + least)


def total_of_places(parts: Sequence[int]) -> Figure:
    """Exact unless so little is left beside the places that are shown that it would be a hidden number itself."""
    rest = sum(part for part in parts if part < FEW)
    return figure(sum(parts)) if rest == 0 or rest >= FEW else _or_more(sum(parts) - rest)


def _or_more(number: int) -> Figure:
    return Figure(f"{number} or more") if number >= FEW else Figure(UNDER)


def mean(sum_: int, of: int) -> Figure:
    """Nothing where one of the two would be hidden: the other could be reckoned back."""
    if of < FEW or figure(sum_).number is None:
        return Figure("too few to tell")
    return Figure(f"{sum_ / of:.1f}")
