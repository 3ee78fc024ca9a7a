"""Two caches for speed: turns taken before, and documents rendered before.

Both are pure functions, so the cached value is what would be computed now. Microseconds of processor time
(docs/speed.md):

| what | made | found |
|---|---|---|
| a turn, by address and event | 30 | 1 |
| a document, by what is said and how fast | 100 to 250 | 5 |

One document serves many states, which differ only in what the caller has heard before; the path is inserted afterwards.
"""

from __future__ import annotations

from functools import lru_cache

from ivr.carrier.port import Documents, Speaker
from ivr.dialogue.state import Libraries, lost_state
from ivr.dialogue.step import step
from ivr.dialogue.url import from_path, to_path
from ivr.model import CallEvent, CallTurn, Pace, Reply, Said

MOST_KEPT = 4096
"""Entries in each cache. A turn takes 2 kB and a document 2 to 4, so about 25 MB in all."""
PATH = "{path}"
"""Placeholder for the path in a cached document. Content cannot contain it, since phrases have no slot of that name and
their slots have been filled. Neither XML nor JSON escapes it."""


class Ready:
    """`root`: what precedes /voice in the address that the carrier calls."""

    def __init__(self, libraries: Libraries, documents: Documents, speaker: Speaker, root: str) -> None:
        self._libraries, self._speaker, self._lost = libraries, speaker, lost_state(libraries)
        self._address = documents.webhook(f"{root}/voice/{PATH}")
        self._turn = lru_cache(MOST_KEPT)(self._step)
        self._template = lru_cache(MOST_KEPT)(self._render)

    def turn(self, path: str, event: CallEvent) -> CallTurn:
        """`path`: from the address that the carrier calls, which may be one that the line never wrote. A turn for what
        a caller has said is not cached."""
        return self._step(path, event) if isinstance(event, Said) else self._turn(path, event)

    def document(self, turn: CallTurn, line: str = "") -> bytes:
        """`line`: the line's own number if a dial is to show it, else empty."""
        path = to_path(turn.state).encode()
        return self._template(turn.reply, turn.state.pace, line).replace(PATH.encode(), path)

    def _step(self, path: str, event: CallEvent) -> CallTurn:
        return step(self._libraries, from_path(path) or self._lost, event)

    def _render(self, reply: Reply, pace: Pace, line: str) -> bytes:
        return self._speaker.voice(reply, pace, self._address, line).encode()
