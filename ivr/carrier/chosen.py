"""Which carrier the line uses. No other module names it."""

from __future__ import annotations

from ivr.carrier.port import Carrier, Documents
from ivr.carrier.twilio.carrier import Twilio
from ivr.carrier.twilio.render import TwiML
from ivr.settings import Settings

DOCUMENTS: Documents = TwiML()
"""For everything that needs no account: the files of a fallback, the address of a webhook."""


def carrier_of(settings: Settings) -> Carrier:
    return Twilio(settings)
