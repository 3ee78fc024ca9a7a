"""The limits of a process of its own, with a clock of the test's; the shared ones are tried through the webhook."""

import pytest

from ivr.memory import limits
from ivr.memory.connection import StoreConnection
from ivr.memory.keys import A_WHILE
from ivr.memory.limits import Limits


class Clock:
    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def alone(clock, tmp_path):
    """Without a store: nobody listens there."""
    return Limits(StoreConnection(f"unix://{tmp_path}/nobody"), clock)


def test_texts_are_counted_for_a_while_and_each_once(alone, clock):
    assert [alone.count("ann", text) for text in ("a", "b", "a", "c", "b")] == [1, 2, 1, 3, 2]
    assert alone.count("bob", "a") == 1
    clock.now += A_WHILE - 1
    assert alone.count("ann", "d") == 4
    clock.now += 1
    assert alone.count("ann", "a") == 1


def test_of_very_many_texts_each_is_one_too_many(alone):
    for number in range(limits.MOST_TEXTS):
        assert alone.count("ann", str(number)) == number + 1
    assert {alone.count("ann", f"more {number}") for number in range(50)} == {limits.MOST_TEXTS + 1}


def test_an_answer_is_given_once_and_again_to_the_same_text(alone, clock):
    assert alone.may_answer("ann", "a", "vital", "words", 2)
    assert alone.may_answer("ann", "a", "vital", "words", 2), "delivered again"
    assert not alone.may_answer("ann", "b", "vital", "words", 2), "the same words in another text"
    assert alone.may_answer("ann", "c", "vital", "others", 2)
    assert not alone.may_answer("ann", "d", "vital", "more", 2), "two, and no more"
    assert alone.may_answer("ann", "d", "quiet", "", 1), "another kind"
    clock.now += A_WHILE
    assert alone.may_answer("ann", "b", "vital", "words", 2)


def test_no_more_senders_are_kept_than_there_is_room_for(alone, monkeypatch):
    monkeypatch.setattr(limits, "MOST_SENDERS", 3)
    for name in "abcd":
        alone.count(name, "one")
    assert alone.count("d", "two") == 2
    assert alone.count("a", "two") == 1, "the first is let go"
