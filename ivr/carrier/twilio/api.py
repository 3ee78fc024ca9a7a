"""The carrier's REST API: sends a text, places a call. Each is attempted once, within a time limit, and its outcome
returned.

No client or connection is kept between attempts: compared with a request they cost nothing to create, nothing is shared
between threads or survives a fork, and no text is lost on a connection that the carrier has closed meanwhile.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from twilio.base.exceptions import TwilioRestException, TwilioServiceException
from twilio.rest import Client

from ivr.carrier.breaker import Breaker, LeftAlone
from ivr.carrier.exchange import NoRoom, Room
from ivr.carrier.twilio.codes import by_code, outcome_of
from ivr.carrier.twilio.http import BoundedHttp
from ivr.carrier.twilio.numbers import party
from ivr.model import Outcome

MOST_AT_ONCE = 4
"""Most requests that wait for the API in one process, each in a thread: `gunicorn.conf.py` has three times as many."""

log = logging.getLogger(__name__)
"""Gets the carrier's codes and the names of exceptions, never their messages: those contain numbers and words."""


@dataclass(frozen=True, slots=True)
class Api:
    """If the API hangs, only a few requests wait for it, and after that none for a while: the others get BUSY at
    once."""

    account_sid: str
    token: str = field(repr=False)
    line_number: str
    """The number that texts and calls come from."""
    address: str | None
    """The base address of another carrier's API; None: Twilio's."""
    time_limit: float = 5.0
    """Seconds for a whole request, from the name lookup to the last byte."""
    room: Room = field(default_factory=lambda: Room(MOST_AT_ONCE), repr=False, compare=False)
    breaker: Breaker = field(default_factory=Breaker, repr=False, compare=False)
    key: str | None = None
    """The API key whose secret `token` is; None: `token` is the account's own."""
    service: str | None = None
    """The Messaging Service that sends the texts."""
    others: tuple[str, ...] = ()
    """Further numbers of the line."""

    def send_text(self, to: str, words: str, status_url: str | None, ours: str = "") -> Outcome:
        """Names the number even with a service, which would otherwise choose any of its own."""
        more = {"messaging_service_sid": self.service} if self.service else {}
        sender = self._number(ours)
        return self._attempt(
            lambda client: client.messages.create(to=to, from_=sender, body=words, status_callback=status_url, **more)
        )

    def place_call(self, to: str, url: str, status_url: str | None, ours: str = "") -> Outcome:
        sender = self._number(ours)
        return self._attempt(
            lambda client: client.calls.create(to=to, from_=sender, url=url, status_callback=status_url)
        )

    def _number(self, ours: str) -> str:
        """The line's number that the caller used, whichever channel its address is of."""
        number = party(ours).number
        return number if number in self.others else self.line_number

    def _attempt(self, act: Callable[[Client], Any]) -> Outcome:
        try:
            made = act(
                Client(
                    self.key or self.account_sid,
                    self.token,
                    self.account_sid,
                    http_client=BoundedHttp(self.address, self.time_limit, self.room, self.breaker.call),
                )
            )
            outcome = outcome_of(getattr(made, "error_code", None), made.status) if made.sid else Outcome.FAILED
            return outcome or Outcome.SENT
        except (TwilioRestException, TwilioServiceException) as refusal:
            outcome = by_code(refusal.code, refusal.status)
            log.warning("The carrier's API refused: %s, code %s", outcome, _printable(refusal.code))
            return outcome
        except (NoRoom, LeftAlone) as reason:
            log.warning("The carrier's API was not asked: %s", type(reason).__name__)
            return Outcome.BUSY
        except Exception as error:
            # The library trusts answers to be well formed: a malformed one may make it raise anything.
            log.warning("The carrier's API failed: %s", type(error).__name__)
            return Outcome.FAILED


def _printable(code: object) -> str:
    """The code if it looks like one; never anything as long as a phone number."""
    return str(code) if isinstance(code, int) and 0 < code < 1_000_000 else "unknown"
