"""How many bytes the store uses for one caller, its own overhead included."""

from __future__ import annotations

import itertools
import time
from collections.abc import Mapping
from random import Random

import redis

from bench.asked import ACCOUNT, LINE_NUMBER, SECRET, Asked, a_call, on_wire
from bench.load import load
from ivr.carrier.twilio.numbers import party
from ivr.library.library import Library
from ivr.memory.caller import caller_key
from ivr.phone.request_fields import text_fields
from ivr.settings import CannotStart

CALLERS = itertools.count(2025550123)
TEXTS = ("RADIATION", "MORE", "MORE", "13", "52", "MORE", "again", "11")
"""The line remembers five."""
WRITTEN = 0.5
"""Seconds after which all that a turn leaves behind has been written."""


def bytes_kept(libraries: Mapping[str, Library], port: int, address: str, texts: int) -> int:
    """After a call and so many texts of a new caller."""
    number = f"+1{next(CALLERS)}"
    texted = [Asked("/sms", text_fields(words, 0, number, LINE_NUMBER, ACCOUNT)) for words in TEXTS[:texts]]
    asked = [*a_call(libraries, Random(1), number), *texted]
    if load(port, [on_wire(one, port) for one in asked], connections=1).failures:
        raise CannotStart("The line refused a request of one caller.")
    time.sleep(WRITTEN)
    caller = caller_key(party(number), SECRET.encode())
    with redis.Redis.from_url(address, decode_responses=True) as client:
        keys = client.keys(f"*{{{caller}}}")
        return sum(client.memory_usage(key, samples=0) or 0 for key in keys)
