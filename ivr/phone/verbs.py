"""What a line can tell the carrier to do, parsed and checked. Sound and speech are in sounds.py."""

from dataclasses import dataclass
from typing import TypeAlias

from ivr.phone.sounds import Audible


@dataclass(frozen=True)
class Gather:
    """`num_digits` None: until `finish_on_key` or `timeout`. `action` None: the current URL again."""

    audio: tuple[Audible, ...]
    action: str | None
    timeout: float
    num_digits: int | None
    finish_on_key: str
    action_on_empty_result: bool
    takes_keys: bool
    method: str = "POST"
    takes_speech: bool = False
    language: str = ""
    """The language in which to recognise speech."""
    speech_cuts: bool = False
    """Whether the caller's speech interrupts what is being said."""


@dataclass(frozen=True)
class Dial:
    number: str
    action: str | None
    timeout: float
    hangup_on_star: bool
    caller_id: str | None


@dataclass(frozen=True)
class Redirect:
    url: str


@dataclass(frozen=True)
class Hangup:
    pass


@dataclass(frozen=True)
class Reject:
    """The call is never answered; `reason` is what the caller's phone company gets."""

    reason: str


Verb: TypeAlias = Audible | Gather | Dial | Redirect | Hangup | Reject
