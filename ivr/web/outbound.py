"""What the line does of its own accord because a caller asked for it: texts and calls through the carrier's API."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ivr.carrier.rest import Api
from ivr.carrier.twiml import RETRIES
from ivr.memory.store import Claim, Store
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

    def text(self, caller: str | None, number: str, words: str, wish: str, ours: str) -> Outcome:
        """`wish` names the request: the same one delivered twice sends one text, and has one outcome. `ours`: the
        number of the line's that the caller has to do with."""
        api = self.api
        if caller is None:
            return Outcome.WITHHELD
        if api is None:
            return Outcome.FAILED
        return self._met(
            self.store.claim("text", caller, wish, TEXT_ONCE, HOUR, ours),
            TEXTS_AN_HOUR,
            lambda: api.send_text(number, words, self._at("/sms/status")),
            lambda outcome: self.store.note_wish("text", caller, wish, outcome, TEXT_ONCE),
        )

    def call(self, caller: str | None, number: str, path: str, wish: str, ours: str) -> Outcome:
        """`path` is the action path of the place that is heard first. WITHHELD: there is no way to call."""
        api, address = self.api, self._at(f"/voice/{path}{RETRIES}")
        if caller is None or api is None or address is None:
            return Outcome.WITHHELD
        return self._met(
            self.store.claim("call", caller, wish, CALL_ONCE, HOUR, ours),
            CALLS_AN_HOUR,
            lambda: api.place_call(number, address, self._at("/voice/status")),
            lambda outcome: self.store.note_wish("call", caller, wish, outcome, CALL_ONCE),
        )

    def _met(self, claim: Claim, most: int, act: Callable[[], Outcome], note: Callable[[Outcome], None]) -> Outcome:
        """What becomes of a wish, or what became of it before. `most` of its kind are met."""
        if claim.stopped:
            return Outcome.STOPPED
        if claim.before is not None:
            return Outcome(claim.before) if claim.before in {str(one) for one in Outcome} else Outcome.FAILED
        if claim.number is None:
            return Outcome.FAILED
        outcome = act() if claim.number <= most else Outcome.TOO_MANY
        note(outcome)
        return outcome

    def _at(self, path: str) -> str | None:
        return self.public_url + path if self.public_url else None
