"""What kind of address a call or text comes from: a number, a withheld one, a chat, or a number assigned to nobody."""

from __future__ import annotations

import re

import phonenumbers

from ivr.model import Party

WITHHELD = frozenset({"+266696687", "+7378742833", "+2562533", "+8656696", "+86282452253"})
"""What Twilio sends in place of a withheld number: ANONYMOUS, RESTRICTED and the like, spelled on a keypad."""
WITHHELD_NAMES = frozenset(
    {number[1:] for number in WITHHELD}
    | {"", "anonymous", "unavailable", "restricted", "restricted caller", "private", "private caller", "private number"}
    | {"unknown", "unknown caller", "blocked", "withheld", "no caller id", "not available", "out of area", "payphone"}
)
"""Shared by all who do not show their number, so that what one of them left behind is never told to another."""
VOICE_ONLY = ("client:", "sip:", "sips:")
"""Prefixes of addresses that no text can be sent to. Many people may share one."""
CHANNELS = ("whatsapp:", "rcs:", "sms:", "tel:")
"""Prefixes of addresses that contain a person's number. Answers go to the whole address, unchanged."""
ANSWERED_CHANNELS = ("rcs:", "sms:", "tel:")
"""Channels on which the carrier answers STOP, START and HELP as it does for plain texts. For WhatsApp and other chats
it does so only in a Messaging Service with Advanced Opt-Out, and then says so in the request."""
CHAT = re.compile(r"[a-z]+:\w\S*")

AS_CARRIERS_WRITE = re.compile(r"\+1[2-9]\d{9}", re.ASCII)
"""North American numbers as carriers send them. All others are parsed by the library, which is slower."""
SHORTEST_NUMBER = 9
"""Fewest digits without a plus that may be a whole number with its country code. Short codes have fewer."""

SET_ASIDE = re.compile(r"\+1\d{3}55501\d\d")
"""North American numbers that are assigned to nobody: the project's own phones call from them."""


def party(address: str) -> Party:
    set_aside = SET_ASIDE.fullmatch(address) is not None
    if AS_CARRIERS_WRITE.fullmatch(address):
        return Party(address, address, set_aside=set_aside)
    plain = address.strip().casefold()
    stops_at_carrier = ":" not in plain or plain.startswith(ANSWERED_CHANNELS)
    return Party(address, _number_in(address), _is_withheld(address), set_aside, stops_at_carrier)


def can_text(address: str) -> bool:
    """Whether the address can send texts."""
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
    """The number in E.164; None if it is not one. `strictly`: only numbers that may be assigned to somebody."""
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return None
    fits = phonenumbers.is_valid_number if strictly else phonenumbers.is_possible_number
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164) if fits(parsed) else None
