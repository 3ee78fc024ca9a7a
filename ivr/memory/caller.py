"""Recognises a caller or texter without storing the number: keyed hashes of addresses.

A plain hash could be undone by trying every phone number there is.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field

from ivr.model import Party


@dataclass(frozen=True, slots=True)
class Sender:
    """Someone who calls or texts, of whatever kind: a phone, a short code, a name, an address of a chat."""

    name: str
    """Limits count by it; everyone has one, and nobody could tell that it is of the same sender as a key."""
    key: str | None
    """What is remembered is kept under it; None for a withheld number."""
    number: str | None = field(repr=False)
    """The phone number in E.164, if there is one: it can be called."""


def sender_of(party: Party, secret: bytes) -> Sender:
    called = party.number or party.address.strip().casefold()
    key = None if party.withheld else _hashed(called, secret)
    return Sender(_hashed(f"limits of {called}", secret), key, party.number)


def caller_key(party: Party, secret: bytes) -> str | None:
    """Of a caller; None for a withheld number or one that is none: many may call from it."""
    return None if party.withheld or party.number is None else _hashed(party.number, secret)


def _hashed(words: str, secret: bytes) -> str:
    return hmac.digest(secret, words.encode(errors="surrogatepass"), "sha256").hex()[:32]
