"""What understanding one language takes in memory. Workers share it with the process that they were forked from."""

import gc
import tracemalloc

import pytest

from ivr.library.dictionary import read_dictionary
from ivr.library.likeness import read_likeness
from ivr.listening.listening import listening_of
from ivr.settings import CONTENT

MOST = 10_000_000
"""Bytes."""


@pytest.fixture
def traced():
    tracemalloc.start()
    yield
    tracemalloc.stop()


@pytest.mark.usefixtures("traced")
def test_what_english_needs_to_be_understood_is_small(content):
    taken = {
        "the dictionary": bytes_of(lambda: read_dictionary(CONTENT / "en")),
        "the model": bytes_of(lambda: read_likeness(CONTENT / "en")),
        "rules and spelling": bytes_of(lambda: listening_of.__wrapped__(content.libraries["en"])),
    }
    print(taken, sum(taken.values()))  # noqa: T201 docs/speed.md gives these figures
    assert min(taken.values()) > 100_000
    assert sum(taken.values()) <= MOST, taken


def bytes_of(make):
    gc.collect()
    before = tracemalloc.get_traced_memory()[0]
    made = make()
    gc.collect()
    assert made
    return tracemalloc.get_traced_memory()[0] - before
