"""The carrier's REST API: sends a text, places a call. One attempt each, within a time limit, and what came of it.

Nothing is kept between two attempts, no client and no connection: they cost nothing to make next to a request, nothing
is shared by threads or survives a fork, and no text is lost on a connection that the carrier has closed meanwhile.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

from twilio.base.exceptions import TwilioRestException, TwilioServiceException
from twilio.http.response import Response
from twilio.rest import Client

from ivr.carrier.breaker import Breaker, LeftAlone
from ivr.carrier.exchange import Exchange, NoRoom, Room, basic
from ivr.model import Outcome

MOST_AT_ONCE = 4
"""Requests that wait for the API in one process, and so threads of it: `gunicorn.conf.py` has three times as many."""

REPORTS_OF_FAILURE = frozenset({"failed", "undelivered"})

log = logging.getLogger(__name__)
"""Gets codes of the carrier and names of exceptions, never their texts: those hold numbers and words."""


CODES: Mapping[Outcome, tuple[int, ...]] = {
    # Not a mobile number (21614), a landline (21635, 30006), a short code (21265), no route (21612), blocked (30004).
    Outcome.NO_TEXTS: (21265, 21612, 21614, 21635, 30004, 30006),
    Outcome.STOPPED: (21610,),
    # The account is not active (10001, 20005, 30002, 90010). 20003 is given for wrong credentials and for a suspended
    # or closed account alike, so they cannot be told apart. A trial account, or one without a profile, reaches verified
    # numbers only (10002, 21219, 21608, 572002, 572005, 573002, 573005). An act, a country or a number is not allowed
    # (20006, 20010, 21215, 21216, 21408). The number that it comes from is not the account's (21210, 21606, 21659,
    # 21660) or not registered (30032, 30034). Last, HTTP's own words for all of this, where no code comes with them.
    Outcome.NO_CREDIT: (
        *(10001, 10002, 20003, 20005, 20006, 20010, 21210, 21215, 21216, 21219, 21408, 21606, 21608, 21659, 21660),
        *(30002, 30032, 30034, 90010, 572002, 572005, 573002, 573005),
        *(401, 402, 403),
    ),
    # Missing (21201), invalid (21211, 21217, 21401), unreachable (21214), the line's own (21266), unknown (30005).
    Outcome.BAD_NUMBER: (21201, 21211, 21214, 21217, 21266, 21401, 30005),
    # Too many calls (10004), requests (20429), texts to one number (14107), in the queue (21611, 30001), or within the
    # limits of carriers (30022, 30023, 30027) and of the account (63038).
    Outcome.BUSY: (10004, 14107, 20429, 21611, 30001, 30022, 30023, 30027, 63038, 429),
}
_BY_CODE = {str(code): outcome for outcome, codes in CODES.items() for code in codes}


def outcome_of(error_code: str | None, status: str) -> Outcome | None:
    """What a delivery report says. None: nothing has gone wrong so far."""
    return _by_code(error_code) if status in REPORTS_OF_FAILURE else None


def _by_code(*codes: object) -> Outcome:
    """The first code that is known counts. They come from outside: any value may be among them."""
    return next((_BY_CODE[str(code)] for code in codes if str(code) in _BY_CODE), Outcome.FAILED)


@dataclass(frozen=True, slots=True)
class Api:
    """The account, and the number of the line that texts and calls come from. Where the API hangs, only a few wait for
    it, and soon nobody for a while (`breaker`): the others have BUSY at once. `address`: where another carrier's API
    is; None: at Twilio's. `time_limit`: seconds for all of a request, from looking up the name to the last byte."""

    account_sid: str
    token: str = field(repr=False)
    line_number: str
    address: str | None
    time_limit: float = 5.0
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
            made = act(Client(self.account_sid, self.token, http_client=_Http(self)))
            outcome = outcome_of(getattr(made, "error_code", None), made.status) if made.sid else Outcome.FAILED
            return outcome or Outcome.SENT
        except (TwilioRestException, TwilioServiceException) as refusal:
            outcome = _by_code(refusal.code, refusal.status)
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


@dataclass(frozen=True, slots=True)
class _Http:
    """What the library sends its requests with. Its own has a time limit for each read only, and logs addresses."""

    api: Api

    def request(
        self, method: str, uri: str, *, data: Mapping[str, Any], headers: Mapping[str, str], auth: Any, **_: object
    ) -> Response:
        """`uri` is at Twilio's; only what follows the host counts if the API is elsewhere."""
        api = self.api
        url = uri if api.address is None else api.address.rstrip("/") + urlsplit(uri).path
        signed = {**headers, **basic(*auth)}
        exchange = Exchange(method, url, urlencode(data, doseq=True), signed, api.time_limit)
        answer = api.breaker.call(lambda: exchange.answer(api.room))
        return Response(answer.status, answer.body)
