"""`connect` leads a number to the line and back."""

import json
import re
import stat
from dataclasses import replace
from pathlib import Path

import pytest
from api.mock import ACCOUNT, LINE_NUMBER
from api.numbers import before
from api.scripted import answering

from ivr.carrier.account import CarrierRefuses
from ivr.carrier.twilio.account import Account
from ivr.desk.connect.table import NOTHING
from ivr.desk.running.local import free_port

ELSEWHERE = "https://files.example.net/fallback"
CONNECTED = {
    "voice_url": "https://line.example.org/voice#rc=2&rp=5xx,ct,rt&rt=7000",
    "voice_method": "POST",
    "status_callback": "https://line.example.org/voice/status",
    "status_callback_method": "POST",
    "sms_url": "https://line.example.org/sms#rc=2&rp=5xx,ct,rt&rt=7000",
    "sms_method": "POST",
}
FALLING_BACK = {
    "voice_fallback_url": f"{ELSEWHERE}/voice-en.xml",
    "voice_fallback_method": "GET",
    "sms_fallback_url": f"{ELSEWHERE}/sms-en.xml",
    "sms_fallback_method": "GET",
}


def records(env) -> list[Path]:
    return list(Path(env["DATA_DIR"]).rglob("*.json"))


def same(told, expected) -> bool:
    """The carrier does not tell nothing from empty."""
    return {name: value or "" for name, value in told.items()} == {
        name: value or "" for name, value in expected.items()
    }


def test_a_number_leads_to_the_line(ivr, numbers):
    done = ivr("connect", LINE_NUMBER)
    assert done.exit_code == 0, done.output
    assert numbers.settings == {**before(), **CONNECTED}
    assert (
        "VoiceUrl: https://demo.example.com/welcome/voice/ -> https://line.example.org/voice#rc=2&rp=5xx,ct,rt&rt=7000"
        in (done.output.splitlines())
    )
    assert (
        done.output.splitlines()[-1]
        == f"{LINE_NUMBER} leads to the line. To see whether the line answers, run `python -m ivr doctor`."
    )


def test_the_fallback_is_set_where_it_is_hosted(ivr, numbers):
    assert ivr("connect", LINE_NUMBER, FALLBACK_URL=f"{ELSEWHERE}/").exit_code == 0
    assert numbers.settings == {**before(), **CONNECTED, **FALLING_BACK}


def test_a_fallback_that_is_not_the_line_s_stays(ivr, numbers):
    numbers.settings["voice_fallback_url"] = "https://old.example.org/sorry"
    ivr("connect", LINE_NUMBER)
    assert numbers.settings["voice_fallback_url"] == "https://old.example.org/sorry"


@pytest.mark.parametrize("name", ["voice_application_sid", "sms_application_sid", "trunk_sid"])
def test_what_outdoes_the_addresses_is_taken_away_and_comes_back(ivr, numbers, name):
    numbers.settings[name] = "AP1"
    ivr("connect", LINE_NUMBER)
    assert numbers.settings[name] == ""
    assert ivr("connect", LINE_NUMBER, "--undo").exit_code == 0
    assert numbers.settings[name] == "AP1"


def test_without_a_number_it_is_the_line_s_own(ivr, numbers):
    assert ivr("connect", LINE_NUMBER=LINE_NUMBER).exit_code == 0
    assert numbers.settings == {**before(), **CONNECTED}


def test_a_dry_run_shows_all_and_changes_nothing(ivr, numbers, launch_env):
    shown = ivr("connect", LINE_NUMBER, "--dry-run").output.splitlines()
    assert numbers.settings == before()
    assert not any(asked.startswith("POST") for asked in numbers.asked)
    assert not records(launch_env)
    assert shown[:-1] == ivr("connect", LINE_NUMBER).output.splitlines()[: len(shown) - 1]


def test_twice_changes_nothing_more_and_still_comes_undone(ivr, numbers):
    ivr("connect", LINE_NUMBER)
    again = ivr("connect", LINE_NUMBER)
    assert sum(asked.startswith("POST") for asked in numbers.asked) == 1
    assert "->" not in again.output
    assert "is kept in" not in again.output
    ivr("connect", LINE_NUMBER, PUBLIC_URL="https://other.example.org", FALLBACK_URL=ELSEWHERE)
    assert ivr("connect", LINE_NUMBER, "--undo").exit_code == 0
    assert same(numbers.settings, before())


def test_undo_once_and_with_nothing_else_set(ivr, numbers, launch_env):
    ivr("connect", LINE_NUMBER)
    assert ivr("connect", LINE_NUMBER, "--undo", "--dry-run").exit_code == 0
    assert numbers.settings == {**before(), **CONNECTED}
    undone = ivr("connect", LINE_NUMBER, "--undo", PUBLIC_URL=None)
    assert undone.exit_code == 0, undone.output
    assert same(numbers.settings, before())
    assert not records(launch_env)
    nothing = ivr("connect", LINE_NUMBER, "--undo")
    assert nothing.exit_code == 1
    assert f"nothing to undo in {launch_env['DATA_DIR']}/connect" in nothing.output
    assert "by hand" in nothing.output


def test_where_a_disk_is_emptied_what_was_printed_sets_it_back(ivr, numbers, launch_env):
    done = ivr("connect", LINE_NUMBER, FALLBACK_URL=ELSEWHERE)
    (record,) = records(launch_env)
    assert f"The old settings are kept in {record}. Keep the lines above too" in done.output
    record.unlink()
    assert ivr("connect", LINE_NUMBER, "--undo").exit_code == 1
    for name, was in re.findall(r"(?m)^([A-Z]\w+): (\S+) -> ", done.output):
        key = re.sub(r"(?<!^)([A-Z])", r"_\1", name).lower()
        numbers.settings[key] = "" if was == NOTHING else was
    assert same(numbers.settings, before())


def test_the_way_back_is_private_and_kept_before_anything_is_set(ivr, numbers, launch_env):
    numbers.deaf = ("VoiceUrl",)
    done = ivr("connect", LINE_NUMBER)
    assert done.exit_code == 1
    assert "did not keep VoiceUrl" in done.output
    (record,) = records(launch_env)
    assert stat.S_IMODE(record.stat().st_mode) == 0o600
    assert json.loads(record.read_text())["before"]["VoiceUrl"] == before()["voice_url"]
    assert launch_env["TWILIO_AUTH_TOKEN"] not in record.read_text()


def test_a_way_back_that_cannot_be_read(ivr, launch_env):
    ivr("connect", LINE_NUMBER)
    records(launch_env)[0].write_text("[1]")
    done = ivr("connect", LINE_NUMBER, "--undo")
    assert done.exit_code == 1
    assert "cannot be read" in done.output


@pytest.mark.parametrize(
    ("own", "words", "status", "named"),
    [
        ({"TWILIO_AUTH_TOKEN": None}, (), 1, "TWILIO_AUTH_TOKEN"),
        ({"TWILIO_AUTH_TOKEN": "another"}, (), 1, "TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN"),
        ({"TWILIO_ACCOUNT_SID": None}, (), 1, "TWILIO_ACCOUNT_SID is not set"),
        ({"TWILIO_ACCOUNT_SID": "AC2"}, (), 1, "TWILIO_ACCOUNT_SID"),
        ({"TWILIO_API_URL": f"http://127.0.0.1:{free_port()}"}, (), 1, "cannot be reached"),
        ({"PUBLIC_URL": None}, (), 1, "PUBLIC_URL is not set"),
        ({"PUBLIC_URL": "http://line.example.org"}, (), 1, "PUBLIC_URL is not encrypted"),
        ({"FALLBACK_URL": "files"}, (), 1, "FALLBACK_URL is not a web address"),
        ({"DATA_DIR": "/dev/null"}, (), 1, "DATA_DIR is not a writable folder"),
        ({}, ("+12025550199",), 1, "is not a number of this account"),
        ({}, ("555",), 2, "like +18005550199"),
        ({}, ("",), 2, "like +18005550199"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(ivr, numbers, own, words, status, named):
    done = ivr("connect", *(words or (LINE_NUMBER,)), **own)
    assert done.exit_code == status
    assert named in done.output
    assert numbers.settings == before()
    assert "Traceback" not in done.output


@pytest.mark.parametrize(
    ("status", "body", "named"),
    [
        (200, "<html>", "a carrier's API: leave it unset"),
        (200, "[]", "a carrier's API: leave it unset"),
        (500, '{"code": 20500}', "code 20500"),
        (429, '{"code": 20429}', "code 20429"),
        (404, "{}", "answer 404"),
        (403, "", "TWILIO_AUTH_TOKEN"),
    ],
)
def test_an_api_that_answers_badly(ivr, status, body, named):
    with answering() as scripted:
        scripted.answers(status, body)
        done = ivr("connect", LINE_NUMBER, TWILIO_API_URL=scripted.address)
    assert done.exit_code == 1
    assert named in done.output


def test_a_number_that_only_looks_like_it_is_left_alone(numbers, line_env):
    account = Account(ACCOUNT, line_env["TWILIO_AUTH_TOKEN"], numbers.address)
    numbers.number = LINE_NUMBER + "1"
    with pytest.raises(CarrierRefuses, match="is not a number of this account"):
        account.number(LINE_NUMBER)
    assert line_env["TWILIO_AUTH_TOKEN"] not in repr(replace(account, sid="AC2"))


def test_at_another_s_mock_too(ivr, sent_mock, line_env):
    """It tells no fallback and no method of reports: that is said."""
    account = Account(ACCOUNT, line_env["TWILIO_AUTH_TOKEN"], sent_mock.address)
    at_first = account.number(LINE_NUMBER).settings
    done = ivr("connect", LINE_NUMBER, TWILIO_API_URL=sent_mock.address, FALLBACK_URL=ELSEWHERE)
    assert done.exit_code == 0, done.output
    settings = account.number(LINE_NUMBER).settings
    assert settings["VoiceUrl"] == CONNECTED["voice_url"]
    assert settings["StatusCallback"] == CONNECTED["status_callback"]
    assert "does not report whether it kept it: VoiceFallbackUrl" in done.output
    assert "This carrier does not report: VoiceFallbackUrl, " in done.output
    undone = ivr("connect", LINE_NUMBER, "--undo", TWILIO_API_URL=sent_mock.address)
    assert undone.exit_code == 0
    assert "This carrier does not report: VoiceFallbackUrl, " in undone.output
    assert account.number(LINE_NUMBER).settings == at_first
