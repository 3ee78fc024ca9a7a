"""YES and NO to a question of the line, as the carrier hands them on; through the webhook, against a real store."""

import pytest
import redis
from test_conversations import keys_of

from ivr.memory.embedded import store_address

QUESTION = "radiaton"


@pytest.fixture
def library(content):
    return content.libraries["en"]


@pytest.fixture
def asked(scripted_line, phone):
    handset = phone(scripted_line)
    (text,) = handset.text(QUESTION).texts
    assert "13" in text
    return handset


@pytest.mark.parametrize("yes", ["YES", "yes", "Y", "OK", "Yes please", "SI", "sure"])
def test_yes_takes_what_was_offered(asked, library, yes):
    radiation = [part for part in library.topics["one-area"].segments if "RADIATION" in part.keywords]
    assert radiation[0].text in asked.text(yes).texts[0]


def test_no_brings_the_menu(asked, reads):
    assert reads(asked.text("NO"), "menu")


def test_a_question_is_answered_once(asked, reads):
    assert asked.text("yes", MessageSid="SM5").texts == asked.text("yes", MessageSid="SM5").texts != ()
    assert asked.text("YES").texts == (), "nothing is open any more, and the carrier has answered"
    assert reads(asked.text("Y"), "unclear")


def test_another_answer_closes_a_question(asked):
    asked.text("12")
    assert asked.text("YES").texts == ()


def test_what_was_not_understood_leaves_it_open(asked):
    asked.text("blorp")
    assert asked.text("YES").texts


def test_who_was_asked_nothing_gets_no_answer_to_yes(scripted_line, phone):
    assert phone(scripted_line).text("YES").texts == ()


def test_where_the_line_answers_the_carriers_words_yes_takes_it_too(answering_line, phone, library):
    handset = phone(answering_line)
    handset.text(QUESTION)
    (text,) = handset.text("YES").texts
    assert any(part.text in text for part in library.topics["one-area"].segments)


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
