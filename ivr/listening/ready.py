"""All that texts are read with, made before a server forks: no worker's first text waits for it, and all share it."""

from __future__ import annotations

from ivr.library.library import Library
from ivr.listening import reactions
from ivr.listening.listening import listening_of


def make_ready(library: Library) -> None:
    """About a second of work for each language."""
    listening_of(library)
    reactions.make_ready(library)
