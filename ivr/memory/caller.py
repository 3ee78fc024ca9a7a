"""Who is calling or texting, without knowing who: keyed hashes of what they are called.

A plain hash could be undone by trying every phone number there is.
"""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass

import phonenumbers

WITHHELD = frozenset({"+266696687", "+7378742833", "+2562533", "+8656696", "+86282452253"})
"""What the carrier sends for a number that is not shown: the letters of ANONYMOUS, RESTRICTED, ... on a keypad."""
WITHHELD_NAMES = frozenset(
    {number[1:] for number in WITHHELD}
    | {"", "anonymous", "unavailable", "restricted", "restricted caller", "private", "private caller", "private number"}
    | {"unknown", "unknown caller", "blocked", "withheld", "no caller id", "not available", "out of area", "payphone"}
)
"""Shared by all who do not show their number, so that what one of them left behind is never told to another."""
VOICE_ONLY = ("client:", "sip:", "sips:")
"""Beginnings of addresses that no text can be sent to: many people may call from one."""
CHANNELS = ("whatsapp:", "rcs:", "sms:", "tel:")
"""Beginnings of addresses that hold a person's number. What is answered goes to the whole address, as it came."""

AS_CARRIERS_WRITE = re.compile(r"\+1[2-9]\d{9}", re.ASCII)
"""North American numbers, as they come. All others are read by the library, which takes its time."""
SHORTEST_NUMBER = 9
"""Digits without a plus that may be a whole number with its country code. A short code has fewer."""

SET_ASIDE = re.compile(r"\+1\d{3}55501\d\d")
"""North American numbers that are given to nobody: the line's own phones call from them."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Someone who calls or texts, of whatever kind: a phone, a short code, a name, an address of a chat.

    `name`: limits count by it; everyone has one, and nobody could tell that it is of the same sender as a key. `key`:
    what is remembered is kept under it; None for who is withheld. `number`: the phone number in the address as carriers
    write it, if there is one: it can be called.
    """

    name: str
    key: str | None
    number: str | None


def sender_of(address: str, secret: bytes) -> Sender:
    number = number_in(address)
    called = number or address.strip().casefold()
    key = None if is_withheld(address) else _hashed(called, secret)
    return Sender(_hashed(f"limits of {called}", secret), key, number)


def caller_key(number: str, secret: bytes) -> str | None:
    """Of a caller; None for a withheld number or one that is none: many may call from it."""
    sender = sender_of(number, secret)
    return sender.key if sender.number else None


def number_in(address: str) -> str | None:
    """The phone number that an address is or holds, as carriers write it; None if it holds none."""
    if AS_CARRIERS_WRITE.fullmatch(address):
        return address
    plain = _without_channel(address)
    if is_withheld(address):
        return None
    if plain.startswith("+"):
        return _written(plain)
    digits = plain.isascii() and plain.isdecimal() and len(plain) >= SHORTEST_NUMBER
    return _written(f"+{plain}", strictly=True) if digits else None


def _hashed(words: str, secret: bytes) -> str:
    return hmac.digest(secret, words.encode(errors="surrogatepass"), "sha256").hex()[:32]


def is_withheld(address: str) -> bool:
    called = _without_channel(address)
    return called in WITHHELD or called in WITHHELD_NAMES or called.startswith(VOICE_ONLY)


def _without_channel(address: str) -> str:
    plain = address.strip().casefold()
    channel = next((beginning for beginning in CHANNELS if plain.startswith(beginning)), "")
    return plain[len(channel) :].strip()


def is_set_aside(number: str) -> bool:
    """Whether nobody can call from it: somebody tries the line, and is no caller to count."""
    return SET_ASIDE.fullmatch(number) is not None


def _written(number: str, strictly: bool = False) -> str | None:
    """As carriers write it; None if it is no number. `strictly`: one that is given to somebody."""
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return None
    fits = phonenumbers.is_valid_number if strictly else phonenumbers.is_possible_number
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164) if fits(parsed) else None
