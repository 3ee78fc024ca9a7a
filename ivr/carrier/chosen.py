"""Which carrier the line has: the one place that names it."""

from __future__ import annotations

from ivr.carrier.port import Carrier
from ivr.carrier.twilio.carrier import Twilio
from ivr.settings import Settings


def carrier_of(settings: Settings) -> Carrier:
    return Twilio(settings)
