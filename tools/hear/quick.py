"""Without a call: a segment is spoken, and made what a telephone would make of it."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from ivr.library.measures import RATES
from ivr.model import Pace, Utterance
from tools.hear.listening import Passage
from tools.hear.recogniser import LONGEST
from tools.hear.sound import Sound, joined, mu_law, packets, quiet, received, wideband
from tools.hear.voice import spoken


def passages(lines: Sequence[Utterance]) -> list[Passage]:
    """Sentences as the voice says them, as many in one passage as the recogniser hears in one go."""
    found: list[Passage] = []
    for line in lines:
        said = _said(line)
        if found and line.words and found[-1].sound.seconds + said.seconds <= LONGEST:
            last = found.pop()
            found.append(Passage(f"{last.words} {line.words}", joined([last.sound, said])))
        elif line.words:
            found.append(Passage(line.words, said))
    return found


def _said(line: Utterance) -> Sound:
    """With the pause after it."""
    sound = spoken(line.words, RATES[Pace.SLOW if line.slowly else Pace.NORMAL] / 100)
    return joined([sound, quiet(line.pause, sound.rate)])


def as_spoken(found: Sequence[Passage]) -> list[Passage]:
    return [replace(passage, sound=wideband(passage.sound)) for passage in found]


def by_telephone(found: Sequence[Passage], loss: float, chance: random.Random) -> list[Passage]:
    return [replace(one, sound=received(packets(mu_law(one.sound)), loss, chance)) for one in found]
