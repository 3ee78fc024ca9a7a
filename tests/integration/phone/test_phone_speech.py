"""Speech, pace and time: how long a caller hears what."""

import pytest

from ivr.phone.handset import KeyPress, Silence, Speech, Talk, Wait

VOICE = 'voice="Polly.Joanna-Neural" language="en-US"'


def heard(hear, inside: str):
    return hear(f"<Say {VOICE}>{inside}</Say>", "<Gather/>").heard


def seconds(hear, inside: str) -> float:
    return sum(item.seconds for item in heard(hear, inside))


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ("one two three four five.", 5 * 0.4 + 0.35),
        ("one two. three? four!", 4 * 0.4 + 3 * 0.35),
        ("about 3.5 hours", 3 * 0.4),
        ("one - two.", 2 * 0.4 + 0.35),
        ('<prosody rate="80%">one two.</prosody>', 2 * 0.4 / 0.8 + 0.35),
        ('<prosody rate="500%">one two.</prosody>', 2 * 0.4 / 2 + 0.35),
        ('<prosody rate="10%">one</prosody>', 0.4 / 0.2),
        ('<prosody rate="50%"><prosody rate="80%">one</prosody></prosody>', 0.4 / 0.5 / 0.8),
        ('<prosody rate="slow">one</prosody>', 0.4 / 0.75),
        ('one <break time="500ms"/> two.', 0.4 + 0.5 + 0.4 + 0.35),
        ('one <break time="1.5s"/> two.', 0.4 + 1.5 + 0.4 + 0.35),
        ('<say-as interpret-as="telephone">800 555</say-as>', 6 * 0.4),
        ('<sub alias="milligrams each day">mg/d</sub>', 3 * 0.4),
    ],
)
def test_speech_takes_its_time(hear, inside, expected):
    assert seconds(hear, inside) == pytest.approx(expected)


def test_a_break_parts_two_stretches(hear):
    first, quiet, second = heard(hear, 'For pain, <break time="700ms"/> press 1.')
    assert (first.text, second.text, quiet) == ("For pain,", "press 1.", Silence(0.7))


def test_pace_and_language_are_those_in_force(hear):
    english, spanish, end = heard(
        hear, '<prosody rate="85%">Stop. <lang xml:lang="es-US">Para español.</lang></prosody> End.'
    )
    assert (english.text, english.language, english.rate) == ("Stop.", "en-US", 0.85)
    assert (spanish.text, spanish.language, spanish.rate) == ("Para español.", "es-US", 0.85)
    assert (end.text, end.rate) == ("End.", 1.0)


def test_markup_inside_a_stretch_does_not_part_it(hear):
    (speech,) = heard(hear, '<p><s>Call  <say-as interpret-as="digits">12</say-as>,\n now.</s></p>')
    assert speech.text == "Call 12, now."


def gathered(inside: str) -> str:
    return f'<Gather action="/voice/next" timeout="10" numDigits="1"><Say {VOICE}>{inside}</Say></Gather>'


def test_the_timeline_runs_from_speech_to_speech(hear, toy):
    toy.says("/voice/next", gathered("three."))
    call = hear(gathered("one two."))
    call.press("1")
    moments = [(round(m.begin, 2), round(m.end, 2), type(m.item)) for m in call.timeline]
    assert moments == [(0, 1.15, Speech), (1.15, 1.15, KeyPress), (1.15, 1.9, Speech)]
    assert call.clock == pytest.approx(1.9)


def test_a_key_cuts_speech_short(hear, toy):
    toy.says("/voice/next", gathered("three."))
    call = hear(gathered('one two. <break time="5s"/> never heard.'))
    call.press("1", after=0.5)
    cut, key, after = call.timeline
    assert (cut.begin, cut.end, key.begin, after.begin) == (0.0, 0.5, 0.5, 0.5)
    assert call.clock == pytest.approx(0.5 + 0.75)


def test_a_key_during_speech_outside_a_gather_is_lost(hear, toy):
    call = hear(f"<Say {VOICE}>one two three.</Say>", gathered("four."))
    call.press("1", after=0.5)
    assert len(toy.requests) == 1
    assert "lost" in call.warnings[0]
    assert call.listening


def test_a_late_key_is_waited_for(hear, toy):
    toy.says("/voice/next", gathered("three."))
    call = hear(gathered("one."))
    call.press("1", after=4.75)
    assert [moment.item for moment in call.timeline][1] == Wait(4.0)


def test_silence_and_talk_take_their_time(hear):
    call = hear(gathered("one."), "<Dial timeout='20'>+18005550100</Dial>", "<Dial>+18005550100</Dial>")
    call.wait()
    assert call.timeline[-1].item == Wait(10.0)
    call.dial_ends("no-answer")
    assert call.timeline[-1].item == Talk("+18005550100", 20.0)
    call.dial_ends("completed", seconds=100)
    assert call.clock == pytest.approx(0.75 + 10 + 20 + 100)


def test_unfinished_keys_wait_for_more(hear, toy):
    toy.says("/voice/next", "<Gather/>")
    call = hear('<Gather action="/voice/next" timeout="7"/>')
    call.press("12")
    assert call.clock == 7.0


def test_a_say_without_voice_or_language_is_noted(hear):
    assert len(hear("<Say>Hi.</Say>", "<Gather/>").warnings) == 1
    assert not hear(f"<Say {VOICE}>Hi.</Say>", "<Gather/>").warnings


def test_a_lang_that_names_none_changes_nothing(hear):
    (speech,) = heard(hear, "one <lang>two</lang>")
    assert speech.language == "en-US"


def test_seconds_into_a_turn_count_from_its_own_begin(hear, toy):
    toy.says("/voice/next", gathered("three four."))
    call = hear(gathered("one two."))
    call.press("1")
    call.press("1", after=0.25)
    assert [moment.begin for moment in call.timeline if moment.item == KeyPress("1")] == [1.15, 1.4]


def test_a_dial_rings_thirty_seconds_unless_told_otherwise(hear):
    call = hear("<Dial>+18005550100</Dial>")
    call.dial_ends("no-answer")
    assert call.clock == 30.0
