"""What `check` prints."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from ivr.library.library import Library
from ivr.library.load import Content
from ivr.model import Problem


def print_check(console: Console, content: Content, problems: Sequence[Problem]) -> None:
    """Each problem on a line of its own, then the count."""
    for problem in problems:
        kind = ("warning", "yellow") if problem.warning else ("error", "red")
        console.print(Text(f"{kind[0]}: ", style=kind[1]) + Text(str(problem)))
    if content.libraries:
        by = "; ".join(f"{tag} by {_formula(library)}" for tag, library in content.libraries.items())
        console.print(Text(f"Reading ease: {by}."))
    warnings = sum(problem.warning for problem in problems)
    segments = sum(len(topic.segments) for library in content.libraries.values() for topic in library.topics.values())
    console.print(
        f"{counted(segments, 'segment')}, {counted(len(content.facts), 'fact')}: "
        f"{counted(len(problems) - warnings, 'error')}, {counted(warnings, 'warning')}."
    )


def _formula(library: Library) -> str:
    return library.language.reading or "the lengths of sentences only, since no formula is named"


def counted(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"
