"""What is said at a place. The same place is always said in the same words, so that `#` repeats exactly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ivr.dialogue.lines import segment_heard, segment_lines, spoken
from ivr.dialogue.offers import NOT_TEXTED, arrived_more, following_language, holds_only_a_prompt, say_choices
from ivr.library.library import HOME, Library
from ivr.library.measures import BETWEEN_SENTENCES
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


def say(libraries: Mapping[str, Library], state: State) -> Reply:
    """The whole of what is heard at a place that exists."""
    if state.prompt is Prompt.CALLING:
        return Reply((), Dial())
    if state.prompt is Prompt.ENDED:
        return Reply((), HangUp())
    library = libraries[state.language]
    lines = [*_prompt(libraries, state), *_body(library, state), *say_choices(library, state)]
    return Reply(tuple(lines), Listen(_patience(state)))


def alike(libraries: Mapping[str, Library], state: State) -> State:
    """One place for all where the same is said: of the segments visited, only this one counts, and whether there are
    others."""
    numbers = libraries[state.language].numbers
    own = state.visited & 1 << numbers[state.position] if state.position in numbers else 0
    others = 1 << len(numbers) if state.visited and not own else 0
    return replace(state, visited=own or others, texted=False, unkept=False)


def say_fault(library: Library) -> Reply:
    """For when the line itself failed: a number to call, and any key starts again."""
    lines = spoken(library.language.tag, library.call["fault"], BETWEEN_SENTENCES)
    return Reply(tuple(lines), Listen(LISTEN_PATIENTLY))


def _patience(state: State) -> int:
    if state.prompt is Prompt.WAITING:
        return LISTEN_WHILE_WAITING
    if state.prompt is Prompt.GOODBYE:
        return LISTEN_AT_THE_END
    return LISTEN_PATIENTLY if state.patient else LISTEN


WITHOUT_BODY = NOT_TEXTED | {Prompt.SILENT, Prompt.TEXT_SENT, Prompt.FORGOTTEN, Prompt.NOT_FORGOTTEN}
"""Prompts after which the position's words are not said once more, only what can be done next."""

CUE_PHRASES = {
    Prompt.ARRIVED: "arrived",
    Prompt.OVERVIEW: "overview",
    Prompt.SILENT: "silent-{tries}",
    Prompt.UNKNOWN_KEY: "unknown-key-{tries}",
    Prompt.PACED: "paced-{pace}",
    Prompt.TALKED: "talked",
    Prompt.UNREACHED: "unreached",
    Prompt.MOVED: "moved",
    Prompt.GOODBYE: "goodbye",
    Prompt.CALLED: "called",
    Prompt.DICTATED: "dictated",
    Prompt.FORGOTTEN: "forgotten",
    Prompt.NOT_FORGOTTEN: "not-forgotten",
    Prompt.TEXT_SENT: "text-sent",
    Prompt.TEXT_LOST: "text-lost",
    **{prompt: str(prompt) for prompt in NOT_TEXTED},
}


def _prompt(libraries: Mapping[str, Library], state: State) -> list[Utterance]:
    if state.prompt is Prompt.WAITING:
        phrase = "waiting" if state.tries <= 1 else "still-waiting"
    else:
        phrase = CUE_PHRASES.get(state.prompt, "").format(tries=state.tries, pace=state.pace)
    lines = spoken(state.language, libraries[state.language].call.get(phrase, ()), BETWEEN_SENTENCES)
    if state.prompt is Prompt.ARRIVED:
        lines = [Utterance("", QUIET_BEFORE, state.language), *lines, *_other_language(libraries, state)]
        if not state.position.resuming:
            lines += arrived_more(libraries[state.language], state)
    return lines


def _other_language(libraries: Mapping[str, Library], state: State) -> list[Utterance]:
    """The one that key 6 leads to, offered in itself."""
    other = following_language(libraries, state.language)
    return spoken(other, libraries[other].call["language-key"]) if other != state.language else []


def _body(library: Library, state: State) -> list[Utterance]:
    if state.prompt is Prompt.DICTATED:
        return _dictated(library, state)
    if holds_only_a_prompt(state) or state.prompt in WITHOUT_BODY or state.position.resuming:
        return []
    if state.prompt is Prompt.OVERVIEW:
        return _overview(library, state.pace)
    if state.position.name in library.menus:
        return (
            []
            if state.prompt is Prompt.ARRIVED
            else spoken(state.language, [f"{library.menus[state.position.name].title}."])
        )
    return _segment(library, state, state.position)


def _overview(library: Library, pace: Pace) -> list[Utterance]:
    name = library.menus[HOME].overview or library.order[0]
    parts = range(1, len(library.topics[name].segments) + 1)
    return [line for part in parts for line in segment_heard(library, Position(name, part), pace)]


def _dictated(library: Library, state: State) -> list[Utterance]:
    """What the text would have held, at the pace of writing."""
    position = state.position
    if library.segment(position) is None or position.resuming:
        return [replace(line, slowly=True) for line in spoken(state.language, library.call["keys-aloud"], 1.0)]
    lines = segment_lines(library, position)
    return [replace(line, slowly=True, pause=max(line.pause, TIME_TO_WRITE)) for line in lines]


def _segment(library: Library, state: State, position: Position) -> list[Utterance]:
    topic = library.topics[position.name]
    phrase = library.call[_naming_phrase(library, state)]
    naming = spoken(state.language, phrase, title=topic.title, part=str(position.part), parts=str(len(topic.segments)))
    return [*naming, *segment_heard(library, position, state.pace)]


def _naming_phrase(library: Library, state: State) -> str:
    """In full at the first visit, shorter after that."""
    if len(library.topics[state.position.name].segments) == 1:
        return "place-single"
    if state.visited >> library.numbers[state.position] & 1:
        return "place-again"
    return "place-first" if state.position.part == 1 else "place"
