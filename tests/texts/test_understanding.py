"""How well texts are understood, on a table of real-looking ones: right or asking, and never a wrong topic unasked."""

import pytest
from judged import ASKING, MENU, RIGHT, WRONG, judged, shares

LEAST_RIGHT_OR_ASKING = 0.95


@pytest.mark.parametrize("half", ["tune", "measure"])
def test_texts_are_understood_or_asked_about(content, half):
    rows = list(judged(content.libraries["en"], half))
    assert len(rows) >= 100
    share = shares(rows)
    assert share[RIGHT] + share[ASKING] >= LEAST_RIGHT_OR_ASKING
    assert [row.text for row in rows if row.verdict == WRONG] == []


def test_no_sign_of_danger_is_taken_for_something_else(content):
    """Texts that want the warning signs alone get them, or are asked, or get the menu: never another topic."""
    rows = [row for half in ("tune", "measure") for row in judged(content.libraries["en"], half)]
    urgent = [row for row in rows if row.expected == {"urgent"}]
    assert len(urgent) >= 50
    assert sum(row.verdict == RIGHT for row in urgent) / len(urgent) >= 0.8
    assert {row.verdict for row in urgent} <= {RIGHT, ASKING, MENU}


def test_a_judge_that_cannot_tell_wrong_from_right_is_none(content):
    """The table finds fault with a library whose words lead astray."""
    library = content.libraries["en"]
    (row, *_) = [row for row in judged(library, "tune") if row.verdict == RIGHT and row.expected == {"whole-body"}]
    assert row.found == "whole-body"
    assert shares([row])[RIGHT] == 1
