"""Builds everything that texts are read with before the server forks, so that no worker's first text has to wait and
all workers share the memory."""

from __future__ import annotations

from dataclasses import replace

from ivr.library.library import Library
from ivr.listening import reactions
from ivr.listening.asking import goals_of
from ivr.listening.listening import listening_of


def make_ready(library: Library) -> None:
    """Takes about a second for each language."""
    goals_of(listening_of(library))
    reactions.make_ready(library)


def prepared(library: Library) -> Library:
    """The library with what its documents mean to listening, and without those that nothing else is made of."""
    kept = {name: document for name, document in library.listening.items() if name == reactions.FILE}
    return replace(library, listens_with=listening_of(library), listening=kept)
