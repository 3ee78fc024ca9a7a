"""What reaches the line."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from ivr.model.effects import Start, Stop
from ivr.model.state import State


@dataclass(frozen=True, slots=True)
class Party:
    """Who is at the other end of a call or a text, as the carrier tells."""

    address: str = field(repr=False)
    """As it came; an answer goes to it. A phone number, a short code, a name, an address of a chat."""
    number: str | None = field(repr=False)
    """The phone number that the address is or holds, in E.164; None if it holds none."""
    withheld: bool = False
    """Whether many people share this address: it stands for a number that is not shown."""
    set_aside: bool = False
    """Whether the number is given to nobody: somebody tries the line, and is no caller to count."""
    stops_at_carrier: bool = True
    """Whether the carrier itself answers STOP, START and HELP from there, where it answers them at all."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """A call comes in; `remembered` is where this caller's last call stood; `lost`: a text asked for in it is lost;
    `text_language`: that of the last answer by text, empty if there is none."""

    remembered: State | None = None
    lost: bool = False
    text_language: str = ""


@dataclass(frozen=True, slots=True)
class Pressed:
    key: str


@dataclass(frozen=True, slots=True)
class Said:
    """What the caller said instead of pressing a key, as the carrier's computer wrote it down."""

    words: str = field(repr=False)
    confidence: float | None = None
    """How sure that computer is, from 0 to 1; None: it does not tell."""


@dataclass(frozen=True, slots=True)
class Silent:
    pass


@dataclass(frozen=True, slots=True)
class DialEnded:
    """The call to a person is over; `talked` is false if nobody answered."""

    talked: bool


class Outcome(StrEnum):
    """What became of a text or a call that the line was asked to make."""

    SENT = "sent"
    """The carrier has taken it on. A delivery report may say otherwise later."""
    WITHHELD = "withheld"
    """There is no number to send it to."""
    NO_TEXTS = "no-texts"
    """The number cannot receive texts: a landline, a short number, a carrier that lets none through."""
    BAD_NUMBER = "bad-number"
    STOPPED = "stopped"
    """The number has texted STOP to the line; only its START changes that."""
    NO_CREDIT = "no-credit"
    """The operator's account may not: suspended, out of credit, on trial, not registered, or wrong credentials."""
    TOO_MANY = "too-many"
    """The caller has had as many as the line makes in an hour."""
    BUSY = "busy"
    """Too much at once for the carrier or for the line: nothing was sent, and later may work."""
    FAILED = "failed"
    """Anything else: the API or the store down or slow, a code that is not known here."""


@dataclass(frozen=True, slots=True)
class TextSent:
    """The text that the caller asked for is on its way, or why it is not."""

    outcome: Outcome


@dataclass(frozen=True, slots=True)
class TextLost:
    """A text that the caller asked for did not get through."""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was kept for the caller is erased; `done` is false if the store could not be reached."""

    done: bool


@dataclass(frozen=True, slots=True)
class HungUp:
    """The caller has left; the carrier may still report a silence. `talked`: a call to a person was answered before."""

    talked: bool


@dataclass(frozen=True, slots=True)
class Failed:
    """The line itself broke while it answered."""


@dataclass(frozen=True, slots=True)
class Texted:
    """A text that asks for something."""

    words: str | None
    """What it asks for, without what a phone puts around it; None: it is a picture without words."""


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
