"""One text answered by the dialogue alone, for tables: what is texted back, or what is wished before anything is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from ivr.dialogue.step import step
from ivr.library.library import Library
from ivr.model import Goal, Position, Shown, Texted, Texter, Understanding


@dataclass(frozen=True)
class Answered:
    text: str | None
    at: Position | None = None
    wish: object = None
    understanding: Understanding = Understanding.UNDERSTOOD
    asks: tuple[Goal, ...] = ()
    unknown: tuple[str, ...] = ()
    shows: Shown | None = None
    follow_up: str | None = None

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(filter(None, (self.text, self.follow_up)))


def answered(library, words, at=None, question=(), answers_carrier_words=False) -> Answered:
    library = _answering(library) if answers_carrier_words else library
    texter = Texter(position=at, question=question)
    turn = step({library.language.tag: library}, texter, Texted(words))
    draft = turn.state.draft
    reply = draft.reply if draft else turn.reply
    wish = draft.wish if draft else None
    got = (reply.text, reply.at, wish, reply.understanding, reply.asks, reply.unknown, reply.shows, reply.follow_up)
    return Answered(*got)


@cache
def _answering(library: Library) -> Library:
    return replace(library, answers_carrier_words=True)
