"""All of it: see `ivr/carrier/port.py`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from carrier.plain import inbound
from carrier.plain.documents import Documents
from carrier.plain.outbound import Account, Api

from ivr.carrier.account import Registration
from ivr.carrier.port import Delivery
from ivr.model import Party
from ivr.settings import Settings


@dataclass(frozen=True)
class Plain:
    secret: str
    api: Api | None
    account: Account | None
    documents = Documents()
    media_type = inbound.MEDIA_TYPE

    @classmethod
    def of(cls, settings: Settings) -> Plain:
        token, address, line = settings.auth_token, settings.api_url, settings.line_number
        api = Api(address, token, line) if address and line else None
        return cls(token, api, Account(address, token) if address else None)

    def delivery(self, environ: Mapping[str, str], body: str) -> Delivery | None:
        return inbound.Posted.read(body) if inbound.is_signed(environ, body, self.secret) else None

    def party(self, address: str) -> Party:
        return inbound.party(address)

    def can_text(self, address: str) -> bool:
        return inbound.party(address).number is not None

    def registration(self, number: str) -> Registration | None:
        return Registration(True, f"nobody has to register {number} here")
