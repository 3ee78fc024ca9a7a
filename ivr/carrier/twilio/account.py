"""The numbers of an account at the carrier: how each is set, and setting it. For an operator, so each refusal is a
sentence that says what to do."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import Any
from urllib.parse import urlencode

from ivr.carrier.exchange import Answer, Exchange, basic
from ivr.settings import CannotStart

TWILIO = "https://api.twilio.com"
TWILIO_MESSAGING = "https://messaging.twilio.com"
SETTINGS = (
    *("VoiceUrl", "VoiceMethod", "VoiceFallbackUrl", "VoiceFallbackMethod", "StatusCallback", "StatusCallbackMethod"),
    *("SmsUrl", "SmsMethod", "SmsFallbackUrl", "SmsFallbackMethod"),
    *("VoiceApplicationSid", "SmsApplicationSid", "TrunkSid"),
)
"""What decides where a number's calls and texts go, by the carrier's own names. The last three, where they are not
empty, outdo all addresses."""

NO_ACCOUNT = (
    "The carrier does not take this account and token: copy TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN from one and the "
    "same page of its console."
)
NO_API = "TWILIO_API_URL leads to something that is no carrier's API: leave it unset for Twilio's own."


class CarrierRefuses(CannotStart):
    """The text says what the carrier's API would not do, and what the operator can."""


@dataclass(frozen=True, slots=True)
class OwnNumber:
    """`settings` holds those of SETTINGS that the carrier tells; what is not set is empty."""

    sid: str
    number: str
    settings: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Account:
    """`address`: where another carrier's API is; None: at Twilio's. `time_limit`: seconds for each request."""

    sid: str
    token: str = field(repr=False)
    address: str | None
    time_limit: float = 10.0

    def number(self, number: str) -> OwnNumber:
        """Raises CarrierRefuses if the account has no such number, or cannot be asked."""
        told = self.ask("GET", f"{self._numbers()}.json?{urlencode({'PhoneNumber': number})}")
        for one in told.get("incoming_phone_numbers") or ():
            if one.get("phone_number") == number:
                return _own(one)
        raise CarrierRefuses(
            f"{number} is not a number of this account: look at its numbers in the carrier's console, or set "
            "TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN to the account that has it."
        )

    def set_number(self, number: OwnNumber, settings: Mapping[str, str]) -> None:
        self.ask("POST", f"{self._numbers()}/{number.sid}.json", settings)

    def tollfree_status(self, number: OwnNumber) -> str | None:
        """How far the registration of a toll-free sender has come, in Twilio's words; None: not begun."""
        query = urlencode({"TollfreePhoneNumberSid": number.sid})
        told = self.ask("GET", f"{self.address or TWILIO_MESSAGING}/v1/Tollfree/Verifications?{query}")
        statuses = [str(one.get("status")) for one in told.get("verifications") or ()]
        return "TWILIO_APPROVED" if "TWILIO_APPROVED" in statuses else next(iter(statuses), None)

    def _numbers(self) -> str:
        return f"{self.address or TWILIO}/2010-04-01/Accounts/{self.sid}/IncomingPhoneNumbers"

    def ask(self, method: str, url: str, fields: Mapping[str, str] | None = None) -> dict[str, Any]:
        headers = {"Content-Type": "application/x-www-form-urlencoded", **basic(self.sid, self.token)}
        try:
            answer = Exchange(method, url, urlencode(fields or {}), headers, self.time_limit).answer()
        except (OSError, HTTPException, ValueError) as error:
            raise CarrierRefuses(
                f"The carrier's API cannot be reached ({type(error).__name__}): try again in a while, and look at the "
                "network and at TWILIO_API_URL."
            ) from None
        return _told(answer)


def _told(answer: Answer) -> dict[str, Any]:
    try:
        told = json.loads(answer.body or "{}")
    except ValueError:
        told = None
    if answer.status in (401, 403):
        raise CarrierRefuses(NO_ACCOUNT)
    if not isinstance(told, dict):
        raise CarrierRefuses(NO_API)
    if answer.status >= 300:
        code = told.get("code", "none")
        raise CarrierRefuses(
            f"The carrier's API refuses (answer {answer.status}, code {code}): look up the code in its documentation."
        )
    return told


def _own(told: Mapping[str, Any]) -> OwnNumber:
    keys = {name: re.sub(r"(?<!^)([A-Z])", r"_\1", name).lower() for name in SETTINGS}
    settings = {name: str(told[key] or "") for name, key in keys.items() if key in told}
    return OwnNumber(str(told.get("sid", "")), str(told["phone_number"]), settings)
