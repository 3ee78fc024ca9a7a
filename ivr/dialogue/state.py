"""What can be read off the state of a caller or a texter, and how the next state is made from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ivr.dialogue.url import MOST_VISITED
from ivr.library.library import HOME, Library
from ivr.model import Position, Prompt, State, Texter

Libraries = Mapping[str, Library]
"""Libraries by language tag; the first is the line's own language."""

NOWHERE = Position("")
"""Stands for a position in an address that the line never wrote. No content has it, so the caller is led to the nearest
menu."""


def first_state(libraries: Libraries) -> State:
    return State(next(iter(libraries)), Position(HOME))


def lost_state(libraries: Libraries) -> State:
    return State(next(iter(libraries)), NOWHERE)


def moved(state: State, position: Position, prompt: Prompt = Prompt.PLAIN) -> State:
    """The state after a key or a word moved the caller. It also ends what is being read to a silent caller."""
    return replace(state, position=position, prompt=prompt, tries=0, touring=False, reading_on=False, came_from=None)


def gone_on(state: State, position: Position, touring: bool = False) -> State:
    """The state after silence moved the caller on: the new position is named first."""
    there = moved(state, position, Prompt.NAMING)
    patient = state.patient or touring
    return replace(there, touring=touring, reading_on=state.reading_on, came_from=state.position, patient=patient)


def before_naming(state: State) -> State:
    """The state in which a key counts that is pressed while the next position is being named."""
    return replace(moved(state, state.came_from or state.position), touring=state.touring, reading_on=state.reading_on)


def prompted(state: State, prompt: Prompt) -> State:
    """The same position with another prompt. A prompt that repeats is counted."""
    return replace(state, prompt=prompt, tries=state.tries + 1 if state.prompt is prompt else 1)


def is_segment(position: Position) -> bool:
    return position.part > 0 and not position.resuming


def visited_bit(libraries: Libraries, state: State) -> int:
    """The bit of the segment that has just been heard; 0 if none was."""
    if state.prompt is Prompt.NAMING:
        return 0
    library = libraries.get(state.language)
    number = library.numbers.get(state.position, MOST_VISITED) if library else MOST_VISITED
    return 1 << number if number < MOST_VISITED and not state.position.resuming else 0


def next_unheard(libraries: Libraries, state: State) -> Position | None:
    """The position that is read next to a silent caller; None once all of them have been heard in this call. Segments
    that the path cannot tell apart are left out, since nobody could say whether they were heard."""
    library, heard = libraries[state.language], state.visited | visited_bit(libraries, state)
    unheard = (at for at in library.tour if library.numbers[at] < MOST_VISITED and not heard >> library.numbers[at] & 1)
    return next(unheard, None)


def is_among_signs(library: Library, state: State) -> bool:
    """Whether the caller is in the warning signs, even if they are only being read to a silent caller."""
    return state.position.name == library.menus[HOME].urgent and not state.position.resuming


def asked_for_signs(library: Library, state: State) -> bool:
    """Whether the caller chose the warning signs. Then nothing soothing is said, and a person is offered early."""
    return is_among_signs(library, state) and not state.touring


def library_of(libraries: Libraries, texter: Texter) -> Library:
    """The library in the language last used by text, else in a call, else of the number, else the line's first."""
    for tag in (texter.language, texter.call_language, texter.line_language):
        if tag in libraries:
            return libraries[tag]
    return next(iter(libraries.values()))
