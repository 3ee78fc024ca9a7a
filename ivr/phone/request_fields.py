"""The form fields that the carrier sends with each webhook. A field overridden with None is left out."""

import uuid
from collections.abc import Mapping

from ivr.phone.fragments import count_fragments

API_VERSION = "2010-04-01"
_CALLER_PLACE = {"City": "WASHINGTON", "State": "DC", "Zip": "20001", "Country": "US"}
_LINE_PLACE = {"City": "", "State": "", "Zip": "", "Country": "US"}

Overrides = Mapping[str, str | None]


def sid(kind: str) -> str:
    return kind + uuid.uuid4().hex


def with_overrides(fields: Mapping[str, str], overrides: Overrides) -> dict[str, str]:
    return {name: value for name, value in {**fields, **overrides}.items() if value is not None}


def call_fields(number: str, line_number: str, account_sid: str) -> dict[str, str]:
    return {
        "CallSid": sid("CA"),
        "AccountSid": account_sid,
        "ApiVersion": API_VERSION,
        "Direction": "inbound",
        "From": number,
        "To": line_number,
        "Caller": number,
        "Called": line_number,
        **_places(("From", "Caller"), _CALLER_PLACE),
        **_places(("To", "Called"), _LINE_PLACE),
    }


def text_fields(words: str, media: int, number: str, line_number: str, account_sid: str) -> dict[str, str]:
    text_sid = sid("MM" if media else "SM")
    return {
        "MessageSid": text_sid,
        "SmsSid": text_sid,
        "SmsMessageSid": text_sid,
        "AccountSid": account_sid,
        "ApiVersion": API_VERSION,
        "From": number,
        "To": line_number,
        "Body": words,
        "NumMedia": str(media),
        "NumSegments": str(count_fragments(words).count),
        "SmsStatus": "received",
        **_places(("From",), _CALLER_PLACE),
        **_places(("To",), _LINE_PLACE),
        **_pictures(media, text_sid, account_sid),
    }


def _places(whose: tuple[str, ...], place: Mapping[str, str]) -> dict[str, str]:
    return {who + part: value for who in whose for part, value in place.items()}


def _pictures(media: int, text_sid: str, account_sid: str) -> dict[str, str]:
    address = f"https://api.twilio.com/{API_VERSION}/Accounts/{account_sid}/Messages/{text_sid}/Media/"
    addresses = {f"MediaUrl{n}": address + sid("ME") for n in range(media)}
    return addresses | {f"MediaContentType{n}": "image/jpeg" for n in range(media)}
