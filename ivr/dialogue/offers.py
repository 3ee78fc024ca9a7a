"""What a caller can press at a place, and how that is said: side by side, since a key means what was just heard."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ivr.dialogue.lines import spoken
from ivr.library.library import HOME, Library
from ivr.library.measures import BETWEEN_SENTENCES
from ivr.library.menu_keys import ARRIVAL_KEYS, HOME_KEYS, MENU_KEYS
from ivr.model import Cue, Line, Place, Spot

NUMBERS = "123456789"

KEYS_FREE_IN_SEGMENTS = ("4", "5")

LAST_PROMPT = 3
"""The third prompt after silence warns that the call will end; the third after unknown keys offers a person."""

NOT_TEXTED = frozenset(
    {Cue.TEXT_WITHHELD, Cue.TEXT_NO_TEXTS, Cue.TEXT_STOPPED} | {Cue.TEXT_NO_CREDIT, Cue.TEXT_TOO_MANY, Cue.TEXT_FAILED}
)


def holds_only_a_cue(place: Place) -> bool:
    """Whether the cue says all there is to say, and any number then leads back to the spot."""
    alone = (Cue.WAITING, Cue.GOODBYE, Cue.CALLED)
    return place.cue in alone or (place.cue is Cue.SILENT and place.tries >= LAST_PROMPT)


def offers_dictation(place: Place) -> bool:
    """Whether a text could not be sent, so that the caller may have it said slowly instead. The keys, which are not a
    segment's words, are offered again once they have been said."""
    keys_said = place.cue is Cue.DICTATED and (place.spot.part == 0 or place.spot.resuming)
    return place.cue in NOT_TEXTED or keys_said


def offers_to_forget(library: Library, place: Place) -> bool:
    privacy = place.spot.name == library.menus[HOME].privacy and not place.spot.resuming
    return privacy and library.is_last(place.spot)


def arrived_more(library: Library, place: Place) -> list[Line]:
    """What can wait until the offer to go on has been made."""
    return spoken(place.language, library.call["arrived-more"], BETWEEN_SENTENCES)


# --- which keys there are ------------------------------------------------------------------------------------


def offered(library: Library, place: Place) -> dict[str, Spot]:
    """Where each number leads: always what the caller has just heard."""
    spot = place.spot
    if holds_only_a_cue(place):
        return dict.fromkeys(NUMBERS, spot)
    if offers_dictation(place):
        following = library.after(spot) if library.segment(spot) and not spot.resuming else None
        return {"2": following or spot}
    if spot.resuming:
        return {"1": replace(spot, resuming=False), "2": Spot(HOME)}
    if spot.name in library.menus:
        return {choice.key: library.at(choice.leads_to) for choice in library.menus[spot.name].choices}
    choices = {"1": library.after(spot)}
    if key := urgent_key(library):
        choices[key] = library.at(library.menus[HOME].urgent or HOME)
    if library.is_last(spot) and spot.part > 1:
        choices["2"] = Spot(spot.name, 1)
    return {key: there for key, there in choices.items() if there is not None}


def following_language(libraries: Mapping[str, Library], tag: str) -> str:
    """The one that key 6 goes to; after the last, the first."""
    tags = list(libraries)
    return tags[(tags.index(tag) + 1) % len(tags)]


def offered_cues(library: Library, place: Place) -> dict[str, Cue]:
    """Keys that stay at the spot and have something done or said there."""
    if offers_dictation(place):
        return {"1": Cue.DICTATED}
    forgets = not holds_only_a_cue(place) and offers_to_forget(library, place)
    return {"3": Cue.FORGETTING} if forgets else {}


def urgent_key(library: Library) -> str | None:
    """The key that leads from any segment to the first of the warning signs: their key in the main menu, if it is
    free in segments."""
    key = library.codes.get(library.menus[HOME].urgent or HOME, "")
    return key if key in KEYS_FREE_IN_SEGMENTS else None


# --- how they are said ---------------------------------------------------------------------------------------


def say_choices(library: Library, place: Place) -> list[Line]:
    if holds_only_a_cue(place):
        return []
    if offers_dictation(place):
        return spoken(place.language, library.call["dictate-offer"])
    if place.spot.resuming:
        more = arrived_more(library, place) if place.cue is Cue.ARRIVED else []
        return [*spoken(place.language, library.call["resuming"]), *more]
    if place.spot.name in library.menus:
        return _menu_choices(library, place)
    return _segment_choices(library, place)


def _menu_choices(library: Library, place: Place) -> list[Line]:
    choices = (choice.voice for choice in library.menus[place.spot.name].choices)
    return spoken(place.language, [*choices, *(words for key in _menu_keys(place) for words in library.call[key])])


def _menu_keys(place: Place) -> tuple[str, ...]:
    """Whoever has been silent hears the choices alone: less to hold on to."""
    if place.patient:
        return ()
    if place.cue is Cue.ARRIVED:
        return ARRIVAL_KEYS
    return HOME_KEYS if place.spot.name == HOME else MENU_KEYS


def _segment_choices(library: Library, place: Place) -> list[Line]:
    texting = library.call["text-key"] if library.can_text and place.cue is not Cue.TEXT_SENT else ()
    if not library.is_last(place.spot):
        if place.visited:
            return spoken(place.language, library.call["go-on-again"])
        return spoken(place.language, [*library.call["go-on"], *texting])
    following = library.after(place.spot)
    offer = [library.topics[following.name].offer] if following else []
    again = library.call["again-topic" if place.spot.part > 1 else "again-key"]
    forget = library.call["forget-key"] if offers_to_forget(library, place) else ()
    back = library.call["back-key"]
    return spoken(
        place.language,
        [*library.call["end-of-topic"], *offer, *again, *forget, *_urgent_key(library, place), *texting, *back],
    )


def _urgent_key(library: Library, place: Place) -> list[str]:
    """The main menu's own words for the key to the warning signs, which works in every segment. Among them it is not
    named: another key hears the topic from the start."""
    key = urgent_key(library) if place.spot.name != library.menus[HOME].urgent else None
    return [choice.voice for choice in library.menus[HOME].choices if choice.key == key]
