"""Every accessibility rule in a table: what was measured on the running line, and whether the rule holds."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ivr.audit.access import help_first, keys, menus, modes, opening, people, safety, spoken, texts, time, voice, words
from ivr.audit.access.journeys import NewHandset, walk_journeys
from ivr.audit.access.measurement import NOT_TURNED_ON, Measurement
from ivr.audit.access.spoken_walk import walk_spoken
from ivr.audit.access.survey import Survey
from ivr.audit.access.text_walk import walk_texts
from ivr.audit.access.walk import greeting_in, walk_calls
from ivr.audit.origins import transcripts
from ivr.library.heard import Heard, heard_beside
from ivr.library.load import Content, content_of
from ivr.library.rules.shelf import Shelf
from ivr.phone.handset import Handset, Refused
from ivr.settings import CannotStart, content_from_env
from ivr.settings.environment import given_in
from ivr.settings.numbers import own_numbers

RULES: tuple[Callable[[Survey], Measurement], ...] = (
    *opening.RULES,
    *menus.RULES,
    *keys.RULES,
    *time.RULES,
    *words.RULES,
    *voice.RULES,
    *texts.RULES,
    *modes.RULES,
    *people.RULES,
    *safety.RULES,
    *help_first.RULES,
    *spoken.RULES,
)

LookInside = Callable[[], Iterable[str]]
"""Returns the contents of the line's store and logs, as text."""


def survey_line(
    new_handset: NewHandset,
    content: Content,
    look: LookInside | None = None,
    tried: Heard | None = None,
    language: str | None = None,
) -> Survey:
    """Walks the line that the handsets call: some twenty thousand requests. `language`: its tag; None for the one that
    a new caller hears. Raises Refused if it answers wrongly."""
    tag = language or next(iter(content.libraries))
    library = content.libraries[tag]
    greeting = greeting_in(new_handset(), tag)
    journeys = walk_journeys(new_handset, library, greeting)
    walk = walk_calls(new_handset(), library, [journeys.returned.turns[0]], greeting)
    answers = walk_texts(new_handset, library, is_asked_for=greeting is not None)
    glossary = {term: tuple(g.text for g in found) for term, found in Shelf(content, tag).explanations().items()}
    kept = tuple(look()) if look else None
    said = walk_spoken(new_handset, library, greeting)
    libraries = {tag: library, **content.libraries}
    return Survey(
        libraries,
        content.facts,
        glossary,
        walk,
        journeys,
        answers,
        kept,
        tried,
        said,
        content.longer,
        content.outside,
    )


def measure_all(survey: Survey) -> list[Measurement]:
    return [rule(survey) for rule in RULES]


def measure(
    new_handset: NewHandset,
    content: Content,
    look: LookInside | None = None,
    tried: Mapping[str, Heard | None] | None = None,
) -> dict[str, list[Measurement]]:
    """For each language, by its name, what was measured in it. `tried`: by tag."""
    return {
        library.language.name: measure_all(survey_line(new_handset, content, look, (tried or {}).get(tag), tag))
        for tag, library in content.libraries.items()
    }


def measure_line(line: str, env: Mapping[str, str]) -> dict[str, list[Measurement]]:
    """`line`: the address of a running line. `env`: its settings, which give the content that it speaks. Raises
    CannotStart."""
    try:
        folder, helpline = content_from_env(env)
        content = content_of(folder, helpline)
        tried = {tag: heard_beside(folder, tag) for tag in content.libraries}
        return measure(strangers(line, env, transcripts(content)), content, tried=tried)
    except Refused as refused:
        raise CannotStart(f"{line} cannot be measured: {refused}") from None


def strangers(line: str, env: Mapping[str, str], known: Mapping[str, str] | None = None) -> NewHandset:
    """Creates handsets, each with a new number from the range reserved for fiction (555-0100 to 555-0199 in every
    area). Each run starts in another area, since the line remembers the numbers of the last one."""
    areas = range(301, 990)
    first = secrets.randbelow(len(areas))
    numbers: Iterator[str] = (
        f"+1{area}55501{last:02}" for area in (*areas[first:], *areas[:first]) for last in range(100)
    )
    ours, public = own_numbers(given_in(env)), env.get("PUBLIC_URL") or None
    own = ours[0].number if ours else Handset.line_number
    token = env["TWILIO_AUTH_TOKEN"]
    return lambda: Handset(line, token, next(numbers), line_number=own, public_url=public, transcripts=known or {})


WORDS = {True: ("holds", "green"), False: ("DOES NOT HOLD", "red"), None: ("by people", "yellow")}


def print_tables(console: Console, measured: Mapping[str, Sequence[Measurement]]) -> int:
    """Prints one table for each language. Returns the exit status: 1 if a rule that must hold does not, in any of
    them."""
    return max([print_table(console, measurements, language) for language, measurements in measured.items()], default=0)


def print_table(console: Console, measurements: Sequence[Measurement], language: str) -> int:
    """Prints a table on a terminal, plain lines elsewhere. Returns the exit status."""
    title = f"Accessibility of the running line: {language}"
    if console.is_terminal:
        console.print(_table(measurements, title))
    else:
        console.print(Text(f"## {title}"), soft_wrap=True)
        for measurement in measurements:
            console.print(Text(_line(measurement)), soft_wrap=True)
    broken = [measurement.rule for measurement in measurements if measurement.must and measurement.holds is False]
    console.print(Text(_summary(measurements)), soft_wrap=True)
    return 1 if broken else 0


def _table(measurements: Sequence[Measurement], title: str) -> Table:
    table = Table("", "Rule", "Measured", "Threshold", "", title=title, show_lines=True)
    for measurement in measurements:
        word, colour = _word(measurement)
        told = Text(measurement.figure) + (Text(f"\n{measurement.note}", style="dim") if measurement.note else Text())
        kind = "must" if measurement.must else "should"
        table.add_row(
            measurement.rule, f"{measurement.text} ({kind})", told, measurement.threshold, Text(word, style=colour)
        )
    return table


def _line(measurement: Measurement) -> str:
    kind = "M" if measurement.must else "S"
    note = f" [{measurement.note}]" if measurement.note else ""
    word, _ = _word(measurement)
    return (
        f"{measurement.rule} {kind} {word}: {measurement.text}. {measurement.figure} ({measurement.threshold}).{note}"
    )


def _word(measurement: Measurement) -> tuple[str, str]:
    return (NOT_TURNED_ON, "dim") if measurement.figure == NOT_TURNED_ON else WORDS[measurement.holds]


def _summary(measurements: Sequence[Measurement]) -> str:
    counts = Counter(_word(measurement)[0] for measurement in measurements)
    every = (*(word for word, _ in WORDS.values()), NOT_TURNED_ON)
    told = (f"{counts[word]} {word.lower()}" for word in every if counts[word] or word != NOT_TURNED_ON)
    return f"{len(measurements)} rules: {', '.join(told)}."
