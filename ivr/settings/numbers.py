"""Phone numbers: their form at the carrier, and which of them are the line's own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import phonenumbers

from ivr.settings.environment import WrongSetting

LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class OwnNumber:
    number: str
    language: str = ""
    """The tag of the language that new callers hear on this number; empty: the line's first."""


def own_numbers(given: Mapping[str, str]) -> tuple[OwnNumber, ...]:
    """Parses `+18005550199,+18005550198:es`. The first number is used where no call or text determines one."""
    written = given.get("LINE_NUMBER")
    found = tuple(map(_own, written.split(","))) if written else ()
    if len({one.number for one in found}) < len(found):
        raise WrongSetting("LINE_NUMBER is a list with the same number twice: write each once.")
    return found


def _own(written: str) -> OwnNumber:
    number, colon, language = written.partition(":")
    plain, tag = e164(number.strip()), language.strip()
    if plain is None:
        raise WrongSetting(
            "LINE_NUMBER is not a phone number: write it with + and country code, like +18002272345; several with "
            "commas between them."
        )
    if colon and not LANGUAGE.fullmatch(tag):
        raise WrongSetting(
            "LINE_NUMBER is followed by something that is no language: write the tag of one after the colon, like "
            "+18002272345:es."
        )
    return OwnNumber(plain, tag)


def number_in(given: Mapping[str, str], name: str) -> str | None:
    number = given.get(name)
    if number is None:
        return None
    plain = e164(number)
    if plain is None:
        raise WrongSetting(f"{name} is not a phone number: write it with + and country code, like +18002272345.")
    return plain


def is_toll_free(number: str) -> bool:
    return phonenumbers.number_type(phonenumbers.parse(number)) == phonenumbers.PhoneNumberType.TOLL_FREE


def e164(written: str, region: str | None = None) -> str | None:
    """A number in the carrier's form; None if no phone can have it. `region`: the country of numbers written without +
    and country code; None: such numbers are rejected."""
    try:
        parsed = phonenumbers.parse(written, region)
    except phonenumbers.NumberParseException:
        return None
    if phonenumbers.is_possible_number_with_reason(parsed) != phonenumbers.ValidationResult.IS_POSSIBLE:
        return None
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
