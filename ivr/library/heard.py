"""`docs/heard.md`: what a speech recogniser wrote down of each segment on a bad line; of other languages than the
first, `docs/heard-es.md` and the like. `make hear` writes these files, rule J4 reads them. All is pure except
`heard_beside`."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from ivr.library.document import listed

FILE, FILE_OF = "docs/heard.md", "docs/heard-{}.md"
FIRST = "en"
"""The language that FILE is of."""
DIGITS = 8
VERSION = re.compile(r"content version `([^`]*)`")
LANGUAGE = re.compile(r"offline\. (\w+) only\.")
"""A page is of one language."""
NOTHING = "-"
"""An empty cell."""


@dataclass(frozen=True, slots=True)
class Hearing:
    """One segment on the bench. Rates are the share of words that were written down wrong."""

    segment: str
    """The segment, such as `urgent.1`."""
    code: str
    """`words_code` of the words that were tried."""
    words: int
    wideband: float
    telephone: float
    """At 8 kHz mu-law, without packet loss."""
    lossy: float
    """At 8 kHz mu-law, with the share LOSS of the packets lost."""
    way: str
    """`call`: measured in a call over SIP; `quick`: without one."""
    day: str
    signs: tuple[str, ...] = ()
    """Symptom words that were heard every time with packets lost."""
    not_heard: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Heard:
    """`version`: of the content at the last trial. `language`: the name of the language that was tried. `file`: the
    page."""

    version: str = ""
    hearings: Mapping[str, Hearing] = field(default_factory=dict)
    language: str = ""
    file: str = FILE


def words_code(voice: str) -> str:
    """Eight hexadecimal digits: a hash of one segment's words as they are said."""
    return hashlib.sha256(" ".join(voice.split()).encode()).hexdigest()[:DIGITS]


def file_of(tag: str) -> str:
    """The page of the language with this tag."""
    return FILE if tag == FIRST else FILE_OF.format(tag)


def heard_beside(content: Path, tag: str = FIRST) -> Heard | None:
    """Read from the language's page beside a content folder, else from that of the first language; None if nothing was
    tried there."""
    for file in dict.fromkeys((file_of(tag), FILE)):
        try:
            page = content.resolve().parent.joinpath(file).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            continue
        return replace(parse_tables(page), file=file)
    return None


def tables(hearings: Iterable[Hearing]) -> str:
    """As Markdown: a table of figures, then one of symptom words."""
    rows = sorted(hearings, key=lambda hearing: hearing.segment)
    return "\n".join(
        [
            "| segment | code | words | wideband | 8 kHz mu-law | 3 % loss | by | day |",
            "|---|---|---|---|---|---|---|---|",
            *(_row(_figures(hearing)) for hearing in rows),
            "",
            "| segment | symptom words heard | not heard |",
            "|---|---|---|",
            *(_row(_signs(hearing)) for hearing in rows if hearing.signs or hearing.not_heard),
        ]
    )


def _row(cells: Iterable[object]) -> str:
    return f"| {' | '.join(map(str, cells))} |"


def _figures(hearing: Hearing) -> Iterator[object]:
    yield from (hearing.segment, f"`{hearing.code}`", hearing.words)
    yield from (f"{100 * rate:.1f} %" for rate in (hearing.wideband, hearing.telephone, hearing.lossy))
    yield from (hearing.way, hearing.day)


def _signs(hearing: Hearing) -> Iterator[str]:
    yield hearing.segment
    yield from (", ".join(words) or NOTHING for words in (hearing.signs, hearing.not_heard))


def parse_tables(page: str) -> Heard:
    """Parses what `tables` wrote. A damaged row counts as not tried."""
    rows = [tuple(cell.strip() for cell in line.strip("| ").split("|")) for line in page.splitlines() if "|" in line]
    signs = {row[0]: row[1:] for row in rows if len(row) == 3}
    found = [_hearing(row, *signs.get(row[0], (NOTHING, NOTHING))) for row in rows if len(row) == 8]
    version, language = VERSION.search(page), LANGUAGE.search(page)
    hearings = {one.segment: one for one in found if one}
    return Heard(version[1] if version else "", hearings, language[1] if language else "")


def _hearing(cells: tuple[str, ...], heard: str, not_heard: str) -> Hearing | None:
    segment, code, words, *rates, way, day = cells
    try:
        wideband, telephone, lossy = (round(float(rate.removesuffix("%")) / 100, 4) for rate in rates)
        count = int(words)
    except ValueError:
        return None
    signs, missing = (() if cell == NOTHING else listed(cell) for cell in (heard, not_heard))
    return Hearing(segment, code.strip("`"), count, wideband, telephone, lossy, way, day, signs, missing)
