"""The ordinary words of a language, for one question: is this a real word? A real word is never corrected.

A set of 140,000 Python strings takes 15 MB, and Spanish has half a million forms. So a Bloom filter keeps only a few
bits of each word: less than a megabyte a language, and 2 % of non-words are taken for words.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path

FILE, BITS_FILE = "dictionary.txt.gz", "dictionary.bits"
"""Inside a language's folder: common words, one a line; and the filter of all words, common ones included, after a
4-byte checksum. `make dictionaries` makes both; without the second, only common words are known."""
BITS_A_WORD, BITS_SET = 8, 6
"""The filter's length, and how many of its bits a word sets: 2 % of non-words pass for words."""
CHECKSUM = 4


@dataclass(frozen=True, slots=True, repr=False)
class Dictionary:
    """`bits`: the filter of all words. `often`: the common words, packed as in their file."""

    bits: bytes = field(default=b"", repr=False)
    often: bytes = field(default=b"", repr=False)

    def __contains__(self, word: str) -> bool:
        return bool(self.bits) and all(self.bits[bit >> 3] >> (bit & 7) & 1 for bit in _bits(word, len(self.bits)))

    def words(self) -> list[str]:
        """The common words, unpacked again on each call."""
        return _unpacked(self.often) if self.often else []


def dictionary_of(words: Iterable[str], bits: bytes = b"") -> Dictionary:
    """From common words; `bits`: the filter of these and of all others."""
    listed = sorted({word for word in words if word})
    return Dictionary(bits or filter_of(listed), packed(listed)) if listed else Dictionary()


def filter_of(words: Collection[str]) -> bytes:
    bits = bytearray(len(words) * BITS_A_WORD // 8 + 1)
    for word in words:
        for bit in _bits(word, len(bits)):
            bits[bit >> 3] |= 1 << (bit & 7)
    return bytes(bits)


def _bits(word: str, size: int) -> Iterator[int]:
    """The bits that a word sets in a filter of `size` bytes."""
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
    """The dictionary in a language's folder; an empty one if it has none. Raises ValueError, naming the file, if it is
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
