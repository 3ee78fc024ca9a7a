"""The handset does what a document says, as the carrier would."""

from dataclasses import replace

import pytest
from flask import Response
from sounds import mp3, piped, riff, wav

from ivr.library.recordings import audio_in
from ivr.phone.handset import NotNow, Silence, Sound, Speech

VOICE = 'voice="Polly.Joanna-Neural" language="en-US"'
LISTEN = '<Gather action="/voice/next" timeout="10" numDigits="1" finishOnKey=""/>'


def say(words: str) -> str:
    return f"<Say {VOICE}>{words}</Say>"


def test_speech_sound_and_silence_are_heard_in_order(hear):
    call = hear(say("Hello there."), '<Pause length="2"/>', "<Play>/audio/a.mp3</Play>", LISTEN)
    speech, silence, sound = call.heard
    assert (speech.text, speech.voice, speech.language) == ("Hello there.", "Polly.Joanna-Neural", "en-US")
    assert (silence, sound) == (Silence(2.0), Sound("/audio/a.mp3", interruptible=False))
    assert call.said == "Hello there."


def test_a_recording_is_fetched_and_lasts_as_long_as_it_is(toy, hear):
    toy.answers["/audio/a.mp3"] = Response(mp3(3), content_type="audio/mpeg")
    call = hear("<Play>/audio/a.mp3</Play>", LISTEN)
    (sound,) = call.heard
    assert (sound.data, sound.content_type) == (mp3(3), "audio/mpeg")
    assert call.clock == pytest.approx(3, abs=0.1)
    assert (toy.last.path, toy.forged) == ("/audio/a.mp3", 0)
    assert call.warnings == ()


@pytest.mark.parametrize("data", [wav(3), riff(7, 8, 3), piped(riff(7, 8, 3)), piped(wav(3))])
def test_a_wav_lasts_as_long_as_the_line_says(toy, hear, tmp_path, data):
    """Also mu-law without a chunk that says how many samples there are, and what was written into a pipe."""
    toy.answers["/audio/a.wav"] = Response(data, content_type="audio/wav")
    call = hear("<Play>/audio/a.wav</Play>", LISTEN)
    file = tmp_path / "en" / "audio" / "apples-1.wav"
    file.parent.mkdir(parents=True)
    file.write_bytes(data)
    (audio,) = audio_in([file], tmp_path)["en"]
    assert audio.seconds == pytest.approx(3, abs=0.02)
    assert call.clock == pytest.approx(audio.seconds, abs=0.02)
    assert call.warnings == ()


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (Response(status=404), "11200"),
        (Response("words", content_type="text/html"), "12300"),
        (Response(b"no sound", content_type="audio/mpeg"), "13420"),
    ],
)
def test_a_recording_that_cannot_be_played_is_logged_and_the_call_goes_on(toy, hear, answer, code):
    toy.answers["/audio/a.mp3"] = answer
    call = hear("<Play>/audio/a.mp3</Play>", LISTEN)
    assert call.listening is not None
    assert call.heard == (Sound("/audio/a.mp3", interruptible=False),)
    assert [warning[:5] for warning in call.warnings] == [code]


def test_only_what_is_inside_gather_can_be_interrupted(hear):
    call = hear(say("One."), f"<Pause/><Gather>{say('Two.')}<Play>a.mp3</Play></Gather>")
    assert [item.interruptible for item in call.heard] == [False, False, True, True]


def test_a_gather_for_speech_alone_cannot_be_interrupted_by_keys(hear):
    call = hear(f'<Gather input="speech">{say("Say yes.")}</Gather>')
    call.press("1")
    assert call.listening is not None
    assert "lost" in call.warnings[0]
    assert not call.heard[0].interruptible


def test_a_repeated_say_is_heard_as_often(hear):
    assert hear(f'<Say {VOICE} loop="3">Ho.</Say>', LISTEN).said == "Ho. Ho. Ho."


@pytest.mark.parametrize(
    ("gather", "keys", "digits", "finished_on"),
    [
        ('numDigits="1" finishOnKey=""', "4", "4", ""),
        ('numDigits="1" finishOnKey=""', "#", "#", ""),
        ('numDigits="1" finishOnKey=""', "*", "*", ""),
        ('numDigits="1" finishOnKey=""', "123", "1", ""),
        ('numDigits="1"', "4#", "4", ""),
        ('numDigits="2"', "4#5", "4", "#"),
        ("", "123", "123", ""),
        ("", "123#4", "123", "#"),
        ('finishOnKey="*"', "1#*", "1#", "*"),
    ],
)
def test_keys_become_digits(hear, toy, gather, keys, digits, finished_on):
    toy.says("/voice/next", LISTEN)
    hear(f'<Gather action="/voice/next" {gather}/>').press(keys)
    sent = toy.last.fields
    assert (sent["Digits"], sent["FinishedOnKey"], sent["msg"]) == (digits, finished_on, "Gather End")


def test_the_finishing_key_alone_asks_for_nothing(hear, toy):
    call = hear('<Gather action="/voice/next"/>', say("Nothing came."), LISTEN)
    call.press("#")
    assert call.said == "Nothing came."
    assert len(toy.requests) == 1


def test_silence_falls_through_to_the_next_verb(hear, toy):
    call = hear(LISTEN, say("Still there?"), LISTEN)
    call.wait()
    assert call.said == "Still there?"
    assert call.listening.timeout == 10.0
    assert len(toy.requests) == 1


def test_silence_is_sent_where_the_line_asks_for_it(hear, toy):
    toy.says("/voice/next", LISTEN)
    call = hear('<Gather action="/voice/next" actionOnEmptyResult="true"/>', say("Not heard."))
    call.wait()
    assert toy.last.path == "/voice/next"
    assert toy.last.fields["Digits"] == ""
    assert call.said == ""


def test_silence_with_nothing_after_it_ends_the_call(hear):
    call = hear(LISTEN)
    call.wait()
    assert call.ended


def test_a_gather_without_action_asks_the_same_address_again(hear, toy):
    call = hear('<Gather numDigits="1"/>')
    call.press("1")
    assert [request.path for request in toy.requests] == ["/voice", "/voice"]


def test_gather_has_the_carrier_s_defaults(hear):
    listening = hear("<Gather/>").listening
    assert (listening.timeout, listening.num_digits, listening.finish_on_key) == (5.0, None, "#")
    assert listening.action is None
    assert not listening.action_on_empty_result


@pytest.mark.parametrize(
    ("target", "path"),
    [
        ("/voice/b?x=1", "/voice/b?x=1"),
        ("b", "/b"),
        ("./b/c", "/b/c"),
        ("?x=2", "/voice?x=2"),
        ("/b?", "/b?"),
    ],
)
def test_redirects_are_resolved_against_the_current_address(hear, toy, target, path):
    toy.says(path, say("There."), LISTEN)
    assert hear(f"<Redirect> {target} </Redirect>", say("Never.")).said == "There."


def test_a_redirect_continues_the_turn(hear, toy):
    toy.says("/b", say("Two."), LISTEN)
    call = hear(say("One."), "<Redirect>/b</Redirect>")
    assert call.said == "One. Two."
    assert toy.last.fields["CallStatus"] == "in-progress"


def test_an_absolute_address_of_the_line_is_followed(toy, handset):
    toy.says("/voice", f"<Redirect>{toy.url}/b</Redirect>")
    toy.says("/b", LISTEN)
    assert handset.call().listening


@pytest.mark.parametrize("verb", ["<Hangup/>", say("Bye."), "<Reject/>", ""])
def test_the_call_ends(hear, verb):
    call = hear(verb)
    assert call.ended
    assert call.listening is None
    with pytest.raises(NotNow):
        call.press("1")
    with pytest.raises(NotNow):
        call.wait()


@pytest.mark.parametrize(
    ("dial", "number"),
    [
        ("<Dial>+18005550100</Dial>", "+18005550100"),
        ("<Dial><Number>800-555-0100</Number></Dial>", "800-555-0100"),
    ],
)
def test_a_dial_connects_and_then_goes_on(hear, dial, number):
    call = hear(say("One moment."), dial, say("Back again."), LISTEN)
    assert (call.said, call.dialling, call.listening) == ("One moment.", number, None)
    call.dial_ends()
    assert (call.said, call.dialling) == ("Back again.", None)


@pytest.mark.parametrize(
    ("status", "sent"),
    [
        ("completed", {"DialCallDuration": "42", "DialBridged": "true"}),
        ("no-answer", {"DialBridged": "false"}),
        ("busy", {"DialBridged": "false"}),
        ("failed", {"DialBridged": "false"}),
    ],
)
def test_the_dial_s_action_learns_how_it_ended(hear, toy, status, sent):
    toy.says("/voice/after", LISTEN)
    call = hear('<Dial action="/voice/after">+18005550100</Dial>', say("Never."))
    call.dial_ends(status, seconds=42)
    fields = toy.last.fields
    assert (fields["DialCallStatus"], fields["CallStatus"]) == (status, "in-progress")
    assert {name: fields[name] for name in ("DialCallDuration", "DialBridged") if name in fields} == sent


def test_a_star_leaves_the_talk_only_where_the_line_allows_it(hear, toy):
    toy.says("/voice/after", LISTEN)
    bound = hear('<Dial action="/voice/after">+18005550100</Dial>')
    with pytest.raises(NotNow):
        bound.press("*")
    free = hear('<Dial action="/voice/after" hangupOnStar="true">+18005550100</Dial>')
    with pytest.raises(NotNow):
        free.press("1")
    free.press("*")
    assert toy.last.fields["DialCallStatus"] == "completed"


def test_nothing_can_end_a_dial_that_is_not_there(hear):
    with pytest.raises(NotNow):
        hear(LISTEN).dial_ends()
    with pytest.raises(ValueError, match="asleep"):
        hear("<Dial>+18005550100</Dial>").dial_ends("asleep")


@pytest.mark.parametrize("keys", ["", "x", "1 2", "²"])
def test_only_phone_keys_can_be_pressed(hear, keys):
    with pytest.raises(ValueError, match="no phone key"):
        hear(LISTEN).press(keys)


def test_the_line_learns_that_the_call_is_over(hear, toy):
    call = hear(f"<Gather>{say('one two three four five.')}</Gather>")
    call.hang_up()
    call.hang_up()
    (sent,) = toy.asked("/voice/status")
    assert (sent["CallStatus"], sent["CallSid"]) == ("completed", call.sid)
    assert (sent["CallDuration"], sent["Duration"], sent["SequenceNumber"]) == ("2", "1", "0")


def test_leaving_during_a_talk_still_tells_the_dial_s_action(hear, toy):
    hear('<Dial action="/voice/after">+18005550100</Dial>').hang_up()
    (sent,) = toy.asked("/voice/after")
    assert (sent["CallStatus"], sent["DialCallStatus"]) == ("completed", "completed")
    assert toy.asked("/voice/status")


def test_status_callbacks_can_be_off(toy, handset):
    toy.says("/voice", "<Hangup/>")
    replace(handset, status_callbacks=False).call()
    assert not toy.asked("/voice/status")


def test_a_rejected_call_was_never_answered(hear, toy):
    hear('<Reject reason="busy"/>')
    assert toy.last.fields["CallStatus"] == "busy"
    assert toy.last.fields["CallDuration"] == "0"


def test_fields_of_a_call_go_with_every_request(toy, handset):
    toy.says("/voice", LISTEN)
    toy.says("/voice/next", LISTEN)
    call = handset.call(From="anonymous", CallerState="Köln", FromZip=None, Digits="9")
    call.press("1", AnsweredBy="human")
    first, second = (request.fields for request in toy.requests)
    assert [first["From"], first["Caller"], first["CallerState"]] == ["anonymous", "anonymous", "Köln"]
    assert "FromZip" not in first
    assert "FromZip" not in second
    assert (first["CallStatus"], second["CallStatus"]) == ("ringing", "in-progress")
    assert (second["CallerState"], second["Digits"], second["AnsweredBy"]) == ("Köln", "1", "human")


def test_the_last_request_can_come_twice(hear, toy):
    toy.says("/voice/next", say("Here."), LISTEN)
    call = hear(LISTEN)
    call.press("1")
    assert call.send_again() == call.document
    assert toy.requests[-1].fields == toy.requests[-2].fields
    assert len(toy.requests) == 3


def test_history_holds_every_turn(hear, toy):
    toy.says("/voice/next", say("Two."), LISTEN)
    call = hear(say("One."), LISTEN)
    call.press("1")
    assert [[item.text for item in turn if isinstance(item, Speech)] for turn in call.history] == [
        ["One."],
        ["Two."],
    ]


def test_the_finishing_key_is_named_where_the_line_asks_for_silence_too(hear, toy):
    toy.says("/voice/next", LISTEN)
    hear('<Gather action="/voice/next" actionOnEmptyResult="true"/>').press("#")
    assert (toy.last.fields["Digits"], toy.last.fields["FinishedOnKey"]) == ("", "#")
