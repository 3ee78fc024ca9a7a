"""Rules on content: those of docs/accessibility.md that can be checked without a running line.

`check`, a release and a reload run all of them. They need a pronouncing dictionary, so no serving process imports them.
"""

from __future__ import annotations

from ivr.library.lint.danger import check_danger, check_signs
from ivr.library.lint.facts import check_facts
from ivr.library.lint.keywords import check_keywords
from ivr.library.lint.language import check_language
from ivr.library.lint.medical import check_medical
from ivr.library.lint.menus import check_menus
from ivr.library.lint.names import check_former_names, check_use_of_names
from ivr.library.lint.parity import check_parity
from ivr.library.lint.phrases import check_wording
from ivr.library.lint.recordings import check_recordings
from ivr.library.lint.segments import check_segments
from ivr.library.lint.signatures import check_signatures
from ivr.library.lint.texts import check_texts
from ivr.library.load import Content
from ivr.library.rules import sorted_problems, structure_problems, what_hides_the_rest
from ivr.library.rules.shelf import Shelf
from ivr.model import Problem

RULES = (
    check_language,
    check_menus,
    check_segments,
    check_wording,
    check_medical,
    check_facts,
    check_danger,
    check_signs,
    check_signatures,
    check_parity,
    check_keywords,
    check_use_of_names,
    check_former_names,
    check_texts,
    check_recordings,
)


def check(content: Content) -> list[Problem]:
    """All problems, structure included, sorted by file and line."""
    return sorted_problems(what_hides_the_rest(content) or [*structure_problems(content), *_on_words(content)])


def _on_words(content: Content) -> list[Problem]:
    shelves = [Shelf(content, tag) for tag in content.libraries]
    return [problem for shelf in shelves for rule in RULES for problem in rule(shelf)]
