"""One table: each key, where it is live, what it does to the state, and the phrases that offer it.

To add a key that means the same wherever the caller is, write its row into `EVERYWHERE`; one that depends on what the
caller has just heard goes into `offered` or `offered_prompts`. Its phrases are members of `library/phrases.py`, and a
prompt of its own one of `model/state.py`. Documents, leaflet, prompts and audit read this table, and `check` asks for
the words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from ivr.dialogue.state import Libraries, asked_for_signs, is_segment, moved, next_unheard
from ivr.library.library import HOME, Library
from ivr.library.phrases import CallPhrase, LeafletPhrase
from ivr.model import Goal, Move, Pace, Position, Prompt, State

NUMBERS = "123456789"

KEYS_FREE_IN_SEGMENTS = ("4", "5")

LAST_TRY = 3
"""The third prompt after silence warns that the call will end; the third after unknown keys offers a person."""

GOODBYE = Move("goodbye")
"""The only move that the line asks about in a call."""

MOST_CALLED = 4
"""Most turns of a call that the line made, before anybody presses a key: it speaks twice, warns, and says goodbye."""

NEXT_PACE = {
    Pace.NORMAL: Pace.SLOW,
    Pace.SLOW: Pace.SLOWER,
    Pace.SLOWER: Pace.FAST,
    Pace.FAST: Pace.NORMAL,
}
"""Both from the normal pace and from the fast one, pressing twice slows twice."""

NOT_TEXTED = frozenset(
    {Prompt.TEXT_WITHHELD, Prompt.TEXT_NO_TEXTS, Prompt.TEXT_STOPPED}
    | {Prompt.TEXT_NO_CREDIT, Prompt.TEXT_TOO_MANY, Prompt.TEXT_FAILED}
)

Press: TypeAlias = Callable[[Libraries, State], State]


# --- keys that mean the same everywhere ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Key:
    key: str
    name: str
    press: Press
    printed: LeafletPhrase
    """The phrase for this key in the leaflet."""
    offered: CallPhrase | None = None
    """The phrase that offers it in a call; None: it stands only in the list of all keys."""
    is_live: Callable[[Library, int], bool] = lambda _library, _languages: True
    """Whether the key works, given the library and the number of the line's languages."""
    lacking: Prompt | None = None
    """The prompt that explains why the key does nothing when it is not live; None: it is then treated as any unknown
    key."""
    says: Mapping[Prompt, CallPhrase] = field(default_factory=dict)
    """The phrases of prompts that only this key leads to."""


def following_language(libraries: Libraries, tag: str) -> str:
    """The language that key 6 switches to; after the last comes the first."""
    tags = list(libraries)
    return tags[(tags.index(tag) + 1) % len(tags)]


def spoken_in(state: State, language: str) -> State:
    """The same position in another language, from its start. Callers who change during the greeting have not understood
    it, the emergency number included, so it is repeated."""
    greeted = state.prompt is Prompt.ARRIVED
    there = moved(replace(state, language=language), state.position, Prompt.ARRIVED if greeted else Prompt.SWITCHED)
    return replace(there, touring=state.touring, tries=int(greeted))


def _speak_another(libraries: Libraries, state: State) -> State:
    return spoken_in(state, following_language(libraries, state.language))


def _again(state: State) -> State:
    """Repeats the position without remarks, such as that a key does nothing here, or that the line is about to dial
    (which any key stops)."""
    if state.prompt is Prompt.UNKNOWN_KEY:
        return replace(state, prompt=Prompt.PLAIN)
    return replace(state, prompt=Prompt.PLAIN, tries=0) if state.prompt is Prompt.CONNECTING else state


EVERYWHERE: Mapping[str, Key] = {
    row.key: row
    for row in (
        Key(
            "0",
            "a person",
            lambda _libraries, state: replace(state, prompt=Prompt.CALLING, tries=1),
            LeafletPhrase.KEY_PERSON,
            CallPhrase.PERSON_KEY,
        ),
        Key(
            "*",
            "back",
            lambda libraries, state: moved(state, libraries[state.language].above(state.position)),
            LeafletPhrase.KEY_BACK,
            CallPhrase.BACK_KEY,
        ),
        Key("#", "again", lambda _libraries, state: _again(state), LeafletPhrase.KEY_AGAIN, CallPhrase.AGAIN_KEY),
        Key(
            "6",
            "another language",
            _speak_another,
            LeafletPhrase.KEY_LANGUAGE,
            CallPhrase.LANGUAGE_KEY,
            is_live=lambda _library, languages: languages > 1,
        ),
        Key(
            "7",
            "pace",
            lambda _libraries, state: replace(state, pace=NEXT_PACE[state.pace], prompt=Prompt.PACED, tries=0),
            LeafletPhrase.KEY_PACE,
            CallPhrase.PACE_KEY,
            is_live=lambda library, _languages: library.can_change_pace,
            lacking=Prompt.PACE_FIXED,
            says={Prompt.PACE_FIXED: CallPhrase.PACE_FIXED},
        ),
        Key(
            "8",
            "wait",
            lambda _libraries, state: replace(state, prompt=Prompt.WAITING, tries=1),
            LeafletPhrase.KEY_WAIT,
        ),
        Key(
            "9",
            "as a text",
            lambda _libraries, state: replace(state, prompt=Prompt.TEXTING, tries=0),
            LeafletPhrase.KEY_TEXT,
            CallPhrase.TEXT_KEY,
            is_live=lambda library, _languages: library.can_text,
        ),
    )
}
"""In the order in which they are printed. A person is always reachable: key 0 is looked up before anything else."""


def live_keys(library: Library, languages: int) -> list[Key]:
    return [row for row in EVERYWHERE.values() if row.is_live(library, languages)]


def pressed(libraries: Libraries, state: State, key: str) -> State | None:
    """The state that a key leads to; None if it does nothing here."""
    row, library = EVERYWHERE.get(key), libraries[state.language]
    if row is not None and row.is_live(library, len(libraries)):
        return row.press(libraries, state)
    if row is not None and row.lacking is not None:
        return replace(state, prompt=row.lacking, tries=0)
    if key in (choices := offered(libraries, state)):
        there = moved(state, choices[key])
        stays = state.touring and holds_only_a_prompt(state)
        touring = stays or _is_next_of_tour(libraries, state, key)
        return replace(there, touring=touring, reading_on=_reads_on(library, state, there))
    if key in (prompts := offered_prompts(library, state)):
        return replace(state, prompt=prompts[key], tries=0)
    return None


# --- keys that mean what the caller has just heard -----------------------------------------------------------


def holds_only_a_prompt(state: State) -> bool:
    """Whether the prompt is all there is to say, so that any number leads back to the position."""
    alone = (Prompt.WAITING, Prompt.GOODBYE, Prompt.CALLED, Prompt.NAMING)
    return state.prompt in alone or is_warned(state)


def is_warned(state: State) -> bool:
    """Whether the line has just said that it will end the call."""
    return state.prompt is Prompt.SILENT and state.tries >= LAST_TRY


def offers_dictation(state: State) -> bool:
    """Whether a text could not be sent, so that the caller may have it dictated instead. The list of keys, which is not
    a segment, is offered again after it was dictated."""
    keys_said = state.prompt is Prompt.DICTATED and not is_segment(state.position)
    return state.prompt in NOT_TEXTED or keys_said


def questioned(library: Library, state: State) -> tuple[Goal, ...]:
    """The goals of the open question, without those that the content no longer has."""
    if state.prompt not in (Prompt.DID_YOU_SAY, Prompt.LACKING):
        return ()
    return tuple(goal for goal in state.asked if goal == GOODBYE or _is_there(library, goal))


def asks(library: Library, state: State) -> bool:
    """Whether the line waits for the answer to its own question. Three silences end that."""
    return offers_dictation(state) or bool(questioned(library, state))


def _is_there(library: Library, goal: Goal) -> bool:
    return isinstance(goal, Position) and library.nearest(goal) == goal


def _answers(library: Library, state: State) -> tuple[dict[str, Position], dict[str, Prompt]]:
    """Where the numbers lead after a question. The number after the last goal means no."""
    asked = dict(zip(NUMBERS, questioned(library, state), strict=False))
    positions = {key: goal for key, goal in asked.items() if isinstance(goal, Position)}
    prompts = {key: Prompt.GOODBYE for key, goal in asked.items() if isinstance(goal, Move)}
    return positions, {**prompts, NUMBERS[len(asked)]: Prompt.CHOICES}


def offers_to_forget(library: Library, state: State) -> bool:
    privacy = state.position.name == library.menus[HOME].privacy and not state.position.resuming
    return privacy and library.is_last(state.position)


def following(libraries: Libraries, state: State) -> Position | None:
    """The position that the key for "next" leads to from a segment. Nothing follows the warning signs: another topic
    would soothe."""
    library = libraries[state.language]
    if asked_for_signs(library, state) and library.is_last(state.position):
        return None
    return (state.touring and next_unheard(libraries, state)) or library.after(state.position)


def goes_on(libraries: Libraries, state: State) -> bool:
    """Whether silence goes on from here, so that nobody has to hurry or wait: within a topic, or from topic to topic
    while reading to a silent caller. Warning signs that the caller has just come to are repeated instead."""
    library = libraries[state.language]
    if not is_segment(state.position) or asks(library, state) or is_warned(state):
        return False
    if state.touring:
        return next_unheard(libraries, state) is not None
    is_repeated = asked_for_signs(library, state) and not state.reading_on
    return not (is_repeated or library.is_last(state.position))


def _reads_on(library: Library, state: State, there: State) -> bool:
    """Whether the step leads from one warning sign to the next, or back to it from a prompt that does not mention
    it."""
    goes_on = asked_for_signs(library, state) and there.position == library.after(state.position)
    return goes_on or (state.reading_on and there.position == state.position)


def _is_next_of_tour(libraries: Libraries, state: State, key: str) -> bool:
    onward = "2" if offers_dictation(state) else "1"
    return state.touring and key == onward and next_unheard(libraries, state) is not None


def offered(libraries: Libraries, state: State) -> dict[str, Position]:
    """The position that each number leads to. While the line reads to a silent caller, the main menu's numbers keep
    working, but for 1, which goes on: it is the last menu that the caller has heard."""
    library, position = libraries[state.language], state.position
    if holds_only_a_prompt(state):
        return dict.fromkeys(NUMBERS, position)
    if questioned(library, state):
        return _answers(library, state)[0]
    if offers_dictation(state):
        return {"2": (following(libraries, state) if is_segment(position) else None) or position}
    if position.resuming:
        return {**_choices(library, HOME), "1": replace(position, resuming=False), "2": Position(HOME)}
    if position.name in library.menus:
        return _choices(library, position.name)
    choices: dict[str, Position | None] = {}
    if key := urgent_key(library):
        choices[key] = library.at(library.menus[HOME].urgent or HOME)
    if state.touring:
        choices |= _choices(library, HOME)
    elif library.is_last(position) and position.part > 1:
        choices["2"] = Position(position.name, 1)
    choices["1"] = following(libraries, state)
    return {key: there for key, there in choices.items() if there is not None}


def _choices(library: Library, menu: str) -> dict[str, Position]:
    return {choice.key: library.at(choice.leads_to) for choice in library.menus[menu].choices}


def offered_prompts(library: Library, state: State) -> dict[str, Prompt]:
    """The prompts that keys lead to without leaving the position: something is done or said there."""
    if questioned(library, state):
        return _answers(library, state)[1]
    if offers_dictation(state):
        return {"1": Prompt.DICTATED}
    forgets = not holds_only_a_prompt(state) and offers_to_forget(library, state)
    return {"3": Prompt.FORGETTING} if forgets else {}


def urgent_key(library: Library) -> str | None:
    """The key that leads from any segment to the first of the warning signs: its key in the main menu, if segments
    leave that key free."""
    key = library.codes.get(library.menus[HOME].urgent or HOME, "")
    return key if key in KEYS_FREE_IN_SEGMENTS else None
