"""A phone number as people write it, and digit by digit as a voice says it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.library.phone_number import number_as_said, number_as_written


@pytest.mark.parametrize(
    ("number", "on_paper", "said"),
    [
        ("+18002272345", "1-800-227-2345", "1, 8 0 0, 2 2 7, 2 3 4 5"),
        ("+12025550143", "1-202-555-0143", "1, 2 0 2, 5 5 5, 0 1 4 3"),
        ("+442079460018", "020-7946-0018", "0 2 0, 7 9 4 6, 0 0 1 8"),
        ("+33142685300", "01-42-68-53-00", "0 1, 4 2, 6 8, 5 3, 0 0"),
    ],
    ids=["the helpline", "another of that country", "British", "French"],
)
def test_a_number(number, on_paper, said):
    assert number_as_written(number) == on_paper
    assert number_as_said(number) == said


@given(st.from_regex(r"\+1[2-9][0-9]{2}[2-9][0-9]{6}", fullmatch=True))
def test_no_digit_is_lost_or_added(number):
    assert number_as_written(number).replace("-", "") == number.removeprefix("+")
    assert number_as_said(number).replace(", ", "").replace(" ", "") == number.removeprefix("+")


@given(st.from_regex(r"\+1[2-9][0-9]{2}[2-9][0-9]{6}", fullmatch=True))
def test_digits_are_said_one_by_one_with_a_rest_between_groups(number):
    assert [group.replace(" ", "") for group in number_as_said(number).split(", ")] == number_as_written(number).split(
        "-"
    )
    assert all(len(digit) == 1 for group in number_as_said(number).split(", ") for digit in group.split(" "))
