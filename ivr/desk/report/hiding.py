"""Numbers as they may be shown: those from 1 to 4 could point to somebody, so they are hidden.

It must also be impossible to compute a hidden number. A reader knows the totals, so the parts of a total are hidden
together (`breakdown`), and no division in a report divides the parts of another: there are weekdays and hours, but no
days. For a reader who knows the totals, everything that is shown and these rules, each hidden part still has three
possible values or more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

FEW = 5
MOST_HIDDEN = FEW - 1
UNDER = f"under {FEW}"
TOO_FEW = "too few to show"
ROUND = 10
"""Parts are rounded to this where exact ones would reveal a hidden one."""


@dataclass(frozen=True, slots=True)
class Figure:
    """`number`: for a bar, and for programs; None if it is hidden, or is not a single number. `is_about`: it is
    rounded."""

    text: str
    number: int | None = None
    is_about: bool = False


NOT_COUNTED = Figure("not counted")


def figure(number: int) -> Figure:
    return Figure(UNDER) if 0 < number < FEW else Figure(f"{number:,}", number)


def breakdown(parts: Sequence[int]) -> tuple[Figure, ...]:
    """The parts of a total that is known. Nothing is shown of a total that parts under 5 could make up. Of others,
    parts under 5 look alike, none included. The rest are shown as they are if the hidden ones together leave each of
    them anything from 0 to 4. Otherwise they are rounded; and if that is not enough, all are hidden. Where nothing is
    hidden but zeros, they are shown."""
    if 0 < sum(parts) <= MOST_HIDDEN * len(parts):
        return (Figure(TOO_FEW),) * len(parts)
    hidden = [part for part in parts if part < FEW]
    rest, shown = sum(hidden), [part for part in parts if part >= FEW]
    if rest == 0 or MOST_HIDDEN <= rest <= MOST_HIDDEN * (len(hidden) - 1):
        return tuple(Figure(UNDER) if rest and part < FEW else Figure(f"{part:,}", part) for part in parts)
    if _rounding_hides(sum(parts), shown, len(hidden)):
        return tuple(Figure(UNDER) if part < FEW else _about(part) for part in parts)
    return (Figure(TOO_FEW),) * len(parts)


def _about(part: int) -> Figure:
    return Figure(f"about {_rounded(part):,}", _rounded(part), is_about=True)


def _rounded(part: int) -> int:
    return (part + ROUND // 2) // ROUND * ROUND


def _rounding_hides(total: int, shown: Sequence[int], hidden: int) -> bool:
    """Whether the hidden parts together could be each of the smallest sums, or each of the largest, for which exact
    parts would not do. Uses only what a reader can see, so that the decision itself reveals nothing."""
    least = sum(max(FEW, _rounded(part) - ROUND // 2) for part in shown)
    most = sum(_rounded(part) + ROUND // 2 - 1 for part in shown)
    smallest = range(1, MOST_HIDDEN + (hidden == 1))
    largest = range(MOST_HIDDEN * (hidden - 1) + 1, MOST_HIDDEN * hidden + 1)
    return any(total - most <= sums[0] and sums[-1] <= total - least for sums in (smallest, largest))


def part_of(number: int, whole: int) -> Figure:
    """One part of a whole that is shown too. The rest of the whole is another part, and neither may be computed."""
    if 0 < whole < 2 * FEW:
        return Figure(TOO_FEW)
    if number < FEW:
        return Figure(UNDER) if whole else Figure("0", 0)
    if whole - number < FEW:
        return Figure(f"{whole - MOST_HIDDEN:,} or more")
    return Figure(f"{number:,}", number)


def share(number: int, whole: int) -> Figure:
    """The share in percent, hidden by the same rules."""
    if whole < 2 * FEW:
        return Figure(TOO_FEW)
    if number < FEW:
        return Figure(f"under {-(-100 * FEW // whole)} %")
    if whole - number < FEW:
        return Figure(f"over {100 * (whole - FEW) // whole} %")
    percent = round(100 * number / whole)
    return Figure(f"{percent} %", percent)


def share_of(part: Figure, whole: int) -> Figure:
    """The share that a shown figure is of the whole, no more exact than the figure."""
    if part.number is None:
        return share(0, whole) if part.text == UNDER else Figure(TOO_FEW)
    if not whole:
        return Figure(TOO_FEW)
    percent = round(100 * part.number / whole)
    return Figure(f"{'about ' if part.is_about else ''}{percent} %", percent)


def mean(sum_: int, of: int) -> Figure:
    """Not shown if either number would be hidden: it could be computed from the mean."""
    if of < FEW or figure(sum_).number is None:
        return Figure(TOO_FEW)
    return Figure(f"{sum_ / of:.1f}")
