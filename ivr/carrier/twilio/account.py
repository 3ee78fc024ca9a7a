"""The numbers of a Twilio account: how each is set, setting it, and the texts it has received. For an operator, so each
refusal is a sentence that says what to do."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from typing import Any

from twilio.http.response import Response
from twilio.rest import Client

from ivr.carrier.account import CannotTell, CarrierRefuses, MessagingService, OwnNumber, ReceivedText, Webhooks
from ivr.carrier.twilio.http import BoundedHttp
from ivr.carrier.twilio.numbers import party
from ivr.carrier.twilio.render import RETRIES
from ivr.carrier.unreached import why_unreached

API = "https://api.twilio.com"
MESSAGING = "https://messaging.twilio.com"
ELSEWHERE = ("VoiceApplicationSid", "SmsApplicationSid", "TrunkSid")
"""If one of these is not empty, it overrides all addresses."""
SETTINGS = (
    *("VoiceUrl", "VoiceMethod", "VoiceFallbackUrl", "VoiceFallbackMethod", "StatusCallback", "StatusCallbackMethod"),
    *("SmsUrl", "SmsMethod", "SmsFallbackUrl", "SmsFallbackMethod"),
    *ELSEWHERE,
)
"""What decides where a number's calls and texts go."""
RECEIVES = "VoiceReceiveMode"
"""`voice` or `fax`; with `fax`, no call gets through. Only some numbers have this setting."""
CAN = {"calls": "voice", "texts": "sms"}
"""What the line needs a number to do, and the carrier's names for it."""
PAGE = 50
"""Messages in one request: an answer is read up to 256 kB."""

NO_ACCOUNT = (
    "The carrier does not take this account and token: copy TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN from one and the "
    "same page of its console."
)
NO_KEY = (
    "The carrier does not let TWILIO_API_KEY do this: copy the key and its secret again; a restricted key needs rights "
    "on phone numbers, messages and calls, or make a standard one."
)
NO_API = "TWILIO_API_URL does not lead to a carrier's API: leave it unset for Twilio's own."


@dataclass(frozen=True, slots=True)
class Account:
    """Parses the API's answers itself: the library's classes do not distinguish what a carrier leaves out from what is
    empty, and read only one form of times (docs/decisions/035-*)."""

    sid: str
    token: str = field(repr=False)
    address: str | None
    """The base address of another carrier's API; None: Twilio's."""
    time_limit: float = 10.0
    """Seconds for each request."""
    key: str | None = None
    """The API key whose secret `token` is; None: `token` is the account's own."""

    def number(self, number: str) -> OwnNumber:
        """Raises CarrierRefuses if the account does not have the number, or cannot be asked."""
        told = self._ask("GET", f"{self._numbers()}.json", {"PhoneNumber": number})
        for one in told.get("incoming_phone_numbers") or ():
            if one.get("phone_number") == number:
                return _own(one)
        raise CarrierRefuses(
            f"{number} is not a number of this account: look at its numbers in the carrier's console, or set "
            "TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN to the account that has it."
        )

    def settings_for(self, webhooks: Webhooks) -> dict[str, str]:
        """The fallbacks use GET: they are static files, and many hosts refuse anything else."""
        wanted = (
            ("VoiceUrl", "VoiceMethod", webhooks.voice + RETRIES, "POST"),
            ("StatusCallback", "StatusCallbackMethod", webhooks.voice_ended, "POST"),
            ("SmsUrl", "SmsMethod", webhooks.text + RETRIES, "POST"),
            ("VoiceFallbackUrl", "VoiceFallbackMethod", webhooks.voice_fallback, "GET"),
            ("SmsFallbackUrl", "SmsFallbackMethod", webhooks.text_fallback, "GET"),
        )
        settings = dict.fromkeys(ELSEWHERE, "") | {RECEIVES: "voice"}
        for url, method, address, how in wanted:
            if address is not None:
                settings |= {url: address, method: how}
        return settings

    def set_number(self, number: OwnNumber, settings: Mapping[str, str]) -> None:
        self._ask("POST", f"{self._numbers()}/{number.sid}.json", settings)

    def received(self, number: str, since: datetime) -> list[ReceivedText]:
        query = {"To": number, "DateSent>": since.date().isoformat(), "PageSize": PAGE}
        newest_first = [*self._messages(f"{API}/2010-04-01/Accounts/{self.sid}/Messages.json", query)]
        found = [one for one in reversed(newest_first) if one.at >= since]
        return sorted(found, key=lambda one: one.at)

    def _messages(self, url: str, query: Mapping[str, object]) -> Iterator[ReceivedText]:
        while url:
            told = self._ask("GET", url, query)
            for one in told.get("messages") or ():
                if one.get("direction") == "inbound":
                    at = _time(str(one.get("date_sent") or one.get("date_created")))
                    sender = party(str(one.get("from", "")))
                    yield ReceivedText(sender, str(one.get("to", "")), str(one.get("body") or ""), at)
            following = told.get("next_page_uri")
            url, query = f"{API}{following}" if following else "", {}

    def tollfree_status(self, number: OwnNumber) -> str | None:
        """The status of a toll-free sender's registration, in Twilio's words; None: not begun."""
        told = self._ask("GET", f"{MESSAGING}/v1/Tollfree/Verifications", {"TollfreePhoneNumberSid": number.sid})
        statuses = [str(one.get("status")) for one in told.get("verifications") or ()]
        return "TWILIO_APPROVED" if "TWILIO_APPROVED" in statuses else next(iter(statuses), None)

    # --- Messaging Services ----------------------------------------------------------------------------------

    def service_of(self, number: OwnNumber) -> MessagingService | None:
        for told in self._all(f"{MESSAGING}/v1/Services", "services"):
            pool = f"{MESSAGING}/v1/Services/{told.get('sid')}/PhoneNumbers"
            numbers = tuple(str(one.get("phone_number")) for one in self._all(pool, "phone_numbers"))
            if number.number in numbers:
                return self._service(told, numbers)
        return None

    def let_numbers_decide(self, service: MessagingService, decide: bool) -> None:
        setting = {"UseInboundWebhookOnNumber": str(decide).lower()}
        self._ask("POST", f"{MESSAGING}/v1/Services/{service.sid}", setting)

    def _service(self, told: Mapping[str, Any], numbers: tuple[str, ...]) -> MessagingService:
        sid, leads_to = str(told.get("sid")), str(told.get("inbound_request_url") or "")
        registered = [*self._all(f"{MESSAGING}/v1/Services/{sid}/Compliance/Usa2p", "compliance")]
        return MessagingService(
            sid,
            str(told.get("friendly_name") or sid),
            numbers,
            None if told.get("use_inbound_webhook_on_number") else leads_to,
            tuple(str(one.get("campaign_status")) for one in registered),
            tuple(str(one["help_message"]) for one in registered if one.get("help_message")),
        )

    def _all(self, url: str, name: str) -> Iterator[dict[str, Any]]:
        query: dict[str, object] = {"PageSize": PAGE}
        while url:
            told = self._ask("GET", url, query)
            yield from told.get(name) or ()
            url, query = str((told.get("meta") or {}).get("next_page_url") or ""), {}

    def _numbers(self) -> str:
        return f"{API}/2010-04-01/Accounts/{self.sid}/IncomingPhoneNumbers"

    def _ask(self, method: str, url: str, fields: Mapping[str, object]) -> dict[str, Any]:
        client = Client(
            self.key or self.sid, self.token, self.sid, http_client=BoundedHttp(self.address, self.time_limit)
        )
        sent = {"params": fields} if method == "GET" else {"data": fields}
        try:
            return _told(client.request(method, url, **sent), NO_KEY if self.key else NO_ACCOUNT)
        except (OSError, HTTPException, ValueError) as error:
            raise CarrierRefuses(
                f"The carrier's API cannot be reached, since {why_unreached(error)}: look at the network of this "
                f"machine{' and at TWILIO_API_URL' if self.address else ''}, and try again in a while."
            ) from None


def _told(answer: Response, refused: str) -> dict[str, Any]:
    try:
        told = json.loads(answer.text or "{}")
    except ValueError:
        told = None
    if answer.status_code in (401, 403):
        raise CarrierRefuses(refused)
    kind = CannotTell if answer.status_code == 404 else CarrierRefuses
    if not isinstance(told, dict):
        raise kind(NO_API)
    if answer.status_code >= 300:
        code = told.get("code", "none")
        raise kind(
            f"The carrier's API refuses (answer {answer.status_code}, code {code}): look up the code in its "
            "documentation."
        )
    return told


def _own(told: Mapping[str, Any]) -> OwnNumber:
    keys = {name: re.sub(r"(?<!^)([A-Z])", r"_\1", name).lower() for name in SETTINGS}
    settings = {name: str(told[key] or "") for name, key in keys.items() if key in told}
    names: tuple[str, ...] = SETTINGS
    if told.get("voice_receive_mode"):
        settings, names = settings | {RECEIVES: str(told["voice_receive_mode"])}, (*SETTINGS, RECEIVES)
    capabilities = told.get("capabilities") or {}
    cannot = tuple(act for act, name in CAN.items() if capabilities.get(name) is False)
    return OwnNumber(str(told.get("sid", "")), str(told["phone_number"]), settings, names, cannot)


def _time(written: str) -> datetime:
    """A time as Twilio or another carrier writes it. Without a zone it is UTC."""
    for read in (parsedate_to_datetime, datetime.fromisoformat):
        with suppress(ValueError):
            at = read(written)
            return at if at.tzinfo else at.replace(tzinfo=UTC)
    raise CarrierRefuses("The carrier lists a text whose time cannot be read, so nobody can tell what was wished last.")
