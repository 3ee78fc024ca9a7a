"""What a prompt says: why a position is heard now. The position's own words come after it (`say.py`)."""

from __future__ import annotations

from collections.abc import Mapping

from ivr.dialogue.keys import EVERYWHERE, LAST_TRY, NOT_TEXTED, following_language, holds_only_a_prompt
from ivr.dialogue.said import question
from ivr.dialogue.state import Libraries, asked_for_signs, is_among_signs, is_segment
from ivr.dialogue.utterances import PHONE_NUMBER, utterances_of
from ivr.library.library import Library
from ivr.library.limits import BETWEEN_SENTENCES
from ivr.library.phrases import CallPhrase
from ivr.model import Pace, Position, Prompt, State, Utterance

QUIET_BEFORE = 1.0
"""Seconds of quiet after the call is answered, so that the first word is not lost while the phone goes to the ear."""

SAID_ONCE: Mapping[Prompt, CallPhrase] = {
    Prompt.ARRIVED: CallPhrase.ARRIVED,
    Prompt.TALKED: CallPhrase.TALKED,
    Prompt.UNREACHED: CallPhrase.UNREACHED,
    Prompt.MOVED: CallPhrase.MOVED,
    Prompt.GOODBYE: CallPhrase.GOODBYE,
    Prompt.CONNECTING: CallPhrase.CONNECTING,
    Prompt.DICTATED: CallPhrase.DICTATED,
    Prompt.FORGOTTEN: CallPhrase.FORGOTTEN,
    Prompt.NOT_FORGOTTEN: CallPhrase.NOT_FORGOTTEN,
    Prompt.TEXT_SENT: CallPhrase.TEXT_SENT,
    Prompt.TEXT_LOST: CallPhrase.TEXT_LOST,
    Prompt.TEXT_WITHHELD: CallPhrase.TEXT_WITHHELD,
    Prompt.TEXT_NO_TEXTS: CallPhrase.TEXT_NO_TEXTS,
    Prompt.TEXT_STOPPED: CallPhrase.TEXT_STOPPED,
    Prompt.TEXT_NO_CREDIT: CallPhrase.TEXT_NO_CREDIT,
    Prompt.TEXT_TOO_MANY: CallPhrase.TEXT_TOO_MANY,
    Prompt.TEXT_FAILED: CallPhrase.TEXT_FAILED,
    Prompt.LACKING: CallPhrase.LACKING,
    Prompt.LACKING_URGENT: CallPhrase.LACKING_URGENT,
    Prompt.OTHER_LANGUAGE: CallPhrase.OTHER_LANGUAGE,
    Prompt.CHOICES: CallPhrase.CHOICES,
    Prompt.DID_YOU_SAY: CallPhrase.CHOICES,
    **{prompt: phrase for row in EVERYWHERE.values() for prompt, phrase in row.says.items()},
}
SAID_BY_TRIES: Mapping[Prompt, tuple[CallPhrase, ...]] = {
    Prompt.SILENT: (CallPhrase.SILENT_1, CallPhrase.SILENT_2, CallPhrase.SILENT_3),
    Prompt.UNKNOWN_KEY: (CallPhrase.UNKNOWN_KEY_1, CallPhrase.UNKNOWN_KEY_2, CallPhrase.UNKNOWN_KEY_3),
    Prompt.CALLED: (CallPhrase.CALLED, CallPhrase.CALLED, CallPhrase.SILENT_3, CallPhrase.GOODBYE),
    Prompt.WAITING: (CallPhrase.WAITING, CallPhrase.STILL_WAITING),
}
"""From the first try on; the last phrase serves for all further tries."""
SAID_AMONG_SIGNS: Mapping[Prompt, CallPhrase] = {
    Prompt.UNREACHED: CallPhrase.UNREACHED_SIGNS,
    Prompt.GOODBYE: CallPhrase.GOODBYE_SIGNS,
    Prompt.CONNECTING: CallPhrase.CONNECTING_SIGNS,
}
"""Shorter phrases for use among the warning signs; nothing in them soothes."""
SAID_BY_PACE: Mapping[Pace, CallPhrase] = {
    Pace.SLOWER: CallPhrase.PACED_SLOWER,
    Pace.SLOW: CallPhrase.PACED_SLOW,
    Pace.NORMAL: CallPhrase.PACED_NORMAL,
    Pace.FAST: CallPhrase.PACED_FAST,
}

WITHOUT_BODY = NOT_TEXTED | {
    *(Prompt.SILENT, Prompt.TEXT_SENT, Prompt.FORGOTTEN, Prompt.NOT_FORGOTTEN),
    *(Prompt.DID_YOU_SAY, Prompt.LACKING, Prompt.LACKING_URGENT, Prompt.OTHER_LANGUAGE, Prompt.CHOICES),
}
"""Prompts after which the position's words are not repeated, only what can be done next."""


def prompt_phrase(library: Library, state: State) -> CallPhrase | None:
    """The phrase that opens what is said, or None."""
    if asked_for_signs(library, state) and state.prompt is Prompt.SILENT and state.tries < LAST_TRY:
        return CallPhrase.SIGNS_AGAIN
    if state.prompt in SAID_AMONG_SIGNS and is_among_signs(library, state):
        is_team = state.prompt is Prompt.CONNECTING and library.urgent_number
        return CallPhrase.CONNECTING_TEAM if is_team else SAID_AMONG_SIGNS[state.prompt]
    if state.prompt is Prompt.NAMING and state.came_from and not is_segment(state.came_from):
        return CallPhrase.OVERVIEW
    if state.prompt is Prompt.PACED:
        return SAID_BY_PACE[state.pace]
    if state.prompt is Prompt.DICTATED and dictates(library, state.position):
        return None
    if by_tries := SAID_BY_TRIES.get(state.prompt):
        return by_tries[min(max(state.tries, 1), len(by_tries)) - 1]
    return SAID_ONCE.get(state.prompt)


def says_no_more(library: Library, state: State) -> bool:
    """Whether the position's words are left out after the prompt's own. The warning signs are said after a silence; but
    a caller who could not be connected from there hears in one sentence what to do."""
    if holds_only_a_prompt(state) or state.prompt is Prompt.CONNECTING:
        return True
    if state.prompt is Prompt.UNREACHED and (is_among_signs(library, state) or dictates(library, state.position)):
        return True
    return state.prompt in WITHOUT_BODY and prompt_phrase(library, state) is not CallPhrase.SIGNS_AGAIN


def dictates(library: Library, position: Position) -> bool:
    """Whether the segment itself waits for a pen and then says a number to write down."""
    segment = library.segment(position) if is_segment(position) else None
    return segment is not None and PHONE_NUMBER.search(segment.voice) is not None


def said_by_prompt(libraries: Libraries, state: State) -> list[Utterance]:
    if asked := question(libraries[state.language], state):
        words, slots = libraries[state.language].call[asked[0]], asked[1]
        return utterances_of(state.language, words, BETWEEN_SENTENCES, **slots)
    phrase = prompt_phrase(libraries[state.language], state)
    if phrase is None:
        return []
    utterances = utterances_of(state.language, libraries[state.language].call[phrase], BETWEEN_SENTENCES)
    if state.prompt is not Prompt.ARRIVED:
        return utterances
    more = [] if state.position.resuming else arrived_more(libraries, state)
    if state.tries:
        return [*utterances, *other_language(libraries, state), *more]
    return [Utterance("", QUIET_BEFORE, state.language), *utterances, *more]


def arrived_more(libraries: Libraries, state: State) -> list[Utterance]:
    """What can wait until the caller has been offered to go on: the other language, a person. Callers who have just
    changed the language, perhaps out of habit, have already heard how to change back, right after the emergency
    number."""
    other = [] if state.tries else other_language(libraries, state)
    words = libraries[state.language].call[CallPhrase.ARRIVED_MORE]
    return [*other, *utterances_of(state.language, words, BETWEEN_SENTENCES)]


def other_language(libraries: Libraries, state: State) -> list[Utterance]:
    """The language that key 6 leads to, offered in that language."""
    other = following_language(libraries, state.language)
    return utterances_of(other, libraries[other].call[CallPhrase.LANGUAGE_KEY]) if other != state.language else []
