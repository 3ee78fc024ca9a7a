"""What is written about the line: it names only documents that are there, and its rules are the ruler's."""

import re
from pathlib import Path

import pytest

from ivr.desk.ruler import keys, menus, modes, opening, people, safety, texts, time, voice, words
from ivr.desk.ruler.reading import Rule

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "accessibility.md"
RULERS = (opening, menus, keys, time, words, voice, texts, modes, people, safety)
WRITTEN = sorted(
    file
    for pattern in (
        "*.md",
        "Makefile",
        "docs/**/*.md",
        "ivr/**/*.py",
        "ivr/**/*.txt",
        "deploy/*",
        "tests/*.py",
        "tests/*/*.py",
    )
    for file in ROOT.glob(pattern)
    if file.is_file()
)
NAMED = re.compile(r"\b(?:[A-Z]{3,}\.md|docs/(?:[\w-]+/)*[\w-]+\.md)(?!\w)")


def test_the_page_of_accessibility_lists_the_rules_of_the_ruler():
    rules = [rule for ruler in RULERS for rule in vars(ruler).values() if isinstance(rule, Rule)]
    rows = [line.strip("| ").split(" | ") for line in PAGE.read_text(encoding="utf-8").splitlines() if line[:2] == "| "]
    listed = [tuple(row) for row in rows if row[0] != "rule"]
    assert listed == [(rule.name, rule.text, rule.threshold, "**must**" if rule.must else "should") for rule in rules]


@pytest.mark.parametrize("file", WRITTEN, ids=lambda file: str(file.relative_to(ROOT)))
def test_a_document_that_is_named_is_there(file):
    named = set(NAMED.findall(file.read_text(encoding="utf-8")))
    assert {name for name in named if not (ROOT / name).is_file()} == set()
