"""What a caller can press at a place, and how that is said: side by side, since a key means what was just heard."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ivr.dialogue.lines import spoken
from ivr.library.library import HOME, Library
from ivr.library.measures import BETWEEN_SENTENCES
from ivr.library.menu_keys import ARRIVAL_KEYS, HOME_KEYS, MENU_KEYS
from ivr.model import Position, Prompt, State, Utterance

NUMBERS = "123456789"

KEYS_FREE_IN_SEGMENTS = ("4", "5")

LAST_TRY = 3
"""The third prompt after silence warns that the call will end; the third after unknown keys offers a person."""

NOT_TEXTED = frozenset(
    {Prompt.TEXT_WITHHELD, Prompt.TEXT_NO_TEXTS, Prompt.TEXT_STOPPED}
    | {Prompt.TEXT_NO_CREDIT, Prompt.TEXT_TOO_MANY, Prompt.TEXT_FAILED}
)


def holds_only_a_prompt(state: State) -> bool:
    """Whether the prompt says all there is to say, and any number then leads back to the position."""
    alone = (Prompt.WAITING, Prompt.GOODBYE, Prompt.CALLED)
    return state.prompt in alone or (state.prompt is Prompt.SILENT and state.tries >= LAST_TRY)


def offers_dictation(state: State) -> bool:
    """Whether a text could not be sent, so that the caller may have it said slowly instead. The keys, which are not a
    segment's words, are offered again once they have been said."""
    keys_said = state.prompt is Prompt.DICTATED and (state.position.part == 0 or state.position.resuming)
    return state.prompt in NOT_TEXTED or keys_said


def offers_to_forget(library: Library, state: State) -> bool:
    privacy = state.position.name == library.menus[HOME].privacy and not state.position.resuming
    return privacy and library.is_last(state.position)


def arrived_more(library: Library, state: State) -> list[Utterance]:
    """What can wait until the offer to go on has been made."""
    return spoken(state.language, library.call["arrived-more"], BETWEEN_SENTENCES)


# --- which keys there are ------------------------------------------------------------------------------------


def offered(library: Library, state: State) -> dict[str, Position]:
    """Where each number leads: always what the caller has just heard."""
    position = state.position
    if holds_only_a_prompt(state):
        return dict.fromkeys(NUMBERS, position)
    if offers_dictation(state):
        following = library.after(position) if library.segment(position) and not position.resuming else None
        return {"2": following or position}
    if position.resuming:
        return {"1": replace(position, resuming=False), "2": Position(HOME)}
    if position.name in library.menus:
        return {choice.key: library.at(choice.leads_to) for choice in library.menus[position.name].choices}
    choices = {"1": library.after(position)}
    if key := urgent_key(library):
        choices[key] = library.at(library.menus[HOME].urgent or HOME)
    if library.is_last(position) and position.part > 1:
        choices["2"] = Position(position.name, 1)
    return {key: there for key, there in choices.items() if there is not None}


def following_language(libraries: Mapping[str, Library], tag: str) -> str:
    """The one that key 6 goes to; after the last, the first."""
    tags = list(libraries)
    return tags[(tags.index(tag) + 1) % len(tags)]


def offered_prompts(library: Library, state: State) -> dict[str, Prompt]:
    """Keys that stay at the position and have something done or said there."""
    if offers_dictation(state):
        return {"1": Prompt.DICTATED}
    forgets = not holds_only_a_prompt(state) and offers_to_forget(library, state)
    return {"3": Prompt.FORGETTING} if forgets else {}


def urgent_key(library: Library) -> str | None:
    """The key that leads from any segment to the first of the warning signs: their key in the main menu, if it is
    free in segments."""
    key = library.codes.get(library.menus[HOME].urgent or HOME, "")
    return key if key in KEYS_FREE_IN_SEGMENTS else None


# --- how they are said ---------------------------------------------------------------------------------------


def say_choices(library: Library, state: State) -> list[Utterance]:
    if holds_only_a_prompt(state):
        return []
    if offers_dictation(state):
        return spoken(state.language, library.call["dictate-offer"])
    if state.position.resuming:
        more = arrived_more(library, state) if state.prompt is Prompt.ARRIVED else []
        return [*spoken(state.language, library.call["resuming"]), *more]
    if state.position.name in library.menus:
        return _menu_choices(library, state)
    return _segment_choices(library, state)


def _menu_choices(library: Library, state: State) -> list[Utterance]:
    choices = (choice.voice for choice in library.menus[state.position.name].choices)
    return spoken(state.language, [*choices, *(words for key in _menu_keys(state) for words in library.call[key])])


def _menu_keys(state: State) -> tuple[str, ...]:
    """Whoever has been silent hears the choices alone: less to hold on to."""
    if state.patient:
        return ()
    if state.prompt is Prompt.ARRIVED:
        return ARRIVAL_KEYS
    return HOME_KEYS if state.position.name == HOME else MENU_KEYS


def _segment_choices(library: Library, state: State) -> list[Utterance]:
    texting = library.call["text-key"] if library.can_text and state.prompt is not Prompt.TEXT_SENT else ()
    if not library.is_last(state.position):
        if state.visited:
            return spoken(state.language, library.call["go-on-again"])
        return spoken(state.language, [*library.call["go-on"], *texting])
    following = library.after(state.position)
    offer = [library.topics[following.name].offer] if following else []
    again = library.call["again-topic" if state.position.part > 1 else "again-key"]
    forget = library.call["forget-key"] if offers_to_forget(library, state) else ()
    back = library.call["back-key"]
    return spoken(
        state.language,
        [*library.call["end-of-topic"], *offer, *again, *forget, *_urgent_key(library, state), *texting, *back],
    )


def _urgent_key(library: Library, state: State) -> list[str]:
    """The main menu's own words for the key to the warning signs, which works in every segment. Among them it is not
    named: another key hears the topic from the start."""
    key = urgent_key(library) if state.position.name != library.menus[HOME].urgent else None
    return [choice.voice for choice in library.menus[HOME].choices if choice.key == key]
