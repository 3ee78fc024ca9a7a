"""Where a caller is, and everything else that decides what a key means."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Pace(StrEnum):
    """How fast the line speaks; the rates are in `library/measures.py`."""

    SLOWER = "slower"
    SLOW = "slow"
    NORMAL = "normal"
    FAST = "fast"


class Prompt(StrEnum):
    """Why the caller hears this position now, and so what is said before the position's own words."""

    PLAIN = "plain"
    ARRIVED = "arrived"
    NAMING = "naming"
    """Only names the position that the line has gone on to by itself: keys still mean what they meant before."""
    SILENT = "silent"
    UNKNOWN_KEY = "unknown-key"
    SWITCHED = "switched"
    """The caller has changed the language: the key that leads back is named in the other one."""
    PACED = "paced"
    PACE_FIXED = "pace-fixed"
    WAITING = "waiting"
    CONNECTING = "connecting"
    """Announces that the line will connect a silent caller to a person; any key but 0 stops it."""
    CALLING = "calling"
    CALLING_UNASKED = "calling-unasked"
    """The silence after CONNECTING: the line dials of its own accord."""
    TALKED = "talked"
    UNREACHED = "unreached"
    MOVED = "moved"
    GOODBYE = "goodbye"
    ENDED = "ended"
    CALLED = "called"
    TEXTING = "texting"
    TEXT_SENT = "text-sent"
    TEXT_WITHHELD = "text-withheld"
    TEXT_NO_TEXTS = "text-no-texts"
    TEXT_STOPPED = "text-stopped"
    TEXT_NO_CREDIT = "text-no-credit"
    TEXT_TOO_MANY = "text-too-many"
    TEXT_FAILED = "text-failed"
    TEXT_LOST = "text-lost"
    DICTATED = "dictated"
    FORGETTING = "forgetting"
    FORGOTTEN = "forgotten"
    NOT_FORGOTTEN = "not-forgotten"
    DID_YOU_SAY = "did-you-say"
    """The line asks about something that it has nearly understood."""
    LACKING = "lacking"
    """The caller asked for something that the line does not have."""
    LACKING_URGENT = "lacking-urgent"
    """The same, if the care team has to hear of it now."""
    OTHER_LANGUAGE = "other-language"
    """The caller asked for a language that the line does not speak."""
    CHOICES = "choices"
    """Names what can be done here, and nothing else."""


@dataclass(frozen=True, slots=True)
class Position:
    """A menu (part 0) or one segment of a topic (part 1, 2, ...); `resuming`: only the offer to go on from there."""

    name: str
    part: int = 0
    resuming: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    """A step from where a caller or texter is, or a wish: `more`, `menu`, `call`, ..."""

    name: str


Goal = Position | Move
"""What can be offered and accepted."""


@dataclass(frozen=True, slots=True)
class Listed:
    """The last answer by text was a menu, of which "the second" may be one."""

    menu: str


@dataclass(frozen=True, slots=True)
class Warned:
    """The last answer by text was what to do in danger: nothing else is offered to words that ask for nothing."""


Shown = Listed | Warned
"""What a texter was shown last, where that changes what the next words mean."""


@dataclass(frozen=True, slots=True)
class State:
    """Everything that decides what a caller hears and what a key then means. It travels in the action path."""

    language: str
    position: Position
    pace: Pace = Pace.NORMAL
    prompt: Prompt = Prompt.PLAIN
    tries: int = 0
    """How often this prompt has come in a row, from 1; 0 for prompts that are not counted. For PLAIN: how many wrong
    keys came before `#`. For a call to a person: which number is dialled, 1 or 2. For ARRIVED: 1 once the caller has
    changed the language of the greeting."""
    patient: bool = False
    """Whether the caller has been silent before in this call: the line then waits longer and says less."""
    visited: int = 0
    """The segments heard in this call, one bit each, by `Library.numbers`: they are named shorter the next time."""
    unkept: bool = False
    """Whether the caller has asked to be forgotten in this call: then nothing of it is remembered."""
    texted: bool = False
    """Whether a text that the caller asked for may have been lost meanwhile, so that the store has to be asked."""
    asked: tuple[Goal, ...] = ()
    """What the line has just asked about, by DID_YOU_SAY or LACKING: one thing, or two to choose from."""
    touring: bool = False
    """Whether the line reads `Library.tour` to a silent caller: silence goes on, topic after topic."""
    only_asked: bool = False
    """Whether the line connects to a person only when a key asks for it: it has done so once of its own accord, or it
    is the line that called."""
    reading_on: bool = False
    """Whether the caller went on to these warning signs from those before them: silence goes on, too."""
    came_from: Position | None = None
    """For NAMING: what was heard before the line went on by itself."""
