"""A rehearsal, played for real; and each of its acts with something broken, which it has to find."""

import os
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest
from command_lines import ivr, ivr_process

from ivr.desk.cli import rehearsing
from ivr.desk.rehearsing import ACTS, acts, rehearse
from ivr.desk.rehearsing.stage import Stage, set_up
from ivr.library.load import content_of
from ivr.phone.pretend_carrier import PretendCarrier
from ivr.phone.pretend_number import PretendNumber
from ivr.settings import content_from_env

ANOTHER = "+18005550111"


@pytest.fixture(scope="module")
def env(tmp_path_factory):
    """Of an operator with a small line, whose settings name things that are real, and out of reach."""
    folder = tmp_path_factory.mktemp("operator")
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR", "ENV_FILE") if name in os.environ}
    real = {"REDIS_URL": "redis://127.0.0.1:1", "CALLER_SECRET": "the operator's own secret"}
    small = {"CONTENT_DIR": str(folder / "content"), "DATA_DIR": str(folder / "data")}
    assert ivr(kept, "new", "line", small["CONTENT_DIR"], "--language", "es", "--language", "en").returncode == 0
    return {**kept, **small, **real, "PUBLIC_URL": "https://line.example.org"}


def test_a_rehearsal_passes_and_touches_nothing_real(env):
    done = ivr_process(env, "rehearse", seconds=300)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    played, _, rest = done.stdout.partition("\n\n")
    assert [line.split(":")[0].split(maxsplit=1) for line in played.splitlines()] == [["OK", name] for name in ACTS]
    assert "Only the real carrier can show" in rest
    assert rest.endswith(f"{len(ACTS)} of {len(ACTS)} passed.\n")
    assert not Path(env["DATA_DIR"]).exists()


@pytest.fixture(scope="module")
def played(env):
    """A line that is up and connected."""
    with set_up(env, content_of(*content_from_env(env))) as stage:
        (first,) = rehearse(stage, {"connect": ACTS["connect"]})
        assert first.level == "OK", first
        yield stage


@pytest.fixture
def stage(played, monkeypatch):
    """Nothing is stopped or started any more: what is broken here is mended after each test."""
    monkeypatch.setattr(Stage, "up", lambda _stage, **_changed: None)
    monkeypatch.setattr(Stage, "down", lambda _stage: None)
    monkeypatch.setattr(played, "env", dict(played.env))
    monkeypatch.setattr(played.carrier, "token", played.carrier.token)
    number = played.carrier.numbers[0]
    monkeypatch.setattr(number, "settings", dict(number.settings))
    return played


def swallow_texts(_stage, patch):
    patch.setattr(PretendCarrier, "_keep", lambda *_: None)


def keep_no_settings(stage, patch):
    patch.setattr(PretendNumber, "set", lambda *_: None)
    stage.carrier.numbers[0].settings["voice_url"] = ""


def lead_texts_away(stage, _patch):
    stage.carrier.numbers[0].settings["sms_url"] = f"{stage.address}/nowhere"


def let_strangers_in(stage, patch):
    patch.setattr(acts, "STRANGER", stage.carrier.token)


def set_after_start(**changed):
    return lambda stage, _patch: stage.env.update(changed)


def begin_in_the_other_language(stage, patch):
    (other,) = [one for one in stage.content.libraries.values() if one is not stage.library]
    patch.setattr(Stage, "library", property(lambda _stage: other))


def nothing(_stage, _patch):
    pass


BROKEN = [
    ("connect", keep_no_settings, "did not keep VoiceUrl"),
    ("signed calls", let_strangers_in, "a stranger signed was answered"),
    ("signed texts", let_strangers_in, "a stranger signed was answered"),
    ("signed texts", lead_texts_away, "answered 404"),
    ("a person", set_after_start(HELPLINE_NUMBER=ANOTHER), "key 0 dialled"),
    ("the other language", begin_in_the_other_language, "key 6 did not lead to the other language"),
    ("speech", set_after_start(SPEECH="on"), "spoken, did not lead"),
    ("WhatsApp", lead_texts_away, "answered 404"),
    ("key 9", swallow_texts, "no text was sent"),
    ("key 9, where it cannot arrive", swallow_texts, "what became of the text (lost)"),
    ("CALL", swallow_texts, "nobody was called"),
    ("STOP and START", set_after_start(KEYWORDS_ANSWERED_BY="line"), "STOP was not answered"),
    ("STOP and START", swallow_texts, "no text went out after START"),
    ("the line is down", nothing, "the fallback was not heard"),
    ("the token is changed", nothing, "answered 403"),
]
"""The last two: the line was not stopped, and does not know the new token."""


@pytest.mark.parametrize(("act", "broken", "seen"), BROKEN, ids=lambda one: getattr(one, "__name__", str(one)))
def test_what_is_broken_is_found(stage, monkeypatch, act, broken, seen):
    broken(stage, monkeypatch)
    (finding,) = rehearse(stage, {act: ACTS[act]})
    assert finding.level == "FAIL"
    assert seen in finding.seen


def test_it_goes_on_after_a_failure_and_exits_with_1(env, stage, monkeypatch):
    for name in ("the line is down", "the token is changed"):
        monkeypatch.delitem(ACTS, name)
    monkeypatch.setattr(rehearsing, "set_up", contextmanager(lambda *_: iter([stage])))
    lead_texts_away(stage, monkeypatch)
    monkeypatch.setattr(PretendNumber, "set", lambda *_: None)
    done = ivr(env, "rehearse")
    assert done.returncode == 1
    levels = [line.split()[0] for line in done.stdout.splitlines()[: len(ACTS)]]
    assert levels.count("FAIL") >= 2
    assert "OK" in levels[levels.index("FAIL") :]
    assert "; failed: connect, signed texts" in done.stdout


def test_content_that_cannot_be_said_is_not_rehearsed(env, tmp_path):
    done = ivr({**env, "CONTENT_DIR": str(tmp_path)}, "rehearse")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "OK" not in done.stdout


def test_where_nothing_can_be_written_it_says_so(env, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", "/nowhere/at/all")
    done = ivr(env, "rehearse")
    assert done.returncode == 1
    assert "TMPDIR" in done.stderr
    assert len(done.stderr.splitlines()) == 1
