"""What is heard in a state: why it is heard, the position's own words, and what can be pressed. Then the line listens,
dials or hangs up.

The same state is always said in the same words, so that `#` repeats exactly.
"""

from __future__ import annotations

from dataclasses import replace

from ivr.dialogue.choices import choices, notice
from ivr.dialogue.keys import LAST_TRY, MOST_CALLED, asks, goes_on
from ivr.dialogue.prompts import other_language, said_by_prompt, says_no_more
from ivr.dialogue.said import hears
from ivr.dialogue.state import Libraries, is_among_signs, is_segment
from ivr.dialogue.utterances import segment_heard, segment_spoken, utterances_of
from ivr.library.library import Library
from ivr.library.limits import BETWEEN_SENTENCES
from ivr.library.phrases import CallPhrase
from ivr.model import Dial, HangUp, Listen, Prompt, Reply, State, Utterance

LISTEN = 10
LISTEN_PATIENTLY = 20
LISTEN_AT_THE_END = 45
"""Seconds. Together with the words of goodbye this leaves a minute in which any key keeps the call."""
LISTEN_BEFORE_DIALLING = 45
LISTEN_WHILE_NAMING = 1
"""Seconds, for a key that was meant for what came before."""
LISTEN_WHILE_WAITING = 24
"""Seconds. Together with its words, the line is heard at least every half minute."""

TIME_TO_WRITE = 2.5
"""Seconds after each dictated sentence."""


def say(libraries: Libraries, state: State, named: bool = False) -> Reply:
    """Everything that is heard in a state whose position exists. `named`: the caller has just heard the position's
    name."""
    library = libraries[state.language]
    if state.prompt in (Prompt.CALLING, Prompt.CALLING_UNASKED):
        return Reply((), Dial(_number(library, state), from_line=state.prompt is Prompt.CALLING_UNASKED))
    if state.prompt is Prompt.ENDED:
        return Reply((), HangUp())
    first = [*_asked_again(library, state), *said_by_prompt(libraries, state)]
    utterances = [*first, *_body(libraries, state, named), *_not_said(first, choices(libraries, state))]
    utterances += _not_said(utterances, _asked_last(library, state))
    utterances += notice(library, state)
    heard = state.language if hears(library, state) else ""
    return Reply(tuple(utterances), Listen(_patience(libraries, state), heard))


def _asked_again(library: Library, state: State) -> list[Utterance]:
    """What is said after the first silence at a question."""
    if state.tries != 1 or not asks(library, state):
        return []
    return utterances_of(state.language, library.call[CallPhrase.ASKED_AGAIN], BETWEEN_SENTENCES)


def _asked_last(library: Library, state: State) -> list[Utterance]:
    """What is said after the second silence: a person may help more."""
    if state.tries < LAST_TRY - 1 or not asks(library, state):
        return []
    return utterances_of(state.language, library.call[CallPhrase.PERSON_KEY])


def _number(library: Library, state: State) -> str:
    """The name of the number that is dialled; empty for the helpline."""
    if is_among_signs(library, state) and library.urgent_number:
        return library.urgent_number
    return library.second_helpline if state.tries > 1 else ""


def _not_said(before: list[Utterance], utterances: list[Utterance]) -> list[Utterance]:
    """The utterances without the choices that the prompt has already named."""
    return [one for one in utterances if not any(one.words in said.words for said in before)]


def say_fault(library: Library) -> Reply:
    """What is said when the line itself has failed: a number to call; any key starts again."""
    utterances = utterances_of(library.language.tag, library.call[CallPhrase.FAULT], BETWEEN_SENTENCES)
    return Reply(tuple(utterances), Listen(LISTEN_PATIENTLY))


PATIENCE = {
    Prompt.NAMING: LISTEN_WHILE_NAMING,
    Prompt.WAITING: LISTEN_WHILE_WAITING,
    Prompt.GOODBYE: LISTEN_AT_THE_END,
    Prompt.CONNECTING: LISTEN_BEFORE_DIALLING,
}


def _patience(libraries: Libraries, state: State) -> int:
    """Seconds to listen. Longer for callers who have been silent before, except where silence goes on by itself,
    because there it is an answer. Longer at the offer to go on, too, which is made only once."""
    if state.prompt is Prompt.CALLED and state.tries >= MOST_CALLED:
        return LISTEN_AT_THE_END
    is_patient = state.position.resuming or (state.patient and not goes_on(libraries, state))
    usual = LISTEN_PATIENTLY if is_patient else LISTEN
    return PATIENCE.get(state.prompt, usual)


# --- the position's own words --------------------------------------------------------------------------------


def _body(libraries: Libraries, state: State, named: bool) -> list[Utterance]:
    """The position's own words. The way back from another language is said before a segment, but after the warning
    signs."""
    library = libraries[state.language]
    if state.prompt is Prompt.DICTATED:
        return _dictated(library, state)
    if state.prompt is Prompt.NAMING:
        return _naming(library, state)
    if says_no_more(library, state):
        return []
    way_back = other_language(libraries, state) if state.prompt is Prompt.SWITCHED else []
    if state.position.resuming:
        return way_back
    if is_segment(state.position):
        own = segment_heard(library, state.position, state.pace)
        words = [*own, *way_back] if is_among_signs(library, state) else [*way_back, *own]
        return words if named else [*_naming(library, state), *words]
    title = f"{library.menus[state.position.name].title}."
    return [] if state.prompt is Prompt.ARRIVED else [*utterances_of(state.language, [title]), *way_back]


def _dictated(library: Library, state: State) -> list[Utterance]:
    """What the text would have said, at writing speed."""
    if not is_segment(state.position):
        without = () if library.can_change_pace else library.call[CallPhrase.PACE_KEY]
        live = (words for words in library.call[CallPhrase.KEYS_ALOUD] if words not in without)
        keys = utterances_of(state.language, live, 1.0)
        return [replace(utterance, slowly=True) for utterance in keys]
    own = segment_spoken(library, state.position)
    return [replace(utterance, slowly=True, pause=max(utterance.pause, TIME_TO_WRITE)) for utterance in own]


def _naming(library: Library, state: State) -> list[Utterance]:
    topic, part = library.topics[state.position.name], str(state.position.part)
    naming = library.call[_naming_phrase(library, state)]
    return utterances_of(state.language, naming, title=topic.title, part=part, parts=str(len(topic.segments)))


def _naming_phrase(library: Library, state: State) -> CallPhrase:
    """The phrase that names the position: in full on the first visit, shorter after that."""
    if len(library.topics[state.position.name].segments) == 1:
        return CallPhrase.PLACE_SINGLE
    if state.visited >> library.numbers[state.position] & 1:
        return CallPhrase.PLACE_AGAIN
    return CallPhrase.PLACE_FIRST if state.position.part == 1 else CallPhrase.PLACE
