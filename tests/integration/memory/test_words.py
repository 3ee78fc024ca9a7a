"""Unknown words in the real store: in clear only once enough different callers have used them."""

import pytest
import redis
from settling import settle

from ivr.memory.keys import COUNTS_KEPT, MONTH
from ivr.memory.store import Store
from ivr.memory.words import ENOUGH_CALLERS, used

SECRET = b"a secret of the tests"


@pytest.fixture
def store(store_url):
    return Store(store_url)


@pytest.fixture
def inside(store_url):
    with redis.Redis.from_url(store_url, decode_responses=True) as client:
        yield client


def use(store, word, callers):
    for number in range(callers):
        store.notes.words(used([word], f"caller {number}", SECRET, "2031-05"))
        store.notes.write()


def in_clear(inside):
    return {word: int(callers) for key in inside.keys("words:*") for word, callers in inside.hgetall(key).items()}


def test_the_fifth_caller_brings_it_into_the_open(store, inside):
    use(store, "GALUMPHING", ENOUGH_CALLERS - 1)
    use(store, "GALUMPHING", ENOUGH_CALLERS - 1)
    assert "GALUMPHING" not in in_clear(inside)
    use(store, "GALUMPHING", ENOUGH_CALLERS)
    assert in_clear(inside)["GALUMPHING"] == ENOUGH_CALLERS
    use(store, "GALUMPHING", ENOUGH_CALLERS + 2)
    assert in_clear(inside)["GALUMPHING"] == ENOUGH_CALLERS + 2


def test_it_goes_by_itself(store, inside):
    use(store, "UFFISH", ENOUGH_CALLERS)
    assert all(0 < inside.ttl(key) <= MONTH for key in inside.keys("word:*"))
    assert all(0 < inside.ttl(key) <= COUNTS_KEPT for key in inside.keys("words:*"))


def test_a_withheld_number_is_no_caller(handset, inside):
    def kept():
        settle()
        return set(inside.keys("word:*"))

    before = kept()
    handset.calling_from("anonymous").text("frumiousity")
    assert kept() == before
    handset.text("frumiousity")
    (key,) = kept() - before
    assert inside.pfcount(key) == 1


def test_a_trial_is_no_caller(handset, inside):
    before = set(inside.keys("word:*"))
    handset.calling_from("+12025550143").text("manxome")
    settle()
    assert set(inside.keys("word:*")) == before


def test_what_is_kept_cannot_be_set_against_other_keys():
    """Neither one month against another, nor the callers of two words."""
    (one,), (other,) = (used([word], "caller", SECRET, "2031-05") for word in ("SLITHY", "TOVES"))
    (later,) = used(["SLITHY"], "caller", SECRET, "2031-06")
    assert len({one.by, other.by, later.by}) == 3
    assert one.name != later.name
    assert "caller" not in one.by
    assert one.name != used(["SLITHY"], "caller", b"another secret", "2031-05")[0].name


def test_without_a_store_they_are_lost_and_nobody_waits(tmp_path):
    lost = Store(f"unix://{tmp_path}/nowhere")
    use(lost, "BRILLIG", ENOUGH_CALLERS)
    assert lost.connection.left_alone
