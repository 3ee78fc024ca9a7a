"""What is said in a state. The same state is always said in the same words, so that `#` repeats exactly."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from ivr.dialogue.keys import (
    NOT_TEXTED,
    following_language,
    holds_only_a_prompt,
    offers_dictation,
    offers_to_forget,
    questioned,
    urgent_key,
)
from ivr.dialogue.said import hears, question
from ivr.dialogue.state import Libraries, is_segment
from ivr.library.library import HOME, Library, fill
from ivr.library.limits import BETWEEN_CHOICES, BETWEEN_SENTENCES
from ivr.library.measures import TIME_FOR_A_PEN, sentences
from ivr.library.phrases import ARRIVAL_KEYS, HOME_KEYS, MENU_KEYS, CallPhrase
from ivr.model import Dial, HangUp, Listen, Pace, Position, Prompt, Reply, State, Utterance

QUIET_BEFORE = 1.0
"""After the answer: the first word is not lost while the phone goes to the ear."""

LISTEN = 10
LISTEN_PATIENTLY = 20
LISTEN_AT_THE_END = 45
"""With its words, goodbye leaves a minute in which any key stays."""
LISTEN_WHILE_WAITING = 24
"""With its words, the sign of life comes at least every half minute."""

TIME_TO_WRITE = 2.5
"""Seconds after each sentence that is dictated."""

PEN_SLOT = "{pen}"
PEN = re.compile(rf"({re.escape(PEN_SLOT)})")
"""Where the words have this slot, the line waits for the caller to get a pen."""
PHONE_NUMBER = re.compile(r"\b\d(?: \d)*(?:, \d(?: \d)*)+\b")
"""As `library.phone_number` says it."""

SAID_ONCE: Mapping[Prompt, CallPhrase] = {
    Prompt.ARRIVED: CallPhrase.ARRIVED,
    Prompt.OVERVIEW: CallPhrase.OVERVIEW,
    Prompt.TALKED: CallPhrase.TALKED,
    Prompt.UNREACHED: CallPhrase.UNREACHED,
    Prompt.MOVED: CallPhrase.MOVED,
    Prompt.GOODBYE: CallPhrase.GOODBYE,
    Prompt.CALLED: CallPhrase.CALLED,
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
    Prompt.OTHER_LANGUAGE: CallPhrase.OTHER_LANGUAGE,
    Prompt.CHOICES: CallPhrase.CHOICES,
    Prompt.DID_YOU_SAY: CallPhrase.CHOICES,
}
SAID_BY_TRIES: Mapping[Prompt, tuple[CallPhrase, ...]] = {
    Prompt.SILENT: (CallPhrase.SILENT_1, CallPhrase.SILENT_2, CallPhrase.SILENT_3),
    Prompt.UNKNOWN_KEY: (CallPhrase.UNKNOWN_KEY_1, CallPhrase.UNKNOWN_KEY_2, CallPhrase.UNKNOWN_KEY_3),
    Prompt.WAITING: (CallPhrase.WAITING, CallPhrase.STILL_WAITING),
}
"""From the first try on; the last goes for all that come after it."""
SAID_BY_PACE: Mapping[Pace, CallPhrase] = {
    Pace.SLOW: CallPhrase.PACED_SLOW,
    Pace.NORMAL: CallPhrase.PACED_NORMAL,
    Pace.FAST: CallPhrase.PACED_FAST,
}

WITHOUT_BODY = NOT_TEXTED | {
    *(Prompt.SILENT, Prompt.TEXT_SENT, Prompt.FORGOTTEN, Prompt.NOT_FORGOTTEN),
    *(Prompt.DID_YOU_SAY, Prompt.LACKING, Prompt.OTHER_LANGUAGE, Prompt.CHOICES),
}
"""Prompts after which the position's words are not said once more, only what can be done next."""


def say(libraries: Libraries, state: State) -> Reply:
    """The whole of what is heard in a state whose position exists."""
    if state.prompt is Prompt.CALLING:
        return Reply((), Dial())
    if state.prompt is Prompt.ENDED:
        return Reply((), HangUp())
    library = libraries[state.language]
    utterances = [*_prompt(libraries, state), *_body(library, state), *_choices(libraries, state)]
    utterances += _notice(library, state)
    return Reply(tuple(utterances), Listen(_patience(state), state.language if hears(library, state) else ""))


def say_fault(library: Library) -> Reply:
    """For when the line itself failed: a number to call, and any key starts again."""
    utterances = spoken(library.language.tag, library.call[CallPhrase.FAULT], BETWEEN_SENTENCES)
    return Reply(tuple(utterances), Listen(LISTEN_PATIENTLY))


def _patience(state: State) -> int:
    if state.prompt is Prompt.WAITING:
        return LISTEN_WHILE_WAITING
    if state.prompt is Prompt.GOODBYE:
        return LISTEN_AT_THE_END
    return LISTEN_PATIENTLY if state.patient else LISTEN


# --- words as utterances -------------------------------------------------------------------------------------


def spoken(language: str, paragraphs: Iterable[str], pause: float = BETWEEN_CHOICES, **slots: str) -> list[Utterance]:
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
    return spoken(library.language.tag, sentences(voice), BETWEEN_SENTENCES)


def segment_heard(library: Library, position: Position, pace: Pace) -> list[Utterance]:
    """The same as it is heard at a pace: in one piece where it is recorded for that pace, else spoken."""
    utterances, recording = segment_spoken(library, position), library.recordings.get((position, pace))
    if recording is None:
        return utterances
    last, words = utterances[-1], " ".join(utterance.words for utterance in utterances)
    return [Utterance(words, last.pause, last.language, recording=recording.name)]


# --- why it is heard -----------------------------------------------------------------------------------------


def prompt_phrase(state: State) -> CallPhrase | None:
    """What is said first."""
    if state.prompt is Prompt.PACED:
        return SAID_BY_PACE[state.pace]
    if by_tries := SAID_BY_TRIES.get(state.prompt):
        return by_tries[min(max(state.tries, 1), len(by_tries)) - 1]
    return SAID_ONCE.get(state.prompt)


def _prompt(libraries: Libraries, state: State) -> list[Utterance]:
    if asked := question(libraries[state.language], state):
        words, slots = libraries[state.language].call[asked[0]], asked[1]
        return spoken(state.language, words, BETWEEN_SENTENCES, **slots)
    phrase = prompt_phrase(state)
    if phrase is None:
        return []
    utterances = spoken(state.language, libraries[state.language].call[phrase], BETWEEN_SENTENCES)
    if state.prompt is not Prompt.ARRIVED:
        return utterances
    more = [] if state.position.resuming else _arrived_more(libraries, state)
    return [Utterance("", QUIET_BEFORE, state.language), *utterances, *more]


def _arrived_more(libraries: Libraries, state: State) -> list[Utterance]:
    """What can wait until the offer to go on has been made: the other language, a person."""
    words = libraries[state.language].call[CallPhrase.ARRIVED_MORE]
    return [*_other_language(libraries, state), *spoken(state.language, words, BETWEEN_SENTENCES)]


def _other_language(libraries: Libraries, state: State) -> list[Utterance]:
    """The one that key 6 leads to, offered in itself."""
    other = following_language(libraries, state.language)
    return spoken(other, libraries[other].call[CallPhrase.LANGUAGE_KEY]) if other != state.language else []


# --- what is heard there -------------------------------------------------------------------------------------


def _body(library: Library, state: State) -> list[Utterance]:
    if state.prompt is Prompt.DICTATED:
        return _dictated(library, state)
    if holds_only_a_prompt(state) or state.prompt in WITHOUT_BODY or state.position.resuming:
        return []
    if state.prompt is Prompt.OVERVIEW:
        return _overview(library, state.pace)
    if is_segment(state.position):
        return _segment(library, state)
    menu = library.menus[state.position.name]
    return [] if state.prompt is Prompt.ARRIVED else spoken(state.language, [f"{menu.title}."])


def _overview(library: Library, pace: Pace) -> list[Utterance]:
    name = library.menus[HOME].overview or library.order[0]
    parts = range(1, len(library.topics[name].segments) + 1)
    return [utterance for part in parts for utterance in segment_heard(library, Position(name, part), pace)]


def _dictated(library: Library, state: State) -> list[Utterance]:
    """What the text would have held, at the pace of writing."""
    if not is_segment(state.position):
        keys = spoken(state.language, library.call[CallPhrase.KEYS_ALOUD], 1.0)
        return [replace(utterance, slowly=True) for utterance in keys]
    own = segment_spoken(library, state.position)
    return [replace(utterance, slowly=True, pause=max(utterance.pause, TIME_TO_WRITE)) for utterance in own]


def _segment(library: Library, state: State) -> list[Utterance]:
    topic, part = library.topics[state.position.name], str(state.position.part)
    naming = library.call[_naming_phrase(library, state)]
    named = spoken(state.language, naming, title=topic.title, part=part, parts=str(len(topic.segments)))
    return [*named, *segment_heard(library, state.position, state.pace)]


def _naming_phrase(library: Library, state: State) -> CallPhrase:
    """In full at the first visit, shorter after that."""
    if len(library.topics[state.position.name].segments) == 1:
        return CallPhrase.PLACE_SINGLE
    if state.visited >> library.numbers[state.position] & 1:
        return CallPhrase.PLACE_AGAIN
    return CallPhrase.PLACE_FIRST if state.position.part == 1 else CallPhrase.PLACE


# --- what can be pressed there -------------------------------------------------------------------------------


def _choices(libraries: Libraries, state: State) -> list[Utterance]:
    library = libraries[state.language]
    if holds_only_a_prompt(state) or questioned(library, state):
        return []
    if offers_dictation(state):
        return spoken(state.language, library.call[CallPhrase.DICTATE_OFFER])
    if state.position.resuming:
        more = _arrived_more(libraries, state) if state.prompt is Prompt.ARRIVED else []
        return [*spoken(state.language, library.call[CallPhrase.RESUMING]), *more]
    if is_segment(state.position):
        return _segment_choices(library, state)
    choices = (choice.voice for choice in library.menus[state.position.name].choices)
    keys = (words for phrase in _menu_keys(state) for words in library.call[phrase])
    return spoken(state.language, [*choices, *keys])


def _notice(library: Library, state: State) -> list[Utterance]:
    """That words count too: once, behind the keys, which suffice."""
    if state.prompt is not Prompt.ARRIVED or not hears(library, state):
        return []
    return spoken(state.language, library.call[CallPhrase.SPEECH], BETWEEN_SENTENCES)


def _menu_keys(state: State) -> tuple[CallPhrase, ...]:
    """Whoever has been silent hears the choices alone: less to hold on to."""
    if state.patient:
        return ()
    if state.prompt is Prompt.ARRIVED:
        return ARRIVAL_KEYS
    return HOME_KEYS if state.position.name == HOME else MENU_KEYS


def _segment_choices(library: Library, state: State) -> list[Utterance]:
    as_text = library.call[CallPhrase.TEXT_KEY] if library.can_text and state.prompt is not Prompt.TEXT_SENT else ()
    if library.is_last(state.position):
        return spoken(state.language, [*_end_of_topic(library, state), *as_text, *library.call[CallPhrase.BACK_KEY]])
    if state.visited:
        return spoken(state.language, library.call[CallPhrase.GO_ON_AGAIN])
    return spoken(state.language, [*library.call[CallPhrase.GO_ON], *as_text])


def _end_of_topic(library: Library, state: State) -> list[str]:
    following = library.after(state.position)
    offer = [library.topics[following.name].offer] if following else []
    again = library.call[CallPhrase.AGAIN_TOPIC if state.position.part > 1 else CallPhrase.AGAIN_KEY]
    forget = library.call[CallPhrase.FORGET_KEY] if offers_to_forget(library, state) else ()
    return [*library.call[CallPhrase.END_OF_TOPIC], *offer, *again, *forget, *_urgent_key(library, state)]


def _urgent_key(library: Library, state: State) -> list[str]:
    """The main menu's own words for the key to the warning signs, which works in every segment. Among them it is not
    named: another key hears the topic from the start."""
    key = urgent_key(library) if state.position.name != library.menus[HOME].urgent else None
    return [choice.voice for choice in library.menus[HOME].choices if choice.key == key]
