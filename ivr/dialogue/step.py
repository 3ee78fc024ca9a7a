"""The only way in: one event in one state leads to one turn. Nothing is remembered here, and nothing is done outside.

What has to be done comes back as effects. Where the outcome of one decides what is said, the turn ends with that
effect, and the outcome is the next event: a caller presses 9, the turn asks for a text to be sent, `TextSent` tells
what became of it, and the turn after that says so. `web/effects.py` carries effects out and goes on until none is left.

The same state and event lead to the same turn, so a webhook that arrives twice changes nothing.
"""

from __future__ import annotations

from dataclasses import replace
from typing import cast, overload

from ivr.dialogue.metrics import REACHED, answer_names, came_to_a_fact, turn_names
from ivr.dialogue.permitted import texter_turn
from ivr.dialogue.say import say, say_fault
from ivr.dialogue.state import Libraries, first_state, is_segment, library_of
from ivr.dialogue.text_replies import texts_of
from ivr.dialogue.transitions import next_state
from ivr.model import (
    Arrived,
    CallEvent,
    CallTurn,
    Count,
    Effect,
    Event,
    Failed,
    Forget,
    HangUp,
    HungUp,
    LookForLostText,
    Prompt,
    Remember,
    Reply,
    SendText,
    Silent,
    State,
    Texter,
    TextEvent,
    TextLost,
    TextTurn,
    Turn,
)


@overload
def step(libraries: Libraries, state: State, event: CallEvent) -> CallTurn: ...
@overload
def step(libraries: Libraries, state: Texter, event: TextEvent) -> TextTurn: ...
def step(libraries: Libraries, state: State | Texter, event: Event) -> CallTurn | TextTurn:
    if isinstance(state, Texter):
        return _counted_in_its_language(libraries, texter_turn(libraries, state, cast(TextEvent, event)))
    return _call_turn(libraries, state, cast(CallEvent, event))


def _counted_in_its_language(libraries: Libraries, turn: TextTurn) -> TextTurn:
    """Counts the language of the answer last, because it is known only when the answer is."""
    if turn.reply.text is None:
        return turn
    answered = answer_names(library_of(libraries, turn.state), turn.reply)
    effects = (Count((*one.names, *answered)) if isinstance(one, Count) else one for one in turn.effects)
    return replace(turn, effects=tuple(effects))


def _call_turn(libraries: Libraries, before: State, event: CallEvent) -> CallTurn:
    if isinstance(event, HungUp):
        return Turn(before, Reply((), HangUp()), (Count((REACHED,)),) if event.talked else ())
    if isinstance(event, Failed):
        state = replace(first_state(libraries), prompt=Prompt.GOODBYE)
        state = replace(state, language=before.language) if before.language in libraries else state
        return Turn(state, say_fault(libraries[state.language]))
    state = next_state(libraries, before, event)
    counts = turn_names(before, event, state) + came_to_a_fact(libraries[state.language], before, event, state)
    counted = Count(tuple(counts))
    named = before.prompt is Prompt.NAMING and isinstance(event, Silent) and state.prompt is Prompt.PLAIN
    return Turn(state, say(libraries, state, named), (counted, *_effects(libraries, event, state)))


def _effects(libraries: Libraries, event: CallEvent, state: State) -> tuple[Effect, ...]:
    if state.prompt is Prompt.TEXTING:
        may_go_on = is_segment(state.position) and not state.unkept
        texts = texts_of(libraries[state.language], state.position)
        return (SendText(texts, state.position if may_go_on else None),)
    if state.prompt is Prompt.FORGETTING:
        return (Forget(),)
    if state.unkept or isinstance(event, Arrived | TextLost):
        return ()
    remember = Remember(State(state.language, state.position, state.pace))
    if state.prompt is Prompt.PLAIN and state.texted:
        return remember, LookForLostText()
    return (remember,)
