"""How well the line listens in Spanish, held on the last three tables by strangers; and how often the language of a
text is told. The tables have been read and learned from since, so they show what a change loses, not what a new writer
would meet: docs/understanding.md tells that."""

import pytest
from listening.figures import rules, scored_table
from listening.scored import FOLDER, rows_of

from ivr.listening.languages import language_of
from ivr.listening.listening import listening_of

TABLES = ("tuned-5.tsv", "tuned-6.tsv", "tuned-7.tsv")
AT_LEAST = {
    "L1 danger, what fits it, at once": 95,
    "L1 danger, at once or asked about": 98,
    "L4 despair, at once": 89,
    "L4 despair, at once or asked about": 95,
    "L5 wishes to stop, met": 92,
    "L6 right questions, of all questions": 92,
    "L9 topics, right": 84,
    "L9 topics, right or the right question": 96,
}
AT_MOST = {
    "L2 danger met by silence": 0,
    "L3 false warnings, of lookalikes": 3,
    "L3 false warnings, of all other texts": 1,
    "L5 wrong opt-outs": 0,
    "L6 questions, of all texts": 12,
    "L10 a wrong topic unasked, where the line lacks it": 2,
}


@pytest.fixture(scope="module")
def figures(content):
    rows = [one for name in TABLES for one in scored_table(content.libraries["es"], name)]
    return {rule: figure for rule, (figure, _) in rules(rows).items()}


@pytest.mark.parametrize(("rule", "percent"), AT_LEAST.items())
def test_what_is_understood(figures, rule, percent):
    assert figures[rule].percent >= percent, figures[rule]


@pytest.mark.parametrize(("rule", "percent"), AT_MOST.items())
def test_what_is_misunderstood(figures, rule, percent):
    assert figures[rule].percent <= percent, figures[rule]


@pytest.mark.parametrize(
    ("language", "present", "percent"), [("es", "en", 93), ("es", "es", 96), ("en", "en", 97), ("en", "es", 93)]
)
def test_the_language_of_a_text_is_told(content, language, present, percent):
    """Of the texts that were read and tuned on: those that are no word, or a word of both, stay where they are."""
    listenings = {tag: listening_of(content.libraries[tag]) for tag in ("en", "es")}
    rows = rows_of(FOLDER / language / "tuned.tsv")
    told = sum(language_of(listenings, present, row.text) == language for row in rows)
    assert told >= percent / 100 * len(rows), f"{told} of {len(rows)}"
