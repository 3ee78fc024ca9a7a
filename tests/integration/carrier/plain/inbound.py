"""What it posts: one JSON object, signed over the path and the body."""

from __future__ import annotations

import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass

from carrier.plain.outbound import outcome_of

from ivr.carrier.port import DeliveryReport, EndedCall, InboundCall, InboundText
from ivr.model import DialEnded, Party, Pressed, Silent, Start, Stop

MEDIA_TYPE = "application/json"
SIGNATURE = "X-Plain-Signature"
WISHES: Mapping[str, Stop | Start] = {"stop": Stop(by_carrier=True), "start": Start(by_carrier=True)}


def signature(secret: str, path: str, body: str) -> str:
    return hmac.digest(secret.encode(), f"{path}\n{body}".encode(), "sha256").hex()


def is_signed(environ: Mapping[str, str], body: str, secret: str) -> bool:
    given = environ.get("HTTP_X_PLAIN_SIGNATURE", "")
    path = environ.get("RAW_URI") or environ.get("REQUEST_URI") or environ.get("PATH_INFO", "")
    return hmac.compare_digest(given.encode(), signature(secret, path, body).encode())


def party(address: str) -> Party:
    """It names nobody whose number is not shown, and knows numbers only."""
    number = address if address.startswith("+") and address[1:].isdecimal() else None
    return Party(address, number, withheld=not address)


@dataclass(frozen=True, slots=True)
class Posted:
    fields: Mapping[str, object]

    @classmethod
    def read(cls, body: str) -> Posted:
        try:
            fields = json.loads(body)
        except ValueError:
            fields = None
        return cls(fields if isinstance(fields, dict) else {})

    def call(self) -> InboundCall:
        over = self._text("happened") == "left"
        return InboundCall(self._text("call"), party(self._text("person")), self._text("line"), self._event(), over)

    def ended(self) -> EndedCall:
        seconds = self.fields.get("seconds")
        return EndedCall(party(self._text("person")), seconds if isinstance(seconds, int) else 0)

    def text(self) -> InboundText:
        return InboundText(
            name=self._text("text"),
            sender=party(self._text("person")),
            line=self._text("line"),
            words=self._text("words"),
            has_pictures=bool(self.fields.get("pictures")),
            answered="answered" in self.fields,
            wish=WISHES.get(self._text("answered")),
        )

    def report(self) -> DeliveryReport:
        became = self._text("became")
        return DeliveryReport(party(self._text("person")), None if became in ("", "arrived") else outcome_of(became))

    def _event(self) -> Pressed | Silent | DialEnded:
        match self._text("happened"), self._text("key")[:1]:
            case "key", key if key:
                return Pressed(key)
            case ("talked" | "nobody answered") as ended, _:
                return DialEnded(ended == "talked")
        return Silent()

    def _text(self, name: str) -> str:
        value = self.fields.get(name)
        return value if isinstance(value, str) else ""
