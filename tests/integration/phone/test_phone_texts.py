"""Texts: what arrives, what the carrier would not send, and how many fragments it bills."""

from dataclasses import replace

import pytest
from flask import Response

from ivr.phone.handset import count_fragments


def test_words_go_out_and_answers_come_back(toy, handset):
    toy.says("/sms", "<Message>One.</Message>", "<Message><Body>Two “quoted”.</Body></Message>")
    answer = handset.text("HELLO")
    assert answer.texts == ("One.", "Two “quoted”.")
    assert answer.fragments == (1, 1)
    assert answer.encoding == ("GSM-7", "UCS-2")
    assert answer.refused is None
    sent = toy.last.fields
    assert (sent["Body"], sent["NumMedia"], sent["NumSegments"]) == ("HELLO", "0", "1")
    assert sent["MessageSid"] == sent["SmsSid"] == sent["SmsMessageSid"]
    assert sent["SmsStatus"] == "received"


def test_no_answer_is_an_answer(toy, handset):
    toy.says("/sms")
    assert handset.text("STOP").texts == ()
    assert handset.text("STOP").refused is None


def test_pictures_come_with_the_words(toy, handset):
    toy.says("/sms")
    handset.text("", media=2, Body=None)
    sent = toy.last.fields
    assert "Body" not in sent
    assert (sent["NumMedia"], sent["MediaContentType1"]) == ("2", "image/jpeg")
    assert sent["MediaUrl0"] != sent["MediaUrl1"]
    assert sent["MessageSid"].startswith("MM")


def test_a_redirect_is_followed(toy, handset):
    toy.says("/sms", "<Message>One.</Message>", "<Redirect>/sms/b</Redirect>")
    toy.says("/sms/b", "<Message>Two.</Message>")
    assert handset.text("X").texts[-1] == "Two."


def test_the_same_text_can_come_twice(toy, handset):
    toy.says("/sms")
    for _ in range(2):
        handset.text("X", MessageSid="SM1")
    assert [sent["MessageSid"] for sent in toy.asked("/sms")] == ["SM1", "SM1"]


@pytest.mark.parametrize(
    ("code", "verbs"),
    [
        (14103, "<Message/>"),
        (14103, "<Message><Body> </Body></Message>"),
        (21617, f"<Message>{'a' * 1601}</Message>"),
        (14109, "<Message>a</Message>" * 11),
        (14101, '<Message to="me">a</Message>'),
        (12200, "<Say>a</Say>"),
        (12200, "<Message colour='red'>a</Message>"),
        (12200, "<Message><Text>a</Text></Message>"),
        (12200, "words of its own"),
        (11215, "<Redirect>/sms</Redirect>"),
    ],
)
def test_answers_are_refused(toy, handset, code, verbs):
    toy.says("/sms", verbs)
    answer = handset.text("X")
    assert answer.refused.code == code
    assert answer.texts == ()


@pytest.mark.parametrize(
    "verbs",
    [
        f"<Message>{'a' * 1600}</Message>",
        "<Message>a</Message>" * 10,
        "<Message><Media>https://line.example/a.png</Media></Message>",
    ],
)
def test_answers_at_the_edge_are_taken(toy, handset, verbs):
    toy.says("/sms", verbs)
    assert handset.text("X").refused is None


def test_a_failed_answer_reaches_nobody(toy, handset):
    toy.status = 500
    toy.says("/sms", "<Message>a</Message>")
    assert handset.text("X").refused.code == 11200


def test_the_fallback_answers_where_the_line_fails(toy, handset):
    toy.answers["/sms"] = Response(status=500)
    toy.says("/help", "<Message>Call us.</Message>")
    answer = replace(handset, text_fallback_url=f"{toy.url}/help").text("X")
    assert (answer.texts, answer.refused) == (("Call us.",), None)
    (sent,) = toy.asked("/help")
    assert (sent["Body"], sent["ErrorCode"], sent["ErrorUrl"]) == ("X", "11200", f"{toy.url}/sms")


def test_a_fallback_that_fails_too_reaches_nobody(toy, handset):
    toy.status = 500
    toy.says("/sms", "<Message>a</Message>")
    toy.says("/help", "<Message>b</Message>")
    answer = replace(handset, text_fallback_url=f"{toy.url}/help").text("X")
    assert (answer.texts, answer.refused.code) == ((), 11200)


def test_the_fallback_does_not_hide_a_wrong_answer(toy, handset):
    toy.says("/sms", "<Message/>")
    toy.says("/help", "<Message>Call us.</Message>")
    assert replace(handset, text_fallback_url=f"{toy.url}/help").text("X").refused.code == 14103
    assert not toy.asked("/help")


@pytest.mark.parametrize(
    ("text", "count", "encoding"),
    [
        ("", 1, "GSM-7"),
        ("a" * 160, 1, "GSM-7"),
        ("a" * 161, 2, "GSM-7"),
        ("a" * 306, 2, "GSM-7"),
        ("a" * 307, 3, "GSM-7"),
        ("é" * 160, 1, "GSM-7"),
        ("@£$¥èéùìòÇ\nØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ ÄÖÑÜ§¿äöñüà", 1, "GSM-7"),
        ("€" * 80, 1, "GSM-7"),
        ("€" * 81, 2, "GSM-7"),
        ("[]{}|^~\\", 1, "GSM-7"),
        # The euro does not fit into the last place of a fragment: it moves on, so one place is lost.
        ("a" * 152 + "€" + "a" * 151, 2, "GSM-7"),
        ("a" * 152 + "€" + "a" * 152, 3, "GSM-7"),
        ("ç", 1, "UCS-2"),
        ("’" * 70, 1, "UCS-2"),
        ("’" * 71, 2, "UCS-2"),
        ("’" * 134, 2, "UCS-2"),
        ("’" * 135, 3, "UCS-2"),
        ("a" * 69 + "’", 1, "UCS-2"),
        ("😀" * 35, 1, "UCS-2"),
        ("😀" * 36, 2, "UCS-2"),
        ("😀" * 66, 2, "UCS-2"),
        ("😀" * 67, 3, "UCS-2"),
    ],
)
def test_fragments_are_counted_as_they_are_billed(text, count, encoding):
    fragments = count_fragments(text)
    assert (fragments.count, fragments.encoding) == (count, encoding)
