"""What may be shown of small numbers, and that totals do not give them away."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.desk.report.hiding import figure, mean, one_of_many, total_of_days, total_of_places

FEW_DAYS = [list(days) for length in (1, 2, 3, 4) for days in product(range(7), repeat=length)]


@pytest.mark.parametrize(("number", "shown"), [(0, "0"), (1, "under 5"), (4, "under 5"), (5, "5"), (1200, "1200")])
def test_a_figure(number, shown):
    assert figure(number).text == shown
    assert one_of_many(number, whole=9 + number).text == ("under 5" if number == 0 else shown)
    assert (figure(number).number is None) is (shown == "under 5")


def test_of_nothing_every_part_is_nothing():
    assert one_of_many(0, whole=0).text == "0"


def seen(days):
    return (*(figure(day).text for day in days), total_of_days(days).text)


def test_no_hidden_day_can_be_reckoned_from_the_total():
    """For all that can be seen of up to four days: each hidden day may have been 1, 2, 3 or 4."""
    behind = {}
    for days in FEW_DAYS:
        behind.setdefault(seen(days), []).append(days)
    for shown, possible in behind.items():
        for place, text in enumerate(shown[:-1]):
            if text == "under 5":
                assert {days[place] for days in possible} == {1, 2, 3, 4}, shown


def test_a_total_is_exact_where_it_gives_nothing_away():
    assert total_of_days([12, 0, 7]).text == "19"
    assert total_of_days([3] * 30).text == "90"
    assert total_of_days([12, 3]).text == "13 or more"
    assert total_of_days([1, 1]).text == "under 5"
    assert total_of_days([0, 0]).text == "0"


@given(st.lists(st.integers(0, 30)))
def test_what_is_left_beside_the_places_shown_is_no_small_number(places):
    shown = total_of_places(places)
    left = sum(places) - sum(place for place in places if place >= 5)
    assert (shown.number == sum(places)) is (left == 0 or left >= 5)
    assert shown.text not in {"1", "2", "3", "4"}


@pytest.mark.parametrize(
    ("presses", "calls", "shown"),
    [(20, 8, "2.5"), (0, 8, "0.0"), (3, 8, "too few to show"), (9, 4, "too few to show"), (0, 0, "too few to show")],
)
def test_a_mean_gives_neither_of_its_numbers_away(presses, calls, shown):
    assert mean(presses, calls).text == shown
