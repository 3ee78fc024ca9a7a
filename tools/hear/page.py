"""Writes `docs/heard.md`, and the like of another language."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ivr.library.heard import Hearing, file_of, heard_beside, tables
from ivr.library.library import Library
from ivr.library.load import Content
from tools.hear.recogniser import NAME
from tools.hear.voice import NAMES

PAGE = """\
# What is heard on a bad line

Written by `make hear` on {day}, of content version `{version}`: do not edit it. A voice says the words, they go
over a telephone line, and a speech recogniser that knows nothing of this line writes down what it heard. A figure is
its word error rate: words changed, left out or put in, as a share of the words said. A person who listens closely hears
more than this recogniser; a tired one may hear less.

* Voice: {voice}.
  Recogniser: {recogniser}, from packages, offline. {language} only.
* Wideband: as the voice made it. 8 kHz mu-law: 300 to 3400 Hz in 8 bits, as telephones carry it. 3 % loss: the same,
  with 3 % of the packets of 20 ms lost at random.
* `call`: a real call over SIP on loopback. A softphone (baresip) dials, presses the keys (RFC 4733) and records.
  `quick`: without a call; where there are symptom words, packets are lost in {draws} ways, and each word has to be
  heard in each. Wideband is always without a call.
* The code stands for the words of a segment: `check --line` (J4) tells which have changed since.

To measure again: `make hear`; only some segments: `make hear SEGMENTS=urgent.1,urgent.2`; without calls:
`make hear QUICK=1`; in Spanish, without calls: `make hear TAG=es`, which writes `docs/heard-es.md`.

Over all {count} segments: {wideband:.1%} wideband, {telephone:.1%} at 8 kHz mu-law, {lossy:.1%} with 3 % loss.

{tables}
"""


def write(folder: Path, content: Content, library: Library, fresh: Sequence[Hearing], draws: int) -> Path:
    """Beside the content folder. What was tried before stays, of segments that there still are."""
    tag, names = library.language.tag, [f"{one.name}.{one.part}" for one in library.numbers]
    before = heard_beside(folder, tag)
    is_same = before is not None and before.file == file_of(tag)
    found = {**(before.hearings if before and is_same else {}), **{one.segment: one for one in fresh}}
    kept = [found[name] for name in names if name in found]
    file = folder.resolve().parent / file_of(tag)
    file.write_text(
        PAGE.format(
            day=max(one.day for one in kept),
            version=content.version,
            voice=NAMES[tag],
            recogniser=NAME,
            language=library.language.name,
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
