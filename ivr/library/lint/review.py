"""Review dates: whether anyone has reviewed the words lately, and whether the source's date is said aloud.

Separate from the other rules, since the mere passing of time breaks these: they never stop a line from starting.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date

from ivr.library.document import listed
from ivr.library.library import fill
from ivr.library.lint.dates import day_of
from ivr.library.load import Content
from ivr.library.measures import uses
from ivr.library.rules.shelf import Shelf, at, header_line
from ivr.library.signing import is_unsigned
from ivr.model import Problem, Topic

MONTHS = 12
DATE_SLOTS = ("day", "month", "year")
WORDS = re.compile(r"\d+|[^\W\d_]+")


def check_review(content: Content, today: date, months: int) -> list[Problem]:
    """Warnings only. `months`: how long a review is valid. Empty while errors of structure hide the words."""
    if content.problems:
        return []
    return [problem for tag in content.libraries for problem in _of_language(Shelf(content, tag), today, months)]


def _of_language(shelf: Shelf, today: date, months: int) -> Iterator[Problem]:
    yield from _looked_at(shelf, today, months)
    yield from _said(shelf)
    yield from _named(shelf)


def last_look(topic: Topic) -> date | None:
    """The date of the last signed review. A date without a name does not count."""
    days = [day_of(topic.reviewed), day_of(topic.checked) if topic.reviewer else None]
    return max((day for day in days if day), default=None)


def _looked_at(shelf: Shelf, today: date, months: int) -> Iterator[Problem]:
    for topic in shelf.library.topics.values():
        day = last_look(topic)
        if topic.origin == "line" or day is None or _waits_for_a_signature(topic):
            continue
        document = shelf.document("topics", topic.name)
        line = header_line(document, "checked" if topic.checked else "reviewed")
        if day > today:
            yield at(document, line, "review", f"correct this date: {day} is in the future", warning=True)
        elif _later(day, months) < today:
            remedy = (
                f"have a clinician compare these words with present practice, last done on {day}, and then put a name "
                "after `reviewer:`, the date after `checked:`, and the code of the words, from the signed sheet, after "
                "`signed:`"
            )
            yield at(document, line, "review", remedy, warning=True)


def _waits_for_a_signature(topic: Topic) -> bool:
    """Another rule reports those. Words of the source that nobody has signed have the source's own date all the same,
    and its time passes."""
    is_own = topic.origin == "source" and not (topic.is_translation or topic.reviewer or topic.signed)
    return is_unsigned(topic) and not is_own


def _later(day: date, months: int) -> date:
    """The same day `months` later, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _said(shelf: Shelf) -> Iterator[Problem]:
    """Each review date of the source is said in a segment, by voice and by text."""
    segments = [segment for topic in shelf.library.topics.values() for segment in topic.segments]
    sourced = [topic for topic in shelf.library.topics.values() if topic.origin == "source"]
    for day, topic in {day: topic for topic in sourced if (day := day_of(topic.reviewed))}.items():
        if not any(_tells(shelf, segment.voice, day) and _tells(shelf, segment.texted, day) for segment in segments):
            document = shelf.document("topics", topic.name)
            how = f", as in `{said}`" if (said := _day_said(shelf, day)) else ""
            remedy = f"say in a topic, by voice and by text, that the source was last reviewed on {day}{how}"
            yield at(document, header_line(document, "reviewed"), "review", remedy, warning=True)


def _tells(shelf: Shelf, passage: str, day: date) -> bool:
    """Whether the passage has the date: in the form that the language gives, if it gives one; else in any order, and
    the month only if the language names its months."""
    if said := _day_said(shelf, day):
        return uses(passage, said)
    months = _months(shelf)
    needed = {str(day.year), str(day.day)} | (_words(months[day.month - 1]) if len(months) == MONTHS else set())
    return needed <= _words(passage)


def _day_said(shelf: Shelf, day: date) -> str:
    """The date in this language; empty if language.md gives no form for dates."""
    language, months = shelf.file("language.md"), _months(shelf)
    form = language.header.get("date") if language else None
    if form is None or len(months) != MONTHS:
        return ""
    return fill(form.words.text, {"day": str(day.day), "month": months[day.month - 1], "year": str(day.year)})


def _named(shelf: Shelf) -> Iterator[Problem]:
    language, named = shelf.file("language.md"), len(_months(shelf))
    if language and named not in (0, MONTHS):
        remedy = f"name all twelve months after `months:`, separated by commas: there are {named}"
        yield at(language, header_line(language, "months"), "review", remedy, warning=True)


def _months(shelf: Shelf) -> list[str]:
    language = shelf.file("language.md")
    entry = language.header.get("months") if language else None
    return list(listed(entry.words.text)) if entry else []


def _words(passage: str) -> set[str]:
    return set(WORDS.findall(passage.casefold()))
