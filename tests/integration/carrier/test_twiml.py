"""Replies as the exact documents that the carrier gets."""

from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.carrier.twilio.inbound import Form
from ivr.carrier.twilio.render import UNSPEAKABLE, Speaker, messages_document
from ivr.model import (
    Dial,
    DialEnded,
    HangUp,
    Language,
    Listen,
    Pace,
    Pressed,
    Reply,
    Said,
    Silent,
    StandaloneCall,
    TextReply,
    Utterance,
)

SPEAKER = Speaker(
    {
        "en": Language("en", "English", "en-US", "Voice-A"),
        "fr": Language("fr", "Français", "fr-CA", "Voice-B"),
    },
    "+18002272345",
)
XML = '<?xml version="1.0" encoding="UTF-8"?>'
GATHER = (
    '<Gather action="/voice/x" actionOnEmptyResult="true" finishOnKey="" input="dtmf" method="POST" numDigits="1"'
    ' timeout="{seconds}">{spoken}</Gather><Redirect method="POST">/voice/x</Redirect>'
)
ENGLISH = '<Say language="en-US" voice="Voice-A">'
FRENCH = '<Say language="fr-CA" voice="Voice-B">'


PLAYED = Utterance("Hello.", 0.7, "en", recording="en/goals-1.0123456789ab.mp3")


LINE = "+18005550199"


def listening(*spoken, seconds=10):
    return Reply(spoken, Listen(seconds))


def gathered(*spoken, seconds=10):
    whole = GATHER.format(seconds=seconds, spoken="".join(spoken))
    return whole if spoken else whole.replace("></Gather>", " />")


@pytest.mark.parametrize(
    ("reply", "pace", "expected"),
    [
        (
            listening(Utterance("Hello.", 0.7, "en")),
            Pace.NORMAL,
            gathered(f'{ENGLISH}Hello.<break time="700ms" /></Say>'),
        ),
        (
            listening(Utterance("Hello.", 0.7, "en")),
            Pace.SLOW,
            gathered(f'{ENGLISH}<prosody rate="75%">Hello.</prosody><break time="700ms" /></Say>'),
        ),
        (
            listening(Utterance("Hello.", 0.7, "en")),
            Pace.FAST,
            gathered(f'{ENGLISH}<prosody rate="125%">Hello.</prosody><break time="700ms" /></Say>'),
        ),
        (
            listening(Utterance("Hello.", 0.7, "en", recording="en/goals-1.0123456789ab.mp3")),
            Pace.NORMAL,
            gathered("<Play>/audio/en/goals-1.0123456789ab.mp3</Play>"),
        ),
        (
            listening(
                Utterance("Goals.", 0.6, "en"), PLAYED, Utterance("Now.", 0.6, "en"), Utterance("Press 1.", 0.6, "en")
            ),
            Pace.NORMAL,
            gathered(
                f'{ENGLISH}Goals.<break time="600ms" /></Say><Play>/audio/en/goals-1.0123456789ab.mp3</Play>'
                f'{ENGLISH}<break time="700ms" />Now.<break time="600ms" /></Say>'
                f'{ENGLISH}Press 1.<break time="600ms" /></Say>'
            ),
        ),
        (
            listening(PLAYED, Utterance("", 5.0, "en"), PLAYED, Utterance("", 1.0, "en"), Utterance("Now.", 0.6, "en")),
            Pace.SLOW,
            gathered(
                "<Play>/audio/en/goals-1.0123456789ab.mp3</Play><Play>/audio/en/goals-1.0123456789ab.mp3</Play>"
                f'{ENGLISH}<break time="1700ms" /><prosody rate="75%">Now.</prosody><break time="600ms" /></Say>'
            ),
        ),
        (
            listening(Utterance("One.", 0.7, "en"), Utterance("Two.", 0.6, "en"), seconds=20),
            Pace.NORMAL,
            gathered(f'{ENGLISH}One.<break time="700ms" /></Say>{ENGLISH}Two.<break time="600ms" /></Say>', seconds=20),
        ),
        (
            listening(Utterance("", 1.0, "en"), Utterance("Hello.", 0.7, "en")),
            Pace.NORMAL,
            gathered(f'{ENGLISH}<break time="1000ms" />Hello.<break time="700ms" /></Say>'),
        ),
        (
            listening(Utterance("", 1.0, "en"), Utterance("Hello.", 0.7, "en")),
            Pace.SLOW,
            gathered(
                f'{ENGLISH}<break time="1000ms" /><prosody rate="75%">Hello.</prosody><break time="700ms" /></Say>'
            ),
        ),
        (
            listening(
                Utterance("Get a pen.", 0.7, "en"), Utterance("", 5.0, "en"), Utterance("1, 2", 0.7, "en", slowly=True)
            ),
            Pace.NORMAL,
            gathered(
                f'{ENGLISH}Get a pen.<break time="5700ms" /></Say>'
                f'{ENGLISH}<prosody rate="75%">1, 2</prosody><break time="700ms" /></Say>'
            ),
        ),
        (
            listening(Utterance("Wait.", 0.7, "en"), Utterance("", 5.0, "en"), Utterance(" \n", 20.0, "en")),
            Pace.NORMAL,
            gathered(
                f'{ENGLISH}Wait.<break time="10000ms" /><break time="10000ms" /><break time="5700ms" /></Say>',
            ),
        ),
        (listening(Utterance("Hello.", 0.0, "en")), Pace.NORMAL, gathered(f"{ENGLISH}Hello.</Say>")),
        (listening(Utterance("", 0.2, "en")), Pace.NORMAL, gathered()),
        (listening(Utterance(" \n", 3.0, "en"), Utterance("", 1.0, "fr")), Pace.NORMAL, gathered()),
        (
            listening(Utterance("", 1.0, "en"), Utterance("Allô.", 0.6, "fr")),
            Pace.NORMAL,
            gathered(f'{FRENCH}<break time="1000ms" />Allô.<break time="600ms" /></Say>'),
        ),
        (
            listening(Utterance("Hello.", 0.6, "en"), Utterance("Allô.", 0.6, "fr")),
            Pace.NORMAL,
            gathered(f'{ENGLISH}Hello.<break time="600ms" /></Say>{FRENCH}Allô.<break time="600ms" /></Say>'),
        ),
        (
            listening(Utterance("Allô.", 0.6, "fr")),
            Pace.FAST,
            gathered(f'{FRENCH}<prosody rate="125%">Allô.</prosody><break time="600ms" /></Say>'),
        ),
        (
            Reply((), Dial()),
            Pace.SLOW,
            '<Dial action="/voice/x" hangupOnStar="true" method="POST" timeout="30">'
            "<Number>+18002272345</Number></Dial>",
        ),
        (
            Reply((), Dial("+12025550191", from_line=True)),
            Pace.NORMAL,
            f'<Dial action="/voice/x" callerId="{LINE}" hangupOnStar="true" method="POST" timeout="30">'
            "<Number>+12025550191</Number></Dial>",
        ),
        (Reply((), HangUp()), Pace.NORMAL, "<Hangup />"),
    ],
    ids=[
        "said at the voice's own pace",
        "slow",
        "fast",
        "recorded",
        "recorded between words: the quiet after it stands before the next",
        "two recordings, and quiet of its own after each",
        "two sentences, and more patience",
        "quiet before the first word",
        "quiet before the first slow word",
        "time for a pen is taken by the words that ask to get one",
        "a voice takes ten seconds at most in one piece",
        "no quiet",
        "nothing but quiet: the line listens",
        "blanks are quiet",
        "quiet before words in another language",
        "two languages",
        "another language, fast",
        "connected to a person",
        "connected to another number, unasked: with the line's own",
        "hung up",
    ],
)
def test_a_reply(reply, pace, expected):
    assert SPEAKER.voice(reply, pace, "/voice/x", LINE) == f"{XML}<Response>{expected}</Response>"


HINTS = {"en": ("one", "back, please", "one", "", "x" * 101, "y" * 100), "fr": tuple(map(str, range(600)))}
HEARING = (
    '<Gather action="/voice/x" actionOnEmptyResult="true" bargeIn="false" finishOnKey="" hints="{hints}"'
    ' input="dtmf speech" language="{language}" method="POST" numDigits="1" profanityFilter="false"'
    ' speechModel="phone_call" speechTimeout="2" timeout="10">{spoken}</Gather>'
    '<Redirect method="POST">/voice/x</Redirect>'
)


@pytest.mark.parametrize(
    ("tag", "language", "hints"),
    [
        ("en", "en-US", f"one, back  please, {'y' * 100}"),
        ("fr", "fr-CA", ", ".join(map(str, range(500)))),
    ],
    ids=["hints that the carrier takes", "not more of them than it takes"],
)
def test_a_reply_after_which_words_count_too(tag, language, hints):
    speaker = replace(SPEAKER, hints=HINTS)
    reply = Reply((Utterance("Hello.", 0.0, "en"),), Listen(10, hears=tag))
    heard = HEARING.format(hints=hints, language=language, spoken=f"{ENGLISH}Hello.</Say>")
    assert speaker.voice(reply, Pace.NORMAL, "/voice/x") == f"{XML}<Response>{heard}</Response>"
    assert speaker.voice(listening(), Pace.NORMAL, "/voice/x") == f"{XML}<Response>{gathered()}</Response>"


@pytest.mark.parametrize(
    ("fields", "event"),
    [
        ({"Digits": "1"}, Pressed("1")),
        ({"Digits": "", "SpeechResult": ""}, Silent()),
        ({}, Silent()),
        ({"SpeechResult": "  "}, Silent()),
        ({"SpeechResult": " Yes. ", "Confidence": "0.91"}, Said("Yes.", 0.91)),
        ({"SpeechResult": "Yes."}, Said("Yes.", None)),
        ({"Digits": "2", "SpeechResult": "Yes.", "Confidence": "0.91"}, Pressed("2")),
        *(({"SpeechResult": "Yes.", "Confidence": odd}, Said("Yes.", None)) for odd in ("", "high", "nan", "2", "-1")),
        ({"SpeechResult": "Yes.", "DialCallStatus": "completed"}, DialEnded(talked=True)),
    ],
    ids=repr,
)
def test_what_a_caller_did(fields, event):
    assert Form(fields).call().event == event


@pytest.mark.parametrize(
    ("other", "action"), [(None, ""), ("voice-fr.xml", 'action="voice-fr.xml" ')], ids=["itself", "another language"]
)
def test_a_call_without_a_line(other, action):
    call = StandaloneCall(
        (Utterance("Hello.", 0.7, "en"), Utterance("1, 2", 0.7, "en", slowly=True)),
        10,
        (Utterance("Bye.", 1, "en"),),
        45,
    )
    assert SPEAKER.standing(call, other) == (
        f'{XML}<Response><Gather {action}finishOnKey="0" input="dtmf" method="GET" numDigits="1" timeout="10">'
        f'{ENGLISH}Hello.<break time="700ms" /></Say>'
        f'{ENGLISH}<prosody rate="75%">1, 2</prosody><break time="700ms" /></Say></Gather>'
        '<Dial hangupOnStar="true" timeout="30"><Number>+18002272345</Number></Dial>'
        '<Gather finishOnKey="" input="dtmf" method="GET" numDigits="1" timeout="45">'
        f'{ENGLISH}Bye.<break time="1000ms" /></Say></Gather><Hangup /></Response>'
    )


SIGNS = pytest.mark.parametrize(
    ("words", "written"),
    [
        ("a & b", "a &amp; b"),
        ("a < b > c", "a &lt; b &gt; c"),
        ("&amp;", "&amp;amp;"),
        ("<break/>", "&lt;break/&gt;"),
        ("]]>", "]]&gt;"),
        ("\"a\" 'b'", "\"a\" 'b'"),
        ("caf\u00e9 \u9aa8 \U0001f600", "caf\u00e9 \u9aa8 \U0001f600"),
        ("a\x00b\x07c\x1bd\x7fe", "abcde"),
        ("a\x0b\x0cb", "ab"),
        ("a\ud800b\udfffc", "abc"),
        ("a\ufffeb\uffffc", "abc"),
        ("{helpline}", "{helpline}"),
    ],
    ids=[
        "and",
        "less and greater",
        "what is escaped already",
        "what looks like an element",
        "the end of CDATA",
        "quotes",
        "signs of other alphabets",
        "control signs",
        "vertical tab and form feed",
        "halves of surrogate pairs",
        "signs that are none",
        "braces",
    ],
)


@SIGNS
def test_signs_that_would_break_a_spoken_document(words, written):
    document = SPEAKER.voice(listening(Utterance(words, 0.7, "en")), Pace.NORMAL, "/voice/x")
    said = gathered(f'{ENGLISH}{written}<break time="700ms" /></Say>')
    assert document == f"{XML}<Response>{said}</Response>"


@SIGNS
def test_signs_that_would_break_a_text(words, written):
    assert messages_document(TextReply(words)) == f"{XML}<Response><Message>{written}</Message></Response>"


def test_words_of_nothing_but_broken_signs_are_quiet():
    document = SPEAKER.voice(listening(Utterance("\x00\ud800", 2.0, "en")), Pace.SLOW, "/voice/x")
    assert document == f"{XML}<Response>{gathered()}</Response>"


def test_signs_in_an_action_are_escaped():
    for reply in (listening(), Reply((), Dial())):
        document = SPEAKER.voice(reply, Pace.NORMAL, '/a?b=1&c="2"')
        assert 'action="/a?b=1&amp;c=&quot;2&quot;"' in document
        ElementTree.fromstring(document)  # noqa: S314


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (None, "<Response />"),
        ("Hello.", "<Response><Message>Hello.</Message></Response>"),
        ("Hello.\n1 one\n2 two", "<Response><Message>Hello.\n1 one\n2 two</Message></Response>"),
    ],
    ids=["no answer", "a line", "three lines"],
)
def test_a_text(text, expected):
    assert messages_document(TextReply(text)) == XML + expected


def test_several_texts():
    replies = (TextReply("One."), TextReply(None), TextReply("Two."))
    assert messages_document(*replies) == f"{XML}<Response><Message>One.</Message><Message>Two.</Message></Response>"


@given(st.text(st.characters()), st.sampled_from(Pace))
def test_any_words_make_a_document_that_can_be_read(words, pace):
    spoken = ElementTree.fromstring(SPEAKER.voice(listening(Utterance(words, 0.7, "en")), pace, "/voice/x"))  # noqa: S314
    assert [element.tag for element in spoken] == ["Gather", "Redirect"]
    assert len(spoken[0]) == len(spoken.findall(".//Say")) == bool(UNSPEAKABLE.sub("", words).strip())
    message = ElementTree.fromstring(messages_document(TextReply(words)))[0]  # noqa: S314
    kept = [sign for sign in words if sign.isalnum()]
    assert [sign for sign in "".join(message.itertext()) if sign.isalnum()] == kept
    assert [sign for sign in "".join(spoken[0].itertext()) if sign.isalnum()] == kept
