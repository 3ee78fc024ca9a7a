"""What the line does of its own accord because a caller asked for it: texts and calls through the carrier's API."""

from __future__ import annotations

from dataclasses import dataclass

from ivr.carrier.rest import Api
from ivr.memory.store import Store
from ivr.model import Outcome

HOUR = 3600
TEXTS_AN_HOUR = 5
CALLS_AN_HOUR = 2


@dataclass(frozen=True, slots=True)
class Outbound:
    """`api` is None where the account or the line's own number is not set. With the store down nothing is sent: nobody
    could tell then how often."""

    store: Store
    api: Api | None
    public_url: str | None

    def text(self, caller: str | None, number: str, words: str, wish: str) -> Outcome:
        """`wish` names the request: the same one delivered twice sends one text."""
        if caller is None:
            return Outcome.WITHHELD
        if self.api is None:
            return Outcome.FAILED
        if self.store.has_stopped(caller):
            return Outcome.STOPPED
        if not self.store.first_time(caller, wish):
            return Outcome.SENT
        refused = self._refused(caller, "texts", TEXTS_AN_HOUR)
        return refused or self.api.send_text(number, words, self._address("/sms/status"))

    def call(self, caller: str | None, number: str, path: str) -> Outcome:
        """`path` is the action path of the place that is heard first."""
        if caller is None or self.api is None or self.public_url is None:
            return Outcome.WITHHELD
        refused = self._refused(caller, "calls", CALLS_AN_HOUR)
        return refused or self.api.place_call(number, f"{self.public_url}/voice/{path}", self._address("/voice/status"))

    def _refused(self, caller: str, kind: str, most: int) -> Outcome | None:
        allowed = self.store.may(kind, caller, most, HOUR)
        if allowed is None:
            return Outcome.FAILED
        return None if allowed else Outcome.TOO_MANY

    def _address(self, path: str) -> str | None:
        return self.public_url + path if self.public_url else None
