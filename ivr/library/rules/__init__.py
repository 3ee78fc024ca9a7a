"""Rules on structure: content that keeps them can be served, whatever its words are like. A serving process checks
only these; `ivr.library.lint` adds the rules on words.

Each rule yields Problems: the file, the line, a code that names the rule, and what the writer should do.
"""

from __future__ import annotations

from collections.abc import Iterable

from ivr.library.load import Content
from ivr.library.rules.headings import check_words_headings
from ivr.library.rules.languages import check_languages
from ivr.library.rules.names import check_names
from ivr.library.rules.phrases import check_phrases
from ivr.library.rules.places import check_places
from ivr.library.rules.shelf import Shelf
from ivr.model import Problem


def check_structure(content: Content) -> list[Problem]:
    """What could crash the line, sorted by file and line."""
    return sorted_problems(what_hides_the_rest(content) or structure_problems(content))


def what_hides_the_rest(content: Content) -> list[Problem]:
    """Mistakes that leave so much unread that no other rule makes sense until they are fixed."""
    if content.problems:
        return list(content.problems)
    shelves = [Shelf(content, tag) for tag in content.libraries]
    named = [problem for shelf in shelves for problem in check_names(shelf)]
    return named or [problem for shelf in shelves for problem in check_phrases(shelf)]


def structure_problems(content: Content) -> list[Problem]:
    shelves = [Shelf(content, tag) for tag in content.libraries]
    found = [problem for shelf in shelves for rule in (check_places, check_words_headings) for problem in rule(shelf)]
    return [*found, *check_languages(content)]


def sorted_problems(problems: Iterable[Problem]) -> list[Problem]:
    return sorted(set(problems), key=lambda problem: (problem.path, problem.line, problem.code, problem.remedy))
