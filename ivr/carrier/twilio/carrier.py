"""Implements `carrier/port.py` for Twilio."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ivr.carrier.account import Registration
from ivr.carrier.port import Delivery
from ivr.carrier.twilio import numbers
from ivr.carrier.twilio.inbound import MEDIA_TYPE, Form, pairs_of
from ivr.carrier.twilio.render import TwiML
from ivr.carrier.twilio.signature import Signature
from ivr.model import Party
from ivr.settings import Settings

if TYPE_CHECKING:
    from ivr.carrier.twilio.account import Account
    from ivr.carrier.twilio.api import Api


class Twilio:
    media_type = MEDIA_TYPE

    def __init__(self, settings: Settings) -> None:
        self.documents = TwiML(settings.reads_ssml)
        token, sid, url = settings.auth_token, settings.account_sid, settings.api_url
        key, secret = settings.api_key or (None, token)
        self._signature = Signature(token, settings.public_url, settings.auth_token_other)
        self.account: Account | None = None
        self.api: Api | None = None
        if sid:
            # Twilio's client brings a second HTTP library of 6 MB, which a line without an account does not need.
            from ivr.carrier.twilio.account import Account  # noqa: PLC0415

            self.account = Account(sid, secret, url, key=key)
        if sid and settings.line_numbers:
            from ivr.carrier.twilio.api import Api  # noqa: PLC0415

            first, *others = settings.line_numbers
            service = settings.messaging_service
            self.api = Api(sid, secret, first, url, key=key, service=service, others=tuple(others))

    def delivery(self, environ: Mapping[str, str], body: str) -> Delivery | None:
        pairs = pairs_of(body)
        return Form(dict(reversed(pairs))) if self._signature.is_valid(environ, pairs) else None

    def party(self, address: str) -> Party:
        return numbers.party(address)

    def can_text(self, address: str) -> bool:
        return numbers.can_text(address)

    def registration(self, number: str) -> Registration | None:
        from ivr.carrier.twilio.registration import registration  # noqa: PLC0415

        return registration(number, self.account)
