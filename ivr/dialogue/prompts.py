"""What is said in a state. The same state is always said in the same words, so that `#` repeats exactly."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from ivr.dialogue.keys import (
    EVERYWHERE,
    LAST_TRY,
    MOST_CALLED,
    NOT_TEXTED,
    asks,
    following,
    following_language,
    goes_on,
    holds_only_a_prompt,
    offers_dictation,
    offers_to_forget,
    questioned,
    urgent_key,
)
from ivr.dialogue.said import hears, question
from ivr.dialogue.state import Libraries, asked_for_signs, is_among_signs, is_segment
from ivr.library.library import HOME, Library, fill
from ivr.library.limits import BETWEEN_CHOICES, BETWEEN_SENTENCES
from ivr.library.measures import TIME_FOR_A_PEN, sentences
from ivr.library.phrases import ARRIVAL_KEYS, HOME_KEYS, MENU_KEYS, CallPhrase
from ivr.model import Dial, HangUp, Listen, Pace, Position, Prompt, Reply, State, Utterance

QUIET_BEFORE = 1.0
"""Seconds of quiet after the call is answered, so that the first word is not lost while the phone goes to the ear."""

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

PEN_SLOT = "{pen}"
PEN = re.compile(rf"({re.escape(PEN_SLOT)})")
"""The slot that marks where the line waits for the caller to get a pen."""
PHONE_NUMBER = re.compile(r"\b\d(?: \d)*(?:, \d(?: \d)*)+\b")
"""A phone number in the form that `library.phone_number` speaks it."""

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


def say(libraries: Libraries, state: State, named: bool = False) -> Reply:
    """Everything that is heard in a state whose position exists. `named`: the caller has just heard the position's
    name."""
    library = libraries[state.language]
    if state.prompt in (Prompt.CALLING, Prompt.CALLING_UNASKED):
        return Reply((), Dial(_number(library, state), from_line=state.prompt is Prompt.CALLING_UNASKED))
    if state.prompt is Prompt.ENDED:
        return Reply((), HangUp())
    first = [*_asked_again(library, state), *_prompt(libraries, state)]
    utterances = [*first, *_body(libraries, state, named), *_not_said(first, _choices(libraries, state))]
    utterances += _not_said(utterances, _asked_last(library, state))
    utterances += _notice(library, state)
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


# --- words as utterances -------------------------------------------------------------------------------------


def utterances_of(
    language: str, paragraphs: Iterable[str], pause: float = BETWEEN_CHOICES, **slots: str
) -> list[Utterance]:
    """`language`: its tag. `pause`: seconds after each paragraph."""
    pieces = (piece for words in paragraphs for piece in _pieces(words, slots))
    return [_utterance(piece, pause, language) for piece in pieces]


def _pieces(words: str, slots: Mapping[str, str]) -> list[str]:
    if "{" not in words:
        return [words] if words else []
    return [piece.strip() for piece in PEN.split(fill(words, slots)) if piece.strip()]


def _utterance(words: str, pause: float, language: str) -> Utterance:
    if words == PEN_SLOT:
        return Utterance("", TIME_FOR_A_PEN, language)
    return Utterance(words, pause, language, slowly=PHONE_NUMBER.search(words) is not None)


def segment_spoken(library: Library, position: Position) -> list[Utterance]:
    """A segment's own words, without what names it and what is offered after it."""
    voice = library.topics[position.name].segments[position.part - 1].voice
    return utterances_of(library.language.tag, sentences(voice), BETWEEN_SENTENCES)


def segment_heard(library: Library, position: Position, pace: Pace) -> list[Utterance]:
    """The segment's own words as they are heard at this pace: one recording if there is one for the pace, otherwise
    speech."""
    utterances, recording = segment_spoken(library, position), library.recordings.get((position, pace))
    if recording is None:
        return utterances
    last, words = utterances[-1], " ".join(utterance.words for utterance in utterances)
    return [Utterance(words, last.pause, last.language, recording=recording.name)]


# --- why it is heard -----------------------------------------------------------------------------------------


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
    if state.prompt is Prompt.DICTATED and _dictates(library, state.position):
        return None
    if by_tries := SAID_BY_TRIES.get(state.prompt):
        return by_tries[min(max(state.tries, 1), len(by_tries)) - 1]
    return SAID_ONCE.get(state.prompt)


def _prompt(libraries: Libraries, state: State) -> list[Utterance]:
    if asked := question(libraries[state.language], state):
        words, slots = libraries[state.language].call[asked[0]], asked[1]
        return utterances_of(state.language, words, BETWEEN_SENTENCES, **slots)
    phrase = prompt_phrase(libraries[state.language], state)
    if phrase is None:
        return []
    utterances = utterances_of(state.language, libraries[state.language].call[phrase], BETWEEN_SENTENCES)
    if state.prompt is not Prompt.ARRIVED:
        return utterances
    more = [] if state.position.resuming else _arrived_more(libraries, state)
    if state.tries:
        return [*utterances, *_other_language(libraries, state), *more]
    return [Utterance("", QUIET_BEFORE, state.language), *utterances, *more]


def _arrived_more(libraries: Libraries, state: State) -> list[Utterance]:
    """What can wait until the caller has been offered to go on: the other language, a person. Callers who have just
    changed the language, perhaps out of habit, have already heard how to change back, right after the emergency
    number."""
    other = [] if state.tries else _other_language(libraries, state)
    words = libraries[state.language].call[CallPhrase.ARRIVED_MORE]
    return [*other, *utterances_of(state.language, words, BETWEEN_SENTENCES)]


def _other_language(libraries: Libraries, state: State) -> list[Utterance]:
    """The language that key 6 leads to, offered in that language."""
    other = following_language(libraries, state.language)
    return utterances_of(other, libraries[other].call[CallPhrase.LANGUAGE_KEY]) if other != state.language else []


# --- what is heard there -------------------------------------------------------------------------------------


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
    way_back = _other_language(libraries, state) if state.prompt is Prompt.SWITCHED else []
    if state.position.resuming:
        return way_back
    if is_segment(state.position):
        own = segment_heard(library, state.position, state.pace)
        words = [*own, *way_back] if is_among_signs(library, state) else [*way_back, *own]
        return words if named else [*_naming(library, state), *words]
    title = f"{library.menus[state.position.name].title}."
    return [] if state.prompt is Prompt.ARRIVED else [*utterances_of(state.language, [title]), *way_back]


def says_no_more(library: Library, state: State) -> bool:
    """Whether the position's words are left out after the prompt's own. The warning signs are said after a silence; but
    a caller who could not be connected from there hears in one sentence what to do."""
    if holds_only_a_prompt(state) or state.prompt is Prompt.CONNECTING:
        return True
    if state.prompt is Prompt.UNREACHED and (is_among_signs(library, state) or _dictates(library, state.position)):
        return True
    return state.prompt in WITHOUT_BODY and prompt_phrase(library, state) is not CallPhrase.SIGNS_AGAIN


def _dictated(library: Library, state: State) -> list[Utterance]:
    """What the text would have said, at writing speed."""
    if not is_segment(state.position):
        without = () if library.can_change_pace else library.call[CallPhrase.PACE_KEY]
        live = (words for words in library.call[CallPhrase.KEYS_ALOUD] if words not in without)
        keys = utterances_of(state.language, live, 1.0)
        return [replace(utterance, slowly=True) for utterance in keys]
    own = segment_spoken(library, state.position)
    return [replace(utterance, slowly=True, pause=max(utterance.pause, TIME_TO_WRITE)) for utterance in own]


def _dictates(library: Library, position: Position) -> bool:
    """Whether the segment itself waits for a pen and then says a number to write down."""
    segment = library.segment(position) if is_segment(position) else None
    return segment is not None and PHONE_NUMBER.search(segment.voice) is not None


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


# --- what can be pressed there -------------------------------------------------------------------------------


def _choices(libraries: Libraries, state: State) -> list[Utterance]:
    library = libraries[state.language]
    if holds_only_a_prompt(state) or state.prompt is Prompt.CONNECTING or questioned(library, state):
        return []
    if offers_dictation(state):
        return utterances_of(state.language, library.call[CallPhrase.DICTATE_OFFER])
    if state.position.resuming:
        more = _arrived_more(libraries, state) if state.prompt is Prompt.ARRIVED else []
        return [*utterances_of(state.language, library.call[CallPhrase.RESUMING]), *more]
    if is_segment(state.position):
        return _segment_choices(libraries, state)
    choices = (choice.voice for choice in library.menus[state.position.name].choices)
    keys = (words for phrase in _menu_keys(library, state) for words in library.call[phrase])
    return utterances_of(state.language, [*choices, *keys])


def _notice(library: Library, state: State) -> list[Utterance]:
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
