"""What understanding all languages takes in memory. Workers share it with the process that they were forked from."""

import gc
import tracemalloc

import pytest

from ivr.library.dictionary import read_dictionary
from ivr.library.likeness import read_likeness
from ivr.listening.listening import listening_of
from ivr.settings import CONTENT

MOST = 16_000_000
"""Bytes, of all languages together."""
MOST_FOR_WORDS = 3_200_000
"""Of those, for what was prepared before: real words, and the model of words."""


@pytest.fixture
def traced():
    tracemalloc.start()
    yield
    tracemalloc.stop()


@pytest.mark.usefixtures("traced")
def test_what_the_languages_need_to_be_understood_is_small(content):
    taken = {tag: taken_by(library) for tag, library in content.libraries.items()}
    print(taken, sum(map(sum, taken.values())))  # noqa: T201 docs/speed.md gives these figures
    assert all(dictionary > 100_000 and rules > 1_000_000 for dictionary, _, rules in taken.values())
    assert sum(dictionary + likeness for dictionary, likeness, _ in taken.values()) <= MOST_FOR_WORDS, taken
    assert sum(map(sum, taken.values())) <= MOST, taken


def taken_by(library):
    """By the dictionary, the model of words, and rules and spelling."""
    folder = CONTENT / library.language.tag
    return (
        bytes_of(lambda: read_dictionary(folder)),
        bytes_of(lambda: read_likeness(folder)),
        bytes_of(lambda: listening_of.__wrapped__(library)),
    )


def bytes_of(make):
    gc.collect()
    before = tracemalloc.get_traced_memory()[0]
    made = make()
    gc.collect()
    assert made
    return tracemalloc.get_traced_memory()[0] - before
