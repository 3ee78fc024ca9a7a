"""Connections that wait: whose turn it is to go."""

from dataclasses import dataclass

import pytest

from ivr.web.server import waiting as module
from ivr.web.server.waiting import FETCHING, LEAVING, PATIENCE, For, Waiting

IDLE = 75.0


@dataclass(eq=False)
class Held:
    bytes_held: int = 0


@pytest.fixture
def clock(monkeypatch):
    class Clock:
        now = 1000.0

    monkeypatch.setattr(module.time, "monotonic", lambda: Clock.now)
    return Clock


def gone(waiting):
    for one in waiting.late():
        waiting.take(one)
        yield one


@pytest.mark.parametrize(
    ("what", "seconds"),
    [
        (For.NEXT_REQUEST, IDLE),
        (For.WHOLE_REQUEST, PATIENCE),
        (For.TAKING_ANSWER, FETCHING),
        (For.HANGING_UP, LEAVING),
    ],
)
def test_each_may_wait_its_time(clock, what, seconds):
    waiting, early, late = Waiting(IDLE), Held(), Held()
    waiting.put(early, what)
    clock.now += seconds / 2
    waiting.put(late, what)
    assert list(gone(waiting)) == []
    assert not waiting.put(early, what), "another byte gives no more time"
    clock.now += seconds / 2
    assert list(gone(waiting)) == [early]
    clock.now += seconds
    assert list(gone(waiting)) == [late]
    assert len(waiting) == 0


def test_who_has_asked_for_nothing_goes_first_and_then_who_has_waited_longest(clock):
    waiting = Waiting(IDLE)
    kinds = [For.TAKING_ANSWER, For.WHOLE_REQUEST, For.NEXT_REQUEST, For.TAKING_ANSWER, For.HANGING_UP]
    held = [Held() for _ in kinds]
    for one, what in zip(held, kinds, strict=True):
        waiting.put(one, what)
        clock.now += 0.1
    went = []
    while (one := waiting.first_to_go()) is not None:
        went.append(held.index(one))
        waiting.take(one)
    assert went == [2, 4, 0, 1, 3]


def test_what_is_held_for_clients_is_bounded(clock):
    waiting, held = Waiting(IDLE), [Held() for _ in range(4)]
    for one in held:
        waiting.put(one, For.WHOLE_REQUEST)
        clock.now += 0.1
    idle = Held()
    waiting.put(idle, For.NEXT_REQUEST)
    for one in held[1:]:
        one.bytes_held = module.MOST_HELD // 3
        waiting.put(one, For.WHOLE_REQUEST)
    assert waiting.one_too_heavy() is None
    held[0].bytes_held = 10
    waiting.put(held[0], For.WHOLE_REQUEST)
    assert waiting.one_too_heavy() is held[0]
    waiting.take(held[0])
    assert waiting.one_too_heavy() is None
