"""What a turn costs in a small library and in ones that no line will ever have: within this process, without the kept
documents of the web application."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random
from statistics import median

from ivr.carrier.twilio.render import Speaker, messages_document
from ivr.dialogue.step import step
from ivr.dialogue.url import from_path, to_path
from ivr.library.library import HOME, Library
from ivr.model import CallEvent, Choice, Menu, Position, Pressed, Segment, Silent, State, Texted, Texter, Topic
from ivr.settings import DEFAULT_HELPLINE

SIZES = (10, 1000, 10_000)
CHOICES = 5
SYLLABLES = [consonant + vowel for consonant in "BCDFGHJKLMNPRSTVWXYZ" for vowel in "AEIOU"]
SPREAD = 7919
"""Takes words that follow each other far apart."""
TIMES = 200
GUESSES = ("text: beginning of a word", "text: near miss", "text: unknown")
"""Texts that are compared with every keyword there is: for these growth is bounded, not flat."""
UNKNOWN = "the weather is nice here in town and my neighbour has a dog"

Act = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Cost:
    """`microseconds`: the median for each of the SIZES."""

    kind: str
    microseconds: Sequence[float]

    @property
    def growth(self) -> float:
        return self.microseconds[-1] / self.microseconds[0]


def costs(base: Library) -> list[Cost]:
    acts = [_acts(_grown(base, size), size) for size in SIZES]
    return [Cost(kind, _timed([of_size[kind] for of_size in acts])) for kind in acts[0]]


def _timed(sizes: Sequence[Sequence[Act]]) -> list[float]:
    """The sizes take turns, so that other load affects them alike, after a few of each that do not count."""
    for act in (act for acts in sizes for act in acts[:CHOICES]):
        act()
    seconds = [[_seconds(act) for act in beside] for beside in zip(*sizes, strict=True)]
    return [1e6 * median(own) for own in zip(*seconds, strict=True)]


def _seconds(act: Act) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def _acts(library: Library, size: int) -> Mapping[str, list[Act]]:
    chance = Random(1)
    nths = [chance.randrange(size) for _ in range(TIMES)]
    words = [_word(nth) for nth in nths]
    positions = [Position(_name(nth), 1) for nth in nths]
    spoken: dict[str, CallEvent] = {"silence": Silent(), "a key": Pressed("1"), "back": Pressed("*")}
    last = [Position(position.name, 2) for position in positions]
    return {
        **{f"call: {kind}": [_call(library, position, heard) for position in last] for kind, heard in spoken.items()},
        "text: keyword": [_text(library, word) for word in words],
        "text: number": [_text(library, library.codes[position.name]) for position in positions],
        "text: MORE": [_text(library, "MORE", position) for position in last],
        "text: keyword in a sentence": [_text(library, f"what is {word} please") for word in words],
        GUESSES[0]: [_text(library, word[:-1]) for word in words],
        GUESSES[1]: [_text(library, f"{word[:2]}Q{word[3:]}") for word in words],
        GUESSES[2]: [_text(library, UNKNOWN)] * TIMES,
    }


def _call(library: Library, position: Position, heard: CallEvent) -> Act:
    """From the path of the webhook to the document."""
    tag = library.language.tag
    libraries, speaker = {tag: library}, Speaker({tag: library.language}, DEFAULT_HELPLINE)
    path = to_path(State(tag, position))

    def act() -> str:
        turn = step(libraries, from_path(path) or State(tag, Position(HOME)), heard)
        return speaker.voice(turn.reply, turn.state.pace, f"/voice/{to_path(turn.state)}")

    return act


def _text(library: Library, words: str, at: Position | None = None) -> Act:
    libraries, texter = {library.language.tag: library}, Texter(position=at)
    return lambda: messages_document(step(libraries, texter, Texted(words)).reply)


# --- libraries -----------------------------------------------------------------------------------------------


def _grown(base: Library, size: int) -> Library:
    """So many topics of two segments, which say what the real ones say, each with keywords of its own."""
    said = [segment for topic in base.topics.values() for segment in topic.segments]
    topics = [_topic(nth, [said[(2 * nth + part) % len(said)] for part in range(2)]) for nth in range(size)]
    menus = _menus([topic.name for topic in topics])
    home = replace(menus[HOME], silent=(_name(0),), person=_name(1), urgent=_name(2), privacy=_name(3))
    return replace(base, topics={topic.name: topic for topic in topics}, menus={**menus, HOME: home})


def _topic(nth: int, said: Sequence[Segment]) -> Topic:
    word = _word(nth)
    segments = tuple(
        replace(segment, keywords=keywords, hints=())
        for segment, keywords in zip(said, ((word,), (f"{word}RON",)), strict=True)
    )
    return Topic(_name(nth), f"On {word}IST", "To go on, press 1.", segments, "source", "a book", "2020-01-01", "")


def _menus(leaves: Sequence[str]) -> dict[str, Menu]:
    """As deep as it takes, with five choices each."""
    menus: dict[str, Menu] = {}
    level = list(leaves)
    while len(level) > CHOICES:
        groups = [level[start : start + CHOICES] for start in range(0, len(level), CHOICES)]
        level = [f"menu-{len(menus) + nth}" for nth in range(len(groups))]
        menus |= {name: _menu(name, group) for name, group in zip(level, groups, strict=True)}
    return {**menus, HOME: _menu(HOME, level)}


def _menu(name: str, leads_to: Sequence[str]) -> Menu:
    choices = (
        Choice(str(key), there, f"To go there, press {key}.", f"{key} to go there")
        for key, there in enumerate(leads_to, start=1)
    )
    return Menu(name, name, tuple(choices))


def _name(nth: int) -> str:
    return f"topic-{nth}"


def _word(nth: int) -> str:
    """A word of three syllables for each number, no two alike."""
    rest, last = divmod(nth * SPREAD % len(SYLLABLES) ** 3, len(SYLLABLES))
    first, middle = divmod(rest, len(SYLLABLES))
    return SYLLABLES[first] + SYLLABLES[middle] + SYLLABLES[last]
