"""A carrier's API that sends nothing: the line's texts and calls arrive at this phone instead.

It implements the part of the carrier's REST API that the line uses, so the line sends as it does with an account.
"""

from __future__ import annotations

import hmac
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ivr.phone.pretend_number import PretendNumber
from ivr.phone.request_fields import API_VERSION, sid

Answer = tuple[dict[str, Any], int]
MOST_KEPT = 100
"""Most texts, and most calls, that wait for someone to look at them; the oldest are dropped."""


class Fate(StrEnum):
    """What happens to a text that the line sends."""

    ARRIVES = "arrives"
    NO_TEXTS = "no-texts"
    """The carrier refuses it at once: the number is a landline."""
    LOST = "lost"
    """The carrier accepts it, and reports later that it was not delivered."""
    DOWN = "down"
    """The carrier's API answers with an error, for calls too."""


_REFUSED: Mapping[Fate, Answer] = {
    Fate.NO_TEXTS: ({"code": 21614, "message": "'To' number is not a valid mobile number", "status": 400}, 400),
    Fate.DOWN: ({"code": 20500, "message": "Internal server error", "status": 503}, 503),
}
UNDELIVERED = "30006"
"""The carrier's code for a landline, or a network that cannot be reached."""


@dataclass(frozen=True)
class Sent:
    """A text, or a ringing call. `report`: where the line wants the outcome reported; empty: nowhere."""

    sid: str
    to: str
    from_: str
    report: str
    words: str = ""
    url: str = ""
    """For a call: where its first document is fetched once it is answered."""
    is_lost: bool = False


class PretendCarrier:
    """`token`: what requests of the account are signed with, and what its API requires. Once it is changed, the old one
    is refused."""

    def __init__(self, account: str, token: str, numbers: Sequence[str] = ()) -> None:
        self.account, self.token = account, token
        self.numbers = tuple(map(PretendNumber, numbers))
        self.fate = Fate.ARRIVES
        self._lock = threading.Lock()
        self._texts: list[Sent] = []
        self._calls: list[Sent] = []

    def knows(self, account: str | None, token: str | None) -> bool:
        given = f"{account}:{token}".encode()
        return hmac.compare_digest(given, f"{self.account}:{self.token}".encode())

    def take_text(self, fields: Mapping[str, str]) -> Answer:
        if self.fate in _REFUSED:
            return _REFUSED[self.fate]
        text = Sent(sid("SM"), *_ends(fields), words=fields.get("Body", ""), is_lost=self.fate is Fate.LOST)
        self._keep(self._texts, text)
        return _made(text, body=text.words)

    def take_call(self, fields: Mapping[str, str]) -> Answer:
        if self.fate is Fate.DOWN:
            return _REFUSED[self.fate]
        call = Sent(sid("CA"), *_ends(fields), url=fields.get("Url", ""))
        self._keep(self._calls, call)
        return _made(call)

    def collect(self, number: str) -> tuple[Sent, ...]:
        """The texts that have arrived for a number since the last call of this method."""
        with self._lock:
            found = tuple(text for text in self._texts if text.to == number)
            self._texts = [text for text in self._texts if text.to != number]
        return found

    def ringing(self, number: str) -> Sent | None:
        with self._lock:
            return next((call for call in self._calls if call.to == number), None)

    def count_ringing(self, number: str) -> int:
        with self._lock:
            return sum(call.to == number for call in self._calls)

    def pick_up(self, name: str) -> Sent | None:
        """Answers a ringing call. None if it is not ringing."""
        with self._lock:
            found = next((call for call in self._calls if call.sid == name), None)
            self._calls = [call for call in self._calls if call.sid != name]
        return found

    def _keep(self, kept: list[Sent], one: Sent) -> None:
        with self._lock:
            kept.append(one)
            del kept[:-MOST_KEPT]


def delivery_fields(text: Sent, account: str) -> dict[str, str]:
    """The fields of a delivery report for a text."""
    status = "undelivered" if text.is_lost else "delivered"
    fields = {"MessageSid": text.sid, "SmsSid": text.sid, "MessageStatus": status, "SmsStatus": status}
    return {**fields, **_both_ends(text, account), **({"ErrorCode": UNDELIVERED} if text.is_lost else {})}


def unanswered_fields(call: Sent, account: str) -> dict[str, str]:
    fields = {"CallSid": call.sid, "CallStatus": "no-answer", "CallDuration": "0", "Direction": "outbound-api"}
    return {**fields, **_both_ends(call, account)}


def answered_fields(call: Sent) -> dict[str, str]:
    """The fields of a call that the line made: the line is the calling side."""
    ends = {"From": call.from_, "Caller": call.from_, "To": call.to, "Called": call.to}
    return {"CallSid": call.sid, "Direction": "outbound-api", **ends}


def _both_ends(one: Sent, account: str) -> dict[str, str]:
    return {"To": one.to, "From": one.from_, "AccountSid": account, "ApiVersion": API_VERSION}


def _ends(fields: Mapping[str, str]) -> tuple[str, str, str]:
    return fields.get("To", ""), fields.get("From", ""), fields.get("StatusCallback", "")


def _made(one: Sent, **more: str) -> Answer:
    return {"sid": one.sid, "status": "queued", "error_code": None, "to": one.to, "from": one.from_, **more}, 201
