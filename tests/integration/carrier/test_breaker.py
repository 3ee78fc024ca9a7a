"""What fails is left alone for a while."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from ivr.carrier import breaker as module
from ivr.carrier.breaker import Breaker, LeftAlone


@pytest.fixture
def clock(monkeypatch):
    class Clock:
        now = 1000.0

    monkeypatch.setattr(module.time, "monotonic", lambda: Clock.now)
    return Clock


def fails():
    raise TimeoutError


def breaks():
    raise KeyError


@pytest.fixture
def breaker(clock):
    assert clock
    return Breaker(failures=3, rest=10)


def fail(breaker, times):
    for _ in range(times):
        with pytest.raises(TimeoutError):
            breaker.call(fails)


def is_open(breaker):
    try:
        return not breaker.call(lambda: True)
    except LeftAlone:
        return True


def test_several_failures_in_a_row_open_it(breaker):
    fail(breaker, 3)
    assert is_open(breaker)


def test_an_answer_in_between_begins_anew(breaker):
    fail(breaker, 2)
    assert not is_open(breaker)
    fail(breaker, 2)
    assert not is_open(breaker)


def test_a_fault_that_is_no_failure_opens_nothing(breaker):
    for _ in range(9):
        with pytest.raises(KeyError):
            breaker.call(breaks)
    assert not is_open(breaker)


def test_after_a_rest_one_tries_and_then_all(breaker, clock):
    fail(breaker, 3)
    clock.now += 10

    def tries():
        assert is_open(breaker), "the others rest on meanwhile"
        return "answer"

    assert breaker.call(tries) == "answer"
    assert not is_open(breaker)


def test_a_trial_that_fails_is_another_rest(breaker, clock):
    fail(breaker, 3)
    clock.now += 10
    fail(breaker, 1)
    clock.now += 9
    assert is_open(breaker)
    clock.now += 1
    assert not is_open(breaker)


def test_nobody_waits_for_anybody_in_it(breaker):
    """Or else they would go one after another."""
    together = threading.Barrier(4, timeout=5)
    with ThreadPoolExecutor(4) as threads:
        assert all(threads.map(lambda _: breaker.call(together.wait) is not None, range(4)))
