"""Who is calling, without knowing who: a keyed hash of the number, or nobody."""

from __future__ import annotations

import hmac
import re

import phonenumbers

WITHHELD = frozenset({"+266696687", "+7378742833", "+2562533", "+8656696", "+86282452253"})
"""What the carrier sends for a number that is not shown: the letters of ANONYMOUS, RESTRICTED, ... on a keypad."""

AS_CARRIERS_WRITE = re.compile(r"\+1[2-9]\d{9}")
"""North American numbers, as they come. All others are read by the library, which takes its time."""

SET_ASIDE = re.compile(r"\+1\d{3}55501\d\d")
"""North American numbers that are given to nobody: the line's own phones call from them."""


def caller_key(number: str, secret: bytes) -> str | None:
    """A hash that nobody can turn back without the secret; None for a withheld number or one that is none.

    A plain hash could be undone by trying every phone number there is.
    """
    if not number.startswith("+") or number in WITHHELD:
        return None
    written = number if AS_CARRIERS_WRITE.fullmatch(number) else _written(number)
    return hmac.digest(secret, written.encode(), "sha256").hex()[:32] if written else None


def is_set_aside(number: str) -> bool:
    """Whether nobody can call from it: somebody tries the line, and is no caller to count."""
    return SET_ASIDE.fullmatch(number) is not None


def _written(number: str) -> str | None:
    """As carriers write it; None if it is no number."""
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(parsed):
        return None
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
