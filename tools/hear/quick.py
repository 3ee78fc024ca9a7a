"""Without a call: a segment is spoken, and passed through a telephone's filter."""

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


def passages(utterances: Sequence[Utterance], language: str) -> list[Passage]:
    """Sentences as the voice says them, as many in one passage as the recogniser hears in one go."""
    found: list[Passage] = []
    for one in utterances:
        if not one.words:
            continue
        said = _said(one, language)
        if found and found[-1].sound.seconds + said.seconds <= LONGEST:
            last = found.pop()
            found.append(Passage(f"{last.words} {one.words}", joined([last.sound, said])))
        else:
            found.append(Passage(one.words, said))
    return found


def _said(utterance: Utterance, language: str) -> Sound:
    """With the pause after it."""
    sound = spoken(utterance.words, RATES[Pace.SLOW if utterance.slowly else Pace.NORMAL] / 100, language)
    return joined([sound, quiet(utterance.pause, sound.rate)])


def as_spoken(found: Sequence[Passage]) -> list[Passage]:
    return [replace(passage, sound=wideband(passage.sound)) for passage in found]


def by_telephone(found: Sequence[Passage], loss: float, chance: random.Random) -> list[Passage]:
    return [replace(one, sound=received(packets(mu_law(one.sound)), loss, chance)) for one in found]
