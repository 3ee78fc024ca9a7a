"""The ordinary words of a language, for one question: is this a real word? A real word is never corrected.

A set of 140,000 Python strings takes 15 MB, and Spanish has half a million forms. So only some bits of each word are
kept (a Bloom filter), by which two in a hundred that are no words are taken for words. A language takes less than a
megabyte.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path

FILE, BITS_FILE = "dictionary.txt.gz", "dictionary.bits"
"""Inside a language's folder: words that are often seen, one a line; the bits of these and of all others, behind a
checksum of 4 bytes. `make dictionaries` makes both; without the second there are no others."""
BITS_A_WORD, BITS_SET = 8, 6
"""How long a filter is, and how many of its bits a word sets: then 2 % of what is no word passes for one."""
CHECKSUM = 4


@dataclass(frozen=True, slots=True)
class Dictionary:
    """`bits`: those of all words. `often`: the words that are often seen, as they are packed in their file."""

    bits: bytes = field(default=b"", repr=False)
    often: bytes = field(default=b"", repr=False)

    def __contains__(self, word: str) -> bool:
        return bool(self.bits) and all(self.bits[bit >> 3] >> (bit & 7) & 1 for bit in _bits(word, len(self.bits)))

    def words(self) -> list[str]:
        """Those that are often seen, unpacked anew each time."""
        return _unpacked(self.often) if self.often else []


def dictionary_of(words: Iterable[str], bits: bytes = b"") -> Dictionary:
    """Of words that are often seen; `bits`: those of these and of others."""
    listed = sorted({word for word in words if word})
    return Dictionary(bits or filter_of(listed), packed(listed)) if listed else Dictionary()


def filter_of(words: Collection[str]) -> bytes:
    bits = bytearray(len(words) * BITS_A_WORD // 8 + 1)
    for word in words:
        for bit in _bits(word, len(bits)):
            bits[bit >> 3] |= 1 << (bit & 7)
    return bytes(bits)


def _bits(word: str, size: int) -> Iterator[int]:
    """The bits that a word sets, in so many bytes."""
    digest = blake2b(word.encode(), digest_size=16).digest()
    first, step = int.from_bytes(digest[:8], "big"), int.from_bytes(digest[8:], "big") | 1
    return ((first + number * step) % (8 * size) for number in range(BITS_SET))


def packed(words: Iterable[str]) -> bytes:
    """The contents of a dictionary's file; the same words give the same bytes."""
    return gzip.compress("\n".join(sorted(words)).encode(), compresslevel=9, mtime=0)


def _unpacked(words: bytes) -> list[str]:
    return gzip.decompress(words).decode().split("\n")


def with_checksum(bits: bytes) -> bytes:
    return zlib.crc32(bits).to_bytes(CHECKSUM, "big") + bits


def read_dictionary(folder: Path) -> Dictionary:
    """That of a language's folder; an empty one if it has none. Raises ValueError, with the name of the file, if it is
    damaged."""
    words = _read(folder / FILE)
    if words is None:
        return Dictionary()
    try:
        listed = _unpacked(words)
    except (OSError, EOFError, zlib.error, UnicodeDecodeError):
        raise ValueError(FILE) from None
    if not any(listed):
        raise ValueError(FILE)
    bits = _bits_in(folder)
    return Dictionary(bits, words) if bits else dictionary_of(listed)


def _bits_in(folder: Path) -> bytes:
    written = _read(folder / BITS_FILE)
    if written is None:
        return b""
    bits = written[CHECKSUM:]
    if not bits or written != with_checksum(bits):
        raise ValueError(BITS_FILE)
    return bits


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None
