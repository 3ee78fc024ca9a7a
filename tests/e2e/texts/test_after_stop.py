"""After a stop: who is answered, and who confirms START. Through the webhook, against a real store."""

import pytest

DANGER = ["can't feel my legs", "URGENT", "4", "cant breathe", "can't feel my legs"]
PERSON = ["PERSON", "0", "i want to die", "please help", "PERSON"]
NOTHING_ELSE = ["11", "MENU", "hello", "CALL", "stop texting me"]


@pytest.fixture
def library(content):
    return content.libraries["en"]


def vital(library):
    return [part.text for name in ("urgent", "person") for part in library.topics[name].segments]


def is_answered_what_could_save_a_life(handset, library):
    for words in (*DANGER, *PERSON):
        text, *_follow_up = handset.text(words).texts
        assert any(part in text for part in vital(library)), words
    for words in NOTHING_ELSE:
        assert handset.text(words).texts == (), words


@pytest.mark.parametrize(
    "words", ["stop these texts my legs are numb", "stop texting me i cant breathe", "no more texts im bleeding a lot"]
)
def test_a_plain_sign_beside_a_wish_for_no_texts_is_answered_at_once(scripted_line, phone, library, words):
    warned, *_follow_up = phone(scripted_line).text(words).texts
    assert any(part.text in warned for part in library.topics["urgent"].segments)


@pytest.mark.parametrize("words", ["take me off your list my hands tingle", "stop texting me i passed out twice"])
def test_a_sign_beside_a_wish_for_no_texts_is_not_lost(scripted_line, phone, library, words):
    handset = phone(scripted_line)
    (asked,) = handset.text(words).texts
    assert "Do you mean" in asked
    warned, *_follow_up = handset.text("yes please").texts
    assert any(part.text in warned for part in library.topics["urgent"].segments)


def test_yes_to_a_warning_lifts_no_stop(scripted_line, phone, reads):
    handset = phone(scripted_line)
    assert reads(handset.text("remove me from this list"), "stopped")
    assert handset.text("cant feel my legs").texts
    assert reads(handset.text("YES"), "after-warning")
    assert handset.text("11").texts == ()
    assert reads(handset.text("START"), "started")


@pytest.mark.parametrize("words", ["i feel so low", "will i be ok", "ok", "can it wait"])
def test_who_told_of_danger_after_a_stop_is_not_left_in_silence(scripted_line, phone, reads, words):
    handset = phone(scripted_line)
    assert reads(handset.text("stop texting me"), "stopped")
    assert handset.text("hello").texts == ()
    assert handset.text("i want to kill myself").texts
    assert "988" in handset.text(words).texts[-1]
    assert handset.text("11").texts == ()


def test_after_a_stop_in_own_words(scripted_line, phone, library, reads):
    handset = phone(scripted_line)
    assert reads(handset.text("stop texting me"), "stopped")
    assert handset.text("HELP").texts == (), "the carrier answers that one"
    is_answered_what_could_save_a_life(handset, library)
    assert reads(handset.text("START"), "started"), "nobody else knew of the stop"
    assert handset.text("11").texts


@pytest.mark.parametrize("word", ["STOP", "Stop.", "unsubscribe me"])
def test_after_a_stop_that_the_line_answers(answering_line, phone, library, reads, word):
    handset = phone(answering_line)
    assert reads(handset.text(word), "stopped")
    for bare in ("HELP", "info", "help"):
        assert reads(handset.text(bare), "help"), bare
    is_answered_what_could_save_a_life(handset, library)
    assert reads(handset.text("START"), "started")
    assert handset.text("11").texts


@pytest.mark.parametrize("word", ["STOP", " stop\n", "Unsubscribe"])
def test_after_a_bare_stop_that_the_carrier_blocks(scripted_line, phone, word):
    handset = phone(scripted_line)
    for words in (word, *DANGER, *PERSON, *NOTHING_ELSE, "HELP"):
        assert handset.text(words).texts == (), words
    assert handset.text("START").texts == (), "the carrier confirms it"
    assert handset.text("11").texts


def test_where_the_carrier_does_not_block_danger_is_answered(scripted_line, phone):
    """It blocks one of the line's numbers; the line heeds the wish at all of them."""
    handset = phone(scripted_line)
    handset.text("STOP")
    assert handset.text("11", To="+18005550188").texts == ()
    assert handset.text("cant breathe", To="+18005550188").texts


def test_a_stop_with_a_mark_is_one_that_the_carrier_may_not_know(scripted_line, phone, reads):
    handset = phone(scripted_line)
    assert reads(handset.text("STOP!"), "stopped")
    assert handset.text("cant breathe").texts


def test_a_carriers_stop_after_one_in_own_words_blocks(scripted_line, phone, reads):
    handset = phone(scripted_line)
    assert reads(handset.text("no more texts"), "stopped")
    assert handset.text("STOP").texts == ()
    assert handset.text("cant breathe").texts == ()
    assert handset.text("START").texts == ()
    assert handset.text("11").texts


def test_yes_lifts_a_stop_that_only_the_line_knows_of(scripted_line, phone, reads):
    handset = phone(scripted_line)
    handset.text("stop texting me")
    assert reads(handset.text("YES"), "started")
    assert handset.text("11").texts


def test_danger_after_a_stop_is_limited_too(scripted_line, phone):
    """Two machines: one of them says the same again and again."""
    handset = phone(scripted_line)
    handset.text("stop texting me")
    answers = [handset.text("automatic message: he cannot breathe, call 911").texts for _ in range(25)]
    assert all(answers[:15])
    assert answers[-3:] == [()] * 3


def test_the_wrong_number_right_after_a_warning_stops_nothing(scripted_line, phone, reads):
    """It may have been said of the numbers to press."""
    handset = phone(scripted_line)
    handset.text("my legs went weak since this morning")
    assert reads(handset.text("wrong number"), "to-stop")
    assert handset.text("12").texts


def test_the_wrong_number_stops_the_texts(scripted_line, phone, reads):
    handset = phone(scripted_line)
    assert handset.text("sorry wrong number").texts[0].startswith("Bone Info Line. Text a number"), "their own mistake"
    assert reads(handset.text("you have the wrong number"), "stopped")
    assert handset.text("12").texts == ()
