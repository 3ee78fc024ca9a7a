"""One turn: what an event leads to. Also what the answer to a text depends on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from ivr.model.effects import CallBack, Effect, Forget, Start, Stop
from ivr.model.replies import Reply, TextReply
from ivr.model.state import Goal, Position, Shown, State


class Consent(StrEnum):
    """Whether a texter wants texts."""

    WANTS = "wants"
    STOPPED = "stopped"
    """Only the line knows: the texter said it in other words, or the carrier leaves its own words to the line."""
    BLOCKED = "blocked"
    """The carrier knows, and delivers nothing."""


@dataclass(frozen=True, slots=True)
class Draft:
    reply: TextReply
    wish: Stop | Start | Forget | CallBack | None = None
    silent: bool = False
    """The wish is carried out without an answer."""


@dataclass(frozen=True, slots=True)
class Texter:
    """Everything that decides what a text is answered."""

    language: str = ""
    """The language of the last answer by text; empty: there was none."""
    call_language: str = ""
    """The language of the last call; empty: there was none."""
    line_language: str = ""
    """The language of the number that was texted, if it begins in another than the line's first."""
    position: Position | None = None
    """The segment that was texted last; the main menu if only the language is remembered."""
    question: tuple[Goal, ...] = ()
    """What the last question offered, if it is still open: one thing, or two to choose from."""
    shown: Shown | None = None
    """What the last answer showed, for as long as a question stays open."""
    carrier_answers: bool = True
    """Whether the carrier answers STOP, START and HELP for this texter, if it answers them at all."""
    consent: Consent = Consent.WANTS
    texts_of_late: int = 0
    """How many texts came within ten minutes, this one included."""
    draft: Draft | None = None
    """The answer that waits for the outcome of an effect."""
    is_new_language: bool = False
    """Whether the language was taken from this text and is not remembered yet."""


StateT = TypeVar("StateT", State, Texter)
ReplyT = TypeVar("ReplyT", Reply, TextReply)


@dataclass(frozen=True, slots=True)
class Turn(Generic[StateT, ReplyT]):
    """What one event leads to: the state in which the next event is handled, what is said, and what has to be done."""

    state: StateT
    reply: ReplyT
    effects: tuple[Effect, ...] = ()


CallTurn = Turn[State, Reply]
TextTurn = Turn[Texter, TextReply]
