"""Twilio as a carrier of the line: see `carrier/port.py`."""

from __future__ import annotations

from collections.abc import Mapping

from ivr.carrier.port import Carrier, Delivery
from ivr.carrier.twilio.inbound import MEDIA_TYPE, Form, pairs_of
from ivr.carrier.twilio.numbers import can_text, party
from ivr.carrier.twilio.signature import Signature
from ivr.model import Party
from ivr.settings import Settings


class Twilio(Carrier):
    def __init__(self, settings: Settings) -> None:
        self._signature = Signature(settings.auth_token, settings.public_url, settings.auth_token_other)

    @property
    def media_type(self) -> str:
        return MEDIA_TYPE

    def delivery(self, environ: Mapping[str, str], body: str) -> Delivery | None:
        pairs = pairs_of(body)
        return Form(dict(reversed(pairs))) if self._signature.is_valid(environ, pairs) else None

    def party(self, address: str) -> Party:
        return party(address)

    def can_text(self, address: str) -> bool:
        return can_text(address)
