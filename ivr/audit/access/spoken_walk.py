"""Compares what words do on a line that listens to speech with what a key does at the same moment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ivr.audit.access.journeys import NewHandset
from ivr.audit.access.turns import DIAL, ObservedTurn
from ivr.audit.access.walk import answered, turn_of, withheld
from ivr.dialogue.keys import LAST_TRY
from ivr.library.library import HOME, Library
from ivr.library.limits import LEAST_CONFIDENCE
from ivr.listening.listening import listening_of
from ivr.listening.meaning import Ask
from ivr.listening.rules import EXAMPLES, SPOKEN
from ivr.listening.spoken import NOTHING, understand_said
from ivr.model import Position, Prompt
from ivr.phone.handset import Call

SAID_FOR = {"person": "0", "star": "*", "pound": "#", "another language": "6", "pace": "7", "wait": "8", "text": "9"}
"""Headings of spoken.md, and the key that each stands for."""
WORDS_FOR = {"back": "*", "again": "#"}
"""Headings of words.md, and the key that each stands for."""
GUESSED = LEAST_CONFIDENCE / 2


@dataclass(frozen=True)
class Comparison:
    """What words led to, and what another act at the same moment led to; both should be the same."""

    words: str
    turn: ObservedTurn
    instead: ObservedTurn

    @property
    def is_same(self) -> bool:
        return (self.turn.there, self.turn.said) == (self.instead.there, self.instead.said)


@dataclass(frozen=True)
class SpokenWalk:
    """`commands`: compared with the key; `noise`: with silence; `nearly`: answers to a question, with its key 1;
    `dangers`: with the segment that they lead to. `unasked`: doubtful words that the line did not ask about.
    `unanswered`: a question, and what each of three silences led to. `silent_signs`: warning signs that words led to,
    and what each of two silences led to."""

    arrival: ObservedTurn
    commands: tuple[Comparison, ...]
    noise: tuple[Comparison, ...]
    nearly: tuple[Comparison, ...]
    unasked: tuple[str, ...]
    dangers: tuple[tuple[Position, ObservedTurn], ...]
    unanswered: tuple[tuple[ObservedTurn, ...], ...]
    silent_signs: tuple[tuple[ObservedTurn, ...], ...]

    @property
    def turns(self) -> Iterator[ObservedTurn]:
        yield self.arrival
        for said in (*self.commands, *self.noise, *self.nearly):
            yield from (said.turn, said.instead)
        yield from (turn for _, turn in self.dangers)
        yield from (turn for turns in (*self.unanswered, *self.silent_signs) for turn in turns)


def walk_spoken(new_handset: NewHandset, library: Library, greeting: str | None = None) -> SpokenWalk | None:
    """None if the line takes keys only. `greeting`: see `walk.answered`."""
    call = answered(withheld(new_handset()), greeting)
    if call.listening is None or not call.listening.takes_speech:
        return None
    arrival, home = turn_of(call, None, DIAL), call.fork()
    for key in library.codes[_longest(library)]:
        call.press(key)
    commands = [*_menu_commands(library, home), *_everywhere(library, home)]
    commands += [*_everywhere(library, call), _beside_key(call, library.words["more"][0], "1")]
    noise = [_beside_silence(at, one.words, GUESSED) for one in commands for at in (home, call)]
    noise += [_beside_silence(at, words) for words in _examples(library, NOTHING) for at in (home, call)]
    hints = [word for topic in library.topics.values() for segment in topic.segments for word in segment.hints[:1]]
    doubtful = [word for word in hints if isinstance(understand_said(listening_of(library), word), Ask)]
    asked = [(word, _said(home, word)) for word in doubtful]
    nearly = [_beside_one(after, word) for word, after in asked if _is_asked(after)]
    unasked = tuple(word for word, after in asked if not _is_asked(after))
    dangers = tuple(_dangers(library, call))
    places = [_said(at, word) for word, after in asked[:1] if _is_asked(after) for at in (home, call)]
    unanswered = tuple(_silences(after, LAST_TRY) for after in places)
    silent_signs = tuple(_silences(_said(home, words), 2) for words in _first_dangers(library))
    return SpokenWalk(arrival, tuple(commands), tuple(noise), tuple(nearly), unasked, dangers, unanswered, silent_signs)


def _longest(library: Library) -> str:
    return max(library.order, key=lambda name: len(library.topics[name].segments))


def _menu_commands(library: Library, home: Call) -> Iterator[Comparison]:
    """From the main menu, each choice by its number and each topic by its title."""
    for choice in library.menus[HOME].choices:
        yield _beside_key(home, library.words[choice.key][0], choice.key)
    for name in library.order:
        by_keys = home.fork()
        for key in library.codes[name]:
            by_keys.press(key)
        yield Comparison(name, _turn(_said(home, library.topics[name].title)), _turn(by_keys))


def _everywhere(library: Library, at: Call) -> Iterator[Comparison]:
    """Words for keys that do something here: not every line has two languages, or can send texts."""
    named = [(words, key) for heading, key in SAID_FOR.items() for words in _examples(library, heading)]
    named += [(library.words[name][0], key) for name, key in WORDS_FOR.items()]
    beside = (_beside_key(at, words, key) for words, key in named)
    yield from (said for said in beside if said.instead.prompt is not Prompt.UNKNOWN_KEY)


def _dangers(library: Library, at: Call) -> Iterator[tuple[Position, ObservedTurn]]:
    listening = listening_of(library)
    for name, position in listening.kinds.items():
        document = library.listening[name]
        for words in document.sections.get(EXAMPLES, ()):
            yield position, _turn(_said(at, words.text))


def _first_dangers(library: Library) -> Iterator[str]:
    """One example of each kind of danger, if it leads to warning signs."""
    for name, position in listening_of(library).kinds.items():
        if position.name == library.menus[HOME].urgent:
            yield from (words.text for words in library.listening[name].sections.get(EXAMPLES, ())[:1])


def _examples(library: Library, heading: str) -> Iterator[str]:
    """The entries under a heading of spoken.md."""
    document = library.listening.get(SPOKEN)
    for words in document.sections.get(EXAMPLES, ()) if document else ():
        named, _, example = words.text.partition(":")
        if named == heading:
            yield example.strip()


def _said(at: Call, words: str, confidence: float = 0.9) -> Call:
    other = at.fork()
    other.say(words, confidence)
    return other


def _turn(call: Call) -> ObservedTurn:
    return turn_of(call, None, DIAL)


def _beside_key(at: Call, words: str, key: str) -> Comparison:
    pressed = at.fork()
    pressed.press(key)
    return Comparison(words, _turn(_said(at, words)), _turn(pressed))


def _beside_silence(at: Call, words: str, confidence: float = 0.9) -> Comparison:
    silent = at.fork()
    silent.wait()
    return Comparison(words, _turn(_said(at, words, confidence)), _turn(silent))


def _beside_one(asked: Call, words: str) -> Comparison:
    pressed = asked.fork()
    pressed.press("1")
    return Comparison(words, _turn(_said(asked, "yes")), _turn(pressed))


def _silences(call: Call, times: int) -> tuple[ObservedTurn, ...]:
    turns = [_turn(call)]
    for _ in range(times):
        call.wait()
        turns.append(_turn(call))
    return tuple(turns)


def _is_asked(call: Call) -> bool:
    return _turn(call).prompt is Prompt.DID_YOU_SAY
