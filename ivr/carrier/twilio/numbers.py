"""Whose an address is: a number, one that is not shown, a chat, a number that is given to nobody."""

from __future__ import annotations

import re

import phonenumbers

from ivr.model import Party

WITHHELD = frozenset({"+266696687", "+7378742833", "+2562533", "+8656696", "+86282452253"})
"""What Twilio sends for a number that is not shown: the letters of ANONYMOUS, RESTRICTED, ... on a keypad."""
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
ANSWERED_CHANNELS = ("rcs:", "sms:", "tel:")
"""Those of them where the carrier answers STOP, START and HELP as it does for plain texts. For WhatsApp and other chats
it does so only in a Messaging Service with Advanced Opt-Out, and then the text says so."""
CHAT = re.compile(r"[a-z]+:\w\S*")

AS_CARRIERS_WRITE = re.compile(r"\+1[2-9]\d{9}", re.ASCII)
"""North American numbers, as they come. All others are read by the library, which takes its time."""
SHORTEST_NUMBER = 9
"""Digits without a plus that may be a whole number with its country code. A short code has fewer."""

SET_ASIDE = re.compile(r"\+1\d{3}55501\d\d")
"""North American numbers that are given to nobody: the line's own phones call from them."""


def party(address: str) -> Party:
    set_aside = SET_ASIDE.fullmatch(address) is not None
    if AS_CARRIERS_WRITE.fullmatch(address):
        return Party(address, address, set_aside=set_aside)
    plain = address.strip().casefold()
    stops_at_carrier = ":" not in plain or plain.startswith(ANSWERED_CHANNELS)
    return Party(address, _number_in(address), _is_withheld(address), set_aside, stops_at_carrier)


def can_text(address: str) -> bool:
    """Whether a text may come from it."""
    plain = address.casefold()
    is_chat = CHAT.fullmatch(plain) is not None and not plain.startswith(CHANNELS)
    return is_chat or party(address).number is not None


def _number_in(address: str) -> str | None:
    plain = _without_channel(address)
    if _is_withheld(address):
        return None
    if plain.startswith("+"):
        return _written(plain)
    digits = plain.isascii() and plain.isdecimal() and len(plain) >= SHORTEST_NUMBER
    return _written(f"+{plain}", strictly=True) if digits else None


def _is_withheld(address: str) -> bool:
    called = _without_channel(address)
    return called in WITHHELD or called in WITHHELD_NAMES or called.startswith(VOICE_ONLY)


def _without_channel(address: str) -> str:
    plain = address.strip().casefold()
    channel = next((beginning for beginning in CHANNELS if plain.startswith(beginning)), "")
    return plain[len(channel) :].strip()


def _written(number: str, strictly: bool = False) -> str | None:
    """In E.164; None if it is no number. `strictly`: one that is given to somebody."""
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return None
    fits = phonenumbers.is_valid_number if strictly else phonenumbers.is_possible_number
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164) if fits(parsed) else None
