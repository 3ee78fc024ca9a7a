"""Where a caller goes next. All of it, and nothing else: what is said there is in `speech.py`.

A turn depends on nothing but the place, which says what the caller has just heard, and on what came back. So a webhook
that arrives twice leads to the same place twice.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from ivr.dialogue.offers import LAST_TRY, following_language, offered, offered_prompts
from ivr.dialogue.path import MOST_VISITED
from ivr.dialogue.speech import say
from ivr.library.library import HOME, Library
from ivr.model import (
    Arrived,
    DialEnded,
    Event,
    Forgotten,
    Outcome,
    Pace,
    Position,
    Pressed,
    Prompt,
    Reply,
    Silent,
    State,
    TextSent,
)

Libraries = Mapping[str, Library]

LONGEST_WAIT = 24
"""How many prompts to wait in a row (25 s and more each, over ten minutes) before the line asks if anyone is there."""

NEXT_PACE = {Pace.NORMAL: Pace.SLOW, Pace.SLOW: Pace.FAST, Pace.FAST: Pace.NORMAL}

TWICE = 2
"""How often a person who was called back is told so before the line asks whether anyone is there."""

TEXT_PROMPTS = {
    Outcome.SENT: Prompt.TEXT_SENT,
    Outcome.WITHHELD: Prompt.TEXT_WITHHELD,
    Outcome.NO_TEXTS: Prompt.TEXT_NO_TEXTS,
    Outcome.BAD_NUMBER: Prompt.TEXT_NO_TEXTS,
    Outcome.STOPPED: Prompt.TEXT_STOPPED,
    Outcome.NO_CREDIT: Prompt.TEXT_NO_CREDIT,
    Outcome.TOO_MANY: Prompt.TEXT_TOO_MANY,
    Outcome.BUSY: Prompt.TEXT_NO_CREDIT,
    Outcome.FAILED: Prompt.TEXT_FAILED,
}


def take_turn(libraries: Libraries, state: State, event: Event) -> tuple[State, Reply]:
    """The heart: where the caller is now, and what they hear there."""
    there = next_state(libraries, state, event)
    return there, say(libraries, there)


def first_state(libraries: Libraries) -> State:
    return State(next(iter(libraries)), Position(HOME))


def next_state(libraries: Libraries, state: State, event: Event) -> State:
    """A caller who leaves a segment has visited it. Whoever stays, by `#`, hears the same words again."""
    there = _next(libraries, state, event)
    return there if there == state else replace(there, visited=there.visited | _visiting(libraries, state))


def _visiting(libraries: Libraries, state: State) -> int:
    """The bit of the segment that has just been heard; 0 if none was."""
    library = libraries.get(state.language)
    number = library.numbers.get(state.position, MOST_VISITED) if library else MOST_VISITED
    return 1 << number if number < MOST_VISITED and not state.position.resuming else 0


def _next(libraries: Libraries, state: State, event: Event) -> State:
    if state.language not in libraries:
        state = replace(state, language=first_state(libraries).language)
    nearest = libraries[state.language].nearest(state.position)
    if nearest != state.position:
        moved = _to(state, nearest, Prompt.MOVED)
        return PLAIN_KEYS["0"](moved) if event == Pressed("0") else moved
    match event:
        case Arrived(remembered, lost):
            return replace(_arrive(libraries, remembered), texted=lost)
        case DialEnded(talked):
            return _prompt(state, Prompt.TALKED if talked else Prompt.UNREACHED)
        case TextSent(outcome):
            sent = state.texted or outcome is Outcome.SENT
            return replace(state, prompt=TEXT_PROMPTS[outcome], tries=0, texted=sent)
        case Forgotten(done):
            return replace(state, prompt=Prompt.FORGOTTEN if done else Prompt.NOT_FORGOTTEN, tries=0, unkept=done)
        case Silent():
            return _after_silence(libraries[state.language], state)
        case Pressed(key):
            return _after_key(libraries, state, key)


def _to(state: State, position: Position, prompt: Prompt = Prompt.PLAIN) -> State:
    return replace(state, position=position, prompt=prompt, tries=0)


def _prompt(state: State, prompt: Prompt) -> State:
    """The same position with another prompt, counted if it comes again."""
    return replace(state, prompt=prompt, tries=state.tries + 1 if state.prompt is prompt else 1)


# --- arrival -----------------------------------------------------------------------------------------------


def _arrive(libraries: Libraries, remembered: State | None) -> State:
    """Choices are kept from the last call; where it stopped is offered if it is still there to hear."""
    start = replace(first_state(libraries), prompt=Prompt.ARRIVED)
    if remembered is None or remembered.language not in libraries:
        return start
    start = replace(start, language=remembered.language, pace=remembered.pace)
    if libraries[start.language].segment(remembered.position) is None:
        return start
    return replace(start, position=replace(remembered.position, resuming=True))


# --- keys --------------------------------------------------------------------------------------------------


PLAIN_KEYS: Mapping[str, Callable[[State], State]] = {
    "0": lambda state: _prompt(state, Prompt.CALLING),
    "#": lambda state: state,
    "8": lambda state: replace(state, prompt=Prompt.WAITING, tries=1),
    "7": lambda state: replace(state, pace=NEXT_PACE[state.pace], prompt=Prompt.PACED, tries=0),
}
"""Keys that mean the same everywhere and need no library to know where they lead."""


def _after_key(libraries: Libraries, state: State, key: str) -> State:
    library = libraries[state.language]
    if key in PLAIN_KEYS:
        return PLAIN_KEYS[key](state)
    if key == "*":
        return _to(state, library.above(state.position))
    if key == "9" and library.can_text:
        return replace(state, prompt=Prompt.TEXTING, tries=0)
    if key == "6" and len(libraries) > 1:
        return _to(replace(state, language=following_language(libraries, state.language)), state.position)
    if key in (choices := offered(library, state)):
        return _to(state, choices[key])
    if key in (prompts := offered_prompts(library, state)):
        return replace(state, prompt=prompts[key], tries=0)
    there = _prompt(state, Prompt.UNKNOWN_KEY)
    return replace(there, tries=min(there.tries, LAST_TRY))


# --- silence -----------------------------------------------------------------------------------------------


def _after_silence(library: Library, state: State) -> State:
    if state.prompt in AFTER_SILENCE:
        return AFTER_SILENCE[state.prompt](state)
    if not state.patient and (state.position.resuming or state.position == Position(HOME)):
        return replace(_to(state, Position(HOME), Prompt.OVERVIEW), patient=True)
    following = (
        library.after(state.position) if library.segment(state.position) and not state.position.resuming else None
    )
    if following and not library.is_last(state.position):
        return _to(state, following)
    return _first_silence(state)


def _first_silence(state: State) -> State:
    return replace(state, prompt=Prompt.SILENT, tries=1, patient=True)


def _still_silent(state: State) -> State:
    return _prompt(state, Prompt.SILENT if state.tries < LAST_TRY else Prompt.GOODBYE)


def _still_waiting(state: State) -> State:
    if state.tries < LONGEST_WAIT:
        return _prompt(state, Prompt.WAITING)
    return _warned(state)


def _warned(state: State) -> State:
    return replace(state, prompt=Prompt.SILENT, tries=LAST_TRY, patient=True)


AFTER_SILENCE: Mapping[Prompt, Callable[[State], State]] = {
    Prompt.SILENT: _still_silent,
    Prompt.WAITING: _still_waiting,
    Prompt.GOODBYE: lambda state: _prompt(state, Prompt.ENDED),
    Prompt.ENDED: lambda state: state,
    Prompt.CALLING: lambda state: _prompt(state, Prompt.UNREACHED),
    Prompt.CALLED: lambda state: _prompt(state, Prompt.CALLED) if state.tries < TWICE else _warned(state),
    Prompt.TEXTING: lambda state: replace(state, prompt=Prompt.TEXT_FAILED, tries=0),
    Prompt.FORGETTING: lambda state: replace(state, prompt=Prompt.NOT_FORGOTTEN, tries=0),
}
"""Prompts after which silence leads on by itself, wherever the caller is."""
