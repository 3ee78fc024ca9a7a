"""What may be shown of small numbers, and that nobody can work out a hidden one from what is shown beside it."""

from collections import defaultdict
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.desk.report.hiding import FEW, TOO_FEW, UNDER, breakdown, figure, mean, part_of, share, share_of

HIDDEN = (UNDER, TOO_FEW)


@pytest.mark.parametrize(("number", "shown"), [(0, "0"), (1, "under 5"), (4, "under 5"), (5, "5"), (1200, "1,200")])
def test_a_figure(number, shown):
    assert figure(number).text == shown
    assert (figure(number).number is None) is (shown == "under 5")


@pytest.mark.parametrize(
    ("parts", "shown"),
    [
        ([0, 0], ["0", "0"]),
        ([12, 0, 7], ["12", "0", "7"]),
        ([40, 3, 2, 0], ["40", "under 5", "under 5", "under 5"]),
        ([41, 63, 3], ["about 40", "about 60", "under 5"]),
        ([9, 3], ["about 10", "under 5"]),
        ([5, 1], ["too few to show", "too few to show"]),
        ([3, 3, 1], ["too few to show"] * 3),
        ([1, 1], ["too few to show", "too few to show"]),
    ],
)
def test_parts_of_a_total(parts, shown):
    assert [each.text for each in breakdown(parts)] == shown


@pytest.mark.parametrize(("many", "largest", "told"), [(1, 40, 20), (2, 40, 30), (3, 24, 20), (4, 12, 8)])
def test_no_part_can_be_worked_out(many, largest, told):
    """Whoever knows the total, all that is shown and the rules lists every division that looks the same: a hidden part
    has three values or more among them. Divisions near the end of the list are left out: it is cut there."""
    alike = defaultdict(list)
    for parts in product(range(largest), repeat=many):
        alike[figure(sum(parts)).text, tuple(each.text for each in breakdown(parts))].append(parts)
    for (total, shown), possible in alike.items():
        if max(map(max, possible)) > told:
            continue
        for place, text in enumerate(shown):
            if text in HIDDEN:
                assert len({parts[place] for parts in possible}) >= 3, (total, shown, possible)


@given(st.lists(st.integers(0, 60), min_size=1, max_size=30))
def test_no_small_part_is_shown(parts):
    for part, shown in zip(parts, breakdown(parts), strict=True):
        assert shown.number != part or part == 0 or part >= FEW
        assert shown.number in (None, part) or (shown.is_about and abs(shown.number - part) <= 5)


@pytest.mark.parametrize("whole", range(60))
def test_neither_a_part_nor_the_rest_of_the_whole_can_be_worked_out(whole):
    alike = defaultdict(set)
    for number in range(whole + 1):
        alike[figure(whole).text, part_of(number, whole).text, share(number, whole).text].add(number)
    for shown, possible in alike.items():
        if any(0 < number < FEW or 0 < whole - number < FEW for number in possible):
            assert len(possible) >= 3 or figure(whole).text == UNDER, (whole, shown, possible)


@pytest.mark.parametrize(
    ("number", "whole", "shown"),
    [(50, 100, "50 %"), (3, 100, "under 5 %"), (0, 100, "under 5 %"), (98, 100, "over 95 %"), (4, 9, TOO_FEW)],
)
def test_a_share(number, whole, shown):
    assert share(number, whole).text == shown


def test_a_share_is_no_more_exact_than_its_part():
    (about, _) = breakdown([41, 3])
    assert (about.text, share_of(about, 44).text) == ("about 40", "about 91 %")
    assert share_of(figure(3), 100).text == "under 5 %"


@pytest.mark.parametrize(
    ("presses", "calls", "shown"),
    [(20, 8, "2.5"), (0, 8, "0.0"), (3, 8, TOO_FEW), (9, 4, TOO_FEW), (0, 0, TOO_FEW)],
)
def test_a_mean_gives_neither_of_its_numbers_away(presses, calls, shown):
    assert mean(presses, calls).text == shown
