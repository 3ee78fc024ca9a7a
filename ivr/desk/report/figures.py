"""What was counted, as an operator reads it: sections of rows, small numbers already hidden."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from ivr.desk.report.advice import ADVICE
from ivr.desk.report.hiding import (
    FEW,
    UNDER,
    Figure,
    figure,
    mean,
    one_of_many,
    total_of_days,
    total_of_places,
)
from ivr.desk.report.places import place_name, topic_names, topic_of
from ivr.dialogue.metrics import (
    CALL,
    CAME,
    CHANGED_TO,
    FAULT,
    FIRST_SEGMENT,
    HEARD_IN,
    LEFT,
    NOT_REACHED,
    OVERVIEW,
    PRESS_BEFORE,
    REACHED,
    SENT,
    SILENCE,
    TEXT,
    TEXT_ASKED_FOR,
    TEXT_REFUSED,
    TEXTED_IN,
    UNDERSTOOD_AS,
    WRONG_KEY,
)
from ivr.library.library import Library
from ivr.memory.counts import Counts


@dataclass(frozen=True, slots=True)
class ReportRow:
    """`advice`: what to do about it, in one sentence."""

    label: str
    figures: tuple[Figure, ...]
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A table. `heads`: of its columns. `note`: how to read the numbers. `drawn`: whether a chart shows it too;
    `upright`: with vertical bars, in order of time."""

    title: str
    note: str
    heads: tuple[str, ...]
    rows: tuple[ReportRow, ...]
    drawn: bool = True
    upright: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    line_name: str
    first: date
    last: date
    days: int
    sections: tuple[Section, ...]


def report_of(counts: Counts, libraries: Mapping[str, Library]) -> Report:
    """`libraries`: places get their titles from the first one."""
    library = next(iter(libraries.values()))
    days = sorted(counts.days)
    sums: Counter[str] = Counter()
    for numbers in counts.days.values():
        sums.update(numbers)
    line_name = library.line_name
    sections = (
        _in_short(counts, sums),
        _understanding(sums),
        _days(counts),
        _topics(sums, library),
        *_languages(sums, libraries),
        _leaving(sums, library),
        _trouble(sums, library),
        _words(counts),
    )
    return Report(line_name, days[0], days[-1], len(days), sections)


def _in_short(counts: Counts, sums: Counter[str]) -> Section:
    rows = (
        ("Calls", _of_days(counts, CALL)),
        ("Texts", _of_days(counts, TEXT)),
        ("Key presses before the first segment (mean)", mean(sums[PRESS_BEFORE], sums[FIRST_SEGMENT])),
        ("Times a silent caller heard the main points", one_of_many(sums[OVERVIEW], sums[CALL])),
        ("Silences", total_of_places(list(_by_place(sums, SILENCE).values()))),
        ("Wrong keys", total_of_places(list(_by_place(sums, WRONG_KEY).values()))),
        ("People reached with key 0", figure(sums[REACHED])),
        ("Times nobody was reached with key 0", figure(sums[NOT_REACHED])),
        ("Texts sent with key 9", figure(sums[TEXT_ASKED_FOR])),
        ("Texts that key 9 could not send", figure(sums[TEXT_REFUSED])),
        ("Faults of the line", figure(sums[FAULT])),
    )
    note = (
        f"“{UNDER}” is a number from 1 to {FEW - 1}, hidden because so few could point to somebody; of a part of a "
        "number that is shown too, it may also be 0. A total from which a hidden number could be reckoned is shown as "
        "“or more”. The mean is all key presses before a segment, divided by the calls that came to one. "
        "A silence that just goes on to the next segment is not counted."
    )
    return Section(
        "In short", note, ("", "Number"), tuple(ReportRow(name, (each,)) for name, each in rows), drawn=False
    )


def _understanding(sums: Counter[str]) -> Section:
    rows = tuple(
        ReportRow(label, (one_of_many(sums[UNDERSTOOD_AS[understanding]], sums[TEXT]),), advice)
        for understanding, (label, advice) in ADVICE.items()
    )
    note = (
        "Of all texts. Whoever accepts a question or an offer does so in a later text, perhaps the next day; an offer "
        "also comes with “I do not have that”, and at the end of a topic."
    )
    return Section("How texts were understood", note, ("", "Number"), rows, drawn=False)


def _of_days(counts: Counts, name: str) -> Figure:
    return total_of_days([numbers.get(name, 0) for numbers in counts.days.values()])


def _days(counts: Counts) -> Section:
    rows = (
        ReportRow(day.isoformat(), (figure(numbers.get(CALL, 0)), figure(numbers.get(TEXT, 0))))
        for day, numbers in sorted(counts.days.items())
    )
    note = "Days by universal time (UTC)."
    return Section("Calls and texts a day", note, ("Day", "Calls", "Texts"), tuple(rows), upright=True)


def _topics(sums: Counter[str], library: Library) -> Section:
    heard, sent = (_by_topic(_by_place(sums, kind)) for kind in (CAME, SENT))
    rows = tuple(
        ReportRow(label, (one_of_many(heard[name], heard.total()), one_of_many(sent[name], sent.total())))
        for name, label in topic_names(library, {*heard, *sent}).items()
    )
    note = "How often a segment of each topic was begun in a call, and how often one was the answer to a text."
    return Section("Topics heard", note, ("Topic", "Heard", "Texted"), rows)


def _languages(sums: Counter[str], libraries: Mapping[str, Library]) -> Iterator[Section]:
    """Nothing for a line with one language."""
    counted = [_by_place(sums, kind) for kind in (HEARD_IN, TEXTED_IN, CHANGED_TO)]
    tags = dict.fromkeys([*libraries, *sorted(tag for each in counted for tag in each)])
    if len(tags) < 2:
        return
    rows = tuple(
        ReportRow(
            libraries[tag].language.name if tag in libraries else tag,
            tuple(one_of_many(each[tag], each.total()) for each in counted),
        )
        for tag in tags
    )
    note = "How often a segment was begun in a call, a text was answered, and key 6 led there, in each language."
    yield Section("Languages", note, ("Language", "Heard", "Texted", "Changed to"), rows)


def _leaving(sums: Counter[str], library: Library) -> Section:
    came, left = _by_place(sums, CAME), _by_place(sums, LEFT)
    ended = {place: max(0, number - left[place]) for place, number in came.items()}
    note = (
        "Where calls ended: calls that came to a place and did not go on from it, including calls still under way. "
        f"Places where fewer than {FEW} calls ended are not listed."
    )
    return Section("Where callers leave", note, ("Place", "Calls"), _placed(library, ended))


def _trouble(sums: Counter[str], library: Library) -> Section:
    silent, wrong = _by_place(sums, SILENCE), _by_place(sums, WRONG_KEY)
    note = f"Where words may be unclear. Places with fewer than {FEW} of both are not listed."
    heads = ("Place", "Silences", "Wrong keys")
    return Section("Silences and wrong keys", note, heads, _placed(library, silent, wrong))


def _words(counts: Counts) -> Section:
    rows = (
        ReportRow(f"{word.lower()} ({month})", (figure(callers),))
        for month, words in counts.words.items()
        for word, callers in sorted(words.items(), key=lambda item: (-item[1], item[0]))
    )
    note = (
        f"Words in texts that were not understood, if at least {FEW} different callers used the word in the same month "
        "(of which the whole is counted). Perhaps one of them should be a topic's keyword."
    )
    heads = ("Word and month", "Callers, about")
    return Section("Words the line does not know", note, heads, tuple(rows), drawn=False)


def _placed(library: Library, *counted: dict[str, int]) -> tuple[ReportRow, ...]:
    """The places with at least one number that may be shown, the largest first."""
    most = {place: max(each.get(place, 0) for each in counted) for each in counted for place in each}
    shown = sorted((place for place in most if most[place] >= FEW), key=lambda place: (-most[place], place))
    return tuple(
        ReportRow(
            place_name(library, place), tuple(one_of_many(each.get(place, 0), sum(each.values())) for each in counted)
        )
        for place in shown
    )


def _by_place(sums: Counter[str], kind: str) -> Counter[str]:
    return Counter({name.removeprefix(kind): number for name, number in sums.items() if name.startswith(kind)})


def _by_topic(places: Counter[str]) -> Counter[str]:
    topics: Counter[str] = Counter()
    for place, number in places.items():
        topic = topic_of(place)
        if topic is not None:
            topics[topic] += number
    return topics
