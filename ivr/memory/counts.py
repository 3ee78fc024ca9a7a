"""Counts read back by calendar month for a report: per-day sums, and figures that are kept per month only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ivr.memory.calendar import Month
from ivr.memory.connection import StoreConnection
from ivr.memory.keys import counts_key, month_key, words_key

Numbers = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Counts:
    """The counts of one month."""

    days: Mapping[date, Numbers] = field(default_factory=dict)
    """One entry for each day of the month, in order."""
    monthly: Numbers = field(default_factory=dict)
    """Hours, minutes and people, which are not kept per day."""
    words: Numbers = field(default_factory=dict)
    """How many callers used which unknown word."""

    def sums(self) -> Counter[str]:
        """Summed over all days."""
        sums: Counter[str] = Counter()
        for numbers in self.days.values():
            sums.update(numbers)
        return sums


def read_counts(connection: StoreConnection, months: Sequence[Month]) -> Mapping[Month, Counts] | None:
    """None if the store does not answer."""
    keys = {month: [month_key(str(month)), words_key(str(month)), *map(counts_key, month.days())] for month in months}
    found = connection.ask_at_leisure(
        lambda client: _hashes(client, [key for each in keys.values() for key in each]), None
    )
    if found is None:
        return None
    numbers = iter(map(_numbers, found))
    return {month: _counts(month, [next(numbers) for _ in each]) for month, each in keys.items()}


def _counts(month: Month, numbers: Sequence[Numbers]) -> Counts:
    monthly, words, *days = numbers
    return Counts(dict(zip(month.days(), days, strict=True)), monthly, words)


def _hashes(client: Any, keys: Iterable[str]) -> list[Mapping[str, str]]:
    pipe = client.pipeline(transaction=False)
    for key in keys:
        pipe.hgetall(key)
    return list(pipe.execute())


def _numbers(found: Mapping[str, str]) -> dict[str, int]:
    return {name: int(number) for name, number in found.items() if number.isascii() and number.isdecimal()}
