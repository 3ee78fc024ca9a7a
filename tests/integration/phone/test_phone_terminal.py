"""The terminal phone, with scripted typing."""

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace

import pytest

from ivr.phone import speaker as speaker_room
from ivr.phone.handset import Handset, Sound, Speech
from ivr.phone.refused import UNREACHABLE, Refused
from ivr.phone.terminal import HOW, HOW_TO_SPEAK, NO_REPLY, play_call, print_text
from ivr.phone.transcript import as_transcript

VOICE = 'voice="Polly.Joanna-Neural" language="en-US"'
DIAL = '<Dial action="/voice/after" hangupOnStar="true">+18005550100</Dial>'


def say(words: str) -> str:
    return f"<Say {VOICE}>{words}</Say>"


def listen(words: str, action: str = "/voice/next") -> str:
    return f'<Gather action="{action}" timeout="10" numDigits="1" finishOnKey="">{say(words)}</Gather>'


def typing(*typed: str | type[BaseException]) -> Callable[[str], str]:
    left = list(typed)

    def read(_prompt: str) -> str:
        if not left:
            raise AssertionError("the phone asked once more than the script types")
        answer = left.pop(0)
        if isinstance(answer, str):
            return answer
        raise answer

    return read


def printed(handset: Handset, *typed: str | type[BaseException]) -> list[str]:
    out: list[str] = []
    play_call(handset, out.append, typing(*typed))
    return out


@pytest.fixture
def menu(toy) -> None:
    toy.says("/voice", listen("Press a key."), say("Nothing came."))
    toy.says("/voice/next", listen("You pressed."), say("Bye."))


@pytest.mark.usefixtures("menu")
def test_keys_and_silence_walk_through_a_call(handset):
    assert printed(handset, "1", "") == [HOW, "Press a key.", "You pressed.", "Bye.", "The line has hung up."]


@pytest.mark.usefixtures("menu")
@pytest.mark.parametrize("silence", ["", "-", "  "])
def test_silence_is_enter_or_a_dash(handset, silence):
    assert "Nothing came." in printed(handset, silence)


@pytest.mark.usefixtures("menu")
def test_several_keys_are_pressed_one_after_another(handset, toy):
    printed(handset, "12#", "h")
    assert [sent["Digits"] for sent in toy.asked("/voice/next")] == ["1", "2", "#"]


def test_keys_go_together_where_the_line_gathers_several(handset, toy):
    toy.says("/voice", '<Gather action="/voice/next"/>')
    toy.says("/voice/next", "<Hangup/>")
    printed(handset, "12#")
    assert toy.asked("/voice/next")[0]["Digits"] == "12"


def test_keys_left_over_when_the_line_ends_are_dropped(handset, toy):
    toy.says("/voice", listen("Press."))
    toy.says("/voice/next", "<Hangup/>")
    assert printed(handset, "123")[-1] == "The line has hung up."


@pytest.mark.usefixtures("menu")
@pytest.mark.parametrize("leaving", ["h", "q", "Q", EOFError, KeyboardInterrupt])
def test_hanging_up_is_clean(handset, toy, leaving):
    assert printed(handset, leaving)[-1] == "You have hung up."
    assert toy.asked("/voice/status")


@pytest.mark.usefixtures("menu")
def test_anything_else_is_explained(handset):
    assert printed(handset, "hello", "h").count(HOW) == 2


@pytest.mark.parametrize(
    ("typed", "status"),
    [("a", "completed"), ("n", "no-answer"), ("", "no-answer"), ("b", "busy"), ("*", "completed")],
)
def test_a_talk_ends_as_told(handset, toy, typed, status):
    toy.says("/voice", DIAL)
    toy.says("/voice/after", "<Hangup/>")
    out = printed(handset, "what?", typed)
    assert "[connecting to +18005550100]" in out
    assert "That does nothing while the line connects you." in out
    assert toy.asked("/voice/after")[0]["DialCallStatus"] == status


def test_hanging_up_while_connecting(handset, toy):
    toy.says("/voice", DIAL)
    assert printed(handset, "h")[-1] == "You have hung up."


def test_what_the_line_does_not_take_is_left_to_who_tries_it(handset, toy):
    toy.says("/voice", listen("Press."))
    toy.answers["/voice/next"] = "no xml"
    with pytest.raises(Refused, match="12100"):
        printed(handset, "1")
    nowhere = replace(handset, line="http://127.0.0.1:9", time_limit=1)
    with pytest.raises(Refused, match=str(UNREACHABLE)):
        print_text(nowhere, "HELLO", print)


def test_each_stretch_is_spoken(handset, toy):
    toy.says("/voice", say('One, <break time="1s"/> two. Three.'), "<Play>a.mp3</Play>")
    spoken: list[str] = []
    out: list[str] = []
    play_call(handset, out.append, typing(), lambda speech: spoken.append(speech.text))
    assert spoken == ["One,", "two. Three."]
    assert out[1:3] == ["One, two. Three.", "[recording: a.mp3]"]


def test_a_text_is_printed_with_its_fragments(handset, toy):
    toy.says("/sms", f"<Message>{'a' * 161}</Message><Message>“Yes”</Message>")
    out: list[str] = []
    print_text(handset, "HELLO", out.append)
    assert out == ["a" * 161, "[2 fragments, GSM-7]", "“Yes”", "[1 fragment, UCS-2]"]


def test_no_reply_is_said(handset, toy):
    toy.says("/sms")
    out: list[str] = []
    print_text(handset, "STOP", out.append)
    assert out == [NO_REPLY]


def speech(text: str, language: str = "en-US", rate: float = 1.0) -> Speech:
    return Speech(text, "Polly.Joanna", language, rate, True, 1.0)


def test_lines_end_with_sentences_languages_and_recordings():
    heard = [speech("For pain,"), speech("press 1."), speech("Or"), speech("hola", "es-US"), Sound("a", True)]
    assert [(line.text, line.language) for line in as_transcript(heard)] == [
        ("For pain, press 1.", "en-US"),
        ("Or", "en-US"),
        ("hola", "es-US"),
        ("[recording: a]", ""),
    ]


@pytest.mark.parametrize(
    ("language", "rate", "pace", "voice"),
    [("en-US", 1.0, "150", "en-us"), ("es-US", 0.8, "120", "es"), ("", 1.2, "180", "en-us")],
)
def test_espeak_speaks_at_the_line_s_pace(monkeypatch, language, rate, pace, voice):
    ran = []
    monkeypatch.setattr(shutil, "which", lambda _: "/bin/espeak-ng")
    monkeypatch.setattr(subprocess, "run", lambda command, **given: ran.append((command, given["input"])))
    speak = speaker_room.loudspeaker()
    assert speak
    speak(speech("-x é", language, rate))
    assert ran == [(["/bin/espeak-ng", "-s", pace, "-v", voice, "--stdin"], "-x é".encode())]


def test_without_espeak_nothing_speaks(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert speaker_room.loudspeaker() is None


def hear(words: str, action: str = "/voice/next") -> str:
    return listen(words, action).replace("<Gather ", '<Gather input="dtmf speech" bargeIn="false" ', 1)


def spoken(handset: Handset, *typed: str | type[BaseException]) -> list[str]:
    out: list[str] = []
    play_call(handset, out.append, typing(*typed), speaks=True)
    return out


def test_words_are_said_and_digits_are_keys(handset, toy):
    toy.says("/voice", hear("Say it."))
    toy.says("/voice/next", hear("Again.", "/voice/last"))
    toy.says("/voice/last", say("Bye."))
    assert spoken(handset, "Radiation, please", "2") == [
        *(HOW, HOW_TO_SPEAK, "Say it.", "Again.", "Bye.", "The line has hung up.")
    ]
    (words,), (key,) = toy.asked("/voice/next"), toy.asked("/voice/last")
    assert (words["SpeechResult"], "Digits" in words) == ("radiation, please", False)
    assert (key["Digits"], "SpeechResult" in key) == ("2", False)


@pytest.mark.usefixtures("menu")
def test_a_line_that_takes_keys_alone_is_said_nothing(handset, toy):
    out = spoken(handset, "radiation", "1", "h")
    assert any("SPEECH=on" in line for line in out)
    assert ["SpeechResult" in one for one in toy.asked("/voice/next")] == [False]


def test_words_cut_speech_off_only_where_the_line_lets_them(handset, toy):
    toy.says("/voice", hear("One two three four."))
    toy.says("/voice/next", hear("Five."))
    call = handset.call()
    heard = call.clock
    call.say("radiation", after=0.5)
    assert call.timeline[1].begin == heard
    toy.says("/voice", hear("One two three four.").replace('bargeIn="false" ', ""))
    cut = handset.call()
    cut.say("radiation", confidence=None, after=0.5)
    assert cut.timeline[1].begin == 0.5
    assert "Confidence" not in toy.asked("/voice/next")[-1]


def test_words_to_a_line_that_takes_keys_alone_are_lost(handset, toy):
    toy.says("/voice", listen("Press."))
    call = handset.call()
    call.say("radiation")
    assert any("not listening for words" in warning for warning in call.warnings)
    assert toy.asked("/voice/next") == []
