"""A position as a writer names it."""

import pytest

from ivr.desk.trying.positions import position_named
from ivr.model import Position
from ivr.settings import CannotStart


@pytest.mark.parametrize(
    ("written", "position"),
    [
        ("one-area.2", Position("one-area", 2)),
        ("one-area", Position("one-area", 1)),
        (" One-Area.1 ", Position("one-area", 1)),
        ("types", Position("types")),
        ("main", Position("main")),
        ("13", Position("one-area", 1)),
        ("13.4", Position("one-area", 4)),
        ("radiation", Position("one-area", 2)),
        ("radiation.2", Position("one-area", 2)),
    ],
)
def test_a_position_is_found(content, written, position):
    assert position_named(content.libraries["en"], written) == position


@pytest.mark.parametrize("written", ["one-area.5", "one-area.0", "one-aera", "types.1", "99", "", "one-area.x"])
def test_what_is_not_there_is_answered_with_what_is_near(content, written):
    with pytest.raises(CannotStart, match=r"^Nothing is called .* here: try \S+ or \S+ or \S+\.$") as refused:
        position_named(content.libraries["en"], written)
    assert "one-area" in str(refused.value) or not written.startswith("one-a")
