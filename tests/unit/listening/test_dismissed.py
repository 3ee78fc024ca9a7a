"""A sign that a pattern finds is dismissed where nothing else in the text is like danger. Small talk hides no sign."""

import pytest

from ivr.listening.asking import is_dismissed
from ivr.listening.listening import listening_of
from ivr.listening.meaning import Ask, Danger
from ivr.listening.understand import understand
from ivr.model import Position

SMALL_TALK = (
    "that pie is a heart attack on a plate and I had two slices",
    "we passed out candy at the parade all day",
    "the puppy is knocked out on the rug after the park, snoring",
    "named our old truck Stroke because it stalls at every light",
)
SIGNS = ("and now I can't breathe", "and I can't feel my legs", "and I don't want to live anymore")


@pytest.fixture(scope="module")
def listening(content):
    return listening_of(content.libraries["en"])


def warns_or_asks(listening, text):
    meaning = understand(listening, text).meaning
    dangers = {*listening.dangers.values(), listening.despair}
    return isinstance(meaning, Danger) or (isinstance(meaning, Ask) and not dangers.isdisjoint(meaning.goals))


@pytest.mark.parametrize("text", SMALL_TALK)
def test_small_talk_with_a_word_of_danger_in_it_is_not_asked_about(listening, text):
    assert not warns_or_asks(listening, text)


LIKELY = [
    ([("menu", 0.8), ("lacks", 0.1), ("danger-spine", 0.03)], True),
    ([("lacks", 0.7), ("stop", 0.2), ("despair", 0.05)], True),
    ([("menu", 0.8), ("danger-spine", 0.04), ("danger-fever", 0.04)], False),
    ([("stop", 0.8), ("menu", 0.1), ("danger-spine", 0.03)], False),
    ([("language", 0.5), ("none", 0.3), ("danger-emergency", 0.03)], False),
    ([("one-area.1", 0.9), ("danger-spine", 0.03)], False),
    ([], False),
]
"""What a text resembles, and whether a sign in it is dismissed."""


@pytest.mark.parametrize(("likely", "dismissed"), LIKELY)
def test_when_a_sign_is_dismissed(listening, likely, dismissed):
    assert is_dismissed(listening, Danger("spine", Position("urgent", 1)), likely) is dismissed
    assert not is_dismissed(listening, Position("urgent", 1), likely)


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("text", SMALL_TALK)
def test_a_sign_behind_small_talk_is_heard(listening, text, sign):
    assert warns_or_asks(listening, f"{text} {sign}")


def test_words_that_the_model_has_never_seen_are_no_reason_to_dismiss_a_sign(listening):
    assert warns_or_asks(listening, "pulse oximeter reads 79")


IDIOMS = (
    "after the jets game",
    "lol",
    "my mother in law is visiting",
    "once deer season is over",
    "the meatloaf was good",
    "the coach called",
    "that song is on again",
    "the fundraiser is saturday",
)
PLAIN_SIGNS = (
    "i want to kill myself",
    "i decided to end my life tonight",
    "i dont want to live anymore",
    "i cant feel my legs",
    "i cant breathe",
    "he wont wake up",
    "i have a fever of 102",
    "my arm just snapped",
)


@pytest.mark.parametrize("sign", PLAIN_SIGNS)
@pytest.mark.parametrize("idiom", IDIOMS)
def test_a_plain_sign_is_heard_whatever_stands_beside_it(listening, idiom, sign):
    for text in (f"{idiom} {sign}", f"{sign} {idiom}", f"{sign}. {idiom}."):
        assert warns_or_asks(listening, text), text
