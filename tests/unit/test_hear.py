"""The parts of the bench `make hear` that need neither voice nor recogniser: comparing words, taking calls by SIP."""

import pytest

from tools.hear.compare import Errors, errors, missed, plain_words
from tools.hear.programs import what_is_missing
from tools.hear.sip import Offer, answer_to, offer_in, parse, response

SAID = "Call 9 1 1 now. Fever is 100 point 4 Fahrenheit."


@pytest.mark.parametrize(
    "heard", [SAID, "call 911 now fever is 100.4 Fahrenheit", "Call 9-1-1, now! Fever is 100.4 fahrenheit"]
)
def test_the_same_words_however_they_are_written(heard):
    assert errors(SAID, heard) == Errors(0, 13)


@pytest.mark.parametrize(
    ("heard", "wrong"),
    [
        ("", 3),
        ("Stool or", 1),
        ("Tool or urine", 1),
        ("Stool or your urine", 1),
        ("your inner stool", 3),
    ],
)
def test_words_changed_left_out_and_put_in_are_wrong(heard, wrong):
    assert errors("Stool or urine", heard) == Errors(wrong, 3)


def test_errors_add_up():
    assert (Errors(1, 10) + Errors(2, 10)).rate == 0.15
    assert Errors(0, 0).rate == 0.0


@pytest.mark.parametrize(
    ("signs", "heard", "lost"),
    [
        (["stool", "urine"], "Trouble holding stool or urine.", []),
        (["stool", "urine"], "Trouble holding your inner stool.", ["urine"]),
        (["stool or urine"], "Trouble holding urine or stool.", ["stool or urine"]),
        (["stool"], "Trouble with footstools.", ["stool"]),
    ],
)
def test_a_sign_is_heard_if_its_words_are(signs, heard, lost):
    assert missed(signs, "Trouble holding stool or urine.", heard) == lost


def test_a_sign_has_to_be_heard_as_often_as_it_is_said():
    assert missed(["fever"], "Fever? Fever is high.", "Fever? Fear is high.") == ["fever"]


def test_a_number_with_a_point():
    assert plain_words("100.4 F, 38%") == ["one", "zero", "zero", "point", "four", "f", "three", "eight", "percent"]


@pytest.mark.parametrize(
    ("said", "heard", "wrong"),
    [
        ("Llame al 9 1 1. Fiebre desde 100 punto 4.", "llame al 911, fiebre desde 100.4", 0),
        ("Orina, evacúa o hace popó", "orina evacua o hace popo", 0),
        ("Siente hormigueo", "Siente algo", 1),
    ],
)
def test_spanish_words_are_compared_without_accents_and_digits_by_their_spanish_names(said, heard, wrong):
    assert errors(said, heard, "es").wrong == wrong


INVITE = (
    "INVITE sip:line@127.0.0.1:5070 SIP/2.0\r\n"
    "v: SIP/2.0/UDP 127.0.0.1:6000;branch=z9\r\n"
    "Via: SIP/2.0/UDP 127.0.0.1:6001;branch=z8\r\n"
    "f: <sip:caller@127.0.0.1>;tag=1\r\nTo: <sip:line@127.0.0.1>\r\ni: abc\r\nCSeq: 7 INVITE\r\n\r\n"
)
SOUND = "c=IN IP4 127.0.0.1\r\nm=audio 7000 RTP/AVP 0 96\r\na=rtpmap:96 telephone-event/8000\r\n"


def test_an_invitation_is_read_whatever_its_headers_are_called():
    request = parse(INVITE + SOUND)
    assert (request.method, request.one("call-id"), request.one("from")) == (
        "INVITE",
        "abc",
        "<sip:caller@127.0.0.1>;tag=1",
    )
    assert len(request.all_of("via")) == 2
    assert request.one("contact") == ""
    assert offer_in(request.body) == Offer(("127.0.0.1", 7000), 96)


def test_the_answer_takes_the_callers_keys_and_repeats_what_finds_the_call():
    request = parse(INVITE + SOUND)
    answer = parse(response("200 OK", request, 5070, answer_to(Offer(("127.0.0.1", 7000), 96), 8000)))
    for name in ("via", "from", "call-id", "cseq"):
        assert answer.all_of(name) == request.all_of(name)
    assert answer.one("to").startswith(request.one("to") + ";tag=")
    assert answer.one("content-length") == str(len(answer.body))
    assert offer_in(answer.body) == Offer(("127.0.0.1", 8000), 96)


def test_without_sound_there_is_no_offer():
    assert offer_in("v=0\r\n") is None


def test_a_second_answer_in_the_dialogue_keeps_its_tag():
    request = parse(INVITE.replace("To: <sip:line@127.0.0.1>", "To: <sip:line@127.0.0.1>;tag=2"))
    assert parse(response("200 OK", request, 5070)).one("to") == "<sip:line@127.0.0.1>;tag=2"


def test_it_says_in_one_sentence_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert what_is_missing(quick=False) == "Install sox and baresip first: `apt-get install sox baresip`."
    assert what_is_missing(quick=True) == "Install sox first: `apt-get install sox`."
    for program in ("sox", "baresip"):
        (tmp_path / program).touch(mode=0o755)
    assert what_is_missing(quick=False) is None
