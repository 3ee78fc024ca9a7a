"""What goes wrong between a phone and a line."""


class Refused(Exception):
    """The carrier would not take this answer; `code` is the code it logs."""

    def __init__(self, code: int, why: str) -> None:
        super().__init__(f"{code}: {why}")
        self.code = code
        self.why = why


class NotNow(Exception):
    """The caller cannot do this at this point of the call."""
