"""What reaches the line."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from ivr.model.effects import Start, Stop
from ivr.model.state import State


@dataclass(frozen=True, slots=True)
class Party:
    """Who is at the other end of a call or a text, according to the carrier."""

    address: str = field(repr=False)
    """As received; an answer goes to it. A phone number, a short code, a name, or the address of a chat."""
    number: str | None = field(repr=False)
    """The phone number that the address is or contains, in E.164; None if there is none."""
    withheld: bool = False
    """Whether many people share this address, because it stands for withheld numbers."""
    set_aside: bool = False
    """Whether the number is assigned to nobody: somebody is trying the line, and is not counted as a caller."""
    stops_at_carrier: bool = True
    """Whether the carrier itself answers STOP, START and HELP from this address, if it answers them at all."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """A call comes in. `remembered`: where this caller's last call stopped; `lost`: a text that was asked for in it was
    lost; `text_language`: the language of the last answer by text, empty if there is none."""

    remembered: State | None = None
    lost: bool = False
    text_language: str = ""


@dataclass(frozen=True, slots=True)
class Pressed:
    key: str


@dataclass(frozen=True, slots=True)
class Said:
    """What the caller said instead of pressing a key, as the carrier's recogniser wrote it down."""

    words: str = field(repr=False)
    confidence: float | None = None
    """The recogniser's confidence, from 0 to 1; None: unknown."""


@dataclass(frozen=True, slots=True)
class Silent:
    pass


@dataclass(frozen=True, slots=True)
class DialEnded:
    """The call to a person is over; `talked`: False if nobody answered."""

    talked: bool


class Outcome(StrEnum):
    """What became of a text that the line sent, or of a call that it made."""

    SENT = "sent"
    """The carrier has accepted it. A delivery report may say otherwise later."""
    WITHHELD = "withheld"
    """There is no number to send it to."""
    NO_TEXTS = "no-texts"
    """The number cannot receive texts: a landline, a short code, or a carrier that blocks them."""
    BAD_NUMBER = "bad-number"
    STOPPED = "stopped"
    """The number has texted STOP to the line; only its START changes that."""
    NO_CREDIT = "no-credit"
    """The operator's account is not allowed to: suspended, out of credit, on trial, not registered, or wrong
    credentials."""
    TOO_MANY = "too-many"
    """The caller has had as many as the line allows in an hour."""
    BUSY = "busy"
    """Too much at once for the carrier or the line: nothing was sent, and trying later may work."""
    FAILED = "failed"
    """Anything else: the API or the store is down or slow, or the code is unknown."""


@dataclass(frozen=True, slots=True)
class TextSent:
    """Whether the text that the caller asked for is on its way, or why not."""

    outcome: Outcome


@dataclass(frozen=True, slots=True)
class TextLost:
    """A text that the caller asked for was not delivered."""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was stored about the caller is erased; `done`: False if the store could not be reached."""

    done: bool


@dataclass(frozen=True, slots=True)
class HungUp:
    """The caller has hung up; the carrier may still report a silence. `talked`: a call to a person was answered
    before."""

    talked: bool


@dataclass(frozen=True, slots=True)
class Failed:
    """The line itself failed while it answered."""


@dataclass(frozen=True, slots=True)
class Texted:
    """A text that asks for something."""

    words: str | None
    """What the text asks for, without what a phone adds to it; None: a picture without words."""


@dataclass(frozen=True, slots=True)
class Reacted:
    """A text that asks for nothing: a reaction, a quotation, a reply of the line sent back, no words at all."""


@dataclass(frozen=True, slots=True)
class CarrierAnswered:
    """A text that the carrier has answered itself."""

    wish: Stop | Start | None
    """What the carrier took it for; None for anything else."""


@dataclass(frozen=True, slots=True)
class Allowed:
    """Whether an answer that was rationed may be given."""

    allowed: bool


@dataclass(frozen=True, slots=True)
class WishKept:
    """Whether the wish to get no texts, or to get them again, is kept for good."""

    kept: bool


@dataclass(frozen=True, slots=True)
class CalledBack:
    """The call that the texter asked for is on its way, or why it is not."""

    outcome: Outcome


CallEvent = Arrived | Pressed | Said | Silent | DialEnded | TextSent | TextLost | Forgotten | HungUp | Failed
TextEvent = Texted | Reacted | CarrierAnswered | Allowed | WishKept | Forgotten | CalledBack | Failed
Event = CallEvent | TextEvent
