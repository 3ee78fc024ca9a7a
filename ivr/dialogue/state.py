"""What is read off the state of a caller or a texter, and how the next one is made of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ivr.dialogue.url import MOST_VISITED
from ivr.library.library import HOME, Library
from ivr.model import Position, Prompt, State, Texter

Libraries = Mapping[str, Library]
"""By the tags of their languages; the first is the line's own."""

NOWHERE = Position("")
"""Where an address leads that the line never wrote: no content has it, so the caller comes to the nearest menu."""


def first_state(libraries: Libraries) -> State:
    return State(next(iter(libraries)), Position(HOME))


def lost_state(libraries: Libraries) -> State:
    return State(next(iter(libraries)), NOWHERE)


def moved(state: State, position: Position, prompt: Prompt = Prompt.PLAIN) -> State:
    return replace(state, position=position, prompt=prompt, tries=0)


def prompted(state: State, prompt: Prompt) -> State:
    """The same position with another prompt, counted if it comes again."""
    return replace(state, prompt=prompt, tries=state.tries + 1 if state.prompt is prompt else 1)


def is_segment(position: Position) -> bool:
    return position.part > 0 and not position.resuming


def visited_bit(libraries: Libraries, state: State) -> int:
    """The bit of the segment that has just been heard; 0 if none was."""
    library = libraries.get(state.language)
    number = library.numbers.get(state.position, MOST_VISITED) if library else MOST_VISITED
    return 1 << number if number < MOST_VISITED and not state.position.resuming else 0


def library_of(libraries: Libraries, texter: Texter) -> Library:
    """In the language last used by text, else in a call, else the line's first."""
    for tag in (texter.language, texter.call_language):
        if tag in libraries:
            return libraries[tag]
    return next(iter(libraries.values()))
