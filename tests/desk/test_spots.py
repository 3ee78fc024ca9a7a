"""A spot as a writer names it."""

import pytest

from ivr.desk.spots import spot_named
from ivr.model import Spot
from ivr.settings import CannotStart


@pytest.mark.parametrize(
    ("written", "spot"),
    [
        ("one-area.2", Spot("one-area", 2)),
        ("one-area", Spot("one-area", 1)),
        (" One-Area.1 ", Spot("one-area", 1)),
        ("types", Spot("types")),
        ("main", Spot("main")),
        ("13", Spot("one-area", 1)),
        ("13.4", Spot("one-area", 4)),
        ("radiation", Spot("one-area", 2)),
        ("radiation.2", Spot("one-area", 2)),
    ],
)
def test_a_spot_is_found(content, written, spot):
    assert spot_named(content.libraries["en"], written) == spot


@pytest.mark.parametrize("written", ["one-area.5", "one-area.0", "one-aera", "types.1", "99", "", "one-area.x"])
def test_what_is_not_there_is_answered_with_what_is_near(content, written):
    with pytest.raises(CannotStart, match=r"^Nothing is called .* here: try \S+ or \S+ or \S+\.$") as refused:
        spot_named(content.libraries["en"], written)
    assert "one-area" in str(refused.value) or not written.startswith("one-a")
