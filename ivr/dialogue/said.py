"""What a caller may say instead of pressing a key, and where it leads. What it means is found in `listening/spoken.py`.

Whoever speaks may not be talking to the line, so:

1. What the line does not understand, and what the carrier's computer is not sure of, counts as silence.
2. What it nearly understands, it asks about; so it does before it ends a call, and about signs of danger that were
   heard badly. Signs of danger that were heard well are answered at once.
3. While the line waits (key 8), people talk to each other: then only words that end the waiting count, a person, and
   danger.
4. In a call that the line made, words count for nothing before a key does: a machine may have answered.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from ivr.dialogue.keys import (
    GOODBYE,
    holds_only_a_prompt,
    is_warned,
    offers_dictation,
    offers_to_forget,
    pressed,
    questioned,
    spoken_in,
)
from ivr.dialogue.state import Libraries, is_segment, moved
from ivr.library.library import HOME, Library
from ivr.library.limits import LEAST_CONFIDENCE
from ivr.library.measures import RATES
from ivr.library.naming import asked_as
from ivr.library.phrases import CallPhrase
from ivr.listening.listening import listening_of
from ivr.listening.meaning import Ask, Danger, Lacks, Meaning
from ivr.listening.spoken import NO, NOTHING, YES, understand_said
from ivr.model import Goal, Move, Pace, Position, Prompt, Said, State

THIS_LANGUAGE = Move("this language")
WHILE_WAITING = frozenset({"ready", "more", "person", "0", "1"})
MOST_ASKED = 2


def hears(library: Library, state: State) -> bool:
    """Whether the line listens for words. Not while it only names a position: words take longer than that pause."""
    return library.can_hear and state.prompt not in (Prompt.CALLED, Prompt.NAMING)


def after_words(libraries: Libraries, state: State, event: Said) -> State | None:
    """The state that the words lead to; None if they count as silence."""
    library = libraries[state.language]
    if not hears(library, state):
        return None
    meaning = understand_said(listening_of(library), event.words, questioned(library, state))
    is_sure = event.confidence is None or event.confidence >= LEAST_CONFIDENCE
    if isinstance(meaning, Danger):
        return moved(state, meaning.at) if is_sure else _asked(library, state, (meaning.at,))
    if not is_sure:
        return None
    if tag := _language_asked_for(libraries, state, event.words):
        return spoken_in(state, tag)
    if state.prompt is Prompt.WAITING and not _ends_waiting(library, meaning):
        return None
    return _led_to(libraries, state, meaning)


def _ends_waiting(library: Library, meaning: Meaning) -> bool:
    """Whether the words are meant for the line. Signs of danger always are, even doubtful ones."""
    if isinstance(meaning, Ask):
        return any(goal in listening_of(library).kinds.values() for goal in meaning.goals)
    return isinstance(meaning, Move) and meaning.name in WHILE_WAITING


def _language_asked_for(libraries: Libraries, state: State, words: str) -> str | None:
    """The language that the words ask for; None if they ask for none. Each library knows the words that ask for its own
    language."""
    others = (tag for tag in libraries if tag != state.language)
    return next((tag for tag in others if understand_said(listening_of(libraries[tag]), words) == THIS_LANGUAGE), None)


def _led_to(libraries: Libraries, state: State, meaning: Meaning) -> State | None:
    library = libraries[state.language]
    match meaning:
        case Position() as position:
            return moved(state, position)
        case Ask(goals):
            return _asked(library, state, goals)
        case Lacks(is_urgent=True):
            return replace(state, prompt=Prompt.LACKING_URGENT, tries=0, asked=())
        case Lacks(_, offer, person_only):
            offered = (offer,) if offer and not person_only else ()
            return replace(state, prompt=Prompt.LACKING, tries=0, asked=offered)
        case Move(name):
            return MOVES[name](libraries, state) if name in MOVES else pressed(libraries, state, name)
        case _:
            return None


def _asked(library: Library, state: State, goals: tuple[Goal, ...]) -> State | None:
    """The state that asks about one goal, or about two with different names; None if there is nothing to ask about."""
    possible = questioned(library, replace(state, prompt=Prompt.DID_YOU_SAY, asked=goals))
    by_name: dict[str, Goal] = {}
    for goal in possible:
        by_name.setdefault(asked_as(library, goal) if isinstance(goal, Position) else goal.name, goal)
    asked = tuple(by_name.values())[:MOST_ASKED]
    return replace(state, prompt=Prompt.DID_YOU_SAY, tries=0, asked=asked) if asked else None


def question(library: Library, state: State) -> tuple[CallPhrase, Mapping[str, str]] | None:
    """The open question's phrase, keys included, and the values for its slots; None if no question is open."""
    asked = questioned(library, state)
    things = [asked_as(library, goal) for goal in asked if isinstance(goal, Position)]
    slots = dict(zip(("thing", "other"), things, strict=False))
    if not things:
        return (CallPhrase.DID_YOU_SAY_GOODBYE, slots) if asked else None
    if state.prompt is Prompt.LACKING:
        return CallPhrase.LACKING_BUT, slots
    return (CallPhrase.DID_YOU_SAY_EITHER if len(things) > 1 else CallPhrase.DID_YOU_SAY), slots


# --- words that move about ---------------------------------------------------------------------------------------


def _key(key: str) -> Callable[[Libraries, State], State | None]:
    """What saying a key's number does. A number that does nothing here counts as silence: it may be somebody else's
    conversation."""
    return lambda libraries, state: pressed(libraries, state, key)


def _more(libraries: Libraries, state: State) -> State | None:
    if offers_dictation(state):
        return pressed(libraries, state, "2")
    goes_on = is_segment(state.position) or state.position.resuming or holds_only_a_prompt(state)
    return pressed(libraries, state, "1") if goes_on else None


def _yes(libraries: Libraries, state: State) -> State | None:
    """Accepts what the line has asked, even where it offered only keys: to go on, to hear it slowly, to stay."""
    asks = state.position.resuming or offers_dictation(state) or _is_question(libraries, state)
    return pressed(libraries, state, "1") if asks or is_warned(state) else None


def _ready(libraries: Libraries, state: State) -> State | None:
    return pressed(libraries, state, "1") if holds_only_a_prompt(state) else _yes(libraries, state)


def _no(libraries: Libraries, state: State) -> State | None:
    if _is_question(libraries, state):
        return replace(state, prompt=Prompt.CHOICES, tries=0)
    asks = state.position.resuming or offers_dictation(state)
    return pressed(libraries, state, "2") if asks and not holds_only_a_prompt(state) else None


def _is_question(libraries: Libraries, state: State) -> bool:
    return bool(questioned(libraries[state.language], state))


def _here(libraries: Libraries, state: State) -> State | None:
    """A greeting or thanks ask for nothing, but they show that somebody is there when the line is about to end the
    call."""
    return pressed(libraries, state, "1") if is_warned(state) else None


def _goodbye(libraries: Libraries, state: State) -> State | None:
    """A television says goodbye, too, so the line asks first, unless it has just said goodbye itself."""
    if GOODBYE in questioned(libraries[state.language], state):
        return replace(state, prompt=Prompt.GOODBYE, tries=0)
    is_said = state.prompt is Prompt.GOODBYE
    return None if is_said else _asked(libraries[state.language], state, (GOODBYE,))


def _paced(pace: Callable[[Pace], Pace]) -> Callable[[Libraries, State], State | None]:
    def press(libraries: Libraries, state: State) -> State | None:
        if pressed(libraries, state, "7") is None:
            return None
        return replace(state, pace=pace(state.pace), prompt=Prompt.PACED, tries=0)

    return press


def _forget(libraries: Libraries, state: State) -> State | None:
    """Words alone erase nothing unless the line has just offered to erase; otherwise they lead to that offer."""
    library = libraries[state.language]
    if offers_to_forget(library, state):
        return pressed(libraries, state, "3")
    privacy = library.topics.get(library.menus[HOME].privacy or "")
    return moved(state, Position(privacy.name, len(privacy.segments))) if privacy else None


def _person_asked(libraries: Libraries, state: State) -> State | None:
    library = libraries[state.language]
    person = library.menus[HOME].person
    return _asked(library, state, (library.at(person),)) if person else None


BY_SPEED = sorted(Pace, key=RATES.__getitem__)


def _slower(pace: Pace) -> Pace:
    return BY_SPEED[max(BY_SPEED.index(pace) - 1, 0)]


def _faster(pace: Pace) -> Pace:
    return BY_SPEED[min(BY_SPEED.index(pace) + 1, len(BY_SPEED) - 1)]


MOVES: Mapping[str, Callable[[Libraries, State], State | None]] = {
    "more": _more,
    "ready": _ready,
    "back": _key("*"),
    "again": _key("#"),
    "menu": lambda _libraries, state: moved(state, Position(HOME)),
    "keys": lambda _libraries, state: replace(state, prompt=Prompt.CHOICES, tries=0),
    "call": _person_asked,
    "person": _key("0"),
    "star": _key("*"),
    "pound": _key("#"),
    "wait": _key("8"),
    "text": _key("9"),
    "pace": _key("7"),
    "slower": _paced(_slower),
    "faster": _paced(_faster),
    "another language": _key("6"),
    "this language": lambda _libraries, _state: None,
    "language": lambda _libraries, state: replace(state, prompt=Prompt.OTHER_LANGUAGE, tries=0),
    "forget": _forget,
    GOODBYE.name: _goodbye,
    YES: _yes,
    NO: _no,
    NOTHING: _here,
}
"""What each word does. Any other is the name of a key."""
