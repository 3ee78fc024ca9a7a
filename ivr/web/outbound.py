"""What the line does of its own accord because a caller asked for it: texts and calls through the carrier's API."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ivr.carrier.rest import Api
from ivr.memory.store import Store
from ivr.model import Outcome

HOUR = 3600
TEXTS_AN_HOUR = 5
CALLS_AN_HOUR = 2
TEXT_ONCE, CALL_ONCE = 20, 600
"""Seconds in which the same request again is the same wish, delivered twice. Whoever presses 9 again a while later at
the same place means it."""


@dataclass(frozen=True, slots=True)
class Outbound:
    """`api` is None where the account or the line's own number is not set. With the store down nothing is sent: nobody
    could tell then how often."""

    store: Store
    api: Api | None
    public_url: str | None

    def text(self, caller: str | None, number: str, words: str, wish: str) -> Outcome:
        """`wish` names the request: the same one delivered twice sends one text, and has one outcome."""
        api = self.api
        if caller is None:
            return Outcome.WITHHELD
        if api is None:
            return Outcome.FAILED
        if self.store.has_stopped(caller):
            return Outcome.STOPPED
        send = self._limited(
            caller, "texts", TEXTS_AN_HOUR, lambda: api.send_text(number, words, self._at("/sms/status"))
        )
        return self._once(caller, wish, TEXT_ONCE, send)

    def call(self, caller: str | None, number: str, path: str, wish: str) -> Outcome:
        """`path` is the action path of the place that is heard first. WITHHELD: there is no way to call."""
        api, address = self.api, self._at(f"/voice/{path}")
        if caller is None or api is None or address is None:
            return Outcome.WITHHELD
        place = self._limited(
            caller, "calls", CALLS_AN_HOUR, lambda: api.place_call(number, address, self._at("/voice/status"))
        )
        return self._once(caller, wish, CALL_ONCE, place)

    def _once(self, caller: str, wish: str, seconds: int, act: Callable[[], Outcome]) -> Outcome:
        before = self.store.outcome_before(caller, wish)
        if before is not None:
            return Outcome(before) if before in {str(one) for one in Outcome} else Outcome.FAILED
        self.store.note_wish(caller, wish, "", seconds)
        outcome = act()
        self.store.note_wish(caller, wish, outcome, seconds)
        return outcome

    def _limited(self, caller: str, kind: str, most: int, act: Callable[[], Outcome]) -> Callable[[], Outcome]:
        def act_if_allowed() -> Outcome:
            allowed = self.store.may(kind, caller, most, HOUR)
            if allowed is None:
                return Outcome.FAILED
            return act() if allowed else Outcome.TOO_MANY

        return act_if_allowed

    def _at(self, path: str) -> str | None:
        return self.public_url + path if self.public_url else None
