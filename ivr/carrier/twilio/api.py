"""The carrier's REST API: sends a text, places a call. One attempt each, within a time limit, and what came of it.

Nothing is kept between two attempts, no client and no connection: they cost nothing to make next to a request, nothing
is shared by threads or survives a fork, and no text is lost on a connection that the carrier has closed meanwhile.
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
from ivr.model import Outcome

MOST_AT_ONCE = 4
"""Requests that wait for the API in one process, and so threads of it: `gunicorn.conf.py` has three times as many."""

log = logging.getLogger(__name__)
"""Gets codes of the carrier and names of exceptions, never their texts: those hold numbers and words."""


@dataclass(frozen=True, slots=True)
class Api:
    """Where the API hangs, only a few wait for it, and soon nobody for a while: the others have BUSY at once."""

    account_sid: str
    token: str = field(repr=False)
    line_number: str
    """The number of the line that texts and calls come from."""
    address: str | None
    """Where another carrier's API is; None: at Twilio's."""
    time_limit: float = 5.0
    """Seconds for all of a request, from looking up the name to the last byte."""
    room: Room = field(default_factory=lambda: Room(MOST_AT_ONCE), repr=False, compare=False)
    breaker: Breaker = field(default_factory=Breaker, repr=False, compare=False)

    def send_text(self, to: str, words: str, status_url: str | None) -> Outcome:
        """`status_url`: where the carrier reports what became of it."""
        return self._attempt(
            lambda client: client.messages.create(to=to, from_=self.line_number, body=words, status_callback=status_url)
        )

    def place_call(self, to: str, url: str, status_url: str | None) -> Outcome:
        """`url`: where the carrier gets its first document from, once somebody has answered."""
        return self._attempt(
            lambda client: client.calls.create(to=to, from_=self.line_number, url=url, status_callback=status_url)
        )

    def _attempt(self, act: Callable[[Client], Any]) -> Outcome:
        try:
            made = act(
                Client(
                    self.account_sid,
                    self.token,
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
            # The library trusts an answer to be well made: from one that is not, anything at all may be raised.
            log.warning("The carrier's API failed: %s", type(error).__name__)
            return Outcome.FAILED


def _printable(code: object) -> str:
    """A code that may be one; nothing as long as a phone number."""
    return str(code) if isinstance(code, int) and 0 < code < 1_000_000 else "unknown"
