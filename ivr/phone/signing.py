"""How carriers sign their requests to a line."""

from dataclasses import dataclass

from twilio.request_validator import RequestValidator


@dataclass(frozen=True)
class Signing:
    """`header`: the header with the signature. `with_fragment`: whether the signature covers the `#` and what follows
    it, which is never sent."""

    header: str = "X-Twilio-Signature"
    with_fragment: bool = False

    def signed(self, token: str, url: str, fields: dict[str, str]) -> dict[str, str]:
        address = url if self.with_fragment else url.partition("#")[0]
        return {self.header: RequestValidator(token).compute_signature(address, fields)}


TWILIO = Signing()
CARRIERS = {
    "Twilio": TWILIO,
    "Somleng": Signing(with_fragment=True),
    "SignalWire": Signing("X-SignalWire-Signature"),
}
"""Each that is known, by its name. Others sign like one of these."""
