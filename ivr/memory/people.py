"""About how many different people called or texted in a month, without keeping who they were.

Each person goes into a HyperLogLog, from which nobody can be read back, under a keyed hash that differs every month:
two months cannot be compared person by person, nor a month with a caller's other keys. The sketch is kept for a month
after the last addition; its count stays with the month's sums. The error is below two per cent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ivr.memory.keyed import keyed_hash
from ivr.memory.keys import COUNTS_KEPT, MONTH, month_key, people_key
from ivr.memory.scripts import raise_to

PEOPLE = "people"
"""The number's name among the sums of the month."""


def person_in(month: str, caller: str, secret: bytes) -> str:
    """`caller`: a keyed hash already."""
    return keyed_hash(secret, f"person {month} {caller}")


def write_people(client: Any, seen: Mapping[str, Iterable[str]]) -> None:
    """`seen`: for each month, the people as `person_in` names them."""
    for month, people in seen.items():
        key = people_key(month)
        is_new = client.pfadd(key, *people)
        client.expire(key, MONTH)
        if is_new:
            raise_to(client, month_key(month), COUNTS_KEPT, PEOPLE, client.pfcount(key))
