"""Which answers are given to whom: after a stop, and to someone who has had many. Pure: it decides, and does nothing.

Silence is for whoever the carrier itself blocks: its word for STOP was all of the text, and nothing that the line sends
gets through. Anyone else who stopped is answered what could save a life, each time they ask.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ivr.library.library import HOME, Library
from ivr.library.sent_words import normalised
from ivr.model import Act, Position, TextReply

MOST_REPLIES = 20
"""In ten minutes to one sender: two machines that answer each other stop here."""
MOST_IN_DANGER = 10
"""In ten minutes beyond that: words of danger, whoever asks for a person, and wishes; each in its own words, since
machines repeat theirs."""

ALWAYS_MET = (Act.STOP, Act.START, Act.FORGET)
"""Wishes that are met however many texts came before, with or without an answer."""


class Standing(StrEnum):
    """Whether a sender wants texts."""

    WANTS = "wants"
    STOPPED = "stopped"
    """Only the line knows: it was said in other words, or the carrier leaves its own words to the line."""
    BLOCKED = "blocked"
    """The carrier knows, and lets nothing through."""


class Kind(StrEnum):
    """Of answers to someone who has had many."""

    VITAL = "vital"
    QUIET = "quiet"
    """That the line will be quiet for a while."""


@dataclass(frozen=True, slots=True)
class Rationed:
    """An answer of which so many, `most`, are given in a while. `words`: what tells two of a kind apart."""

    kind: Kind
    words: str = ""
    most: int = 1


def after_stop(library: Library, reply: TextReply, standing: Standing) -> bool:
    """Whether someone who wants no texts is answered nevertheless. START always is: it ends the stop."""
    if standing is Standing.WANTS or reply.act is Act.START:
        return True
    answered = is_vital(library, reply) or may_be_vital(library, reply) or is_help(library, reply)
    return standing is Standing.STOPPED and answered


def is_vital(library: Library, reply: TextReply) -> bool:
    """Danger, despair, a person. A call that is asked for is none, wherever the texter stands."""
    return reply.act is None and _leads_to_help(library, reply.at)


def may_be_vital(library: Library, reply: TextReply) -> bool:
    """A question that offers it. After a stop a person has not many of them; a machine has."""
    return any(isinstance(goal, Position) and _leads_to_help(library, goal) for goal in reply.asks)


def _leads_to_help(library: Library, position: Position | None) -> bool:
    home = library.menus[HOME]
    return position is not None and position.name in (home.urgent, home.person)


def is_help(library: Library, reply: TextReply) -> bool:
    """The answer to HELP, where the line gives it."""
    return reply.text is not None and reply.text == "\n".join(library.text["help"])


def is_confirmed(reply: TextReply, standing: Standing) -> bool:
    """Whether START ends a stop that only the line knows of, so that nobody else confirms it."""
    return reply.act is Act.START and standing is Standing.STOPPED


def rationed(library: Library, reply: TextReply, written: str, number: int) -> Rationed | None:
    """None while a sender has had few answers; `number`: which one of late this would be."""
    if number <= MOST_REPLIES:
        return None
    if is_vital(library, reply) or reply.act in ALWAYS_MET:
        return Rationed(Kind.VITAL, " ".join(normalised(written)), MOST_IN_DANGER)
    return Rationed(Kind.QUIET)
