"""What is written about the line: it names only documents that exist, and its rules are those of the audit."""

import re
from pathlib import Path

import pytest

from ivr.audit.access import help_first, keys, menus, modes, opening, people, safety, spoken, texts, time, voice, words
from ivr.audit.access.measurement import Rule

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "accessibility.md"
RULERS = (opening, menus, keys, time, words, voice, texts, modes, people, safety, help_first, spoken)
WRITTEN = sorted(
    file
    for pattern in (
        "*.md",
        "Makefile",
        "docs/**/*.md",
        "ivr/**/*.py",
        "ivr/**/*.txt",
        "deploy/*",
        "tests/**/*.py",
    )
    for file in ROOT.glob(pattern)
    if file.is_file() and "node_modules" not in file.parts
)
NAMED = re.compile(r"\b(?:(?<![-}])[A-Z]{3,}\.md|docs/(?:[\w-]+/)*[\w-]+\.md)(?!\w)")
NUMBERED = re.compile(r"docs/decisions/(\d{3})")


def test_the_page_of_accessibility_lists_the_rules_of_the_ruler():
    rules = [rule for ruler in RULERS for rule in vars(ruler).values() if isinstance(rule, Rule)]
    rows = [line.strip("| ").split(" | ") for line in PAGE.read_text(encoding="utf-8").splitlines() if line[:2] == "| "]
    listed = [tuple(row) for row in rows if row[0] != "rule"]
    assert listed == [(rule.name, rule.text, rule.threshold, "**must**" if rule.must else "should") for rule in rules]


@pytest.mark.parametrize("file", WRITTEN, ids=lambda file: str(file.relative_to(ROOT)))
def test_a_document_that_is_named_is_there(file):
    named = set(NAMED.findall(file.read_text(encoding="utf-8")))
    assert {name for name in named if not (ROOT / name).is_file()} == set()


def test_each_decision_has_a_number_of_its_own_and_its_title_says_it():
    pages = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    numbers = [int(page.name[:3]) for page in pages]
    assert len(set(numbers)) == len(numbers)
    for number, page in zip(numbers, pages, strict=True):
        assert page.read_text(encoding="utf-8").startswith(f"# {number}. ")


@pytest.mark.parametrize("file", WRITTEN, ids=lambda file: str(file.relative_to(ROOT)))
def test_a_decision_that_is_named_by_its_number_is_there(file):
    for number in set(NUMBERED.findall(file.read_text(encoding="utf-8"))):
        assert list((ROOT / "docs" / "decisions").glob(f"{number}-*.md")), number


def test_each_fault_names_a_test_that_is_there():
    """docs/reliability.md: the last column of each row."""
    rows = [
        row for row in (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8").splitlines() if row[:2] == "| "
    ]
    tests = {file.name for file in (ROOT / "tests").rglob("test_*.py")}
    for row in rows[1:]:
        named = re.findall(r"`(test_\w+\.py)`", row.rpartition(" | ")[2])
        assert named, row
        assert set(named) <= tests
