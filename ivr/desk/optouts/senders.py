"""Which senders an operator means by a number, which may be written in the local form of the line's country."""

from __future__ import annotations

from collections.abc import Iterator

import phonenumbers

from ivr.carrier.port import Carrier
from ivr.settings import Settings, e164


def region_of(settings: Settings) -> str:
    """The region of the line's number, otherwise of the helpline's; applies to numbers without a country code."""
    for number in filter(None, (settings.line_number, settings.helpline_number)):
        region = phonenumbers.region_code_for_country_code(phonenumbers.parse(number).country_code or 0)
        if len(region) == 2 and region != "ZZ":
            return region
    return "US"


def senders(typed: str, region: str, carrier: Carrier) -> Iterator[str]:
    """The possible senders' addresses for what was typed, likeliest first; none if no text can come from such a
    number."""
    names_a_channel = typed.partition(":")[0].isalpha()
    if not names_a_channel and (number := e164(typed, region)):
        yield number
    if carrier.can_text(typed) or _is_short_code(typed, region):
        yield typed


def _is_short_code(typed: str, region: str) -> bool:
    if not typed.isascii() or not typed.isdecimal():
        return False
    try:
        return phonenumbers.is_possible_short_number_for_region(phonenumbers.parse(typed, region), region)
    except phonenumbers.NumberParseException:
        return False
