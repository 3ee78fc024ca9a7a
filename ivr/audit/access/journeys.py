"""Whole calls, from the answer to the end, for what depends on time or on what the line remembers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from ivr.audit.access.turns import NOBODY, SILENCE, Journey, ObservedTurn
from ivr.audit.access.walk import VOICE, WITHHELD, Recorder, answered, turn_of, withheld
from ivr.library.library import Library
from ivr.model import Position, Prompt
from ivr.phone.handset import Handset

NewHandset = Callable[[], Handset]
"""Creates a handset whose number has never called."""

LONG_ENOUGH = 330.0
"""Seconds that any call has to be able to wait."""
MOST_SILENCES = 40
TEN = 10
FIVE = 5
"""Presses of key 7: once through all paces, and one more."""
ODD_PATHS = ("", "nowhere", "en/normal", "%00/../..", "en/normal/new/plain.0/nothing-here.1", "x" * 2000)
ODD_DIGITS = ("", "A", "12345", "\u0661", " ", "w")


@dataclass(frozen=True)
class Journeys:
    """`stops_at`: the segment at which the returning caller's first call broke off. `stranger`: what a new caller hears
    first, whichever language was walked."""

    silent: Journey
    hasty: Journey
    waiting: Journey
    resets: Journey
    again: Journey
    unreached: Journey
    paced: Journey
    paced_next: Journey
    left: Journey
    returned: Journey
    carried_on: Journey
    forgotten: Journey
    withheld: Journey
    stranger: Journey
    withheld_next: Journey
    texted: Journey
    odd: tuple[ObservedTurn, ...]
    stops_at: Position

    @property
    def numbers(self) -> tuple[str, ...]:
        """The numbers that the line might have stored."""
        journeys = (value for value in vars(self).values() if isinstance(value, Journey))
        return tuple(dict.fromkeys(journey.number for journey in journeys if journey.number != WITHHELD))


def walk_journeys(new_handset: NewHandset, library: Library, greeting: str | None = None) -> Journeys:
    """`greeting`: see `walk.answered`. Returning callers are greeted in the language of their last call."""
    topic, code = _long_topic(library)
    first, nobody = partial(Recorder, greeting=greeting), withheld(new_handset())
    returning, pacing, forgetting = new_handset(), new_handset(), new_handset()
    left = first(returning, at_ease=True).do(*code, "1").journey()
    paced = first(pacing, at_ease=True).do(*code, *"7" * FIVE).journey()
    first(forgetting, at_ease=True).do(*code)
    forgetting.text(library.words["forget"][0])
    return Journeys(
        silent=first(nobody).until(_over, SILENCE, MOST_SILENCES).journey(),
        hasty=first(nobody).do(code[0], after=0.0).do(*code[1:]).journey(),
        waiting=first(nobody).do(*code, "8").until(_long, SILENCE, MOST_SILENCES).do("1").journey(),
        resets=_ten_resets(first(nobody)),
        again=first(nobody).do(*code, "5", *"#" * TEN).journey(),
        unreached=first(nobody).do(*code, "0", NOBODY).journey(),
        paced=paced,
        paced_next=Recorder(pacing).journey(),
        left=left,
        returned=Recorder(returning).journey(),
        carried_on=Recorder(returning).do("1").journey(),
        forgotten=Recorder(forgetting).journey(),
        withheld=first(nobody).do(*code, "9").journey(),
        stranger=Recorder(nobody).journey(),
        withheld_next=Recorder(nobody).journey(),
        texted=first(new_handset()).do(*code, "9").journey(),
        odd=tuple(_odd(nobody, greeting)),
        stops_at=Position(topic, 2),
    )


def _long_topic(library: Library) -> tuple[str, str]:
    """The topic with the most segments, and the keys that lead to it."""
    name = max(library.order, key=lambda name: len(library.topics[name].segments))
    return name, library.codes[name]


def _over(recorder: Recorder) -> bool:
    return recorder.turns[-1].there is None


def _long(recorder: Recorder) -> bool:
    waits = (
        begin for turn, begin in zip(recorder.turns, recorder.begins, strict=True) if turn.prompt is Prompt.WAITING
    )
    return recorder.call.clock - next(waits, recorder.call.clock) > LONG_ENOUGH


def _warned(recorder: Recorder) -> bool:
    """Whether this is the prompt before the goodbye: the next silence brings it. The line may not say `goodbye`
    earlier."""
    place = recorder.turns[-1].state
    return place is not None and place.prompt is Prompt.SILENT and place.tries >= 3


def _ten_resets(recorder: Recorder) -> Journey:
    for _ in range(TEN):
        recorder.until(_warned, SILENCE, MOST_SILENCES).do("1")
    return recorder.journey()


def _odd(handset: Handset, greeting: str | None) -> list[ObservedTurn]:
    """Requests that no caller makes, but faulty equipment might."""
    paths = [turn_of(replace(handset, voice_url=VOICE + path).call(pressed="1"), path, "1") for path in ODD_PATHS]
    start = answered(handset, greeting)
    action = str(start.action)
    digits = [turn_of(replace(handset, voice_url=action).call(pressed=keys), action, keys) for keys in ODD_DIGITS]
    return [*paths, *digits]
