"""What is made ready of a library's words, so that a text takes no longer for there being many."""

from dataclasses import replace

import pytest
from toy import library, topic

from ivr.dialogue import guesses, lexicon
from ivr.dialogue.guesses import guess, word_for
from ivr.dialogue.keywords import understand
from ivr.dialogue.lexicon import lexicon_of
from ivr.dialogue.meaning import Move, Near
from ivr.model import Spot


@pytest.mark.parametrize(
    ("begun", "spot"),
    [("APPL", Spot("apple", 1)), ("eatapp", Spot("apple", 1)), ("PEE", Spot("apple", 2)), ("FRU", Spot("fruit"))],
)
def test_the_beginning_of_a_word_leads_where_all_its_ends_lead(begun, spot):
    assert understand(library(), begun) == spot


def test_a_beginning_of_words_that_lead_apart_is_asked_about():
    toy = library()
    peeled = replace(toy, topics={**toy.topics, "pear": topic("pear", 1, {1: ("PEELER",)})})
    assert isinstance(understand(peeled, "PEE"), Near)


@pytest.mark.parametrize(
    ("spot", "word"), [(Spot("apple", 2), "PEEL"), (Spot("apple", 3), "APPLE"), (Spot("fruit"), "FRUIT")]
)
def test_a_spot_is_offered_by_its_own_word_else_by_one_of_its_topic(spot, word):
    assert word_for(lexicon_of(library()), spot) == word


def test_a_spot_that_no_single_word_leads_to_is_not_offered():
    assert word_for(lexicon_of(library()), Spot("nowhere", 1)) is None


def test_moves_are_near_only_where_they_are_the_whole_text():
    words = lexicon_of(library())
    assert guess(words, ("AGAYN",)) == Near("AGAIN", Move("again"))
    assert guess(words, ("WELL", "AGAYN")) is None


def test_of_a_long_text_the_first_words_are_compared(monkeypatch):
    words = lexicon_of(library())
    text = ("WELL", "PEARZ")
    assert guess(words, text) is not None
    monkeypatch.setattr(guesses, "MOST_COMPARED", len(words.near))
    assert guess(words, text) is None


def test_what_every_topic_says_tells_nothing_of_any(monkeypatch):
    assert lexicon_of(library()).subjects["PEEL"] == {Spot("apple", 2)}
    monkeypatch.setattr(lexicon, "MOST_TOPICS", 2)
    assert "SAY" not in lexicon_of(library()).subjects
    assert "PEEL" in lexicon_of(library()).subjects
