"""What a carrier must do for the line: all that another one does in another way, as plain values.

`web/` asks nothing else of a carrier, and `carrier/chosen.py` alone knows which one it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from ivr.model import Act, DialEnded, Outcome, Party, Pressed, Silent

# --- what comes in -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class InboundCall:
    """One request of a call."""

    call: str
    """The carrier's own name of the call: the same when a request is delivered again."""
    caller: Party
    """The other side; in a call that the line made, whom it called."""
    line: str
    """Our side's number, as the carrier writes it."""
    event: Pressed | Silent | DialEnded
    """What the caller did since the last answer; of no account when the call arrives."""
    over: bool
    """Whether the caller has left: nobody hears an answer."""


@dataclass(frozen=True, slots=True)
class InboundText:
    name: str
    """The carrier's own name of the text: the same when it is delivered again; empty if it has none."""
    sender: Party
    line: str
    """Our side's number, as the carrier writes it."""
    words: str = field(repr=False)
    has_pictures: bool
    answered: bool
    """Whether the carrier has answered it already. Only what it means is kept then."""
    wish: Act | None
    """What the carrier took such a text for: STOP, START, or None for anything else."""


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a text that the line sent. `failed`: None while nothing has gone wrong."""

    to: Party
    failed: Outcome | None


class Delivery(Protocol):
    """A request that the carrier has signed. Whatever stands in it, it is read as something."""

    def call(self) -> InboundCall: ...

    def text(self) -> InboundText: ...

    def report(self) -> Report: ...


class Carrier(Protocol):
    @property
    def media_type(self) -> str:
        """Of the bodies that it posts, such as application/json. A body of another type is none."""
        ...

    def delivery(self, environ: Mapping[str, str], body: str) -> Delivery | None:
        """None where it is not the carrier who has signed this. `environ`: of WSGI, with the raw path where the server
        tells it."""
        ...

    def party(self, address: str) -> Party:
        """Who has such an address: for what an operator types, and for texts that are listed afterwards."""
        ...

    def can_text(self, address: str) -> bool:
        """Whether a text may come from it: a phone number, or a chat. Of short codes the line knows by itself."""
        ...
