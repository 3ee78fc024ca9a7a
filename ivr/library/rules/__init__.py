"""What content must be like before anyone hears it: those rules of docs/accessibility.md that content alone decides.

Each rule yields Problems: the file, the line, a code that names the rule, and what the writer should do.
"""

from __future__ import annotations

from ivr.library.load import Content
from ivr.library.rules.facts import check_facts
from ivr.library.rules.keywords import check_keywords
from ivr.library.rules.languages import check_languages
from ivr.library.rules.medical import check_medical
from ivr.library.rules.menus import check_menus
from ivr.library.rules.phrases import check_phrases
from ivr.library.rules.recordings import check_recordings
from ivr.library.rules.segments import check_segments
from ivr.library.rules.shelf import Shelf
from ivr.library.rules.signatures import check_signatures
from ivr.library.rules.texts import check_texts
from ivr.model import Problem


def check(content: Content) -> list[Problem]:
    """All problems, by file and line. Mistakes of structure hide the rest: they come first, alone."""
    if content.problems:
        return _sorted(content.problems)
    shelves = [Shelf(content, tag) for tag in content.libraries]
    missing = [problem for shelf in shelves for problem in check_phrases(shelf)]
    if missing:
        return _sorted(missing)
    rules = (
        check_menus,
        check_segments,
        check_medical,
        check_facts,
        check_signatures,
        check_keywords,
        check_texts,
        check_recordings,
    )
    found = [problem for shelf in shelves for rule in rules for problem in rule(shelf)]
    return _sorted([*found, *check_languages(content)])


def _sorted(problems: list[Problem] | tuple[Problem, ...]) -> list[Problem]:
    return sorted(set(problems), key=lambda problem: (problem.path, problem.line, problem.code, problem.remedy))
