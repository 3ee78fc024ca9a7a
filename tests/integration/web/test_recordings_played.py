"""Recorded segments on the running line: played in a call, handed out to all, kept by whoever stands between."""

import shutil
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from posting import post
from sounds import mp3, wav

from ivr.audit.access.walk import turn_of
from ivr.desk.running.local import free_port, serving
from ivr.library.load import content_of
from ivr.model import Pace, Position
from ivr.phone.handset import Handset, Sound, Speech
from ivr.settings import CONTENT, DEFAULT_HELPLINE

SPOKEN = {"goals-1.mp3": mp3(4), "goals-1.slow.wav": wav(6)}


@pytest.fixture(scope="module")
def recorded_env(line_env, tmp_path_factory):
    """The real content with two recordings of one segment."""
    folder = tmp_path_factory.mktemp("recorded") / "content"
    shutil.copytree(CONTENT, folder)
    (folder / "en" / "audio").mkdir()
    for name, data in SPOKEN.items():
        (folder / "en" / "audio" / name).write_bytes(data)
    return {**line_env, "CONTENT_DIR": str(folder)}


@pytest.fixture(scope="module")
def recorded_line(recorded_env):
    with serving(recorded_env, free_port()) as line:
        yield line


def at_goals(call):
    call.press("1")
    call.press("1")
    return call


@pytest.fixture
def recorded_call(recorded_line, recorded_env, fresh_number):
    call = Handset(recorded_line, recorded_env["TWILIO_AUTH_TOKEN"], fresh_number()).call()
    return at_goals(call)


def ask(line, path, method="GET", **headers):
    connection = HTTPConnection(urlsplit(line).netloc, timeout=10)
    try:
        connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        connection.close()


def sounds(call):
    return [item for item in call.heard if isinstance(item, Sound)]


def test_a_recording_is_played_between_what_the_voice_says(recorded_call, content):
    (sound,) = sounds(recorded_call)
    assert sound.data == SPOKEN["goals-1.mp3"]
    assert sound.seconds == pytest.approx(4, abs=0.1)
    assert sound.interruptible
    assert content.libraries["en"].topics["goals"].segments[0].voice not in recorded_call.said
    assert content.libraries["en"].topics["goals"].title in recorded_call.said
    assert isinstance(recorded_call.heard[-2], Speech)
    assert recorded_call.warnings == ()


def test_the_ruler_hears_what_is_recorded(recorded_line, recorded_env, fresh_number):
    token, words = recorded_env["TWILIO_AUTH_TOKEN"], "This is what is said."
    handset = Handset(recorded_line, token, fresh_number(), transcripts={f"/{name_of(recorded_env)}": words})
    turn = turn_of(at_goals(handset.call()), None, "1")
    assert f" {words} " in turn.said
    (moment,) = [moment for moment in turn.moments if isinstance(moment.item, Sound)]
    assert moment.end - moment.begin == pytest.approx(4, abs=0.1)


def name_of(env):
    library = content_of(Path(env["CONTENT_DIR"]), DEFAULT_HELPLINE).libraries["en"]
    return library.recordings[Position("goals", 1), Pace.NORMAL].name


def test_the_pace_key_goes_from_the_recording_to_the_slow_one_to_the_voice_and_back(recorded_call, content):
    voice = content.libraries["en"].topics["goals"].segments[0].voice
    recorded_call.press("7")
    (slow,) = sounds(recorded_call)
    assert (slow.data, slow.content_type) == (SPOKEN["goals-1.slow.wav"], "audio/wav")
    for rate in (0.6, 1.25):
        recorded_call.press("7")
        assert sounds(recorded_call) == []
        assert voice in recorded_call.said
        assert {item.rate for item in recorded_call.heard if isinstance(item, Speech)} == {rate}
    recorded_call.press("7")
    assert [sound.data for sound in sounds(recorded_call)] == [SPOKEN["goals-1.mp3"]]


def test_anyone_may_fetch_it_and_keep_it_for_good(recorded_call, recorded_line):
    (sound,) = sounds(recorded_call)
    status, headers, body = ask(recorded_line, sound.url)
    assert (status, body) == (200, SPOKEN["goals-1.mp3"])
    assert headers["Content-Type"] == "audio/mpeg"
    assert headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert ask(recorded_line, sound.url, "HEAD")[::2] == (200, b"")
    assert ask(recorded_line, sound.url, If_None_Match=headers["ETag"])[0] == 304
    status, headers, body = ask(recorded_line, sound.url, Range="bytes=100-199")
    assert (status, body) == (206, SPOKEN["goals-1.mp3"][100:200])


def test_a_version_that_is_gone_is_answered_with_the_new_one_and_not_kept(recorded_line):
    status, headers, body = ask(recorded_line, "/audio/en/goals-1.0123456789ab.mp3")
    assert (status, body) == (200, SPOKEN["goals-1.mp3"])
    assert headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "path",
    [
        "/audio",
        "/audio/",
        "/audio/en/goals-2.0123456789ab.mp3",
        "/audio/en/../topics/goals.md",
        "/audio/../content/en/topics/goals.md",
        "/audio/%2e%2e/%2e%2e/facts.md",
        "/audio/en/..%2ftopics%2fgoals.md",
        "/audio//etc/passwd",
        "/audio/en/goals-1.mp3%00",
        "/audio/caf%C3%A9",
    ],
)
def test_nothing_else_is_handed_out(recorded_line, path):
    status, _, body = ask(recorded_line, path)
    assert status in (403, 404)
    assert b"title:" not in body


def test_nothing_may_be_posted_there(recorded_call, recorded_line):
    (sound,) = sounds(recorded_call)
    assert post(recorded_line, sound.url).status == 403


def test_behind_a_proxy_the_address_begins_where_the_line_does(recorded_env, fresh_number):
    public = "https://line.example.org/bone"
    with serving({**recorded_env, "PUBLIC_URL": public}, free_port()) as line:
        call = Handset(line, recorded_env["TWILIO_AUTH_TOKEN"], fresh_number(), public_url=public).call()
        (sound,) = sounds(at_goals(call))
        assert sound.url.startswith("/bone/audio/en/goals-1.")
        assert sound.data == SPOKEN["goals-1.mp3"]
