"""What can go wrong between a phone and a line."""

FALLS_BACK = {11100, 11200, 11205, 11750, 11770, 12100, 12102, 12300}
"""Codes after which the carrier tries a number's fallback address."""
NO_ADDRESS, UNREACHABLE = 11100, 11205


class Refused(Exception):
    """The carrier would not accept this answer. `code`: the code it logs; `status`: the HTTP status, if it was not a
    success."""

    def __init__(self, code: int, why: str, status: int | None = None) -> None:
        super().__init__(f"{code}: {why}")
        self.code = code
        self.why = why
        self.status = status


class NotNow(Exception):
    """The caller cannot do this at this point in the call."""
