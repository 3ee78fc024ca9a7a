"""The values that the rooms hand to each other. All frozen; nothing here reads, writes or decides."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

# --- where a caller is ---------------------------------------------------------------------------------


class Pace(StrEnum):
    """How fast the line speaks; the rates are in `library/measures.py`."""

    SLOW = "slow"
    NORMAL = "normal"
    FAST = "fast"


class Prompt(StrEnum):
    """Why the caller hears this position now, and so what is said before the position's own words."""

    PLAIN = "plain"
    ARRIVED = "arrived"
    OVERVIEW = "overview"
    SILENT = "silent"
    UNKNOWN_KEY = "unknown-key"
    PACED = "paced"
    WAITING = "waiting"
    CALLING = "calling"
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


@dataclass(frozen=True, slots=True)
class Position:
    """A menu (part 0) or one segment of a topic (part 1, 2, ...); `resuming`: only the offer to go there."""

    name: str
    part: int = 0
    resuming: bool = False


@dataclass(frozen=True, slots=True)
class State:
    """All that decides what a caller hears and what a key then means. It travels in the action path."""

    language: str
    position: Position
    pace: Pace = Pace.NORMAL
    prompt: Prompt = Prompt.PLAIN
    tries: int = 0
    """How often this prompt has come in a row, from 1; 0 for prompts that are not counted."""
    patient: bool = False
    """Whether the caller has been silent before in this call: the line then waits longer and says less."""
    visited: int = 0
    """The segments heard in this call, one bit each, by `Library.numbers`: they are named shorter the next time."""
    unkept: bool = False
    """Whether the caller has asked to be forgotten in this call: nothing of it is remembered then."""
    texted: bool = False
    """Whether a text that the caller asked for may have got lost meanwhile: worth asking the store."""


# --- what reaches the line ---------------------------------------------------------------------------------


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


@dataclass(frozen=True, slots=True)
class Arrived:
    """A call comes in; `remembered` is where this caller's last call stood; `lost`: a text asked for in it is lost."""

    remembered: State | None = None
    lost: bool = False


@dataclass(frozen=True, slots=True)
class Pressed:
    key: str


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
class Forgotten:
    """What was kept for the caller is erased; `done` is false if the store could not be reached."""

    done: bool


@dataclass(frozen=True, slots=True)
class Move:
    """A step from where the texter is, or a wish: `more`, `menu`, `call`, ..."""

    name: str


Goal = Position | Move
"""What can be offered, and taken."""


@dataclass(frozen=True, slots=True)
class Texted:
    """A text; `at` is the segment that the texter was last sent, if that is remembered; `asked`: what the question
    offered that the texter was asked last, if it is still open: one thing, or two to choose from."""

    words: str
    at: Position | None = None
    asked: tuple[Goal, ...] = ()


Event = Arrived | Pressed | Silent | DialEnded | TextSent | Forgotten

# --- what the line answers ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Utterance:
    """Words to be spoken, then a pause in seconds. `language`: the tag of the language they are in. `slowly`: at the
    slow pace whatever the caller's, since they are to be written down. `recording`: what is played in place of the
    voice, by its name."""

    words: str
    pause: float
    language: str
    slowly: bool = False
    recording: str = ""


@dataclass(frozen=True, slots=True)
class Listen:
    """Keys are live from the first word until so many seconds after the last."""

    seconds: int


@dataclass(frozen=True, slots=True)
class Dial:
    """Puts the caller through to the helpline."""


@dataclass(frozen=True, slots=True)
class HangUp:
    pass


@dataclass(frozen=True, slots=True)
class Reply:
    """What a caller hears, and what the line does then."""

    spoken: tuple[Utterance, ...]
    then: Listen | Dial | HangUp


@dataclass(frozen=True, slots=True)
class Standing:
    """A whole call in one document, for when no line is there to answer: `before` is heard, then the caller is put
    through to the helpline, then `after` is heard. Each is followed by so many seconds for a key."""

    before: tuple[Utterance, ...]
    listen_before: int
    after: tuple[Utterance, ...]
    listen_after: int


class Act(StrEnum):
    """What a text asks the line to do, besides answering it."""

    CALL = "call"
    FORGET = "forget"
    STOP = "stop"
    START = "start"


class Reading(StrEnum):
    """How a text was read."""

    UNDERSTOOD = "understood"
    DANGER = "danger"
    ACCEPTED = "accepted"
    """It took what a question had offered."""
    ASKED = "asked"
    """It was nearly understood, and the texter is asked."""
    LACKING = "lacking"
    """It was understood, and the line has nothing about it."""
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class TextReply:
    """The answer to a text: nothing at all if `text` is None. `at`: the segment it holds, if any. `act`: what has to
    be done first, and decides what is answered. `asks`: what it offers; the first is what a YES takes. `unknown`:
    of a text that was not understood, words to learn from."""

    text: str | None
    at: Position | None = None
    act: Act | None = None
    reading: Reading = Reading.UNDERSTOOD
    asks: tuple[Goal, ...] = ()
    unknown: tuple[str, ...] = ()


# --- what can be said --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Language:
    """`tag` names the content folder; `speech` and `voice` are what the carrier calls them."""

    tag: str
    name: str
    speech: str
    voice: str


@dataclass(frozen=True, slots=True)
class Segment:
    """One stretch of speech and the text that says the same. `keywords` lead here; `hints` are words of everyday life
    at which a texter is asked whether this was meant; `asked_as`: what such a question calls it."""

    voice: str
    text: str
    facts: tuple[str, ...]
    keywords: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    asked_as: str = ""


@dataclass(frozen=True, slots=True)
class Recording:
    """A segment as somebody has spoken it. `name` is what the carrier asks for, `file` where it lies."""

    name: str
    file: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Topic:
    """One thing to learn. `offer` invites to it with key 1; `origin` is `source`, `outside`, or `line` for what is
    about the line itself. `reviewed`: of the source, the date of its own last review; of what comes from outside, the
    date of its signature. `checked`: when the reviewer last compared the words with present practice. `signed`: the
    code of the words that the reviewer read; `words_code`: that of the words as they are."""

    name: str
    title: str
    offer: str
    segments: tuple[Segment, ...]
    origin: str
    source: str
    reviewed: str
    reviewer: str
    checked: str = ""
    signed: str = ""
    words_code: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """`key` 1 to 5 leads to the menu or topic `leads_to`; `voice` and `text` offer it."""

    key: str
    leads_to: str
    voice: str
    text: str


@dataclass(frozen=True, slots=True)
class Menu:
    """`overview`: the topic that is read to a caller who stays silent here. `person`: the topic that a texter
    gets for 0, the key that puts a caller through. `urgent`: the topic that words of danger lead to.
    `privacy`: the topic about what is remembered, whose end offers to erase it."""

    name: str
    title: str
    choices: tuple[Choice, ...]
    keywords: tuple[str, ...] = ()
    overview: str | None = None
    person: str | None = None
    urgent: str | None = None
    privacy: str | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the content to mend: where, a stable code, and what to do about it."""

    path: str
    line: int
    code: str
    remedy: str
    warning: bool = False

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.remedy} [{self.code}]"
