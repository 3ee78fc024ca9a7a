"""What `check` prints."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from ivr.library.library import Library
from ivr.library.load import Content
from ivr.model import Problem


def print_check(console: Console, content: Content, problems: Sequence[Problem]) -> None:
    """Prints each problem on a line of its own, then the count. Files that wait for the same signature share one line
    at the end, so that they do not hide other problems."""
    waiting: dict[str, list[Problem]] = {}
    for problem in problems:
        if problem.code == "unsigned":
            waiting.setdefault(problem.remedy, []).append(problem)
        else:
            _print(console, problem, str(problem))
    for remedy, found in waiting.items():
        if len(found) == 1:
            _print(console, found[0], str(found[0]))
        else:
            _print(console, found[0], f"{counted(len(found), 'file')}: {remedy} [unsigned]")
            for problem in found:
                console.print(Text(f"  {problem.path}:{problem.line}"))
    if content.libraries:
        by = "; ".join(f"{tag} by {_formula(library)}" for tag, library in content.libraries.items())
        console.print(Text(f"Reading ease: {by}."))
    warnings = sum(problem.warning for problem in problems)
    segments = sum(len(topic.segments) for library in content.libraries.values() for topic in library.topics.values())
    console.print(
        f"{counted(segments, 'segment')}, {counted(len(content.facts), 'fact')}: "
        f"{counted(len(problems) - warnings, 'error')}, {counted(warnings, 'warning')}."
    )


def _print(console: Console, problem: Problem, words: str) -> None:
    kind, style = ("warning", "yellow") if problem.warning else ("error", "red")
    console.print(Text(f"{kind}: ", style=style) + Text(words))


def _formula(library: Library) -> str:
    return library.language.reading or "the lengths of sentences only, since no formula is named"


def counted(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"
