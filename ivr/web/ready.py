"""The one thing that is kept for speed: documents of what callers hear, rendered once.

A document is made in 100 to 250 us, and found here in 10 (docs/speed.md). It depends on nothing but the reply, the pace
and the state's own path; many states are answered alike, so the path is put in afterwards.
"""

from __future__ import annotations

from functools import lru_cache

from ivr.carrier.port import Documents, Speaker
from ivr.dialogue.url import to_path
from ivr.model import CallTurn, Pace, Reply

MOST_KEPT = 4096
"""Documents of 2 to 4 kB, so about 15 MB."""
PATH = "{path}"
"""Stands for the path in a document that serves many states. No words hold it: they have no slot of that name, and what
they have has been filled. Neither XML nor JSON escapes it."""


class Ready:
    """`root`: what stands before /voice in the address that the carrier calls."""

    def __init__(self, documents: Documents, speaker: Speaker, root: str) -> None:
        self._speaker, self._address = speaker, documents.webhook(f"{root}/voice/{PATH}")
        self._template = lru_cache(MOST_KEPT)(self._render)

    def document(self, turn: CallTurn) -> bytes:
        path = to_path(turn.state).encode()
        return self._template(turn.reply, turn.state.pace).replace(PATH.encode(), path)

    def _render(self, reply: Reply, pace: Pace) -> bytes:
        return self._speaker.voice(reply, pace, self._address).encode()
