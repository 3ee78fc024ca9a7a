"""How well the line listens, held: a change of words or code that loses ground shows here, by rule and by kind.

The tables that nobody tuned on count. docs/understanding.md tells the figures, and which of them fall short of what is
wanted; what is held here is what was reached, a text or two below.
"""

import pytest
from listening.figures import FRESH, UNREAD, Share, rules, scored_table

AT_LEAST = {
    "L1 danger, what fits it, at once": 91,
    "L1 danger, at once or asked about": 96,
    "L4 despair, at once": 73,
    "L4 despair, at once or asked about": 86,
    "L5 wishes to stop, met": 80,
    "L6 right questions, of all questions": 75,
    "L9 topics, right": 60,
    "L9 topics, right or the right question": 80,
}
AT_MOST = {
    "L2 danger met by silence": 0,
    "L3 false warnings, of lookalikes": 7,
    "L3 false warnings, of all other texts": 1,
    "L5 wrong opt-outs": 0,
    "L6 questions, of all texts": 25,
    "L10 a wrong topic unasked, where the line lacks it": 0,
}


@pytest.fixture(scope="module", params=[FRESH, UNREAD])
def table(request) -> str:
    return request.param


@pytest.fixture(scope="module")
def figures(table, content) -> dict[str, Share]:
    found = rules(scored_table(content.libraries["en"], table))
    return {rule: figure for rule, (figure, _) in found.items()}


@pytest.mark.parametrize("rule", AT_LEAST)
def test_what_is_understood(figures, rule):
    assert figures[rule].percent >= AT_LEAST[rule], figures[rule]


@pytest.mark.parametrize("rule", AT_MOST)
def test_what_is_misunderstood(figures, rule):
    assert figures[rule].percent <= AT_MOST[rule], figures[rule]


def test_the_tables_are_large_enough_to_tell(content):
    for name in (FRESH, UNREAD):
        assert min(figure.whole for figure, _ in rules(scored_table(content.libraries["en"], name)).values()) >= 15


def test_a_scorer_can_say_no(content):
    """The old way of counting called every question a success."""
    rows = scored_table(content.libraries["en"], UNREAD)
    verdicts = {one.verdict for one in rows}
    assert {"right", "right question", "wrong question", "wrong"} <= {str(verdict) for verdict in verdicts}
