"""What was counted, read back for a report: a number for each name of a day, and the words that many callers used."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from ivr.memory.connection import StoreConnection
from ivr.memory.keys import counts_key, words_key

Numbers = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Counts:
    """`days`: what was counted on each, the first day first, also those with nothing. `words`: for each month that the
    days touch, how many callers used which unknown word."""

    days: Mapping[date, Numbers]
    words: Mapping[str, Numbers]


def read_counts(connection: StoreConnection, last: date, days: int) -> Counts | None:
    """The `days` days up to and including `last`, in UTC. None if the store does not answer."""
    span = [last - timedelta(days=back) for back in reversed(range(days))]
    months = sorted({day.strftime("%Y-%m") for day in span})
    keys = [*map(counts_key, span), *map(words_key, months)]
    found = connection.ask_at_leisure(lambda client: _hashes(client, keys), None)
    if found is None:
        return None
    numbers = [_numbers(each) for each in found]
    return Counts(
        dict(zip(span, numbers[:days], strict=True)),
        dict(zip(months, numbers[days:], strict=True)),
    )


def _hashes(client: Any, keys: Iterable[str]) -> list[Mapping[str, str]]:
    pipe = client.pipeline(transaction=False)
    for key in keys:
        pipe.hgetall(key)
    return list(pipe.execute())


def _numbers(found: Mapping[str, str]) -> dict[str, int]:
    return {name: int(number) for name, number in found.items() if number.isascii() and number.isdecimal()}
