"""What goes wrong between a phone and a line."""

FALLS_BACK = {11100, 11200, 11205, 11750, 11770, 12100, 12102, 12300}
"""The codes after which the carrier asks a number's fallback address instead."""
NO_ADDRESS, UNREACHABLE = 11100, 11205


class Refused(Exception):
    """The carrier would not take this answer; `code` is the code it logs, `status` HTTP's where that was no success."""

    def __init__(self, code: int, why: str, status: int | None = None) -> None:
        super().__init__(f"{code}: {why}")
        self.code = code
        self.why = why
        self.status = status


class NotNow(Exception):
    """The caller cannot do this at this point of the call."""
