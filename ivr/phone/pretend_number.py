"""A number at the pretend carrier: where its calls and texts go, as whoever owns it has set that."""

import re
from collections.abc import Mapping

from ivr.phone.request_fields import sid

SETTINGS = {
    **dict.fromkeys(("voice_method", "voice_fallback_method", "status_callback_method"), "POST"),
    **dict.fromkeys(("sms_method", "sms_fallback_method"), "POST"),
    **dict.fromkeys(("voice_url", "voice_fallback_url", "status_callback", "sms_url", "sms_fallback_url"), ""),
    **dict.fromkeys(("voice_application_sid", "sms_application_sid", "trunk_sid"), ""),
}
"""By the names under which the carrier reports them. A number that has just been bought leads nowhere."""


class PretendNumber:
    def __init__(self, number: str) -> None:
        self.number, self.sid = number, sid("PN")
        self.settings = dict(SETTINGS)

    def told(self) -> dict[str, object]:
        capabilities = {"voice": True, "sms": True}
        return {"sid": self.sid, "phone_number": self.number, "capabilities": capabilities, **self.settings}

    def set(self, fields: Mapping[str, str]) -> None:
        """`fields` by the names under which they are set, such as VoiceUrl. Others are dropped, as the carrier does."""
        given = {_as_told(name): value for name, value in fields.items()}
        self.settings |= {name: value for name, value in given.items() if name in self.settings}


def _as_told(name: str) -> str:
    return re.sub(r"(?<!^)([A-Z])", r"_\1", name).lower()
