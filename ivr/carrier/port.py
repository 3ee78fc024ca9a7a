"""What a carrier must do for the line: everything that differs between carriers, as plain values.

`web/` and `desk/` use nothing else of a carrier, and only `chosen.py` knows which one it is. To add another, write a
folder beside `twilio/` with these four things: what comes in (Delivery), what is said (Documents), what the line does
of its own accord (Api), and what an operator sets (Account, in `account.py`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from ivr.carrier.account import Account, Registration
from ivr.model import (
    DialEnded,
    Language,
    Outcome,
    Pace,
    Party,
    Pressed,
    Reply,
    Said,
    Silent,
    StandaloneCall,
    Start,
    Stop,
    TextReply,
)

# --- what comes in -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class InboundCall:
    """One request about a call."""

    call: str
    """The carrier's id of the call: the same when a request is delivered again."""
    caller: Party
    """The other party; in a call that the line made, the person called."""
    line: str
    """Our side's number, as the carrier writes it."""
    event: Pressed | Said | Silent | DialEnded
    """What the caller has done since the last answer; meaningless when the call arrives."""
    over: bool
    """Whether the caller has hung up: nobody hears an answer."""
    dialled_seconds: int = 0
    """Duration of the call to a person that has just ended."""


@dataclass(frozen=True, slots=True)
class EndedCall:
    """What the carrier reports once a call is over."""

    caller: Party
    seconds: int


@dataclass(frozen=True, slots=True)
class InboundText:
    name: str
    """The carrier's id of the text: the same when it is delivered again; empty if it has none."""
    sender: Party
    line: str
    """Our side's number, as the carrier writes it."""
    words: str = field(repr=False)
    has_pictures: bool
    answered: bool
    """Whether the carrier has already answered it. Then the line only records what it means."""
    wish: Stop | Start | None
    """What the carrier understood such a text to mean; None for anything else."""


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """What became of a text that the line sent."""

    to: Party
    failed: Outcome | None
    """None while nothing has gone wrong."""


class Delivery(Protocol):
    """A request signed by the carrier. Any content can be read; nothing in it raises."""

    def call(self) -> InboundCall: ...

    def ended(self) -> EndedCall: ...

    def text(self) -> InboundText: ...

    def report(self) -> DeliveryReport: ...


# --- what is said --------------------------------------------------------------------------------------------


class Speaker(Protocol):
    def voice(self, reply: Reply, pace: Pace, action: str, line: str = "") -> str:
        """`action`: where a key, silence or the end of a dialled call goes; copied into the document unchanged. `line`:
        the line's own number, shown to the person dialled when nobody asked for that call; empty if unknown."""
        ...

    def standing(self, call: StandaloneCall, other: str | None = None) -> str:
        """A whole call in one document, for when the line is down. `other`: the file of another language, fetched by
        any key but 0."""
        ...


class Documents(Protocol):
    """What the line answers requests with. Needs no account."""

    @property
    def content_type(self) -> str: ...

    @property
    def suffix(self) -> str:
        """The suffix of files that hold a document, such as .xml."""
        ...

    @property
    def changes_pace(self) -> bool:
        """Whether it can speak slower or faster, and pause. If not, it says the words only."""
        ...

    @property
    def hears(self) -> bool:
        """Whether it can listen to speech while keys are live, and report what was said."""
        ...

    def webhook(self, address: str) -> str:
        """An address of the line in the form that the carrier is given, including whatever makes it retry after a
        fault."""
        ...

    def speaker(
        self,
        languages: Mapping[str, Language],
        helpline: str,
        audio: str = "/audio",
        hints: Mapping[str, Sequence[str]] | None = None,
    ) -> Speaker:
        """`languages` by tag; `helpline`: the number that a caller is connected to; `audio`: what stands before a
        recording's name in its address; `hints`: by language, what callers are likely to say, the likeliest first."""
        ...

    def texts(self, *replies: TextReply) -> str:
        """A document with the replies' `texts`, in order. A reply without words is left out."""
        ...


# --- what the line does of its own accord --------------------------------------------------------------------


class Api(Protocol):
    """Sends and calls from `ours` (in the carrier's form) if it is one of the line's numbers, otherwise from the first
    of them. Each is attempted once; none raises, or takes longer than `time_limit`. Thread-safe."""

    @property
    def time_limit(self) -> float:
        """Seconds."""
        ...

    def send_text(self, to: str, words: str, status_url: str | None, ours: str = "") -> Outcome:
        """`status_url`: where the carrier reports the outcome."""
        ...

    def place_call(self, to: str, url: str, status_url: str | None, ours: str = "") -> Outcome:
        """`url`: where the carrier fetches the first document once somebody has answered."""
        ...


# --- all of it -----------------------------------------------------------------------------------------------


class Carrier(Protocol):
    """Created from the settings of a line."""

    @property
    def documents(self) -> Documents: ...

    @property
    def media_type(self) -> str:
        """The type of the bodies that it posts, such as application/json. Bodies of other types are rejected."""
        ...

    def delivery(self, environ: Mapping[str, str], body: str) -> Delivery | None:
        """None if the carrier has not signed the request. `environ`: from WSGI, with the raw path if the server
        provides it."""
        ...

    def party(self, address: str) -> Party:
        """Whose address it is, and whether many people share it."""
        ...

    def can_text(self, address: str) -> bool:
        """Whether the address can send texts: a phone number, or a chat. Short codes are left to the line."""
        ...

    @property
    def api(self) -> Api | None:
        """None if the settings lack the account or the number to use."""
        ...

    @property
    def account(self) -> Account | None:
        """None if the settings lack the account."""
        ...

    def registration(self, number: str) -> Registration | None:
        """None if only the account can tell, and it is not set."""
        ...
