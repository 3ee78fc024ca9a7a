"""All that is kept for speed: turns that were taken before, and documents that were rendered before.

Both are pure, so what is kept is what would be made now. In microseconds of processor time (docs/speed.md):

| what | made | found |
|---|---|---|
| a turn, by address and event | 51 | 1 |
| a document, by what is said and how fast | 100 to 250 | 5 |

A document serves many states, which differ in what the caller has heard before, so their own path is put in afterwards.
"""

from __future__ import annotations

from functools import lru_cache

from ivr.carrier.port import Documents, Speaker
from ivr.dialogue.state import Libraries, lost_state
from ivr.dialogue.step import step
from ivr.dialogue.url import from_path, to_path
from ivr.model import CallEvent, CallTurn, Pace, Reply, Said

MOST_KEPT = 4096
"""Of each. A turn takes 2 kB and a document 2 to 4, so about 25 MB."""
PATH = "{path}"
"""Stands for the path in a document that serves many states. No words hold it: they have no slot of that name, and what
they have has been filled. Neither XML nor JSON escapes it."""


class Ready:
    """`root`: what stands before /voice in the address that the carrier calls."""

    def __init__(self, libraries: Libraries, documents: Documents, speaker: Speaker, root: str) -> None:
        self._libraries, self._speaker, self._lost = libraries, speaker, lost_state(libraries)
        self._address = documents.webhook(f"{root}/voice/{PATH}")
        self._turn = lru_cache(MOST_KEPT)(self._step)
        self._template = lru_cache(MOST_KEPT)(self._render)

    def turn(self, path: str, event: CallEvent) -> CallTurn:
        """`path`: of the address that the carrier calls, which may be one that the line never wrote. What a caller has
        said is not kept."""
        return self._step(path, event) if isinstance(event, Said) else self._turn(path, event)

    def document(self, turn: CallTurn, line: str = "") -> bytes:
        """`line`: the line's own number, where a call shows it."""
        path = to_path(turn.state).encode()
        return self._template(turn.reply, turn.state.pace, line).replace(PATH.encode(), path)

    def _step(self, path: str, event: CallEvent) -> CallTurn:
        return step(self._libraries, from_path(path) or self._lost, event)

    def _render(self, reply: Reply, pace: Pace, line: str) -> bytes:
        return self._speaker.voice(reply, pace, self._address, line).encode()
