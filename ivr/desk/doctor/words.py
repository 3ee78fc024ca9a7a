"""Checks of the content: whether it has errors, and whether a clinician has signed it."""

from __future__ import annotations

from collections.abc import Sequence

from ivr.audit import check
from ivr.desk.doctor.finding import Seen, fail, failing, ok
from ivr.desk.doctor.launch import ERRORS_IN_WORDS, Launch, NotYet
from ivr.library.lint.review import check_review
from ivr.model import Problem
from ivr.settings import CannotStart

MOST_NAMED = 5
"""How many files one line of the doctor names."""


def content(launch: Launch) -> Seen:
    if isinstance(launch.words, CannotStart):
        return failing(launch.words)
    errors = [problem for problem in launch.problems.of(launch.words, check) if not problem.warning]
    if errors:
        return fail(f"{len(errors)} to fix, the first: {errors[0]}", "`python -m ivr check` lists them all")
    return ok(f"version {launch.words.version}, nothing to fix")


def signed(launch: Launch) -> Seen:
    unsigned = [problem for problem in _sound(launch) if problem.code == "unsigned"]
    if unsigned:
        order = "; in which order: docs/writers.md, The first signing" if len(unsigned) > MOST_NAMED else ""
        return fail(f"unsigned: {files(unsigned)}", f"in {unsigned[0].path}: {unsigned[0].remedy}{order}")
    return ok("every file is signed, for the words as they are")


def review(launch: Launch) -> Seen:
    _sound(launch)
    months = launch.settings.review_months
    due = check_review(launch.content, launch.today, months)
    if due:
        return fail(f"due for review: {files(due)}", f"in {due[0].path}: {due[0].remedy}")
    return ok(f"everything was reviewed within REVIEW_MONTHS ({months})")


def _sound(launch: Launch) -> list[Problem]:
    """The warnings. Raises NotYet while there are errors, since an error of structure could hide some warnings."""
    problems = launch.problems.of(launch.content, check)
    if any(not problem.warning for problem in problems):
        raise NotYet(ERRORS_IN_WORDS)
    return problems


def files(problems: Sequence[Problem]) -> str:
    """Few files by name; of many, how many there are and the first ones."""
    paths = sorted({problem.path for problem in problems})
    named = ", ".join(paths[:MOST_NAMED])
    return named if len(paths) <= MOST_NAMED else f"{len(paths)} files, which `check` lists, such as {named}"
