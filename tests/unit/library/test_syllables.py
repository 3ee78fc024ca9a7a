"""Syllables: from a pronouncing dictionary, else from the spelling."""

from pathlib import Path
from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pysyllables import SYLLABLE_COUNTS

from ivr.library.measures import is_letter, nfc
from ivr.library.syllables import _estimated, syllables

EASY = (Path(__file__).parent / "easy_words.txt").read_text(encoding="utf-8").splitlines()[2:]


@pytest.mark.parametrize(
    ("passage", "count"),
    [
        ("", 0),
        ("- . ?", 0),
        ("cat", 1),
        ("ap\u00adples", 2),
        ("WATER!", 2),
        ("Water, water", 4),
        ("our hour", 4),
        ("don't it's", 2),
        ("don\u2019t", 1),
        ("'body'", 2),
        ("society's", 4),
        ("whole-body", 3),
        ("far-off", 2),
        ("area", 3),
        ("something sometimes", 4),
        ("especially", 3),
        ("medicines", 3),
        ("911", 1),
        ("1-800-227-2345", 1),
        ("9.30", 1),
        ("9 1 1", 3),
    ],
)
def test_words_of_the_dictionary(passage, count):
    assert syllables(passage) == count


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("denosumab", 4),
        ("zoledronate", 4),
        ("bisphosphonate", 4),
        ("bisphosphonates", 4),
        ("osteonecrosis", 6),
        ("vertebroplasty", 5),
        ("kyphoplasty", 4),
        ("neutropenia", 5),
        ("samariums", 4),
        ("pamidronate", 4),
        ("abiraterone", 5),
        ("radioligand", 5),
        ("ablated", 3),
        ("denosumab's", 4),
        ("abiraterone's", 5),
        ("bisphosphonates'", 4),
        ("caf\u00e9", 2),
        ("brzmrk", 1),
        ("r\u00e9sum\u00e9s", 3),
        ("\u0939\u093f\u0928\u094d\u0926\u0940", 1),
    ],
)
def test_words_that_are_not_in_the_dictionary_are_estimated(word, count):
    assert syllables(word) == count
    assert word not in SYLLABLE_COUNTS


def test_the_estimate_is_right_for_nine_of_ten_words():
    """Which the dictionary has: names and all, so it is no easy trial."""
    known = {word: count for word, count in SYLLABLE_COUNTS.items() if word.isalpha()}
    right = sum(_estimated(word) == count for word, count in known.items())
    assert right / len(known) > 0.87


def test_easy_words_are_known_and_hardly_ever_estimated():
    known = [word for word in EASY if word in SYLLABLE_COUNTS]
    assert len(known) / len(EASY) > 0.95


@given(st.text())
def test_any_passage_has_syllables_if_it_has_words(passage):
    written = [sign for sign in nfc(passage).lower() if category(sign) != "Cf"]
    assert (syllables(passage) > 0) is any(is_letter(sign) or sign.isdecimal() for sign in written)
