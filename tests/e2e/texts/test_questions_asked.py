"""YES and NO to a question of the line, as the carrier hands them on; through the webhook, against a real store."""

import re

import pytest
import redis
from test_conversations import keys_of

from ivr.library.carrier_words import ANSWERED_BY_CARRIER
from ivr.memory.embedded import store_address

QUESTION, CODE = "TUMOR", "14"
EITHER, CODES = "hormones, surgery", ("121", "131")
"""Texts that the line asks about, and the codes that it then names."""


@pytest.fixture
def library(content):
    return content.libraries["en"]


@pytest.fixture
def asked(scripted_line, phone):
    handset = phone(scripted_line)
    (text,) = handset.text(QUESTION).texts
    assert re.findall(r"Reply (\d+)", text) == [CODE]
    return handset


@pytest.fixture
def asked_of_two(scripted_line, phone):
    handset = phone(scripted_line)
    (text,) = handset.text(EITHER).texts
    assert re.findall(r"Reply (\d+)", text) == list(CODES)
    return handset


@pytest.mark.parametrize("yes", ["YES", "yes", "Y", "OK", "Yes please", "SI", "sure"])
def test_yes_takes_what_was_offered(asked, library, yes):
    assert library.topics["meaning"].segments[0].text in asked.text(yes).texts[0]


@pytest.mark.parametrize(
    ("answer", "taken"),
    [("YES", 0), ("the first one", 0), ("hormones please", 0), ("the second one", 1), ("2nd", 1), ("surgery", 1)],
)
def test_of_two_that_were_offered_one_is_taken(asked_of_two, phone, scripted_line, answer, taken):
    assert asked_of_two.text(answer).texts[0].split("\n")[:2] == one_by_code(phone(scripted_line), CODES[taken])


def one_by_code(handset, code):
    return handset.text(code).texts[0].split("\n")[:2]


@pytest.mark.parametrize("no", ["no", "neither", "something else"])
def test_no_to_both_brings_the_menu(asked_of_two, reads, no):
    assert reads(asked_of_two.text(no), "menu")


def test_a_question_is_not_asked_twice_in_a_row_and_stays_open(asked_of_two, reads, phone, scripted_line):
    assert reads(asked_of_two.text(EITHER), "unclear")
    assert asked_of_two.text("the second one").texts[0].split("\n")[:2] == one_by_code(phone(scripted_line), CODES[1])


def test_a_topic_that_a_word_reaches_in_its_middle_says_where_it_begins(scripted_line, phone, library):
    handset = phone(scripted_line)
    (text,) = handset.text("surgery").texts
    begins = "".join(library.text["tail-before"])
    assert begins.format(code="13") in text
    assert library.topics["one-area"].segments[0].text in handset.text("13").texts[0]


def test_the_offer_behind_the_last_part_is_taken_by_yes(scripted_line, phone, library, reads):
    handset = phone(scripted_line)
    last = library.codes["whole-body"] + "1" * (len(library.topics["whole-body"].segments) - 1)
    handset.text(last)
    assert reads(handset.text("MORE"), "last-part")
    assert library.topics["one-area"].segments[0].text in handset.text("yes").texts[0]


def test_no_question_names_a_word_that_the_carrier_takes(library):
    """Of every phrase that asks or offers; but the one that says how to stop."""
    asking = ("do-you-mean", "do-you-mean-either", "last-part", "lacks", "lacks-but", "lacks-person")
    for name in asking:
        words = set(re.findall(r"[A-Z]{2,}", " ".join(library.text[name])))
        assert not words & ANSWERED_BY_CARRIER, name


def test_no_brings_the_menu(asked, reads):
    assert reads(asked.text("NO"), "menu")


def test_a_question_is_answered_once(asked, reads):
    assert asked.text("yes", MessageSid="SM5").texts == asked.text("yes", MessageSid="SM5").texts != ()
    assert reads(asked.text("Y"), "unasked-more")


def test_another_answer_closes_a_question(asked):
    asked.text("menu")
    assert asked.text("YES").texts == (), "nothing is open any more, and the carrier has answered"


def test_yes_to_a_part_that_ends_with_more_brings_the_next(asked, library):
    asked.text("12")
    (text,) = asked.text("YES").texts
    assert library.topics["whole-body"].segments[1].text in text


def test_a_number_with_too_many_ones_asks_about_the_last_part(scripted_line, phone, library):
    handset = phone(scripted_line)
    (question,) = handset.text("1311111").texts
    assert "13111" in question
    (text,) = handset.text("yes").texts
    assert library.topics["one-area"].segments[3].text in text


def test_what_began_today_right_after_the_signs_were_read_is_no_menu(scripted_line, phone, reads):
    handset = phone(scripted_line)
    handset.text("4")
    assert reads(handset.text("it started today"), "after-warning")


def test_what_was_not_understood_leaves_it_open(asked):
    asked.text("blorp")
    assert asked.text("YES").texts


@pytest.mark.parametrize("words", ["will radiation burn my skin", "does chemo make your hair fall out"])
def test_a_subject_that_the_line_lacks_is_no_answer_to_a_question(asked, phone, scripted_line, words):
    """Also where it names a topic."""
    assert asked.text(words).texts == phone(scripted_line).text(words).texts != ()


def test_who_was_asked_nothing_gets_no_answer_to_yes(scripted_line, phone):
    assert phone(scripted_line).text("YES").texts == ()


def test_where_the_line_answers_the_carriers_words_yes_takes_it_too(answering_line, phone, library):
    handset = phone(answering_line)
    handset.text(QUESTION)
    (text,) = handset.text("YES").texts
    assert library.topics["meaning"].segments[0].text in text


def test_yes_to_a_question_lifts_no_stop(scripted_line, scripted_data, line_env, phone):
    """Stopped in a call meanwhile, or at another number."""
    handset = phone(scripted_line)
    handset.text(QUESTION)
    handset.text("STOP", To="+18005550188")
    key = next(key for key in keys_of(scripted_data, line_env, handset.number) if key.startswith("stopped"))
    with redis.Redis.from_url(store_address(scripted_data)) as client:
        client.set(key.replace("stopped", "question"), "one-area.1", ex=60)
        assert handset.text("YES").texts == ()
        assert client.exists(key)
    assert handset.text("11").texts == ()


def test_a_question_is_open_for_an_hour_and_forgotten_with_the_texter(asked, scripted_data, line_env, reads):
    with redis.Redis.from_url(store_address(scripted_data)) as client:
        (key,) = [key for key in keys_of(scripted_data, line_env, asked.number) if key.startswith("question")]
        assert 3500 < client.ttl(key) <= 3600
    assert reads(asked.text("FORGET"), "forgotten")
    assert keys_of(scripted_data, line_env, asked.number) == []
    assert asked.text("YES").texts == ()
