"""Where a caller goes next, and nothing else: what each key does is in `keys.py`, what is said in `prompts.py`.

The line remembers nothing of a call while it lasts. The address that the carrier calls back carries the state
(`url.py`): language, position, pace, and the prompt, which says why the position was heard. So a key means what the
caller has just heard, whatever the store knows, and a webhook that arrives twice leads to the same state twice.

An event is met in this order:

1. A position that the content no longer has leads to the nearest menu, and the caller is told so. Only key 0 is heeded
   at once even then: nobody who asks for a person hears about menus first.
2. What the line itself has brought about (a call to a person has ended, a text was sent or not, memory was erased or
   not) stays at the position, with a prompt that says what became of it.
3. A key goes by the table of `keys.py`. Of one that does nothing there the caller is told so, more helpfully each time
   up to the third. Words (`said.py`) lead where a key does; those that mean nothing to the line are a silence.
4. Silence goes on to the next segment. Where there is none to go on to, `AFTER_SILENCE` says what each prompt leads to:
   the first silence at the main menu brings the overview, then come three prompts, then goodbye, then the end. Waiting
   (key 8) outlasts all of it for ten minutes.

A prompt that repeats counts its `tries`; any other prompt starts anew. A caller who moves away from a segment has
visited it, and hears it named shorter the next time. `#` changes nothing at all: the same words are heard again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from ivr.dialogue.keys import LAST_TRY, pressed
from ivr.dialogue.said import said
from ivr.dialogue.state import Libraries, first_state, is_segment, moved, prompted, visited_bit
from ivr.library.library import HOME, Library
from ivr.model import (
    Arrived,
    CallEvent,
    DialEnded,
    Failed,
    Forgotten,
    HungUp,
    Outcome,
    Position,
    Pressed,
    Prompt,
    Said,
    Silent,
    State,
    TextLost,
    TextSent,
)

LONGEST_WAIT = 24
"""How many prompts to wait in a row (25 s and more each, over ten minutes) before the line asks if anyone is there."""

ASKING = frozenset({Prompt.DID_YOU_SAY, Prompt.LACKING})
"""A question is open until anything else is heard."""

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


def next_state(libraries: Libraries, state: State, event: CallEvent) -> State:
    if isinstance(event, TextLost):
        return replace(state, prompt=Prompt.TEXT_LOST, texted=False)
    after = _next(libraries, state, event)
    if after.prompt not in ASKING:
        after = replace(after, asked=())
    return after if after == state else replace(after, visited=after.visited | visited_bit(libraries, state))


def _next(libraries: Libraries, state: State, event: CallEvent) -> State:
    if state.language not in libraries:
        state = replace(state, language=first_state(libraries).language)
    nearest = libraries[state.language].nearest(state.position)
    if nearest != state.position:
        near = moved(state, nearest, Prompt.MOVED)
        return prompted(near, Prompt.CALLING) if event == Pressed("0") else near
    match event:
        case Arrived(remembered, lost, text_language):
            return replace(_arrived(libraries, remembered, text_language), texted=lost)
        case DialEnded(talked):
            return prompted(state, Prompt.TALKED if talked else Prompt.UNREACHED)
        case TextSent(outcome):
            sent = state.texted or outcome is Outcome.SENT
            return replace(state, prompt=TEXT_PROMPTS[outcome], tries=0, texted=sent)
        case Forgotten(done):
            return replace(state, prompt=Prompt.FORGOTTEN if done else Prompt.NOT_FORGOTTEN, tries=0, unkept=done)
        case Silent():
            return _after_silence(libraries[state.language], state)
        case Pressed(key):
            return pressed(libraries, state, key) or _unknown_key(state)
        case Said():
            return said(libraries, state, event) or _after_silence(libraries[state.language], state)
        case HungUp() | Failed() | TextLost():
            return state


def _arrived(libraries: Libraries, remembered: State | None, text_language: str) -> State:
    """Choices are kept from the last call; where it stopped is offered if it is still there to hear. Who has not called
    before is greeted in the language of their texts."""
    start = replace(first_state(libraries), prompt=Prompt.ARRIVED)
    if remembered is None or remembered.language not in libraries:
        return replace(start, language=text_language) if text_language in libraries else start
    start = replace(start, language=remembered.language, pace=remembered.pace)
    if libraries[start.language].segment(remembered.position) is None:
        return start
    return replace(start, position=replace(remembered.position, resuming=True))


def _unknown_key(state: State) -> State:
    after = prompted(state, Prompt.UNKNOWN_KEY)
    return replace(after, tries=min(after.tries, LAST_TRY))


# --- silence -----------------------------------------------------------------------------------------------


def _after_silence(library: Library, state: State) -> State:
    if state.prompt in AFTER_SILENCE:
        return AFTER_SILENCE[state.prompt](state)
    if not state.patient and (state.position.resuming or state.position == Position(HOME)):
        return replace(moved(state, Position(HOME), Prompt.OVERVIEW), patient=True)
    following = library.after(state.position) if is_segment(state.position) else None
    if following and not library.is_last(state.position):
        return moved(state, following)
    return replace(state, prompt=Prompt.SILENT, tries=1, patient=True)


def _still_silent(state: State) -> State:
    return prompted(state, Prompt.SILENT if state.tries < LAST_TRY else Prompt.GOODBYE)


def _still_waiting(state: State) -> State:
    return prompted(state, Prompt.WAITING) if state.tries < LONGEST_WAIT else _warned(state)


def _warned(state: State) -> State:
    return replace(state, prompt=Prompt.SILENT, tries=LAST_TRY, patient=True)


AFTER_SILENCE: Mapping[Prompt, Callable[[State], State]] = {
    Prompt.SILENT: _still_silent,
    Prompt.WAITING: _still_waiting,
    Prompt.GOODBYE: lambda state: prompted(state, Prompt.ENDED),
    Prompt.ENDED: lambda state: state,
    Prompt.CALLING: lambda state: prompted(state, Prompt.UNREACHED),
    Prompt.CALLED: lambda state: prompted(state, Prompt.CALLED) if state.tries < TWICE else _warned(state),
    Prompt.TEXTING: lambda state: replace(state, prompt=Prompt.TEXT_FAILED, tries=0),
    Prompt.FORGETTING: lambda state: replace(state, prompt=Prompt.NOT_FORGOTTEN, tries=0),
}
"""Prompts after which silence leads on by itself, wherever the caller is."""
