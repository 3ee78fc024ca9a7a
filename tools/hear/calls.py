"""Makes a real call: a softphone calls the line over SIP, presses its way to a topic and through it, and what it
recorded is cut into the segments' passages."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, Queue
from typing import TypeVar

from ivr.dialogue.utterances import segment_spoken
from ivr.library.library import Library
from ivr.model import Position
from ivr.phone.handset import Handset
from tools.hear.bridge import Bridge, Spoken, Turn
from tools.hear.listening import Passage
from tools.hear.recogniser import LONGEST
from tools.hear.rtp import first_loud
from tools.hear.softphone import Softphone, softphone
from tools.hear.sound import PACKET_SECONDS, Sound

TURN_SECONDS = 180.0
"""The longest that a turn may take: the voice is made first, then spoken."""
MOST_TURNS = 30
ON = "1"
"""The key that goes on to the next segment."""
MARGIN = 0.15
"""Seconds more that are cut out on both sides: less than the pause between two sentences."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Recorded:
    """One call. `offset`: seconds by which the recording is later than what was sent. Keys: that the phone pressed, and
    that the line was told of."""

    sound: Sound
    offset: float
    turns: tuple[Turn, ...]
    pressed: str
    taken: str


class NotHeard(Exception):
    """The call did not reach the position that it should."""


def call_topic(handset: Handset, library: Library, parts: Sequence[Position], loss: float, seed: str) -> Recorded:
    """Calls, presses the topic's number, and goes on until the last of these parts has been heard. Raises NotHeard,
    OSError."""
    chance = random.Random(seed)  # noqa: S311 (which packets are lost is no secret)
    with tempfile.TemporaryDirectory() as folder, softphone(Path(folder)) as phone:
        bridge = Bridge(handset, loss, chance)
        try:
            phone.dial(bridge.address)
            turns, pressed = _press_through(bridge, phone, library, parts)
            sound = phone.hang_up()
        finally:
            bridge.close()
    begun = first_loud(sound)
    if bridge.media is None or bridge.media.first_loud is None or begun is None:
        raise NotHeard("nothing was heard in the call")
    offset = begun - bridge.media.first_loud * PACKET_SECONDS
    return Recorded(sound, offset, turns, pressed, bridge.keys)


def _press_through(
    bridge: Bridge, phone: Softphone, library: Library, parts: Sequence[Position]
) -> tuple[tuple[Turn, ...], str]:
    """The turns that were heard whole, and the keys pressed."""
    pressed, turns = library.codes[parts[0].name], list[Turn]()
    for key in pressed:
        _next(bridge.began)
        phone.press(key)
    own = {one: _own_words(library, one) for one in library.numbers if one.name == parts[0].name}
    for _ in range(MOST_TURNS):
        turns.append(_next(bridge.turns))
        said = _words(turns[-1].spoken)
        if _holds(said, own[parts[-1]]):
            return tuple(turns), pressed
        if any(_holds(said, words) for words in own.values()):
            phone.press(ON)
            pressed += ON
    raise NotHeard(f"key {ON} did not lead to {parts[-1].name}.{parts[-1].part}")


def _own_words(library: Library, position: Position) -> list[str]:
    return [line.words for line in segment_spoken(library, position) if line.words]


def _words(spoken: Sequence[Spoken]) -> list[str]:
    return [one.words for one in spoken]


def _holds(said: Sequence[str], own: Sequence[str]) -> bool:
    return [words for words in said if words in own] == own


def _next(happening: Queue[T | None]) -> T:
    try:
        found = happening.get(timeout=TURN_SECONDS)
    except Empty:
        found = None
    if found is None:
        raise NotHeard("the call was over too soon")
    return found


def passages(recorded: Recorded, library: Library, position: Position) -> list[Passage]:
    """The segment's own sentences, as the phone recorded them, as many in one as the recogniser hears in one go."""
    own = _own_words(library, position)
    for turn in recorded.turns:
        if _holds(_words(turn.spoken), own):
            return [_cut(recorded, run) for run in _runs([one for one in turn.spoken if one.words in own])]
    raise NotHeard(f"not all of {position.name}.{position.part} was said in the call")


def _runs(spoken: Sequence[Spoken]) -> Iterator[list[Spoken]]:
    run: list[Spoken] = []
    for one in spoken:
        if run and (one.end - run[0].begin) * PACKET_SECONDS > LONGEST - 2 * MARGIN:
            yield run
            run = []
        run.append(one)
    if run:
        yield run


def _cut(recorded: Recorded, run: Sequence[Spoken]) -> Passage:
    begin, end = (packets * PACKET_SECONDS + recorded.offset for packets in (run[0].begin, run[-1].end))
    return Passage(" ".join(one.words for one in run), recorded.sound.cut(begin - MARGIN, end + MARGIN))
