"""How well the line listens to texts that nobody tuned on, held a text or two below what was reached. What is wanted is
more in places: docs/understanding.md says where."""

import pytest
from listening.figures import UNREAD, rules, scored_table

AT_LEAST = {
    "L1 danger, what fits it, at once": (93, 95),
    "L1 danger, at once or asked about": (97, 98),
    "L4 despair, at once": (90, 83),
    "L4 despair, at once or asked about": (96, 91),
    "L5 wishes to stop, met": (88, 96),
    "L6 right questions, of all questions": (90, 85),
    "L9 topics, right": (78, 87),
    "L9 topics, right or the right question": (92, 96),
}
"""Percent, by the tables of UNREAD."""
AT_MOST = {
    "L2 danger met by silence": (0, 0),
    "L3 false warnings, of lookalikes": (3, 3),
    "L3 false warnings, of all other texts": (1.1, 1),
    "L5 wrong opt-outs": (0, 0),
    "L6 questions, of all texts": (25, 25),
    "L10 a wrong topic unasked, where the line lacks it": (0, 0),
    "L12 no request, yet moved or opted out": (0, 0),
}


@pytest.fixture(scope="module")
def figures(content):
    listed = []
    for name in UNREAD:
        language, _, table = name.partition("/")
        found = rules(scored_table(content.libraries[language], table))
        listed.append({rule: figure.percent for rule, (figure, _) in found.items()})
    return listed


@pytest.mark.parametrize(("rule", "percents"), AT_LEAST.items())
def test_what_is_understood(figures, rule, percents):
    found = [figure[rule] for figure in figures]
    assert all(one >= least for one, least in zip(found, percents, strict=True)), found


@pytest.mark.parametrize(("rule", "percents"), AT_MOST.items())
def test_what_is_misunderstood(figures, rule, percents):
    found = [figure[rule] for figure in figures]
    assert all(one <= most for one, most in zip(found, percents, strict=True)), found
