"""A month's report: its numbers beside those of the month before, in one sentence, and what needs attention."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ivr.desk.report.attention import Point, attention
from ivr.desk.report.figures import Table, all_tables
from ivr.desk.report.headline import Headline, headline, is_empty
from ivr.desk.report.hiding import Figure
from ivr.desk.report.months import NAMES, changed, named, percent_more
from ivr.library.library import Library
from ivr.memory.calendar import Month
from ivr.memory.counts import Counts


@dataclass(frozen=True, slots=True)
class Tile:
    """A single number. `name`: for programs; `change`: compared with the month before."""

    name: str
    title: str
    figure: Figure
    before: Figure | None
    change: str


@dataclass(frozen=True, slots=True)
class Report:
    """`is_over`: whether the month has ended. `zone`: the time zone of its days and hours."""

    line_name: str
    month: Month
    is_over: bool
    zone: str
    meaning: str
    tiles: tuple[Tile, ...]
    costs: tuple[Tile, ...]
    other: tuple[Tile, ...]
    points: tuple[Point, ...]
    tables: Mapping[str, Table]

    @property
    def title(self) -> str:
        return f"{named(self.month)}{'' if self.is_over else ', so far'}"


TILES = {
    "calls": "Calls",
    "texts": "Texts",
    "people": "People, about",
    "calls_with_fact": "Calls that reached a fact",
    "texts_with_fact": "Texts answered with a fact",
}
COSTS = {
    "minutes": "Minutes of calls",
    "minutes_to_a_person": "Minutes on to a person",
    "fragments": "Fragments of texts sent",
}
OTHER = {
    "reached": "People reached with key 0",
    "not_reached": "Times nobody was reached with key 0",
    "key_9": "Texts sent with key 9",
    "key_9_refused": "Texts that key 9 could not send",
    "lost": "Texts that failed on the way",
    "presses": "Key presses before the first part of a topic (mean)",
}


def report_of(
    counts: Mapping[Month, Counts], month: Month, is_over: bool, libraries: Mapping[str, Library], zone: str
) -> Report:
    """`counts`: of the month, and of those before it that are known."""
    library, last = next(iter(libraries.values())), month.back(1)
    now = headline(counts[month], library)
    earlier = counts.get(last)
    before = headline(earlier, library) if earlier and not is_empty(earlier) else None
    points = attention(now, before)
    return Report(
        library.line_name,
        month,
        is_over,
        zone,
        _meaning(now, before, month, sum(point.needs_attention for point in points)),
        _tiles(TILES, now, before, last),
        _tiles(COSTS, now, before, last),
        _tiles(OTHER, now, before, last),
        points,
        {table.name: table for table in all_tables(counts, month, libraries, zone)},
    )


def _tiles(titles: Mapping[str, str], now: Headline, before: Headline | None, last: Month) -> tuple[Tile, ...]:
    found = []
    for name, title in titles.items():
        figure, then = getattr(now, name), getattr(before, name) if before else None
        found.append(Tile(name, title, figure, then, changed(figure, then, last)))
    return tuple(found)


def _meaning(now: Headline, before: Headline | None, month: Month, pressing: int) -> str:
    """The month in one sentence."""
    if now.calls.number == now.texts.number == 0:
        return f"Nobody called or texted in {named(month)}."
    parts = [f"In {named(month)} {_who(now)}{_more(now, before, month)}"]
    if now.calls_with_fact.text.endswith("%"):
        parts.append(f"{now.calls_with_fact.text} of calls reached a fact")
    needs = {0: "nothing needs attention", 1: "one thing needs attention"}
    parts.append(needs.get(pressing, f"{pressing} things need attention"))
    return f"{', '.join(parts[:-1])}, and {parts[-1]}."


def _who(now: Headline) -> str:
    if now.people.number:
        return f"about {now.people.text} people called or texted"
    return f"there were {now.calls.text} calls and {now.texts.text} texts"


def _more(now: Headline, before: Headline | None, month: Month) -> str:
    if before is None or not now.people.number or (before.people.number or 0) < 20:
        return ""
    return f" ({percent_more(now.people.number, before.people.number or 0)} {NAMES[month.back(1).number - 1]})"
