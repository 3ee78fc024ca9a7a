"""What the line says can be pressed in a state, once the position's own words are over."""

from __future__ import annotations

from ivr.dialogue.keys import (
    following,
    goes_on,
    holds_only_a_prompt,
    offers_dictation,
    offers_to_forget,
    questioned,
    urgent_key,
)
from ivr.dialogue.prompts import arrived_more
from ivr.dialogue.said import hears
from ivr.dialogue.state import Libraries, asked_for_signs, is_among_signs, is_segment
from ivr.dialogue.utterances import utterances_of
from ivr.library.library import HOME, Library
from ivr.library.limits import BETWEEN_SENTENCES
from ivr.library.phrases import ARRIVAL_KEYS, HOME_KEYS, MENU_KEYS, CallPhrase
from ivr.model import Position, Prompt, State, Utterance


def choices(libraries: Libraries, state: State) -> list[Utterance]:
    library = libraries[state.language]
    if holds_only_a_prompt(state) or state.prompt is Prompt.CONNECTING or questioned(library, state):
        return []
    if offers_dictation(state):
        return utterances_of(state.language, library.call[CallPhrase.DICTATE_OFFER])
    if state.position.resuming:
        more = arrived_more(libraries, state) if state.prompt is Prompt.ARRIVED else []
        return [*utterances_of(state.language, library.call[CallPhrase.RESUMING]), *more]
    if is_segment(state.position):
        return _segment_choices(libraries, state)
    voices = (choice.voice for choice in library.menus[state.position.name].choices)
    keys = (words for phrase in _menu_keys(library, state) for words in library.call[phrase])
    return utterances_of(state.language, [*voices, *keys])


def notice(library: Library, state: State) -> list[Utterance]:
    """Says, once, that callers may also speak. It comes after the keys, which are enough by themselves."""
    if state.prompt is not Prompt.ARRIVED or not hears(library, state):
        return []
    return utterances_of(state.language, library.call[CallPhrase.SPEECH], BETWEEN_SENTENCES)


def _menu_keys(library: Library, state: State) -> tuple[CallPhrase, ...]:
    """The menu's phrases. A caller who has been silent hears the choices alone, which are easier to hold on to."""
    if state.patient:
        return ()
    if state.prompt is Prompt.ARRIVED:
        return ARRIVAL_KEYS if library.can_change_pace else ()
    return HOME_KEYS if state.position.name == HOME else MENU_KEYS


def _segment_choices(libraries: Libraries, state: State) -> list[Utterance]:
    library = libraries[state.language]
    as_text = library.call[CallPhrase.TEXT_KEY] if library.can_text and state.prompt is not Prompt.TEXT_SENT else ()
    if state.touring:
        return utterances_of(state.language, _tour_keys(library, state))
    if asked_for_signs(library, state):
        back = library.call[CallPhrase.BACK_KEY]
        return utterances_of(state.language, [*_after_signs(libraries, state), *as_text, *back])
    if library.is_last(state.position):
        return utterances_of(
            state.language, [*_end_of_topic(library, state), *as_text, *library.call[CallPhrase.BACK_KEY]]
        )
    if state.visited:
        return utterances_of(state.language, library.call[CallPhrase.GO_ON_AGAIN])
    return utterances_of(state.language, [*library.call[CallPhrase.GO_ON], *as_text])


def _tour_keys(library: Library, state: State) -> list[str]:
    """The few keys that are named to silent callers: a person and how to leave, after the warning signs, which come
    early."""
    if is_among_signs(library, state):
        return [*library.call[CallPhrase.PERSON_KEY], *library.call[CallPhrase.TOUR_KEYS]]
    has_signs = any(stop.name == library.menus[HOME].urgent for stop in library.tour)
    return [] if has_signs or state.position != library.tour[0] else [*library.call[CallPhrase.TOUR_KEYS]]


def _after_signs(libraries: Libraries, state: State) -> list[str]:
    """Who helps with these signs: the caller's own team first, then a person who knows nothing of the caller."""
    library, position = libraries[state.language], state.position
    help_first = CallPhrase.SIGNS_TEAM if library.urgent_number else CallPhrase.SIGNS_PERSON
    go_on = CallPhrase.GO_ON if goes_on(libraries, state) else CallPhrase.GO_ON_AGAIN
    onward = library.call[go_on] if following(libraries, state) else ()
    again = library.call[CallPhrase.AGAIN_TOPIC] if library.is_last(position) and position.part > 1 else ()
    return [*library.call[help_first], *onward, *again]


def _end_of_topic(library: Library, state: State) -> list[str]:
    """What is offered at the end of a topic. When it asks again after a silence, the line does not repeat that the
    topic is over."""
    over = () if state.prompt is Prompt.SILENT else library.call[CallPhrase.END_OF_TOPIC]
    behind = library.after(state.position)
    offer = [library.topics[behind.name].offer] if behind else []
    again = library.call[CallPhrase.AGAIN_TOPIC if state.position.part > 1 else CallPhrase.AGAIN_KEY]
    may_forget = offers_to_forget(library, state) and state.prompt is not Prompt.FORGOTTEN
    forget = library.call[CallPhrase.FORGET_KEY] if may_forget else ()
    return [*over, *offer, *again, *forget, *_pace_key(library, state), *_urgent_key(library, behind)]


def _pace_key(library: Library, state: State) -> tuple[str, ...]:
    """Offers the key for the pace where keys are tried out. Topics do not mention it, because some carriers cannot
    change pace."""
    tries_keys = state.position.name == library.menus[HOME].practice
    return library.call[CallPhrase.PACE_KEY] if tries_keys and library.can_change_pace else ()


def _urgent_key(library: Library, behind: Position | None) -> list[str]:
    """The main menu's own words for the key to the warning signs, which works in every segment. Left out where the
    warning signs come next anyway."""
    key = urgent_key(library) if not behind or behind.name != library.menus[HOME].urgent else None
    return [choice.voice for choice in library.menus[HOME].choices if choice.key == key]
