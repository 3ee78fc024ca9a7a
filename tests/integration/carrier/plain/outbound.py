"""Its API: JSON too, one request each."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from http.client import HTTPException
from typing import Any
from urllib.parse import urlencode

from ivr.carrier.account import CannotTell, CarrierRefuses, MessagingService, OwnNumber, ReceivedText, Webhooks
from ivr.carrier.breaker import Breaker, LeftAlone
from ivr.carrier.exchange import ApiResponse, Exchange, NoRoom, Room
from ivr.model import Outcome, Party

OUTCOMES = {
    "taken": Outcome.SENT,
    "landline": Outcome.NO_TEXTS,
    "no such number": Outcome.BAD_NUMBER,
    "stopped": Outcome.STOPPED,
    "unpaid": Outcome.NO_CREDIT,
    "later": Outcome.BUSY,
}
NAMES = ("calls", "calls ended", "texts", "calls fall back", "texts fall back")


def outcome_of(became: str) -> Outcome:
    return OUTCOMES.get(became, Outcome.FAILED)


@dataclass(frozen=True, slots=True)
class Api:
    address: str
    key: str = field(repr=False)
    line: str
    time_limit: float = 2.0
    room: Room = field(default_factory=lambda: Room(2), repr=False, compare=False)
    breaker: Breaker = field(default_factory=Breaker, repr=False, compare=False)

    def send_text(self, to: str, words: str, status_url: str | None, ours: str = "") -> Outcome:
        return self._attempt("/texts", {"from": ours or self.line, "to": to, "words": words, "tell": status_url})

    def place_call(self, to: str, url: str, status_url: str | None, ours: str = "") -> Outcome:
        return self._attempt("/calls", {"from": ours or self.line, "to": to, "ask": url, "tell": status_url})

    def _attempt(self, path: str, told: Mapping[str, object]) -> Outcome:
        exchange = asked("POST", self.address + path, self.key, self.time_limit, told)
        try:
            return outcome_of(str(_read(self.breaker.call(lambda: exchange.answer(self.room))).get("became")))
        except (NoRoom, LeftAlone):
            return Outcome.BUSY
        except (OSError, HTTPException, ValueError):
            return Outcome.FAILED


@dataclass(frozen=True, slots=True)
class Account:
    address: str
    key: str = field(repr=False)

    def number(self, number: str) -> OwnNumber:
        told = self._ask("GET", f"/numbers/{number}")
        return OwnNumber(number, number, {name: str(told[name]) for name in NAMES if name in told}, NAMES)

    def settings_for(self, webhooks: Webhooks) -> dict[str, str]:
        addresses = (webhooks.voice, webhooks.voice_ended, webhooks.text, webhooks.voice_fallback)
        wanted = zip(NAMES, (*addresses, webhooks.text_fallback), strict=True)
        return {name: address for name, address in wanted if address is not None}

    def set_number(self, number: OwnNumber, settings: Mapping[str, str]) -> None:
        self._ask("POST", f"/numbers/{number.number}", settings)

    def service_of(self, number: OwnNumber) -> MessagingService | None:
        raise CannotTell(f"This carrier has none, for {number.number} either: there is nothing to look at.")

    def let_numbers_decide(self, service: MessagingService, decide: bool) -> None:
        raise NotImplementedError

    def received(self, number: str, since: datetime) -> list[ReceivedText]:
        told = self._ask("GET", f"/texts?{urlencode({'to': number, 'since': since.isoformat()})}")
        return [
            ReceivedText(Party(one["from"], one["from"]), number, one["words"], datetime.fromisoformat(one["at"]))
            for one in told["texts"]
        ]

    def _ask(self, method: str, path: str, told: Mapping[str, object] | None = None) -> dict[str, Any]:
        try:
            answer = asked(method, self.address + path, self.key, 5.0, told or {}).answer()
        except (OSError, HTTPException, ValueError):
            raise CarrierRefuses("The carrier does not answer: try again in a while.") from None
        if answer.status != 200:
            raise CarrierRefuses(f"The carrier refuses ({answer.status}): look at the number in its console.")
        return _read(answer)


def asked(method: str, url: str, key: str, seconds: float, told: Mapping[str, object]) -> Exchange:
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    return Exchange(method, url, json.dumps(told), headers, seconds)


def _read(answer: ApiResponse) -> dict[str, Any]:
    told = json.loads(answer.body)
    if not isinstance(told, dict):
        raise ValueError(answer.status)
    return told
