"""What the line answers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ivr.model.state import Goal, Position, Shown


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
    hears: str = ""
    """The tag of the language in which words are listened for as well; empty: keys alone count."""


@dataclass(frozen=True, slots=True)
class Dial:
    """Connects the caller to a person."""

    number: str = ""
    """Whose, in E.164; empty: the helpline's."""
    from_line: bool = False
    """Whether the line shows its own number there: a caller who did not ask for this call does not show theirs."""


@dataclass(frozen=True, slots=True)
class HangUp:
    pass


@dataclass(frozen=True, slots=True)
class Reply:
    """What a caller hears, and what the line does then."""

    spoken: tuple[Utterance, ...]
    then: Listen | Dial | HangUp


@dataclass(frozen=True, slots=True)
class StandaloneCall:
    """A whole call in one document, for when no line is there to answer: `before` is heard, then the caller is
    connected to the helpline, then `after` is heard. Each is followed by so many seconds for a key."""

    before: tuple[Utterance, ...]
    listen_before: int
    after: tuple[Utterance, ...]
    listen_after: int


class Understanding(StrEnum):
    """How a text was understood."""

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
    text: str | None
    """None: the texter gets no answer."""
    at: Position | None = None
    """The segment that the text holds, if any."""
    understanding: Understanding = Understanding.UNDERSTOOD
    asks: tuple[Goal, ...] = ()
    """What it offers; the first is what a YES takes."""
    shows: Shown | None = None
    is_main_menu: bool = False
    unknown: tuple[str, ...] = ()
    """Of a text that was not understood: words to learn from."""
    follow_up: str | None = None
    """A second text, sent right after it."""

    @property
    def texts(self) -> tuple[str, ...]:
        """What is sent, in order."""
        return tuple(text for text in (self.text, self.follow_up) if text is not None)
