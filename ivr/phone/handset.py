"""A phone that reaches the line as people do: through the carrier, signed, over HTTP or in the same process.

call = Handset(line="http://127.0.0.1:8000", token="...").call()
call.press("1")
print(call.said)
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from ivr.phone.call import Call
from ivr.phone.fragments import Fragments, count_fragments
from ivr.phone.leg import Number
from ivr.phone.refused import NotNow, Refused
from ivr.phone.request_fields import call_fields, text_fields, with_overrides
from ivr.phone.signing import TWILIO, Signing
from ivr.phone.sounds import Audible, CallerWords, Item, KeyPress, Moment, Silence, Sound, Speech, Talk, Wait
from ivr.phone.texting import TextsReceived, send_text
from ivr.phone.transport import Transport
from ivr.phone.verbs import Dial, Gather
from ivr.phone.wire import HTTP, Wire

__all__ = [
    "Audible",
    "Call",
    "CallerWords",
    "Dial",
    "Fragments",
    "Gather",
    "Handset",
    "Item",
    "KeyPress",
    "Moment",
    "NotNow",
    "Refused",
    "Silence",
    "Sound",
    "Speech",
    "Talk",
    "TextsReceived",
    "Wait",
    "count_fragments",
]


@dataclass(frozen=True)
class Handset:
    """`line` is where to connect; `public_url` the address that the carrier knows and signs, if that is another.

    `voice_url` and `text_url`: what a call requests first and where a text is sent, below that address. The fallbacks
    are whole addresses of files, fetched if the line fails. `time_limit`: seconds for each answer of the line,
    connecting included. `signing`: how the carrier signs. `transport`: how the line is reached; with Wsgi (wsgi.py),
    `line` is only its name.
    """

    line: str = "http://127.0.0.1:8000"
    token: str = ""
    number: str = "+12025550143"
    line_number: str = "+18005550199"
    account_sid: str = "AC" + "0123456789abcdef" * 2
    public_url: str | None = None
    voice_url: str = "/voice"
    text_url: str = "/sms"
    fallback_url: str | None = None
    text_fallback_url: str | None = None
    time_limit: float = 15.0
    status_callbacks: bool = True
    signing: Signing = TWILIO
    transport: Transport = HTTP
    transcripts: Mapping[str, str] = field(default_factory=dict)
    """The words of recordings, by the ending of their addresses."""

    def call(self, pressed: str | None = None, **fields: str | None) -> Call:
        """`pressed`: keys sent with the first request, as if the call had begun before. `fields` override the carrier's
        own in every request of this call; None removes a field."""
        if pressed is not None:
            fields["Digits"] = pressed
        carrier_fields = call_fields(
            fields.get("From") or self.number, fields.get("To") or self.line_number, self.account_sid
        )
        number = Number(self._wire(), self.voice_url, self.fallback_url, self.status_callbacks, self.transcripts)
        return Call(number, with_overrides(carrier_fields, fields))

    def text(self, words: str, media: int = 0, opt_out: str | None = None, **fields: str | None) -> TextsReceived:
        """`media`: how many pictures come with the words. `opt_out`: how the carrier understood the text, which it has
        then answered."""
        if opt_out is not None:
            fields["OptOutType"] = opt_out
        carrier_fields = text_fields(words, media, self.number, self.line_number, self.account_sid)
        return send_text(self._wire(), self.text_url, with_overrides(carrier_fields, fields), self.text_fallback_url)

    def report(self, url: str, fields: Mapping[str, str]) -> None:
        """Reports to the line the outcome of something that it sent. Raises Refused."""
        self._wire().post(url, fields)

    def calling_from(self, number: str) -> "Handset":
        return replace(self, number=number)

    def _wire(self) -> Wire:
        line = self.line.rstrip("/")
        public_url = (self.public_url or line).rstrip("/")
        return Wire(line, public_url, self.token, self.time_limit, self.signing, self.transport)
