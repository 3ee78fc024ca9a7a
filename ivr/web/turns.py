"""Turns and documents, made once. A turn depends on nothing but the path and what was heard, what is said on nothing
but the place: so the last few thousand are kept ready, which is most of what callers do. Places differ in which
segments were visited before; most of their documents do not, but for the path in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from ivr.carrier.twilio.render import RETRIES, Speaker
from ivr.dialogue.call import first_state, next_state
from ivr.dialogue.path import from_path, to_path
from ivr.dialogue.speech import alike, say
from ivr.dialogue.tally import turn_tally
from ivr.library.library import Library
from ivr.model import Arrived, Event, Position, Reply, State

MOST_KEPT = 4096
"""Of each: documents of 2 to 4 kB, so about 15 MB."""
HERE = "\x1f"
"""Stands for the place's own path in a document that serves many places. XML cannot hold it, so no words do."""
NOWHERE = Position("")
"""For a path that the line never wrote: no content has it, so it leads to the nearest menu."""


@dataclass(frozen=True, slots=True)
class Turn:
    """`said`: the document of the place, which other turns share: HERE stands for the path. `tally`: what is counted of
    the turn. `keeps`: the path of the place, with no more in it than the next call needs."""

    state: State
    said: bytes
    tally: tuple[str, ...]
    keeps: str

    @property
    def document(self) -> bytes:
        return self.said.replace(HERE.encode(), to_path(self.state).encode())


class Turns:
    """`root`: what stands before /voice in the address that the carrier calls."""

    def __init__(self, libraries: Mapping[str, Library], speaker: Speaker, root: str) -> None:
        self._libraries, self._speaker, self._root = libraries, speaker, root
        self.first = first_state(libraries)
        self.arriving = lru_cache(MOST_KEPT)(self._arriving)
        self.after = lru_cache(MOST_KEPT)(self._after)
        self._said = lru_cache(MOST_KEPT)(self._say)

    def before(self, path: str) -> State:
        return from_path(path) or State(self.first.language, NOWHERE)

    def take(self, before: State, event: Event) -> Turn:
        state = next_state(self._libraries, before, event)
        keeps = to_path(State(state.language, state.position, state.pace))
        return Turn(state, self.said(state), tuple(turn_tally(before, event, state)), keeps)

    def document(self, state: State, reply: Reply) -> bytes:
        return self._speaker.voice(reply, state.pace, self._address(to_path(state))).encode()

    def said(self, state: State) -> bytes:
        """The document of a place that exists, without its path."""
        return self._said(alike(self._libraries, state))

    def _arriving(self, path: str | None, lost: bool) -> Turn:
        """`path`: where the caller's last call stood; `lost`: a text asked for in it has not got through."""
        return self.take(self.first, Arrived(from_path(path) if path else None, lost))

    def _after(self, path: str, event: Event) -> Turn:
        return self.take(self.before(path), event)

    def _say(self, state: State) -> bytes:
        return self._speaker.voice(say(self._libraries, state), state.pace, self._address(HERE)).encode()

    def _address(self, path: str) -> str:
        return f"{self._root}/voice/{path}{RETRIES}"
