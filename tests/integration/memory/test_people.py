"""People of a month in the real store: a sketch, and a number that never falls."""

import pytest
import redis

from ivr.memory.keys import COUNTS_KEPT, MONTH, month_key, people_key
from ivr.memory.people import PEOPLE, person_in, write_people
from ivr.memory.scripts import raise_to

SECRET = b"a secret of the tests"


@pytest.fixture
def inside(store_url):
    with redis.Redis.from_url(store_url, decode_responses=True) as client:
        yield client


def people(month, many):
    return [person_in(month, f"caller {number}", SECRET) for number in range(many)]


def counted(inside, month):
    return int(inside.hget(month_key(month), PEOPLE))


def test_each_is_counted_once(inside):
    month = "2031-01"
    write_people(inside, {month: people(month, 40)})
    write_people(inside, {month: people(month, 40)})
    assert abs(counted(inside, month) - 40) <= 1
    assert 0 < inside.ttl(people_key(month)) <= MONTH
    assert 0 < inside.ttl(month_key(month)) <= COUNTS_KEPT


def test_many_are_counted_within_two_in_a_hundred(inside):
    month = "2031-02"
    write_people(inside, {month: people(month, 5000)})
    assert abs(counted(inside, month) - 5000) <= 100


def test_a_worker_that_writes_late_takes_nobody_away(inside):
    month = "2031-03"
    write_people(inside, {month: people(month, 9)})
    raise_to(inside, month_key(month), COUNTS_KEPT, PEOPLE, 7)
    assert counted(inside, month) == 9


def test_two_months_cannot_be_set_against_each_other():
    assert person_in("2031-01", "caller", SECRET) != person_in("2031-02", "caller", SECRET)
    assert person_in("2031-01", "caller", SECRET) != person_in("2031-01", "caller", b"another")
