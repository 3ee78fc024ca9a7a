"""Recognises a caller or texter without storing the number: keyed hashes of addresses.

A plain hash could be undone by trying every phone number there is.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ivr.memory.keyed import keyed_hash
from ivr.model import Party


@dataclass(frozen=True, slots=True)
class Sender:
    """Whoever calls or texts: a phone number, a short code, an alphanumeric sender, a chat address."""

    name: str
    """Limits count by this name. Everyone has one, and it cannot be linked to the same sender's key."""
    key: str | None
    """What is remembered is stored under this key; None for a withheld number."""
    number: str | None = field(repr=False)
    """The phone number in E.164, if there is one: it can be called."""


def sender_of(party: Party, secret: bytes) -> Sender:
    return Sender(keyed_hash(secret, f"limits of {_called(party)}"), sender_key(party, secret), party.number)


def sender_key(party: Party, secret: bytes) -> str | None:
    """None for a number that is withheld."""
    return None if party.withheld else keyed_hash(secret, _called(party))


def _called(party: Party) -> str:
    return party.number or party.address.strip().casefold()


def caller_key(party: Party, secret: bytes) -> str | None:
    """None for a number that is withheld or not a real one, since many callers may share it."""
    return None if party.withheld or party.number is None else keyed_hash(secret, party.number)
