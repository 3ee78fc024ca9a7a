"""One segment after the other: said, heard, and put into figures."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from ivr.dialogue.utterances import segment_spoken
from ivr.library.heard import Hearing, words_code
from ivr.library.library import Library
from ivr.model import Position, Segment
from ivr.phone.handset import Handset
from tools.hear import quick
from tools.hear.calls import Recorded, call_topic, passages
from tools.hear.compare import NO_ERRORS
from tools.hear.listening import Heard, Passage, listen
from tools.hear.recogniser import Recogniser

LOSS = 0.03
DRAWS = 3
"""How often packets are lost by chance, without a call, where a segment has signs: each has to be heard each time."""


@dataclass(frozen=True, slots=True)
class Takes:
    """A segment as it was heard: as spoken, by telephone, and each time that packets were lost."""

    wideband: Sequence[Passage]
    telephone: Sequence[Passage]
    lossy: Sequence[Sequence[Passage]]


@dataclass(frozen=True, slots=True)
class Bench:
    """`handset`: calls the line; None to do without calls."""

    library: Library
    recogniser: Recogniser
    handset: Handset | None

    def try_topic(self, parts: Sequence[Position]) -> Iterator[Hearing]:
        """`parts`: of one topic, in order. Raises NotHeard, OSError."""
        calls = {loss: self._called(self.handset, parts, loss) for loss in (0.0, LOSS)} if self.handset else {}
        for position in parts:
            yield self._hearing(position, self._takes(position, calls), "call" if calls else "quick")

    def _called(self, handset: Handset, parts: Sequence[Position], loss: float) -> Recorded:
        call = call_topic(handset, self.library, parts, loss, seed=f"{parts[0].name} {loss}")
        heard = f"{call.sound.seconds:.0f} s recorded, keys pressed {call.pressed}, taken {call.taken}"
        print(f"{parts[0].name}: a call with {loss:.0%} lost: {heard}", flush=True)
        return call

    def _takes(self, position: Position, calls: Mapping[float, Recorded]) -> Takes:
        said = quick.passages(segment_spoken(self.library, position), self.library.language.tag)
        if calls:
            clear, lossy = (passages(call, self.library, position) for call in calls.values())
            return Takes(quick.as_spoken(said), clear, [lossy])
        draws = DRAWS if self._segment(position).signs else 1
        seeds = (random.Random(f"{position.name}.{position.part} {draw}") for draw in range(draws))  # noqa: S311
        lost = [quick.by_telephone(said, LOSS, chance) for chance in seeds]
        return Takes(quick.as_spoken(said), quick.by_telephone(said, 0.0, random.Random(0)), lost)  # noqa: S311

    def _hearing(self, position: Position, takes: Takes, way: str) -> Hearing:
        segment = self._segment(position)
        name = f"{position.name}.{position.part}"
        wide, clear, *lossy = (
            listen(self.recogniser, take, segment.signs) for take in (takes.wideband, takes.telephone, *takes.lossy)
        )
        for label, heard in (("8 kHz", clear), *(("3 % loss", one) for one in lossy)):
            _tell(name, label, heard)
        missed = {sign for heard in (clear, *lossy) for sign in heard.missed}
        return Hearing(
            name,
            words_code(segment.voice),
            clear.errors.words,
            wide.errors.rate,
            clear.errors.rate,
            sum((heard.errors for heard in lossy), NO_ERRORS).rate,
            way,
            datetime.now(UTC).date().isoformat(),
            tuple(sign for sign in segment.signs if sign not in missed),
            tuple(sign for sign in segment.signs if sign in missed),
        )

    def _segment(self, position: Position) -> Segment:
        return self.library.topics[position.name].segments[position.part - 1]


def _tell(name: str, label: str, heard: Heard) -> None:
    if heard.errors.wrong:
        print(f"{name}, {label}: {heard.errors.rate:.1%} wrong: {heard.text}", flush=True)
