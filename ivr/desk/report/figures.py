"""The tables of a month, in the form in which they may be shown: every number is a Figure, small ones are hidden."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ivr.desk.report.headline import how_understood, is_empty
from ivr.desk.report.hiding import FEW, TOO_FEW, Figure, breakdown, figure
from ivr.desk.report.months import WEEKDAYS, named
from ivr.desk.report.places import by_place, by_topic, holds_facts, place_name, topic_names
from ivr.dialogue.metrics import (
    CALL,
    CALL_AT,
    CAME,
    CHANGED_TO,
    HEARD_IN,
    LEFT,
    SENT,
    SILENCE,
    TEXT,
    TEXT_AT,
    TEXTED_IN,
    UNDERSTOOD_AS,
    WRONG_KEY,
)
from ivr.library.library import Library
from ivr.memory.calendar import Month
from ivr.memory.counts import Counts
from ivr.model import Understanding

MOST_PLACES = 8
MOST_WORDS = 12
MONTHS_BACK = 12


class Shape(StrEnum):
    """How a table is drawn."""

    BARS = "bars"
    """A bar beside each number."""
    COLUMNS = "columns"
    """Upright, in order of time, with the table folded below."""
    NUMBERS = "numbers"


@dataclass(frozen=True, slots=True)
class ReportRow:
    label: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """`name`: for programs. `heads`: the column headings, that of the labels first. `note`: what is counted."""

    name: str
    title: str
    note: str
    heads: tuple[str, ...]
    rows: tuple[ReportRow, ...]
    shape: Shape = Shape.BARS

    def column(self, head: int) -> tuple[Figure, ...]:
        return tuple(row.figures[head] for row in self.rows)


# --- tables: when, and in which language ---------------------------------------------------------------------


def weekdays(counts: Counts) -> Table:
    by_day: dict[str, list[int]] = {name: [0] * len(WEEKDAYS) for name in (CALL, TEXT)}
    for day, numbers in counts.days.items():
        for name, found in by_day.items():
            found[day.weekday()] += numbers.get(name, 0)
    rows = _rows(WEEKDAYS, breakdown(by_day[CALL]), breakdown(by_day[TEXT]))
    return Table("weekdays", "Days of the week", "All days of the month.", ("Day", "Calls", "Texts"), rows)


def hours(counts: Counts, zone: str) -> Table:
    """In steps of one hour, or of three or six if shorter ones would reveal a small number."""
    columns = [[counts.monthly.get(f"{at}{hour:02}", 0) for hour in range(24)] for at in (CALL_AT, TEXT_AT)]
    for step in (1, 3, 6):
        summed = [[sum(column[hour : hour + step]) for hour in range(0, 24, step)] for column in columns]
        figures = [breakdown(column) for column in summed]
        if all(each.text != TOO_FEW and not each.is_about for column in figures for each in column):
            break
    labels = [f"{hour:02}:00 to {hour + step:02}:00" for hour in range(0, 24, step)]
    note = f"When calls came in and texts arrived, by the clock of {zone}."
    return Table("hours", "Hours of the day", note, ("Hours", "Calls", "Texts"), _rows(labels, *figures), Shape.COLUMNS)


def languages(counts: Counts, libraries: Mapping[str, Library]) -> Table:
    sums = counts.sums()
    counted = [by_place(sums, kind) for kind in (HEARD_IN, TEXTED_IN, CHANGED_TO)]
    tags = [*dict.fromkeys([*libraries, *sorted(tag for each in counted for tag in each)])]
    labels = [libraries[tag].language.name if tag in libraries else tag for tag in tags]
    note = "Parts of topics heard in calls, texts answered, and how often key 6 led to the language."
    heads = ("Language", "Heard", "Texted", "Key 6")
    rows = _rows(labels, *(breakdown([each[tag] for tag in tags]) for each in counted))
    return Table("languages", "Languages", note, heads, rows)


# --- tables: details -----------------------------------------------------------------------------------------


def months(counts: Mapping[Month, Counts], month: Month) -> Table:
    """The months of a year in which something was counted, the last one first."""
    counted = [each for each in (month.back(back) for back in range(MONTHS_BACK + 1)) if each in counts]
    last = max((index for index, each in enumerate(counted) if not is_empty(counts[each])), default=0)
    sums = [counts[each].sums() for each in counted[: last + 1]]
    rows = _rows(
        [named(each) for each in counted[: last + 1]],
        [figure(each[CALL]) for each in sums],
        [figure(each[TEXT]) for each in sums],
    )
    return Table("months", "Month by month", "As far back as is kept.", ("Month", "Calls", "Texts"), rows)


def topics(counts: Counts, library: Library) -> Table:
    """The number of texts answered with a fact is shown elsewhere, so topics with facts are broken down separately."""
    sums = counts.sums()
    heard, sent = (by_topic(by_place(sums, kind)) for kind in (CAME, SENT))
    titles = topic_names(library, {*heard, *sent})
    facts = [name for name in titles if holds_facts(library, name)]
    others = [name for name in titles if name not in facts]
    without = max(0, sums[TEXT] - sum(sent.values()))
    texted = (*breakdown([sent[name] for name in facts]), *breakdown([*(sent[name] for name in others), without]))
    begun = (*breakdown([heard[name] for name in (*facts, *others)]), Figure("-"))
    note = "How often a part of each topic was begun in a call, and how often one was the answer to a text."
    labels = [*(titles[name] for name in (*facts, *others)), "No topic: a menu, a question, a wish"]
    return Table("topics", "Topics", note, ("Topic", "Heard", "Texted"), _rows(labels, begun, texted))


UNDERSTANDING = {
    Understanding.DANGER: "Answered with what to do in danger",
    Understanding.ASKED: "Asked about, instead of an answer",
    Understanding.ACCEPTED: "Took what a question or an offer named",
    Understanding.UNCLEAR: "Not understood",
    Understanding.LACKING: "About what the line lacks",
    Understanding.UNDERSTOOD: "Understood at once",
}


def understanding(counts: Counts) -> Table:
    labels = [UNDERSTANDING[each] for each in (*UNDERSTOOD_AS, Understanding.UNDERSTOOD)]
    note = (
        "Of all texts. Whoever accepts a question does so in a later text, perhaps the next day; offers, which come "
        "at the end of a topic, are accepted too."
    )
    rows = _rows(labels, how_understood(counts.sums()))
    return Table("understanding", "How texts were understood", note, ("Texts", "Number"), rows)


def leaving(counts: Counts, library: Library) -> Table:
    sums = counts.sums()
    came, left = by_place(sums, CAME), by_place(sums, LEFT)
    ended = Counter({place: max(0, number - left[place]) for place, number in came.items()})
    note = "The places where calls ended: calls that came there and did not go on."
    return Table("leaving", "Where callers leave", note, ("Place", "Calls"), _placed(library, ended))


def trouble(counts: Counts, library: Library) -> Table:
    sums = counts.sums()
    note = (
        "Silences where the line asked something, and keys that do nothing there. A silence that just goes on to the "
        "next part is not counted. Words may be unclear where there are many."
    )
    rows = _placed(library, by_place(sums, SILENCE), by_place(sums, WRONG_KEY))
    return Table("trouble", "Silences and wrong keys", note, ("Place", "Silences", "Wrong keys"), rows)


def words(counts: Counts) -> Table:
    found = sorted(counts.words.items(), key=lambda item: (-item[1], item[0]))[:MOST_WORDS]
    note = f"Words in texts that were not understood, used by at least {FEW} different callers in this month."
    rows = tuple(ReportRow(word.lower(), (figure(callers),)) for word, callers in found)
    return Table("words", "Words the line does not know", note, ("Word", "Callers, about"), rows)


def _rows(labels: Sequence[str], *columns: Sequence[Figure]) -> tuple[ReportRow, ...]:
    return tuple(
        ReportRow(label, figures)
        for label, *figures_ in zip(labels, *columns, strict=True)
        for figures in [(*figures_,)]
    )


def _placed(library: Library, *counted: Counter[str]) -> tuple[ReportRow, ...]:
    """The places with the largest numbers, then all others together."""
    most = {place: max(each[place] for each in counted) for each in counted for place in each}
    listed = sorted((place for place in most if most[place] >= FEW), key=lambda place: (-most[place], place))
    listed = listed[:MOST_PLACES]
    columns = [
        breakdown([*(each[place] for place in listed), each.total() - sum(each[place] for place in listed)])
        for each in counted
    ]
    return _rows([*(place_name(library, place) for place in listed), "All other places"], *columns)


def all_tables(
    counts: Mapping[Month, Counts], month: Month, libraries: Mapping[str, Library], zone: str
) -> Iterator[Table]:
    """Places get their titles from the first library."""
    own, library = counts[month], next(iter(libraries.values()))
    yield hours(own, zone)
    yield weekdays(own)
    yield languages(own, libraries)
    yield months(counts, month)
    yield topics(own, library)
    yield understanding(own)
    yield leaving(own, library)
    yield trouble(own, library)
    yield words(own)
