"""Where a caller goes next, and nothing else: what each key does is in `keys.py`, what is said in `say.py`.

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
4. Silence goes on to the next segment, which is named first: a key that comes too late still means what it meant
   before (`before_naming`). At the main menu, and at the offer to go on, silence begins the tour: what matters most,
   topic after topic, without what was heard already. Elsewhere `AFTER_SILENCE` and `_after_silence` say what each
   prompt leads to.
5. Nobody is given up on. At the end of the tour, and after three silences at a question, the line connects a silent
   caller to a person where it may (once a call, after 45 s in which any key stops it); else a warning, goodbye with a
   number, and the end. Warning signs that were asked for are repeated once, then the line connects whatever is set.
   Waiting (key 8) outlasts all of it for ten minutes, and never leads to a call.

A prompt that repeats counts its `tries`; any other prompt starts anew. A caller who moves away from a segment has
visited it, and hears it named shorter the next time. `#` changes nothing: the same words are heard again, without a
remark that came before them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from ivr.dialogue.keys import LAST_TRY, MOST_CALLED, asks, goes_on, pressed
from ivr.dialogue.said import after_words
from ivr.dialogue.state import (
    Libraries,
    asked_for_signs,
    before_naming,
    first_state,
    gone_on,
    is_among_signs,
    is_segment,
    moved,
    next_unheard,
    prompted,
    visited_bit,
)
from ivr.library.library import HOME
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
"""Waiting prompts in a row (25 s and more each, together over ten minutes) before the line asks whether anyone is
there."""

ASKING = frozenset({Prompt.DID_YOU_SAY, Prompt.LACKING})
"""Prompts whose question stays open until something else is heard."""

MOST_NOISE = 2
"""How often the line repeats that it will connect the caller when it has heard something that it does not
understand."""

FIRST, SECOND = 1, 2
"""The value of `tries` in a call to a person: whether the first or the second number is dialled."""

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
    if after == state or event == Pressed("#"):
        return after
    return replace(after, visited=after.visited | visited_bit(libraries, state))


def _next(libraries: Libraries, state: State, event: CallEvent) -> State:
    if state.language not in libraries:
        state = replace(state, language=first_state(libraries).language)
    nearest = libraries[state.language].nearest(state.position)
    if nearest != state.position:
        near = moved(state, nearest, Prompt.MOVED)
        return replace(near, prompt=Prompt.CALLING, tries=FIRST) if event == Pressed("0") else near
    if state.prompt is Prompt.NAMING and isinstance(event, Pressed):
        return _next(libraries, before_naming(state), event)
    match event:
        case Arrived(remembered, lost, text_language):
            return replace(_arrived(libraries, state.language, remembered, text_language), texted=lost)
        case DialEnded(talked):
            return prompted(state, Prompt.TALKED) if talked else _not_reached(libraries, state)
        case TextSent(outcome):
            sent = state.texted or outcome is Outcome.SENT
            return replace(state, prompt=TEXT_PROMPTS[outcome], tries=0, texted=sent)
        case Forgotten(done):
            return replace(state, prompt=Prompt.FORGOTTEN if done else Prompt.NOT_FORGOTTEN, tries=0, unkept=done)
        case Silent():
            return _after_silence(libraries, state)
        case Pressed(key):
            return pressed(libraries, state, key) or _unknown_key(state)
        case Said():
            return after_words(libraries, state, event) or _after_noise(libraries, state)
        case HungUp() | Failed() | TextLost():
            return state


def _arrived(libraries: Libraries, language: str, remembered: State | None, text_language: str) -> State:
    """Choices are kept from the last call, and the position where it stopped is offered if it still exists. New callers
    are greeted in the language of their texts, otherwise in `language`, that of the number."""
    start = replace(first_state(libraries), language=language, prompt=Prompt.ARRIVED)
    if remembered is None or remembered.language not in libraries:
        return replace(start, language=text_language) if text_language in libraries else start
    start = replace(start, language=remembered.language, pace=remembered.pace)
    if libraries[start.language].segment(remembered.position) is None:
        return start
    return replace(start, position=replace(remembered.position, resuming=True))


def _unknown_key(state: State) -> State:
    """Unknown keys before a `#` count too: it repeated the position, but not the remark."""
    before = state.tries if state.prompt in (Prompt.UNKNOWN_KEY, Prompt.PLAIN) else 0
    return replace(state, prompt=Prompt.UNKNOWN_KEY, tries=min(before + 1, LAST_TRY))


def _not_reached(libraries: Libraries, state: State) -> State:
    """Tries another number, if there is one. The number that is dialled from the warning signs has none after it."""
    library = libraries[state.language]
    has_second = bool(library.second_helpline) and not (library.urgent_number and is_among_signs(library, state))
    if has_second and state.tries == FIRST and state.prompt in (Prompt.CALLING, Prompt.CALLING_UNASKED):
        return replace(state, tries=SECOND)
    return prompted(state, Prompt.UNREACHED)


# --- silence -----------------------------------------------------------------------------------------------


def _after_silence(libraries: Libraries, state: State) -> State:
    if state.prompt in AFTER_SILENCE:
        return AFTER_SILENCE[state.prompt](libraries, state)
    library = libraries[state.language]
    if asks(library, state):
        return _asked_again(libraries, state)
    if state.touring:
        return _on_tour(libraries, state)
    if goes_on(libraries, state) and (following := library.after(state.position)):
        return gone_on(state, following)
    if state.position.resuming or state.position == Position(HOME):
        return _on_tour(libraries, state)
    return _asks(state)


def _after_noise(libraries: Libraries, state: State) -> State:
    """Words that mean nothing to the line are a silence. But they do not shorten the time in which the caller can stop
    a call that they did not ask for, and a noise that never ends does not hold that call up."""
    if state.prompt is Prompt.CONNECTING and state.tries < MOST_NOISE:
        return replace(state, tries=state.tries + 1)
    return _after_silence(libraries, state)


def _on_tour(libraries: Libraries, state: State) -> State:
    """Goes on to what comes next on the tour. A silent caller is not abandoned at its end. Callers who have heard all
    of it before, and are silent at the main menu, are asked."""
    if following := next_unheard(libraries, state):
        return gone_on(state, following, touring=True)
    return _given_up(libraries, moved(state, Position(HOME))) if state.touring else _asks(state)


def _asks(state: State) -> State:
    return replace(state, prompt=Prompt.SILENT, tries=1, patient=True)


def _still_silent(libraries: Libraries, state: State) -> State:
    if state.tries >= LAST_TRY:
        return prompted(state, Prompt.GOODBYE)
    if asked_for_signs(libraries[state.language], state):
        return _given_up(libraries, state)
    if state.tries < LAST_TRY - 1:
        return prompted(state, Prompt.SILENT)
    following = next_unheard(libraries, state) if is_segment(state.position) else None
    return gone_on(state, following, touring=True) if following else _given_up(libraries, state)


def _asked_again(libraries: Libraries, state: State) -> State:
    """Repeats the open question, or the offer to dictate what could not be sent. The third silence ends it, but noise
    mistaken for a word never ends what is being read to a silent caller."""
    if state.tries < LAST_TRY - 1:
        return replace(state, tries=state.tries + 1, patient=True)
    is_read_to = state.touring or state.position.resuming or state.position == Position(HOME)
    following = next_unheard(libraries, state) if is_read_to else None
    return gone_on(state, following, touring=True) if following else _given_up(libraries, state)


def _given_up(libraries: Libraries, state: State) -> State:
    """The caller is connected to a person, or is told a number and that the call will end."""
    library = libraries[state.language]
    if (library.connects_silent or asked_for_signs(library, state)) and not state.only_asked:
        return replace(state, prompt=Prompt.CONNECTING, tries=0, patient=True)
    return _warned(libraries, state)


def _warned(_libraries: Libraries, state: State) -> State:
    return replace(state, prompt=Prompt.SILENT, tries=LAST_TRY, patient=True)


def _still_waiting(libraries: Libraries, state: State) -> State:
    return prompted(state, Prompt.WAITING) if state.tries < LONGEST_WAIT else _warned(libraries, state)


def _not_come(_libraries: Libraries, state: State) -> State:
    """Nobody has answered a call that the line made: nobody is connected, and nothing of the content is said."""
    if state.tries >= MOST_CALLED:
        return prompted(state, Prompt.ENDED)
    return replace(prompted(state, Prompt.CALLED), patient=True, only_asked=True)


def _to(prompt: Prompt) -> Callable[[Libraries, State], State]:
    return lambda _libraries, state: replace(state, prompt=prompt, tries=0)


AFTER_SILENCE: Mapping[Prompt, Callable[[Libraries, State], State]] = {
    Prompt.NAMING: lambda _libraries, state: replace(state, prompt=Prompt.PLAIN, tries=0, came_from=None),
    Prompt.SILENT: _still_silent,
    Prompt.WAITING: _still_waiting,
    Prompt.CONNECTING: lambda _libraries, state: replace(
        state, prompt=Prompt.CALLING_UNASKED, tries=FIRST, only_asked=True
    ),
    Prompt.GOODBYE: lambda _libraries, state: prompted(state, Prompt.ENDED),
    Prompt.ENDED: lambda _libraries, state: state,
    Prompt.CALLING: lambda _libraries, state: prompted(state, Prompt.UNREACHED),
    Prompt.CALLING_UNASKED: lambda _libraries, state: prompted(state, Prompt.UNREACHED),
    Prompt.CALLED: _not_come,
    Prompt.TEXTING: _to(Prompt.TEXT_FAILED),
    Prompt.FORGETTING: _to(Prompt.NOT_FORGOTTEN),
}
"""Prompts after which silence leads on by itself, wherever the caller is."""
