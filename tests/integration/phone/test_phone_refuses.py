"""What the carrier would not take, by the code it logs."""

import pytest

from ivr.phone.handset import Refused

VOICE = 'voice="Polly.Joanna-Neural" language="en-US"'
NEVER_CUT = "<Gather/>"


@pytest.mark.parametrize(
    ("code", "verbs"),
    [
        (12200, "<Sing/>"),
        (12200, "<say>Hi.</say>"),
        (12200, "<Record/>"),
        (12200, "<Body>Hi.</Body>"),
        (12200, "<Message>Hi.</Message>"),
        (12200, "words of its own"),
        (12200, "<Gather>words of its own</Gather>"),
        (12200, '<Gather colour="red"/>'),
        (12200, "<Gather input=\"['dtmf', 'speech']\"/>"),
        (12200, '<Gather actionOnEmptyResult="True"/>'),
        (13310, '<Gather finishOnKey="x"/>'),
        (13312, '<Gather method="PUT"/>'),
        (13313, '<Gather timeout="0"/>'),
        (13313, '<Gather timeout="ten"/>'),
        (13314, '<Gather numDigits="0"/>'),
        (13320, "<Gather><Hangup/></Gather>"),
        (13320, "<Gather><Gather/></Gather>"),
        (13320, "<Gather><Redirect>/a</Redirect></Gather>"),
        (13520, f"<Say {VOICE}/>"),
        (13520, f"<Say {VOICE}> \n </Say>"),
        (13520, f'<Say {VOICE}><break time="1s"/></Say>'),
        (13520, f"<Say {VOICE}>{'word ' * 601}</Say>"),
        (13520, f"<Say {VOICE}>{'ж' * 1000}</Say>"),
        (13520, f"<Say {VOICE}><emphasis>Now</emphasis></Say>"),
        (13520, f'<Say {VOICE}><prosody pitch="+5%">Now</prosody></Say>'),
        (13520, '<Say voice="man" language="en"><s>Now</s></Say>'),
        (13520, f"<Gather><Say {VOICE}/></Gather>"),
        (13520, f'<Say {VOICE} loop="0">Hi.</Say>'),
        (13410, '<Play loop="0">a.mp3</Play>'),
        (13511, '<Say voice="robot">Hi.</Say>'),
        (13510, f'<Say {VOICE} loop="many">Hi.</Say>'),
        (12200, '<Say language="English">Hi.</Say>'),
        (12200, f"<Say {VOICE}><b>Hi.</b></Say>"),
        (12200, f"<Say {VOICE}>One<Pause/>two</Say>"),
        (13320, f"<Gather><Say {VOICE}>One.</Say><Pause/></Gather>"),
        (12200, f'<Say {VOICE}>One<break time="20s"/>two</Say>'),
        (12200, f'<Say {VOICE}><prosody rate="quick">Hi.</prosody></Say>'),
        (13420, "<Play/>"),
        (13410, '<Play loop="-1">a.mp3</Play>'),
        (13910, '<Pause length="half"/>'),
        (13223, "<Dial>988-call-me</Dial>"),
        (13223, "<Dial/>"),
        (13223, "<Dial>12</Dial>"),
        (13212, '<Dial timeout="x">+18005550100</Dial>'),
        (13213, '<Dial hangupOnStar="yes">+18005550100</Dial>'),
        (13214, '<Dial callerId="me">+18005550100</Dial>'),
        (13215, "<Dial><Say>Hi.</Say></Dial>"),
        (13217, '<Dial record="record-from-answer">+18005550100</Dial>'),
        (13710, '<Redirect method="PATCH">/a</Redirect>'),
        (12200, '<Reject reason="rude"/>'),
    ],
)
def test_verbs_are_refused(hear, code, verbs):
    with pytest.raises(Refused) as refused:
        hear(NEVER_CUT, verbs)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("code", "document"),
    [
        (11770, ""),
        (12100, "Hello."),
        (12100, "<Response><Say>Hi.</Response>"),
        (12100, "<Response><Say>\x07</Say></Response>"),
        (12100, '<!DOCTYPE x [<!ENTITY a "b">]><Response><Say>&a;</Say></Response>'),
        (12100, b"<Response><Say>\xff</Say></Response>"),
        (12102, "<html/>"),
        (11750, f"<Response>{' ' * 65536}</Response>"),
    ],
)
def test_documents_are_refused(toy, handset, code, document):
    toy.answers["/voice"] = document
    with pytest.raises(Refused) as refused:
        handset.call()
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("content_type", "taken"),
    [
        ("text/xml; charset=utf-8", True),
        ("Application/XML", True),
        ("text/html; charset=utf-8", False),
        ("text/plain", False),
        ("application/json", False),
    ],
)
def test_the_content_type_must_be_xml(toy, handset, content_type, taken):
    toy.content_type = content_type
    toy.says("/voice", "<Gather/>")
    if taken:
        assert handset.call().listening
        return
    with pytest.raises(Refused) as refused:
        handset.call()
    assert refused.value.code == 12300


@pytest.mark.parametrize("status", [302, 403, 404, 500, 503])
def test_a_failed_answer_is_refused(toy, handset, status):
    toy.status = status
    toy.says("/voice", "<Gather/>")
    with pytest.raises(Refused) as refused:
        handset.call()
    assert refused.value.code == 11200
    assert str(status) in refused.value.why


def test_going_in_circles_is_refused(hear):
    with pytest.raises(Refused) as refused:
        hear("<Redirect>/voice</Redirect>")
    assert refused.value.code == 11215


def test_a_refusal_in_the_middle_ends_the_call(hear, toy):
    toy.answers["/voice/next"] = "no xml"
    call = hear('<Gather action="/voice/next"/>')
    with pytest.raises(Refused):
        call.press("1")
    assert call.ended
    assert call.listening is None
