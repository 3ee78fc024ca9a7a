"""How many billed fragments a text is sent in, as the carrier counts them; independent of the line's own count."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from gsm0338 import Codec

Encoding = Literal["GSM-7", "UCS-2"]

_ALPHABET = Codec()
_SINGLE = {"GSM-7": 160, "UCS-2": 70}
_JOINED = {"GSM-7": 153, "UCS-2": 67}


@dataclass(frozen=True)
class Fragments:
    count: int
    encoding: Encoding


def count_fragments(text: str) -> Fragments:
    encoding: Encoding = "GSM-7" if _is_plain(text) else "UCS-2"
    sizes = [_size(character, encoding) for character in text]
    if sum(sizes) <= _SINGLE[encoding]:
        return Fragments(1, encoding)
    return Fragments(_pack(sizes, _JOINED[encoding]), encoding)


def _is_plain(text: str) -> bool:
    try:
        _ALPHABET.encode(text)
    except UnicodeEncodeError:
        return False
    return True


def _size(character: str, encoding: Encoding) -> int:
    if encoding == "GSM-7":
        return len(_ALPHABET.encode(character)[0])
    return len(character.encode("utf-16-be", "surrogatepass")) // 2


def _pack(sizes: Iterable[int], room: int) -> int:
    """A character of two units is never split between two fragments."""
    count, used = 1, 0
    for size in sizes:
        if used + size > room:
            count, used = count + 1, 0
        used += size
    return count
