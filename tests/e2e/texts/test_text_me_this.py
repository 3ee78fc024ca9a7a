"""Key 9: the segment as a text, sent through the carrier's API; and what is said when that cannot be."""

import time

import pytest
from api.scripted import raw, silent
from faults.stores import embedded_store_gone
from posting import signed_post
from texts_lines import sending_line

from ivr.library.library import SLOT
from ivr.memory.embedded import store_address


def said_phrase(library, name):
    return [piece.strip() for words in library.call[name] for piece in SLOT.split(words)[::2] if piece.strip(" .")]


def hears(call, library, name):
    return all(words in call.said for words in said_phrase(library, name))


@pytest.fixture(scope="module")
def library(content):
    return content.libraries["en"]


@pytest.fixture(autouse=True)
def willing(api):
    api.answers(201, {"sid": "SM1", "status": "queued"})


def test_the_segment_arrives_as_a_text(sending, sent_mock, phone, library):
    handset = phone(sending)
    call = handset.call()
    call.press("2")
    assert hears(call, library, "text-key")
    call.press("9")
    assert hears(call, library, "text-sent")
    (sent,) = sent_mock.texts(handset.number)
    assert sent["body"] == handset.text("2").texts[0]
    call.press("1")
    assert library.topics["depends"].segments[1].voice.split(".")[0] in call.said


def test_what_does_not_fit_into_one_text_arrives_as_two(sending, sent_mock, phone, library):
    handset = phone(sending)
    call = handset.call()
    call.press("4")
    call.press("9")
    assert hears(call, library, "text-sent")
    signs = library.topics["urgent"].segments[0]
    second, first = (sent["body"] for sent in sent_mock.texts(handset.number))
    assert signs.text in first
    assert signs.follow_up in second


def test_after_a_text_that_was_refused_no_second_is_sent(scripted_line, api, phone, library):
    api.answers(429, {"code": 20429, "status": 429, "message": "x"})
    asked = len(api.asked)
    call = phone(scripted_line).call()
    call.press("4")
    call.press("9")
    assert len(api.asked) == asked + 1
    assert hears(call, library, "dictate-offer")


def test_at_a_menu_the_keys_are_texted(sending, sent_mock, phone, library):
    handset = phone(sending)
    handset.call().press("9")
    (sent,) = sent_mock.texts(handset.number)
    assert sent["body"] == library.text["keys-with-texts"][0]


def test_its_first_line_holds_no_diagnosis(sending, sent_mock, phone, library):
    handset = phone(sending)
    call = handset.call()
    call.press("2")
    call.press("9")
    (sent,) = sent_mock.texts(handset.number)
    shown = sent["body"].partition("\n")[0].upper()
    assert not [word for word in library.words["discreet"] if word.upper() in shown]


def test_the_same_request_delivered_twice_sends_one_text(sending, sent_mock, phone):
    handset = phone(sending)
    call = handset.call()
    call.press("9")
    assert call.send_again() == call.document
    assert len(sent_mock.texts(handset.number)) == 1


@pytest.mark.parametrize(
    ("status", "body", "phrase"),
    [
        (400, {"code": 21614, "status": 400, "message": "x"}, "text-no-texts"),
        (400, {"code": 21211, "status": 400, "message": "x"}, "text-no-texts"),
        (400, {"code": 21610, "status": 400, "message": "x"}, "text-stopped"),
        (403, {"code": 20003, "status": 403, "message": "x"}, "text-no-credit"),
        (429, {"code": 20429, "status": 429, "message": "x"}, "text-no-credit"),
        (500, "not json", "text-failed"),
    ],
)
def test_each_refusal_has_its_own_words_and_the_spoken_way(scripted_line, api, phone, library, status, body, phrase):
    api.answers(status, body)
    asked = len(api.asked)
    call = phone(scripted_line).call()
    call.press("2")
    call.press("9")
    assert hears(call, library, phrase)
    assert hears(call, library, "dictate-offer")
    assert len(api.asked) == asked + 1, "no hidden second attempt"
    call.press("1")
    assert hears(call, library, "dictated")
    segment = library.topics["depends"].segments[0].voice
    slowly = [item.text for item in call.heard if getattr(item, "rate", None) == 0.75]
    assert all(sentence in " ".join(slowly) for sentence in segment.split(". ")[:2])


def test_a_withheld_number_gets_it_spoken(scripted_line, api, phone, library):
    asked = len(api.asked)
    call = phone(scripted_line, "anonymous").call()
    call.press("9")
    assert hears(call, library, "text-withheld")
    call.press("1")
    assert hears(call, library, "keys-aloud")
    assert len(api.asked) == asked


def test_a_hanging_api_is_given_up_in_time(light_env, phone, library, tmp_path):
    with raw(silent) as api, sending_line(light_env, tmp_path, f"http://127.0.0.1:{api.port}") as line:
        call = phone(line).call()
        call.press("9")
        assert hears(call, library, "text-failed")
        assert call.answer_seconds < 12, "well before the carrier gives up"


def test_five_an_hour_and_no_more(scripted_line, api, phone, library):
    asked = len(api.asked)
    call = phone(scripted_line).call()
    for _ in "99999":
        call.press("2")
        call.press("9")
        assert hears(call, library, "text-sent")
        call.press("*")
        call.press("*")
        call.press("7")
    call.press("2")
    call.press("9")
    assert hears(call, library, "text-too-many")
    assert len(api.asked) == asked + 5


def test_closed_while_the_store_is_down(light_env, api, phone, library, tmp_path):
    with sending_line(light_env, tmp_path, api.address) as line:
        asked = len(api.asked)
        with embedded_store_gone(store_address(tmp_path)):
            call = phone(line).call()
            call.press("9")
            assert hears(call, library, "text-failed")
            assert len(api.asked) == asked


def report(line, token, number, status, **fields):
    return signed_post(
        line, token, "/sms/status", {"MessageSid": "SM9", "MessageStatus": status, "To": number, **fields}
    )


def test_a_text_that_gets_lost_is_told_at_the_next_key(scripted_line, line_env, phone, library):
    handset = phone(scripted_line)
    call = handset.call()
    call.press("2")
    call.press("9")
    assert (
        report(scripted_line, line_env["TWILIO_AUTH_TOKEN"], handset.number, "undelivered", ErrorCode="30006").status
        == 204
    )
    call.press("1")
    assert hears(call, library, "text-lost")
    assert call.send_again() == call.document, "the news is not lost with an answer that does not arrive"
    assert library.topics["depends"].segments[1].voice.split(".")[0] in call.said
    call.press("#")
    assert call.history[-1] == call.history[-2]
    call.press("1")
    assert not hears(call, library, "text-lost")


@pytest.mark.parametrize("status", ["sent", "delivered", "queued", "", "nonsense"])
def test_a_text_that_arrives_is_not_talked_about(scripted_line, line_env, phone, library, status):
    handset = phone(scripted_line)
    call = handset.call()
    call.press("9")
    report(scripted_line, line_env["TWILIO_AUTH_TOKEN"], handset.number, status)
    call.press("2")
    assert not hears(call, library, "text-lost")


def test_nothing_is_sent_to_someone_who_stopped(scripted_line, api, phone, library):
    handset = phone(scripted_line)
    handset.text("STOP")
    asked = len(api.asked)
    call = handset.call()
    call.press("9")
    assert hears(call, library, "text-stopped")
    assert len(api.asked) == asked
    handset.text("START")
    call.press("2")
    call.press("9")
    assert hears(call, library, "text-sent")


def test_two_callers_at_once_get_their_own_texts(sending, sent_mock, phone):
    first, second = phone(sending), phone(sending)
    calls = [first.call(), second.call()]
    calls[0].press("2")
    calls[1].press("3")
    began = time.monotonic()
    for call in calls:
        call.press("9")
    assert time.monotonic() - began < 10
    assert sent_mock.texts(first.number)[0]["body"] != sent_mock.texts(second.number)[0]["body"]


def test_more_goes_on_from_the_text_that_was_asked_for(scripted_line, phone, library):
    handset = phone(scripted_line)
    handset.text("CHEMO")
    call = handset.call()
    for key in ("1", "3", "9"):
        call.press(key)
    assert hears(call, library, "text-sent")
    assert library.topics["one-area"].segments[1].text in handset.text("MORE").texts[0]


def test_a_failed_text_delivered_twice_is_not_called_sent(scripted_line, api, phone, library):
    api.answers(500, "broken")
    call = phone(scripted_line).call()
    call.press("2")
    call.press("9")
    assert hears(call, library, "text-failed")
    assert call.send_again() == call.document


def test_a_lost_text_is_told_however_long_the_caller_waits_first(scripted_line, line_env, phone, library):
    handset = phone(scripted_line)
    call = handset.call()
    call.press("2")
    call.press("9")
    report(scripted_line, line_env["TWILIO_AUTH_TOKEN"], handset.number, "failed", ErrorCode="30006")
    call.press("8")
    call.wait()
    assert not hears(call, library, "text-lost")
    call.press("1")
    assert hears(call, library, "text-lost")
