"""What a carrier must do for the line: everything that differs between carriers, as plain values.

`web/` and `desk/` ask nothing else of a carrier, and `chosen.py` alone knows which one it is. To bring another, write a
folder beside `twilio/` that has these four things: what comes in (Delivery), what is said (Documents), what the line
does of its own accord (Api), and what an operator sets (Account).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

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
from ivr.settings import CannotStart

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
    event: Pressed | Said | Silent | DialEnded
    """What the caller did since the last answer; of no account when the call arrives."""
    over: bool
    """Whether the caller has left: nobody hears an answer."""
    dialled_seconds: int = 0
    """Of the call to a person that has just ended."""


@dataclass(frozen=True, slots=True)
class EndedCall:
    """What the carrier tells once a call is over."""

    caller: Party
    seconds: int


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
    wish: Stop | Start | None
    """What the carrier took such a text for; None for anything else."""


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """What became of a text that the line sent."""

    to: Party
    failed: Outcome | None
    """None while nothing has gone wrong."""


class Delivery(Protocol):
    """A request that the carrier has signed. Whatever stands in it, it is read as something."""

    def call(self) -> InboundCall: ...

    def ended(self) -> EndedCall: ...

    def text(self) -> InboundText: ...

    def report(self) -> DeliveryReport: ...


# --- what is said --------------------------------------------------------------------------------------------


class Speaker(Protocol):
    def voice(self, reply: Reply, pace: Pace, action: str, line: str = "") -> str:
        """`action` is where a key, silence or the end of a dialled call goes; it stands in the document as it is.
        `line`: the line's own number, which a call shows that nobody asked for; empty where it is not known."""
        ...

    def standing(self, call: StandaloneCall, other: str | None = None) -> str:
        """A whole call in one document, for when the line is down. `other`: the file of another language, got at any
        key but 0."""
        ...


class Documents(Protocol):
    """What the line answers with. Needs no account."""

    @property
    def content_type(self) -> str: ...

    @property
    def suffix(self) -> str:
        """Of the name of a file that holds one, such as .xml."""
        ...

    @property
    def changes_pace(self) -> bool:
        """Whether it can say words slower or faster, and leave quiet between them. One that cannot says the words."""
        ...

    @property
    def hears(self) -> bool:
        """Whether it can listen to words while keys are live, and tell the line what was said."""
        ...

    def webhook(self, address: str) -> str:
        """An address of the line's as the carrier is told it, with whatever makes it try again after a fault."""
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
        """A reply without text is none."""
        ...


# --- what the line does of its own accord --------------------------------------------------------------------


class Api(Protocol):
    """Sends and calls from `ours`, as the carrier writes it, where that is one of the line's numbers, else from the
    first of them. One attempt each; none raises, or holds anybody up for longer than
    `time_limit`. Safe for threads."""

    @property
    def time_limit(self) -> float:
        """Seconds."""
        ...

    def send_text(self, to: str, words: str, status_url: str | None, ours: str = "") -> Outcome:
        """`status_url`: where the carrier reports what became of it."""
        ...

    def place_call(self, to: str, url: str, status_url: str | None, ours: str = "") -> Outcome:
        """`url`: where the carrier gets its first document from, once somebody has answered."""
        ...


# --- what an operator sets -----------------------------------------------------------------------------------


class CarrierRefuses(CannotStart):
    """The text says what the carrier's API would not do, and what the operator can."""


class CannotTell(CarrierRefuses):
    """The carrier's API knows nothing of the kind."""


@dataclass(frozen=True, slots=True)
class OwnNumber:
    """A number of the account."""

    sid: str
    """The carrier's own name of it."""
    number: str
    settings: Mapping[str, str]
    """What decides where its calls and texts go, by the carrier's names: those that it tells, empty if not set."""
    names: tuple[str, ...]
    """Of all such settings, in the order in which they are shown."""
    cannot: tuple[str, ...] = ()
    """Which of `calls` and `texts` the number does not take at all."""


@dataclass(frozen=True, slots=True)
class MessagingService:
    """What a carrier has put over some numbers: it may decide where their texts go, whatever each number says."""

    sid: str
    name: str
    numbers: tuple[str, ...]
    """All that are in it."""
    leads_to: str | None
    """Where it sends texts; empty: nowhere; None: where each number says."""
    campaigns: tuple[str, ...] = ()
    """How far each registration of its texts with the networks has come, in the carrier's words."""


@dataclass(frozen=True, slots=True)
class Webhooks:
    """Where the calls and texts of a number are to go. What is None is left as it is."""

    voice: str
    voice_ended: str
    text: str
    voice_fallback: str | None = None
    text_fallback: str | None = None


@dataclass(frozen=True, slots=True)
class Registration:
    """Whether networks let the texts of a number through, as far as the carrier tells."""

    is_through: bool | None
    """None: nobody can tell from here."""
    seen: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class ReceivedText:
    """One that the carrier lists afterwards."""

    sender: Party
    to: str
    words: str = field(repr=False)
    at: datetime


class Account(Protocol):
    """Whatever cannot be done raises CarrierRefuses."""

    def number(self, number: str) -> OwnNumber: ...

    def settings_for(self, webhooks: Webhooks) -> Mapping[str, str]:
        """By the carrier's names; empty for what would lead calls or texts elsewhere."""
        ...

    def set_number(self, number: OwnNumber, settings: Mapping[str, str]) -> None: ...

    def service_of(self, number: OwnNumber) -> MessagingService | None:
        """The one that the number is in. Raises CannotTell where the carrier has none."""
        ...

    def let_numbers_decide(self, service: MessagingService, decide: bool) -> None:
        """Where their texts go. False: the service decides again."""
        ...

    def received(self, number: str, since: datetime) -> list[ReceivedText]:
        """The texts that a number has got, the oldest first: all of them, or it raises."""
        ...


# --- all of it -----------------------------------------------------------------------------------------------


class Carrier(Protocol):
    """Made from the settings of a line."""

    @property
    def documents(self) -> Documents: ...

    @property
    def media_type(self) -> str:
        """Of the bodies that it posts, such as application/json. A body of another type is none."""
        ...

    def delivery(self, environ: Mapping[str, str], body: str) -> Delivery | None:
        """None where it is not the carrier who has signed this. `environ`: of WSGI, with the raw path where the server
        tells it."""
        ...

    def party(self, address: str) -> Party:
        """Who has such an address, and whether it is one that many share."""
        ...

    def can_text(self, address: str) -> bool:
        """Whether a text may come from it: a phone number, or a chat. Of short codes the line knows by itself."""
        ...

    @property
    def api(self) -> Api | None:
        """None where the settings do not say which account and number to use."""
        ...

    @property
    def account(self) -> Account | None:
        """None where the settings do not say which account."""
        ...

    def registration(self, number: str) -> Registration | None:
        """None where only the account tells, and it is not set."""
        ...
