"""Texts and calls that a caller asked for, made through the carrier's API."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from threading import BoundedSemaphore

from ivr.carrier.port import Api, Carrier
from ivr.memory.store import Claim, Store
from ivr.model import Outcome
from ivr.web.figures import Figures

HOUR = 3600
TEXTS_AN_HOUR = 5
CALLS_AN_HOUR = 2
FOLLOWERS = 2
"""How many repeated deliveries may wait at once, in one process, for the outcome of the first one."""
LOOKS = 0.1
"""Seconds between two looks for that outcome."""
TEXT_ONCE, CALL_ONCE = 20, 600
"""Seconds within which the same request counts as one wish that was delivered twice. Pressing 9 again at the same place
after that is a new wish."""


@dataclass(frozen=True, slots=True)
class Outbound:
    """Sends nothing while the store is down, because the limits could not be enforced."""

    store: Store
    carrier: Carrier
    public_url: str | None
    figures: Figures = field(default_factory=Figures, repr=False)
    _following: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(FOLLOWERS), init=False, repr=False)

    def text(self, caller: str | None, number: str, texts: Sequence[str], wish: str, ours: str) -> Outcome:
        """`texts` are sent in order, up to the first that fails. `wish` identifies the request: delivered twice, it is
        sent once and has one outcome. `ours`: which of the line's numbers the caller is using."""
        api = self.carrier.api
        if caller is None:
            return Outcome.WITHHELD
        if api is None:
            return Outcome.FAILED
        claim = self.store.claim("text", caller, wish, TEXT_ONCE, HOUR, ours)
        return self._before(claim, lambda: self.store.became("text", caller, wish)) or self._met(
            claim,
            TEXTS_AN_HOUR,
            lambda: self._sent(api, number, texts, ours),
            lambda outcome: self._note("text", caller, wish, outcome, TEXT_ONCE),
        )

    def _sent(self, api: Api, number: str, texts: Sequence[str], ours: str) -> Outcome:
        outcome = Outcome.FAILED
        for words in texts:
            send = partial(api.send_text, number, words, self._at("/sms/status"), ours)
            if (outcome := self.figures.asked("text", send)) is not Outcome.SENT:
                break
        return outcome

    def call(self, caller: str | None, number: str, path: str, wish: str, ours: str) -> Outcome:
        """`path`: the action path of the position that is heard first. The outcome is WITHHELD if the number cannot be
        called."""
        api, address = self.carrier.api, self._at(self.carrier.documents.webhook(f"/voice/{path}"))
        if caller is None or api is None or address is None:
            return Outcome.WITHHELD
        claim = self.store.claim("call", caller, wish, CALL_ONCE, HOUR, ours)
        return self._before(claim, lambda: self.store.became("call", caller, wish)) or self._met(
            claim,
            CALLS_AN_HOUR,
            lambda: self.figures.asked(
                "call", lambda: api.place_call(number, address, self._at("/voice/status"), ours)
            ),
            lambda outcome: self._note("call", caller, wish, outcome, CALL_ONCE),
        )

    def _before(self, claim: Claim, look: Callable[[], str | None]) -> Outcome | None:
        """The outcome of the same wish if it was delivered before; None if it is new. While the first delivery is still
        under way this waits for its outcome, so that both say the same."""
        if claim.before is None:
            return None
        return _outcome(claim.before or self._followed(look))

    def _followed(self, look: Callable[[], str | None]) -> str | None:
        """The outcome; None if that takes too long, or if too many are waiting already."""
        api = self.carrier.api
        if api is None or not self._following.acquire(blocking=False):
            return None
        try:
            until, became = time.monotonic() + api.time_limit + 1, look()
            while became == "" and time.monotonic() < until:
                time.sleep(LOOKS)
                became = look()
            return became
        finally:
            self._following.release()

    def _met(self, claim: Claim, most: int, act: Callable[[], Outcome], note: Callable[[Outcome], None]) -> Outcome:
        """The outcome of a new wish. At most `most` of its kind are carried out."""
        if claim.stopped:
            return Outcome.STOPPED
        if claim.number is None:
            return Outcome.FAILED
        outcome = act() if claim.number <= most else Outcome.TOO_MANY
        note(outcome)
        return outcome

    def _note(self, kind: str, caller: str, wish: str, outcome: Outcome, once: int) -> None:
        self.store.note_wish(kind, caller, wish, outcome, once)
        if outcome is Outcome.BUSY:
            self.store.uncount(kind, caller)

    def _at(self, path: str) -> str | None:
        return self.public_url + path if self.public_url else None


def _outcome(noted: str | None) -> Outcome:
    """Reads an outcome as the store holds it."""
    return Outcome(noted) if noted in {str(one) for one in Outcome} else Outcome.FAILED
