"""What a turn wants done outside the dialogue: values, which `web/effects.py` carries out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ivr.model.state import Goal, Position, Shown, State


@dataclass(frozen=True, slots=True)
class Remember:
    """Stores where a caller is, for the next call."""

    state: State


@dataclass(frozen=True, slots=True)
class SendText:
    """Sends texts to the caller, one after the other. The outcome comes back as TextSent."""

    texts: tuple[str, ...]
    at: Position | None = None
    """The segment in the text, from which MORE goes on; None: no segment, or the caller must not be remembered."""


@dataclass(frozen=True, slots=True)
class LookForLostText:
    """Comes back as TextLost if a text that this caller asked for was not delivered; otherwise not at all."""


@dataclass(frozen=True, slots=True)
class Forget:
    """Erases what is stored about the caller or texter. Comes back as Forgotten."""


@dataclass(frozen=True, slots=True)
class RememberText:
    """Stores where the next text goes on from."""

    language: str
    at: Position | None
    """None: unchanged."""
    question: tuple[Goal, ...] = ()
    shown: Shown | None = None


@dataclass(frozen=True, slots=True)
class Stop:
    """Sends no more texts. Comes back as WishKept."""

    by_carrier: bool = False
    """Whether the carrier has answered it, and blocks all texts from now on."""


@dataclass(frozen=True, slots=True)
class Start:
    """Allows texts again. Comes back as WishKept."""

    by_carrier: bool = False


@dataclass(frozen=True, slots=True)
class CallBack:
    """Calls the texter, who hears `state` first. Comes back as CalledBack."""

    state: State


class RationKind(StrEnum):
    VITAL = "vital"
    QUIET = "quiet"
    """For the announcement that the line will be quiet for a while."""


@dataclass(frozen=True, slots=True)
class Ration:
    """Asks leave for an answer of a kind that is limited to `most` in a while. Comes back as Allowed."""

    kind: RationKind
    most: int
    words: str = ""
    """Distinguishes answers of one kind."""


@dataclass(frozen=True, slots=True)
class DeliverAgain:
    """Makes the carrier deliver this text again: its wish cannot be stored now, and the texter is not told."""


@dataclass(frozen=True, slots=True)
class Count:
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CountUnknown:
    """Counts words that the line does not know, by how many texters use them."""

    words: tuple[str, ...]


Asking = SendText | LookForLostText | Forget | Stop | Start | CallBack | Ration
"""Effects whose outcome decides what is said. A turn has at most one, and it is the last."""
Effect = Remember | RememberText | DeliverAgain | Count | CountUnknown | Asking
