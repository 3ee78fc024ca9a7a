"""What a turn asks to be done outside: values, which `web/effects.py` carries out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ivr.model.state import Goal, Position, State


@dataclass(frozen=True, slots=True)
class Remember:
    """Where a caller is, for the next call."""

    state: State


@dataclass(frozen=True, slots=True)
class SendText:
    """A text to the caller. What became of it comes back as TextSent."""

    words: str
    at: Position | None = None
    """The segment that it holds, which MORE then goes on from; None: none, or the caller is not to be remembered."""


@dataclass(frozen=True, slots=True)
class LookForLostText:
    """Comes back as TextLost if a text that this caller asked for did not get through, and otherwise not at all."""


@dataclass(frozen=True, slots=True)
class Forget:
    """Erases what is kept of the caller or texter. Comes back as Forgotten."""


@dataclass(frozen=True, slots=True)
class RememberText:
    """What the next text goes on from."""

    language: str
    at: Position | None
    """None: as before."""
    question: tuple[Goal, ...]


@dataclass(frozen=True, slots=True)
class Stop:
    """No texts any more. Comes back as WishKept."""

    by_carrier: bool = False
    """The carrier has answered it, and lets nothing through from now on."""


@dataclass(frozen=True, slots=True)
class Start:
    """Texts again. Comes back as WishKept."""

    by_carrier: bool = False


@dataclass(frozen=True, slots=True)
class CallBack:
    """A call to the texter, who hears `state` first. Comes back as CalledBack."""

    state: State


class RationKind(StrEnum):
    VITAL = "vital"
    QUIET = "quiet"
    """That the line will be quiet for a while."""


@dataclass(frozen=True, slots=True)
class Ration:
    """To be asked before an answer of which only so many, `most`, are given in a while. Comes back as Allowed."""

    kind: RationKind
    most: int
    words: str = ""
    """What tells two of a kind apart."""


@dataclass(frozen=True, slots=True)
class DeliverAgain:
    """The carrier is to bring this text again: nobody here can keep what it wishes, and the texter is not told."""


@dataclass(frozen=True, slots=True)
class Count:
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CountUnknown:
    """Words that the line does not know, counted by how many texters use them."""

    words: tuple[str, ...]


Asking = SendText | LookForLostText | Forget | Stop | Start | CallBack | Ration
"""Effects whose outcome decides what is said. A turn has one at most, the last of its effects."""
Effect = Remember | RememberText | DeliverAgain | Count | CountUnknown | Asking
