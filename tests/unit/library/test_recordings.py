"""Recorded segments: what the check says of them, and when they are played."""

import pytest
from small_content import edits, loaded, problems_after, small_content, swap, write
from sounds import mp3, piped, riff, wav

from ivr.dialogue.say import say
from ivr.library.lint import check
from ivr.model import Pace, Position, Prompt, State

ALL = ("apples-1.mp3", "apples-2.mp3", "cherries-1.mp3")
APPLES = Position("apples", 1)


def record(name, data):
    return write(f"en/audio/{name}", data)


def recorded(*names):
    return edits(*(record(name, mp3(2, name.encode())) for name in names or ALL))


@pytest.fixture
def root(tmp_path):
    return small_content(tmp_path)


@pytest.mark.parametrize(
    ("data", "seconds"),
    [
        (mp3(29), 29),
        (mp3(3, b"a title"), 3),
        (wav(3), 3),
        (wav(3, rate=44100), 3),
        (riff(7, 8, 3), 3),
        (riff(1, 16, 3), 3),
        (riff(0xFFFE, 16, 3, more=bytes(8) + b"\x01\x00" + bytes(14)), 3),
        (riff(0xFFFE, 8, 3, more=bytes(8) + b"\x07\x00" + bytes(14)), 3),
        (piped(riff(7, 8, 3)), 3),
        (piped(wav(3)), 3),
    ],
    ids=[
        *("mp3", "mp3 with tags", "wav", "wav of 44 kHz", "mu-law", "wav with an odd chunk", "extensible wav"),
        *("extensible mu-law", "mu-law from a pipe", "wav from a pipe"),
    ],
)
def test_what_carriers_play_is_no_problem(root, data, seconds):
    recorded("apples-2.mp3", "cherries-1.mp3")(root)
    kind = "wav" if data.startswith(b"RIFF") else "mp3"
    assert problems_after(root, record(f"apples-1.{kind}", data)) == []
    found = loaded(root).libraries["en"].recordings[APPLES, Pace.NORMAL]
    assert found.seconds == pytest.approx(seconds, abs=0.1)


@pytest.mark.parametrize(
    ("name", "data", "code", "remedy"),
    [
        ("apples-1.mp3", mp3(31), "E1", "record this shorter: it takes 31 s, 30 s at most"),
        ("cherries-1.mp3", mp3(56), "E1", "record this shorter: it takes 56 s, 55 s at most"),
        ("cherries-1.mp3", mp3(54), None, ""),
        ("apples-1.slow.mp3", mp3(44), None, ""),
        ("apples-1.slow.mp3", mp3(46), "E1", "record this shorter: it takes 46 s, 45 s at most"),
        ("apples-1.fast.mp3", mp3(31), "E1", "record this shorter"),
        ("apples-1.mp3", b"", "audio", "save this again as MP3, or as WAV"),
        ("apples-1.mp3", b"no sound at all" * 99, "audio", "save this again"),
        ("apples-1.mp3", wav(2), "audio", "save this again"),
        ("apples-1.wav", mp3(2), "audio", "save this again"),
        ("apples-1.wav", wav(2, bits=24), "audio", "save this again"),
        ("apples-1.wav", riff(3, 32, 2), "audio", "save this again"),
        ("apples-1.wav", wav(2)[:30], "audio", "save this again"),
        ("apples-1.wav", b"RIFF\xff\xff\xff\xffWAVE", "audio", "save this again"),
        ("apples-1.mp3", b"fLaC" + bytes(99), "audio", "save this again"),
        ("apples-3.mp3", mp3(2), "audio", "rename this file after its topic and part"),
        ("apples.mp3", mp3(2), "audio", "rename this file"),
        ("bananas-1.mp3", mp3(2), "audio", "rename this file"),
        ("Apples-1.mp3", mp3(2), "audio", "rename this file"),
        ("apples-1.MP3", mp3(2), "audio", "rename this file"),
        ("apples-1.ogg", b"OggS", "audio", "rename this file"),
        ("apples-01.mp3", mp3(2), "audio", "rename this file"),
        ("old/apples-1.mp3", mp3(2), "audio", "rename this file"),
        ("apples-1.normal.mp3", mp3(2), "audio", "rename this file"),
        ("plums-1.mp3", mp3(2), "audio", "remove this file"),
    ],
)
def test_what_is_wrong_with_a_recording(root, name, data, code, remedy):
    recorded(*(other for other in ALL if other.removesuffix(".mp3") != name.rpartition(".")[0]))(root)
    found = problems_after(root, record(name, data))
    if code is None:
        assert found == []
        return
    (problem,) = [problem for problem in found if not problem.warning]
    assert (problem.path, problem.line, problem.code) == (f"content/en/audio/{name}", 1, code)
    assert problem.remedy.startswith(remedy)


def test_a_segment_is_recorded_once(root):
    recorded()(root)
    (problem,) = problems_after(root, record("apples-1.wav", wav(2)))
    assert problem.path == "content/en/audio/apples-1.wav"
    assert "`apples-1.mp3`" in problem.remedy


def test_what_is_missing_is_a_warning_once_anything_is_recorded(root):
    found = problems_after(root, recorded("apples-2.mp3"))
    assert [(problem.path, problem.warning) for problem in found] == [
        ("content/en/audio/apples-1.mp3", True),
        ("content/en/audio/cherries-1.mp3", True),
    ]
    assert problems_after(root, recorded("apples-1.mp3", "cherries-1.mp3")) == []


def test_a_slow_recording_alone_leaves_the_normal_one_missing(root):
    recorded("apples-2.mp3", "cherries-1.mp3")(root)
    (before,) = [problem for problem in check(loaded(root)) if problem.code == "audio"]
    assert problems_after(root, recorded("apples-1.slow.mp3")) == []
    assert before in check(loaded(root))


def heard(root, state):
    return say(loaded(root).libraries, state).spoken


def test_a_recording_takes_the_place_of_the_words_alone(root):
    state = State("en", APPLES)
    before = heard(root, state)
    recorded()(root)
    after = heard(root, state)
    (played,) = [line for line in after if line.recording]
    start = after.index(played)
    assert played.words == "Apples are red. I like apples."
    assert [*after[:start], *after[start + 1 :]] == [line for line in before if line.words not in played.words]
    assert played.pause == before[start + 1].pause


@pytest.mark.parametrize("pace", [Pace.SLOW, Pace.FAST])
def test_at_another_pace_the_voice_speaks_unless_that_pace_is_recorded_too(root, pace):
    state = State("en", APPLES, pace=pace)
    before = heard(root, state)
    recorded()(root)
    assert heard(root, state) == before
    record(f"apples-1.{pace}.mp3", mp3(2))(root)
    (played,) = [line.recording for line in heard(root, state) if line.recording]
    assert played.startswith(f"en/apples-1.{pace}.")


def test_what_the_silent_hear_plays_recordings_and_dictation_never_does(root):
    recorded()(root)
    tour = [line for part in (1, 2) for line in heard(root, State("en", Position("apples", part), touring=True))]
    assert [line.recording.split(".")[0] for line in tour if line.recording] == ["en/apples-1", "en/apples-2"]
    assert not any(line.recording for line in heard(root, State("en", APPLES, prompt=Prompt.DICTATED)))


def test_a_name_changes_with_the_sound_and_with_it_the_content_version(root):
    recorded()(root)
    first = loaded(root)
    record("apples-1.mp3", mp3(2, b"once more"))(root)
    second = loaded(root)
    names = [found.libraries["en"].recordings[APPLES, Pace.NORMAL].name for found in (first, second)]
    assert names[0] != names[1]
    assert first.version != second.version


def test_changed_words_do_not_hide_a_recording(root):
    """Only people can tell: `script --since` says so to them."""
    recorded()(root)
    swap("en/topics/apples.md", "Apples are red. I like apples.", "Apples are green. I like apples.")(root)
    assert [line.words for line in heard(root, State("en", APPLES)) if line.recording] == [
        "Apples are green. I like apples."
    ]
