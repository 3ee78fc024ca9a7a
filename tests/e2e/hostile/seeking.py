"""Looks for what is private in whatever is kept, in every writing that it may have there."""

import base64
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, quote_plus

SEVEN, TEN = 7, 10
"""Last digits by which a number is known as well."""


@dataclass(frozen=True)
class Found:
    where: str
    private: str
    writing: bytes


def search(places: Iterable[tuple[str, bytes]], numbers: Iterable[str], words: Iterable[str]) -> list[Found]:
    """Every private value that stands somewhere: `places` are names and what is kept there."""
    sought = [(value, form) for value in numbers for form in _of_number(value)]
    sought += [(value, form) for value in words for form in _encoded(value)]
    kept = [(where, content.lower()) for where, content in places]
    return [Found(where, value, form) for where, content in kept for value, form in sought if form.lower() in content]


def _of_number(number: str) -> Iterator[bytes]:
    digits = re.sub(r"\D", "", number)
    area, middle, last = digits[-10:-7], digits[-7:-4], digits[-4:]
    for writing in (number, digits, digits[-TEN:], digits[-SEVEN:]):
        yield from _encoded(writing)
    for mark in ("-", " ", "."):
        yield f"{middle}{mark}{last}".encode()
        yield f"{area}{mark}{middle}{mark}{last}".encode()


def _encoded(value: str) -> Iterator[bytes]:
    """As it is, as addresses write it, as hexadecimal digits, as Python writes it, and within base64 at any offset."""
    plain = value.encode()
    yield plain
    yield from {quote(value).encode(), quote(value, safe="").encode(), quote_plus(value).encode()} - {plain}
    yield plain.hex().encode()
    yield ascii(value)[1:-1].encode()
    for shift in range(3):
        whole = base64.b64encode(b"\0" * shift + plain)
        yield whole[(0, 2, 3)[shift] : len(whole) - 4]
        yield base64.urlsafe_b64encode(b"\0" * shift + plain)[(0, 2, 3)[shift] : len(whole) - 4]


def files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file's name and content."""
    for file in sorted(folder.rglob("*")):
        name = str(file.relative_to(folder))
        yield f"the name {name}", name.encode()
        if file.is_file():
            yield name, file.read_bytes()


def keys(client) -> Iterator[tuple[str, bytes]]:
    """Every key's name, its value as text, and its raw bytes: a store reached without decoding."""
    for key in client.keys("*"):
        name = key.decode(errors="replace")
        yield f"the key {name}", key
        yield f"the dump of {name}", client.dump(key) or b""
        yield f"the value of {name}", repr(_value(client, key)).encode()


def _value(client, key):
    match client.type(key):
        case b"hash":
            return client.hgetall(key)
        case b"list":
            return client.lrange(key, 0, -1)
        case b"set":
            return client.smembers(key)
        case b"zset":
            return client.zrange(key, 0, -1, withscores=True)
        case b"stream":
            return client.xrange(key)
        case _:
            return client.get(key)
