"""What the store may hold: the one list that every look into it goes by."""

import re
from dataclasses import dataclass

from ivr.memory.keys import A_WHILE, COUNTS_KEPT, KEPT, MONTH, QUESTION_KEPT
from ivr.web.outbound import CALL_ONCE, HOUR, TEXT_ONCE

KEY = re.compile(r"([a-z]+):(?:\{[0-9a-f]{32}\}|\{[a-z]+\}|\d{4}-\d\d-\d\d|\d{4}-\d\d(?::[0-9a-f]{32}|:people)?)")


@dataclass(frozen=True)
class Kind:
    """`longest`: seconds until it is forgotten; None: kept until the caller asks otherwise. `largest`: bytes."""

    type: str
    longest: int | None
    largest: int


KINDS = {
    "caller": Kind("hash", KEPT, 1000),
    "question": Kind("string", QUESTION_KEPT, 60),
    "received": Kind("hash", A_WHILE, 1000),
    "vital": Kind("hash", A_WHILE, 400),
    "quiet": Kind("hash", A_WHILE, 40),
    "texts": Kind("string", HOUR, 8),
    "calls": Kind("string", HOUR, 8),
    "textwish": Kind("string", TEXT_ONCE, 40),
    "callwish": Kind("string", CALL_ONCE, 40),
    "lost": Kind("string", A_WHILE, 1),
    "word": Kind("string", MONTH, 4000),
    "words": Kind("hash", COUNTS_KEPT, 20_000),
    "count": Kind("hash", COUNTS_KEPT, 20_000),
    "people": Kind("string", MONTH, 13_000),
    "stopped": Kind("string", None, 200),
    "blocked": Kind("hash", None, 200),
    "lifted": Kind("hash", COUNTS_KEPT, 2000),
    "secret": Kind("string", None, 32),
    "started": Kind("hash", KEPT, 200),
    "forgotten": Kind("string", A_WHILE, 20),
    "health": Kind("string", A_WHILE, 1),
}


def check_keeping(client):
    """How many keys there are, each one of a known kind, bounded, and with an end."""
    keys = client.keys("*")
    for key in keys:
        match = KEY.fullmatch(key)
        assert match, f"{key} is a key of no kind"
        assert match[1] in KINDS, f"{key} is a key of no known kind"
        _check(client, key, KINDS["people" if key.endswith(":people") else match[1]])
    return len(keys)


def _check(client, key, kind):
    assert client.type(key) == kind.type
    assert _size(client, key) <= kind.largest, key
    left = client.ttl(key)
    is_part_of_a_wish = key.startswith("started") and client.exists(key.replace("started", "stopped"))
    for_good = kind.longest is None or is_part_of_a_wish
    assert left == -1 if for_good else 0 < left <= kind.longest, (key, left)


def _size(client, key):
    if client.type(key) != "hash":
        return client.strlen(key)
    return sum(len(name) + len(value) for name, value in client.hgetall(key).items())
