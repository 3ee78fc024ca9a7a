"""One turn: what an event leads to. And what a text is answered from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from ivr.model.effects import CallBack, Effect, Forget, Start, Stop
from ivr.model.replies import Reply, TextReply
from ivr.model.state import Goal, Position, State


class Consent(StrEnum):
    """Whether a texter wants texts."""

    WANTS = "wants"
    STOPPED = "stopped"
    """Only the line knows: it was said in other words, or the carrier leaves its own words to the line."""
    BLOCKED = "blocked"
    """The carrier knows, and lets nothing through."""


@dataclass(frozen=True, slots=True)
class Draft:
    reply: TextReply
    wish: Stop | Start | Forget | CallBack | None = None
    silent: bool = False
    """The wish is met, and nothing is said."""


@dataclass(frozen=True, slots=True)
class Texter:
    """All that decides what a text is answered."""

    language: str = ""
    """Of the last answer by text; empty: there was none."""
    call_language: str = ""
    """Of the last call; empty: there was none."""
    line_language: str = ""
    """Of the number that was texted, where it begins in another than the line's first."""
    position: Position | None = None
    """The segment that was texted last; the main menu, where only the language is remembered."""
    question: tuple[Goal, ...] = ()
    """What the question offered that was asked last, if it is still open: one thing, or two to choose from."""
    carrier_answers: bool = True
    """Whether the carrier answers STOP, START and HELP of this texter, where it answers them at all."""
    consent: Consent = Consent.WANTS
    texts_of_late: int = 0
    """How many came in ten minutes, with this one."""
    draft: Draft | None = None
    """The answer that waits for the outcome of an effect."""
    is_new_language: bool = False
    """Whether the language is that of this text, and not yet remembered."""


StateT = TypeVar("StateT", State, Texter)
ReplyT = TypeVar("ReplyT", Reply, TextReply)


@dataclass(frozen=True, slots=True)
class Turn(Generic[StateT, ReplyT]):
    """What one event leads to: the state that the next event is met in, what is said, what is done."""

    state: StateT
    reply: ReplyT
    effects: tuple[Effect, ...] = ()


CallTurn = Turn[State, Reply]
TextTurn = Turn[Texter, TextReply]
