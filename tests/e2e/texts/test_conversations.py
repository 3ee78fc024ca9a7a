"""CALL, FORGET, STOP, the same text twice, two at once, too many: conversations with the running line."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
import redis
from posting import signed_post
from settling import BETWEEN_KEYS, settle

from ivr.carrier.twilio.numbers import party
from ivr.carrier.twilio.render import RETRIES
from ivr.dialogue.permitted import MOST_IN_DANGER, MOST_REPLIES
from ivr.dialogue.url import from_path
from ivr.library.library import HOME
from ivr.memory.caller import caller_key
from ivr.memory.embedded import store_address
from ivr.model import Position, Prompt
from ivr.phone.handset import Handset


@pytest.fixture(scope="module")
def library(content):
    return content.libraries["en"]


@pytest.fixture(autouse=True)
def willing(api):
    api.answers(201, {"sid": "CA1", "status": "queued"})


def reads(answer, library, name):
    opening = library.text[name][0].partition("{")[0].strip()
    return bool(answer.texts) and answer.texts[0].startswith(opening)


# --- call me -------------------------------------------------------------------------------------------------


def test_call_calls_back_where_the_texts_left_off(sending, sent_mock, phone, library):
    handset = phone(sending)
    handset.text("12")
    handset.text("MORE")
    assert reads(handset.text("Call me please"), library, "calling")
    assert len(sent_mock.calls(handset.number)) == 1


def called_back(api, line, token, number):
    """The call that the line asked for, as the carrier then makes it: it is the one called who is the caller."""
    url = api.asked[-1].fields["Url"]
    place = url.removeprefix(line).removesuffix(RETRIES)
    handset = Handset(line, token, number, voice_url=place)
    return place, handset.call(Direction="outbound-api", From="+18005550199", To=number)


def test_the_call_says_nothing_of_health_before_a_key_is_pressed(scripted_line, api, line_env, phone, library):
    handset = phone(scripted_line)
    handset.text("12")
    handset.text("CALL")
    place, call = called_back(api, scripted_line, line_env["TWILIO_AUTH_TOKEN"], handset.number)
    assert from_path(place.removeprefix("/voice/")).prompt is Prompt.CALLED
    heard = [call.said]
    while not call.ended:
        call.wait()
        heard.append(call.said)
    said = " ".join(heard)
    for name in ("called", "silent-3", "goodbye"):
        assert library.call[name][0].split(". ")[0] in said
    assert not [word for word in library.words["discreet"] if word in said.upper()]
    assert not [topic for topic in library.topics.values() for part in topic.segments if part.voice[:30] in said]
    assert len(heard) <= 5, "an answering machine is not talked to for long"
    assert call.clock >= 60, "a person who cannot press keys is not cut off"


def test_the_call_goes_on_after_a_key_and_is_remembered(scripted_line, api, line_env, phone, library):
    handset = phone(scripted_line)
    handset.text("12")
    handset.text("CALL")
    _, call = called_back(api, scripted_line, line_env["TWILIO_AUTH_TOKEN"], handset.number)
    call.press("1")
    assert library.topics["whole-body"].segments[0].voice.split(".")[0] in call.said
    settle(BETWEEN_KEYS)
    call.press("1")
    call.hang_up()
    settle()
    assert "".join(library.call["resuming"][:1]) in handset.call().said


def test_two_calls_an_hour_and_no_more(scripted_line, api, phone, library):
    handset, asked = phone(scripted_line), len(api.asked)
    for _ in range(2):
        assert reads(handset.text("CALL"), library, "calling")
    assert reads(handset.text("CALL"), library, "called-often")
    assert len(api.asked) == asked + 2


def test_the_same_call_text_twice_calls_once(scripted_line, api, phone):
    handset, asked = phone(scripted_line), len(api.asked)
    first = handset.text("CALL", MessageSid="SM77")
    assert handset.text("CALL", MessageSid="SM77").texts == first.texts
    assert len(api.asked) == asked + 1


def test_a_call_that_failed_is_not_promised_by_the_second_delivery(scripted_line, api, phone, library):
    handset = phone(scripted_line)
    api.answers(500, "broken")
    asked = len(api.asked)
    for _ in range(2):
        assert reads(handset.text("CALL", MessageSid="SM78"), library, "not-called")
    assert len(api.asked) == asked + 1


def test_a_call_that_cannot_be_made_is_not_promised(scripted_line, api, phone, library):
    api.answers(500, "broken")
    assert reads(phone(scripted_line).text("CALL"), library, "not-called")
    assert reads(phone(scripted_line, "anonymous").text("CALL"), library, "no-calls")


# --- forget --------------------------------------------------------------------------------------------------


def keys_of(data, line_env, number):
    """All that the store holds under this caller's hash."""
    caller = caller_key(party(number), line_env["CALLER_SECRET"].encode())
    with redis.Redis.from_url(store_address(data), decode_responses=True) as client:
        return [key for key in client.keys("*") if caller in key]


def kinds_of(data, line_env, number):
    return {key.partition(":")[0] for key in keys_of(data, line_env, number)}


def test_forget_by_text_leaves_nothing_in_the_store(scripted_line, scripted_data, line_env, phone, library):
    handset = phone(scripted_line)
    handset.text("11")
    call = handset.call()
    call.press("9")
    call.press("2")
    assert len(keys_of(scripted_data, line_env, handset.number)) >= 3
    assert reads(handset.text("FORGET"), library, "forgotten")
    assert keys_of(scripted_data, line_env, handset.number) == []
    assert reads(handset.text("MORE"), library, "lost")


def test_forget_in_a_call_leaves_nothing_in_the_store(scripted_line, scripted_data, line_env, phone, library):
    handset = phone(scripted_line)
    handset.text("11")
    call = handset.call()
    for key in ("5", "4"):
        call.press(key)
    settle()
    assert keys_of(scripted_data, line_env, handset.number)
    call.press("3")
    assert " ".join(library.call["forgotten"]) in call.said
    assert keys_of(scripted_data, line_env, handset.number) == []
    call.press("*")
    call.press("*")
    call.press("2")
    call.hang_up()
    settle()
    assert keys_of(scripted_data, line_env, handset.number) == []
    assert library.call["resuming"][0] not in handset.call().said


def test_who_stopped_and_is_forgotten_stays_stopped(scripted_line, scripted_data, line_env, phone):
    handset = phone(scripted_line)
    handset.text("STOP")
    call = handset.call()
    for key in ("5", "4", "3"):
        settle(BETWEEN_KEYS)
        call.press(key)
    assert kinds_of(scripted_data, line_env, handset.number) == {"stopped", "blocked"}
    assert handset.text("11").texts == ()


def test_who_stopped_can_still_be_forgotten(scripted_line, scripted_data, line_env, phone):
    handset = phone(scripted_line)
    handset.text("12")
    handset.text("STOP")
    assert handset.text("FORGET").texts == ()
    assert kinds_of(scripted_data, line_env, handset.number) == {"stopped", "blocked"}


# --- stop ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["STOP", "stop", "Unsubscribe", "END"])
def test_a_line_that_answers_stop_itself(answering_line, phone, library, word):
    handset = phone(answering_line)
    assert handset.text("11").texts
    assert reads(handset.text(word), library, "stopped")
    for words in (word, "11", "MENU", "hello", "CALL", "MORE"):
        assert handset.text(words).texts == (), words
    assert reads(handset.text("START"), library, "started")
    assert handset.text("11").texts


def test_a_line_that_answers_help_itself(answering_line, phone, library):
    assert reads(phone(answering_line).text("HELP"), library, "help")
    assert reads(phone(answering_line).text("info"), library, "help")


def test_stop_in_other_words_is_confirmed_once_whoever_answers(scripted_line, phone, library):
    handset = phone(scripted_line)
    assert reads(handset.text("stop please"), library, "stopped")
    assert handset.text("stop please").texts == ()
    assert handset.text("11").texts == ()
    assert reads(handset.text("START"), library, "started"), "the carrier knows of no stop"
    assert handset.text("11").texts


def test_the_carriers_own_opt_out_is_heeded(scripted_line, phone):
    """Advanced Opt-Out: the carrier has answered, in words of its own."""
    handset = phone(scripted_line)
    assert handset.text("ARRET", OptOutType="STOP").texts == ()
    assert handset.text("11").texts == ()
    assert handset.text("DEBUT", OptOutType="START").texts == ()
    assert handset.text("11").texts
    assert handset.text("AIDE", OptOutType="HELP").texts == ()


def test_the_wish_outlives_the_memory(scripted_line, scripted_data, line_env, phone):
    handset = phone(scripted_line)
    handset.text("STOP")
    (key,) = [key for key in keys_of(scripted_data, line_env, handset.number) if key.startswith("stopped")]
    with redis.Redis.from_url(store_address(scripted_data)) as client:
        assert client.ttl(key) == -1


NO_WISH = [
    "can't stop thinking about surgery",
    "stop the pain",
    "does chemo stop the cancer",
    "my doctor wants to take me off chemo",
    "should they take me off this chemo",
    "my dad is not interested in surgery. what else",
    "I dont keep my food down since chemo",
]


@pytest.mark.parametrize("words", NO_WISH)
def test_stop_inside_a_worry_is_no_wish_to_stop(scripted_line, phone, words):
    handset = phone(scripted_line)
    handset.text(words)
    assert handset.text("11").texts


# --- the same twice, two at once, too many -------------------------------------------------------------------


def test_texts_without_a_name_are_all_new(scripted_line, phone, library):
    handset = phone(scripted_line)
    handset.text("12", MessageSid=None)
    for part in (2, 3):
        (text,) = handset.text("MORE", MessageSid=None).texts
        assert library.topics["whole-body"].segments[part - 1].text in text


def test_calls_asked_for_by_texts_without_a_name_are_all_made(scripted_line, api, phone):
    handset, asked = phone(scripted_line), len(api.asked)
    for _ in range(2):
        handset.text("CALL", MessageSid=None)
    assert len(api.asked) == asked + 2


def test_two_texts_at_once_are_both_answered(scripted_line, phone, library):
    handset = phone(scripted_line)
    handset.text("13")
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(handset.text, ["MORE", "2"]))
    whole = [library.topics[name].segments[part].text for name, part in (("one-area", 1), ("depends", 1))]
    assert any(text in answers[0].texts[0] for text in whole), "as if one had come after the other"
    assert library.topics["depends"].segments[0].text in answers[1].texts[0]
    assert handset.text("AGAIN").texts


@pytest.mark.parametrize("times", range(3))
def test_more_twice_at_once_gives_two_parts(scripted_line, phone, library, times):
    assert times < 3, "again and again: who comes first differs"
    handset = phone(scripted_line)
    handset.text("13")
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda name: handset.text("MORE", MessageSid=name), ("SM1", "SM2")))
    parts = [part.text for part in library.topics["one-area"].segments]
    found = [next(number for number, part in enumerate(parts) if part in answer.texts[0]) for answer in answers]
    assert sorted(found) == [1, 2]
    again = [handset.text("MORE", MessageSid=name).texts for name in ("SM2", "SM1")]
    assert again == [answers[1].texts, answers[0].texts], "each delivered again gets what it got"
    assert parts[3] in handset.text("MORE").texts[0]


@pytest.mark.parametrize("times", range(3))
def test_one_text_delivered_twice_at_once_moves_once(scripted_line, phone, library, times):
    assert times < 3, "again and again: who comes first differs"
    handset = phone(scripted_line)
    handset.text("13")
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda name: handset.text("MORE", MessageSid=name).texts, ["SM9", "SM9"]))
    assert answers[0] == answers[1]
    assert library.topics["one-area"].segments[2].text in handset.text("MORE").texts[0]


@pytest.mark.parametrize("times", range(10))
def test_who_texts_without_a_pause_is_remembered_by_whichever_worker(scripted_line, api, phone, library, times):
    """What a text leaves behind is in the store before it is answered: another worker may take the next."""
    assert times < 10, "again and again: which worker takes it differs"
    handset = phone(scripted_line)
    assert library.topics["one-area"].segments[0].text in handset.text("13").texts[0]
    assert library.topics["one-area"].segments[1].text in handset.text("MORE").texts[0]
    assert reads(handset.text("CALL"), library, "calling")
    path = api.asked[-1].fields["Url"].removesuffix(RETRIES).partition("/voice/")[2]
    assert from_path(path).position == Position("one-area", 2)


def test_machines_that_answer_each_other_stop(scripted_line, phone, library):
    handset = phone(scripted_line)
    answers = [handset.text(f"Your parcel is on its way ({number}).") for number in range(MOST_REPLIES + 5)]
    assert all(answer.texts for answer in answers[:MOST_REPLIES])
    assert reads(answers[MOST_REPLIES], library, "too-many")
    assert [answer.texts for answer in answers[MOST_REPLIES + 1 :]] == [()] * 4
    urgent = library.menus[HOME].urgent
    in_danger = [handset.text(words) for words in ("cant feel my legs", "URGENT", "911", "PERSON", "0", "13", "CALL")]
    assert [bool(answer.texts) for answer in in_danger] == [True] * 5 + [False] * 2
    assert library.topics[urgent].segments[0].text[:60] in in_danger[0].texts[0]
    for _ in range(MOST_IN_DANGER):
        last = handset.text("cant feel my legs")
    assert last.texts == (), "nor can two machines go on with words of danger"
    assert handset.text("11").texts == ()
    assert phone(scripted_line).text("11").texts


@pytest.mark.parametrize(
    "written", ["I am away until Monday (3).", "I'm driving with Do Not Disturb While Driving on."]
)
def test_what_a_machine_says_of_its_owner_is_not_answered(scripted_line, phone, written):
    assert phone(scripted_line).text(written).texts == ()


def test_stop_is_heard_even_then(answering_line, phone):
    handset = phone(answering_line)
    for _ in range(MOST_REPLIES + 3):
        handset.text("hello")
    assert handset.text("STOP").texts


def test_more_after_a_week_says_so(scripted_line, scripted_data, line_env, phone, library):
    """The memory of a week ago is gone, as its time to live says; here it is gone at once."""
    handset = phone(scripted_line)
    handset.text("11")
    with redis.Redis.from_url(store_address(scripted_data)) as client:
        (key,) = [key for key in keys_of(scripted_data, line_env, handset.number) if key.startswith("caller")]
        assert 0 < client.ttl(key) <= 7 * 24 * 3600
        client.delete(key)
    assert reads(handset.text("MORE"), library, "lost")


def test_a_picture_is_answered(scripted_line, phone, library):
    """One with words is answered like the words alone."""
    assert reads(phone(scripted_line).text("", media=1), library, "picture")
    handset = phone(scripted_line)
    assert handset.text("12", media=1).texts == handset.text("12").texts


def test_the_first_answer_names_the_service_and_the_ways_on(scripted_line, phone):
    (text,) = phone(scripted_line).text("hello").texts
    assert text.startswith("Bone Info Line")
    assert "KEYS" in text
    assert "ABOUT" in text


def test_an_unsigned_report_changes_nothing(scripted_line, line_env, phone):
    handset = phone(scripted_line)
    fields = {"MessageSid": "SM9", "MessageStatus": "failed", "ErrorCode": "30006", "To": handset.number}
    assert signed_post(scripted_line, "0" * 32, "/sms/status", fields).status == 403
    assert signed_post(scripted_line, line_env["TWILIO_AUTH_TOKEN"], "/sms/status", fields).status == 204


def test_the_place_of_a_call_back_travels_whole(scripted_line, api, phone):
    handset = phone(scripted_line)
    handset.text("13")
    handset.text("MORE")
    handset.text("CALL")
    path = api.asked[-1].fields["Url"].removesuffix(RETRIES).partition("/voice/")[2]
    assert from_path(path).position == Position("one-area", 2)
    assert json.dumps(api.asked[-1].fields)
