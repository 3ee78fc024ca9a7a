"""Who is calling, without knowing who: a keyed hash of the number, or nobody."""

from __future__ import annotations

import hashlib
import hmac

import phonenumbers

WITHHELD = frozenset({"+266696687", "+7378742833", "+2562533", "+8656696", "+86282452253"})
"""What the carrier sends for a number that is not shown: the letters of ANONYMOUS, RESTRICTED, ... on a keypad."""


def caller_key(number: str, secret: bytes) -> str | None:
    """A hash that nobody can turn back without the secret; None for a withheld number or one that is none.

    A plain hash could be undone by trying every phone number there is.
    """
    if not number.startswith("+") or number in WITHHELD:
        return None
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(parsed):
        return None
    written = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    return hmac.new(secret, written.encode(), hashlib.sha256).hexdigest()[:32]
