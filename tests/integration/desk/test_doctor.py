"""`doctor` looks at everything that has to hold before launch, on a real line and at a carrier's API."""

import errno
import json
import re
import shutil
import socket
import ssl
import threading
import time
from datetime import UTC, date, datetime
from http.client import BadStatusLine, RemoteDisconnected
from pathlib import Path
from types import MappingProxyType

import pytest
import redis
import trustme
from api.files import TEXT, VOICE, hosting
from api.guarded import guarding
from api.mock import LINE_NUMBER
from api.scripted import answering, raw, silent
from click.testing import CliRunner
from faults.between import at_once, between
from faults.encrypted import context_of, encrypting
from faults.stores import Server, running
from settling import settle
from texts_lines import sending_line

from ivr.carrier.exchange import Exchange
from ivr.desk.cli.main import main
from ivr.desk.doctor import on_air
from ivr.desk.doctor.finding import Level, ok
from ivr.desk.doctor.launch import launch_of
from ivr.desk.doctor.looking import run_checks
from ivr.desk.documents.fallback import documents
from ivr.desk.running.local import HOST, free_port
from ivr.library.load import content_of
from ivr.library.signing import code_of_words
from ivr.memory.client import TIMEOUT
from ivr.memory.embedded import store_address
from ivr.phone.signing import CARRIERS
from ivr.settings import CONTENT

TODAY = date(2026, 11, 24)
TOLL_FREE = "+18005550199"
HELPLINE = "+18002272345"


def sheet(folder):
    """The code of the words of each file, as it is read from the sign-off sheet; what is listened for has a sheet of
    its own, at the workbench."""
    content = content_of(folder, HELPLINE)
    listening = {path: code_of_words(one) for path, one in content.documents.items() if "/listening/" in path}
    printed = CliRunner().invoke(main, ["script", "--plain"], env={"CONTENT_DIR": str(folder)})
    assert printed.exit_code == 0, printed.output
    found = re.findall(r"(?m)^- (\S+\.md)\n(?:  - (?!code|on ).*\n)*  - code of the words: (\w+)", printed.stdout)
    return {**dict(found), **listening}


def sign(folder):
    """Every header signed, as a clinician would."""
    codes, today = sheet(folder), datetime.now(UTC).date()
    for file in folder.glob("*/**/*.md"):
        code = codes.get(file.relative_to(folder.parent).as_posix())
        words = re.sub(r"(?m)^translator:$", "translator: B. Translator", file.read_text(encoding="utf-8"))
        date = "checked" if re.search(r"(?m)^reviewed:", words) else "reviewed"
        named = "reviewer: A. Nurse" + (f"\n{date}: {today}\nsigned: {code}" if code else "")
        words = re.sub(r"(?m)^reviewed:\s*$", f"reviewed: {today}", words)
        if not re.search(r"(?m)^reviewer:", words):
            words = words.replace("---\n", "---\nreviewer:\n", 1)
        file.write_text(re.sub(r"(?m)^reviewer:.*$", named, words), encoding="utf-8")


@pytest.fixture(scope="module")
def signed_content(tmp_path_factory):
    folder = tmp_path_factory.mktemp("signed") / "content"
    shutil.copytree(CONTENT, folder)
    sign(folder)
    return folder


@pytest.fixture(scope="module")
def launched(line_env, api, tmp_path_factory, signed_content):
    """A running line with signed content, and its settings."""
    data = tmp_path_factory.mktemp("launched")
    with sending_line(line_env, data, api.address, CONTENT_DIR=str(signed_content)) as line:
        yield {"PUBLIC_URL": line, "DATA_DIR": str(data), "CONTENT_DIR": str(signed_content)}


def hosted(folder):
    """What `fallback` writes of this content, as a host answers it."""
    written = documents(content_of(folder, HELPLINE).libraries, HELPLINE)
    return {f"GET /{name}": document for name, document in written.items()}


@pytest.fixture
def files(signed_content):
    with hosting() as host:
        host.texts = hosted(signed_content)
        yield host


@pytest.fixture
def launch_env(launch_env, launched, files):
    """All in order, as far as a machine without a network can have it."""
    return {
        **launch_env,
        **launched,
        "LINE_NUMBER": LINE_NUMBER,
        "HELPLINE_NUMBER": HELPLINE,
        "FALLBACK_URL": files.address,
    }


@pytest.fixture
def connected(ivr):
    def connect(**own):
        done = ivr("connect", **own)
        assert done.exit_code == 0, done.output

    return connect


@pytest.fixture
def seen(ivr):
    """What is found of one thing, by its name: level, what was seen, and the remedy."""

    def find(name, **own):
        told = json.loads(ivr("doctor", "--json", **own).stdout)
        (one,) = [one for one in told["findings"] if one["name"] == name]
        return one["level"], f"{one['seen']} {one['remedy']}"

    return find


def levels(done):
    return {one["name"]: one["level"] for one in json.loads(done.stdout)["findings"]}


# --- the whole -----------------------------------------------------------------------------------------------------


def test_a_line_in_order_is_ready(ivr, connected, launch_env):
    connected()
    done = ivr("doctor", "--json")
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert told["ready"] is True
    warned = {one["name"] for one in told["findings"] if one["level"] != "OK"}
    assert warned == {"store", "public address", "sender registration", "HELP", "operator"}
    assert all(bool(one["remedy"]) == (one["level"] != "OK") for one in told["findings"])
    assert launch_env["TWILIO_AUTH_TOKEN"] not in done.output


def test_its_call_is_no_callers(ivr, connected, launch_env):
    connected()
    assert ivr("doctor").exit_code == 0
    settle()
    with redis.Redis.from_url(store_address(Path(launch_env["DATA_DIR"])), decode_responses=True) as store:
        assert store.keys("count*") == []


def test_the_steps_of_the_readme_end_at_ready(ivr, files, sent_mock, tmp_path):
    """Signed words, a running line, and then: fallback, connect, doctor, at a mock of the API that others wrote."""
    api, folder = {"TWILIO_API_URL": sent_mock.address}, tmp_path / "fallback"
    assert ivr("fallback", "-o", str(folder), **api).exit_code == 0
    files.texts = {f"GET /{file.name}": file.read_text(encoding="utf-8") for file in folder.glob("*.xml")}
    for words in (("connect", LINE_NUMBER, "--dry-run"), ("connect", LINE_NUMBER)):
        done = ivr(*words, **api)
        assert done.exit_code == 0, done.output
    done = ivr("doctor", **api)
    assert done.exit_code == 0, done.output
    assert done.output.splitlines()[-1].startswith("Ready, if you have thought about: ")
    assert ivr("connect", LINE_NUMBER, "--undo", **api).exit_code == 0


def test_in_words_it_says_the_same(ivr, connected):
    connected()
    told = levels(ivr("doctor", "--json"))
    done = ivr("doctor")
    assert done.exit_code == 0
    lines = done.output.splitlines()
    assert [re.match(r"(OK|WARN|FAIL) +([^:]+):", line).groups() for line in lines[:-1] if line[0] != " "] == [
        (level, name) for name, level in told.items()
    ]
    assert sum(line.startswith("      -> ") for line in lines) == sum(level != "OK" for level in told.values())
    assert lines[-1].startswith("Ready, if you have thought about: store, ")


def test_one_failure_is_enough(ivr, connected):
    connected()
    done = ivr("doctor", HELPLINE_NUMBER=LINE_NUMBER)
    assert done.exit_code == 1
    assert done.output.splitlines()[-1] == "Not ready: helpline."


def test_with_no_settings_the_words_are_still_looked_at(ivr):
    done = ivr("doctor", "--json", TWILIO_AUTH_TOKEN=None, CONTENT_DIR=None)
    assert done.exit_code == 1
    told = levels(done)
    assert (told["settings"], told["content"], told["signatures"]) == ("FAIL", "OK", "FAIL")


def test_without_a_token_all_that_needs_none_is_looked_at(ivr):
    told = levels(ivr("doctor", "--json", TWILIO_AUTH_TOKEN=None))
    waiting = [name for name, level in told.items() if level == "SKIP"]
    assert waiting == ["number", "messaging service", "signed requests", "sender registration", "HELP"]
    assert (told["store"], told["public address"], told["fallback"]) == ("WARN", "WARN", "OK")
    lines = ivr("doctor", TWILIO_AUTH_TOKEN=None).output.splitlines()
    assert lines[0].startswith("FAIL  settings: TWILIO_AUTH_TOKEN is not set")
    for name in waiting:
        assert f"SKIP  {name}: not looked at, because TWILIO_AUTH_TOKEN is not set" in lines
    assert lines[-1] == f"Not ready: settings. Not looked at: {', '.join(waiting)}."


def test_each_check_that_waits_for_a_wrong_setting_has_a_line(ivr):
    own = {"LINE_NUMBER": "five"}
    waiting = [name for name, level in levels(ivr("doctor", "--json", **own)).items() if level == "SKIP"]
    lines = ivr("doctor", **own).output.splitlines()
    assert {"store", "number", "helpline", "fallback"} <= set(waiting)
    for name in waiting:
        assert f"SKIP  {name}: not looked at, because a setting is wrong" in lines


@pytest.mark.parametrize("token", [None, "my token"])
def test_every_wrong_setting_is_told_at_once(ivr, token):
    own = {"TWILIO_AUTH_TOKEN": token, "PORT": "eight", "REVIEW_MONTHS": "0", "SPEECH": "yes"}
    told = "\n".join(ivr("doctor", **own).output.splitlines()[:2])
    wrong = [name for name, value in own.items() if value is not None]
    assert all(told.count(f"{name} is ") == 1 for name in wrong), told


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (socket.gaierror(socket.EAI_AGAIN, "try again"), "perhaps this machine has no network"),
        (socket.gaierror(socket.EAI_NONAME, "unknown"), "nobody knows that name"),
        (OSError(errno.ENETUNREACH, "unreachable"), "perhaps this machine has no network"),
        (TimeoutError(), "no answer came in time"),
        (ConnectionRefusedError(), "nothing listens there"),
        (ConnectionResetError(), "broke off"),
        (RemoteDisconnected(), "broke off"),
        (ssl.SSLCertVerificationError(1, "certificate verify failed"), "its certificate is not to be trusted"),
        (ssl.SSLError(1, "wrong version number"), "does not encrypt"),
        (BadStatusLine("x"), "does not answer as a web server does"),
    ],
)
def test_what_stands_in_the_way_is_said_in_words(ivr, seen, monkeypatch, error, said):
    def fails(_exchange, _room=None):
        raise error

    monkeypatch.setattr(Exchange, "answer", fails)
    for name in ("number", "public address"):
        level, words = seen(name)
        assert level == "FAIL"
        assert said in words
        assert type(error).__name__ not in words
    refused = ivr("connect", LINE_NUMBER, "--dry-run")
    assert refused.exit_code == 1
    assert said in refused.output


def test_a_name_that_nobody_knows_is_said_in_words(ivr):
    """The real way there, whatever network this machine has: no such name exists."""
    done = ivr("doctor", PUBLIC_URL="https://line.invalid", TWILIO_API_URL="https://api.invalid")
    assert "gaierror" not in done.output
    assert "Errno" not in done.output
    assert done.output.count("no network") >= 2


@pytest.mark.parametrize(
    "address",
    [
        *(
            "http://localhost:8000",
            "https://localhost",
            "http://127.0.0.1:8000",
            "http://[::1]:8000",
            "http://0.0.0.0:8000",
        ),
        *(
            "https://192.168.1.4",
            "https://10.0.0.7:8443",
            "https://line",
            "https://line.local",
            "https://line.lan.",
            "https://127.1",
            "http://line.internal",
        ),
    ],
)
def test_an_address_where_no_carrier_can_call(ivr, seen, address):
    """But where the carrier's API is elsewhere than Twilio's, it may be a test on this machine."""
    real = {"PUBLIC_URL": address, "TWILIO_API_URL": None}
    for name in ("public address", "signed requests"):
        level, words = seen(name, **real, TWILIO_ACCOUNT_SID=None)
        assert level == "FAIL"
        assert "where no carrier can call set it to the https:// address of the line" in words
    done = ivr("connect", LINE_NUMBER, **real)
    assert done.exit_code == 1
    assert "no carrier can call" in done.output


def test_no_check_stops_another(launch_env):
    def breaks(_):
        raise RuntimeError("a secret")

    def hangs(_):
        time.sleep(60)

    begun = time.monotonic()
    checks = {"breaks": breaks, "hangs": hangs, "holds": lambda _: ok("well")}
    found = run_checks(MappingProxyType(checks), launch_of(launch_env, TODAY), seconds=1)
    assert time.monotonic() - begun < 10
    assert [(one.name, one.level) for one in found] == [
        ("breaks", Level.FAIL),
        ("hangs", Level.FAIL),
        ("holds", Level.OK),
    ]
    assert "secret" not in str(found)


def test_a_store_of_its_own(seen, launched):
    level, words = seen("store", REDIS_URL=store_address(Path(launched["DATA_DIR"])))
    assert level == "OK", words


def test_a_certificate_that_nobody_knows_is_not_taken_for_a_wrong_password(seen, tmp_path):
    server = Server(tmp_path / "store")
    with running(server), encrypting(server.port, context_of(trustme.CA().issue_cert(HOST))) as port:
        level, words = seen("store", REDIS_URL=f"rediss://:word@{HOST}:{port}")
        assert level == "FAIL"
        assert "certificate" in words
        assert "password" not in words
        level, words = seen("store", REDIS_URL=f"rediss://:word@{HOST}:{port}", REDIS_OPTIONS="ssl_cert_reqs=none")
        assert level == "FAIL"
        assert "refuses the user or the password" in words
        assert seen("store", REDIS_URL=f"rediss://{HOST}:{port}", REDIS_OPTIONS="ssl_cert_reqs=none")[0] == "OK"


def test_damaged_files_of_the_store_are_named(seen, tmp_path):
    aside = tmp_path / "store" / "damaged-2026-11-26T013000.0Z"
    aside.mkdir(parents=True)
    (aside / "mended.txt").write_text("The embedded store's files were damaged. It is in a folder: remove it.")
    level, words = seen("store", REDIS_URL="", DATA_DIR=str(tmp_path))
    assert level == "WARN"
    assert "damaged" in words


def test_a_slow_store_is_no_dead_one(seen, tmp_path):
    def slow(line, answer):
        time.sleep(2 * TIMEOUT)
        at_once(line, answer)

    server = Server(tmp_path / "store")
    with running(server), between(server.port) as way:
        way.hand_on = slow
        level, words = seen("store", REDIS_URL=f"redis://127.0.0.1:{way.port}")
    assert level == "OK", words


# --- each check ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "own", "level", "said"),
    [
        ("settings", {"LINE_NUMBER": "five"}, "FAIL", "LINE_NUMBER"),
        ("settings", {"REDIS_URL": "localhost"}, "FAIL", "REDIS_URL"),
        ("settings", {"WEB_CONCURRENCY": "many"}, "FAIL", "WEB_CONCURRENCY is not a number of workers"),
        ("settings", {"REDISURL": "redis://x"}, "FAIL", "call it REDIS_URL"),
        ("settings", {"LINE_NUMBER": f"'{LINE_NUMBER}'"}, "FAIL", "LINE_NUMBER is in quotes"),
        ("store", {"REDIS_URL": f"redis://127.0.0.1:{free_port()}"}, "FAIL", "nothing listens"),
        ("opt-outs", {"REDIS_URL": f"redis://127.0.0.1:{free_port()}"}, "SKIP", "because the store does not answer"),
        ("settings", {"REDIS_URL": "redis://127.0.0.1?nothing=1"}, "FAIL", "`nothing`"),
        ("store", {"DATA_DIR": "/dev/null/x"}, "FAIL", "DATA_DIR"),
        ("content", {"CONTENT_DIR": "/nowhere"}, "FAIL", "CONTENT_DIR"),
        ("signatures", {"CONTENT_DIR": str(CONTENT)}, "FAIL", "files, which `check` lists, such as content/en/"),
        ("signatures", {"CONTENT_DIR": str(CONTENT)}, "FAIL", "python -m ivr script -o script.html"),
        ("signatures", {}, "OK", ""),
        ("review dates", {"CONTENT_DIR": str(CONTENT)}, "FAIL", "content/en/topics/goals.md"),
        ("review dates", {}, "OK", "(12)"),
        ("review dates", {"REVIEW_MONTHS": "1"}, "OK", "(1)"),
        ("settings", {"REVIEW_MONTHS": "0"}, "FAIL", "REVIEW_MONTHS"),
        ("number", {}, "FAIL", "VoiceUrl is https://demo.example.com/welcome/voice/, VoiceFallbackUrl is (nothing), "),
        ("number", {"TWILIO_ACCOUNT_SID": None}, "SKIP", "TWILIO_ACCOUNT_SID"),
        ("number", {"LINE_NUMBER": None}, "SKIP", "LINE_NUMBER"),
        ("number", {"LINE_NUMBER": TOLL_FREE}, "FAIL", "not a number of this account"),
        ("number", {"TWILIO_AUTH_TOKEN": "another"}, "FAIL", "TWILIO_AUTH_TOKEN"),
        ("number", {"TWILIO_API_URL": f"http://127.0.0.1:{free_port()}"}, "FAIL", "cannot be reached"),
        ("public address", {"PUBLIC_URL": None}, "FAIL", "PUBLIC_URL is not set"),
        ("public address", {"PUBLIC_URL": "http://line.example.org"}, "FAIL", "not encrypted"),
        ("public address", {"PUBLIC_URL": f"http://127.0.0.1:{free_port()}"}, "FAIL", "cannot be reached"),
        ("public address", {"CONTENT_DIR": str(CONTENT)}, "FAIL", "deploy again"),
        ("public address", {"CONTENT_DIR": str(CONTENT)}, "FAIL", "kill -HUP"),
        ("signed requests", {}, "OK", "unsigned requests with 403"),
        ("signed requests", {"TWILIO_AUTH_TOKEN": "another"}, "FAIL", "was refused: "),
        ("signed requests", {"TWILIO_AUTH_TOKEN": "another"}, "FAIL", "give both the same TWILIO_AUTH_TOKEN"),
        ("signed requests", {"PUBLIC_URL": f"http://127.0.0.1:{free_port()}"}, "FAIL", "got no answer: "),
        ("signed requests", {"PUBLIC_URL": f"http://127.0.0.1:{free_port()}"}, "FAIL", "check that a line runs there"),
        ("sender registration", {}, "WARN", "10DLC"),
        ("sender registration", {"LINE_NUMBER": "+442079460000"}, "WARN", "country"),
        ("sender registration", {"LINE_NUMBER": None}, "SKIP", "LINE_NUMBER"),
        ("helpline", {}, "OK", "1-800-227-2345"),
        ("helpline", {"HELPLINE_NUMBER": None}, "WARN", "default"),
        (
            "helpline",
            {"HELPLINE_NUMBER": TOLL_FREE},
            "WARN",
            "but content/en/names.md has 1-800-227-2345 as its number",
        ),
        ("helpline", {"HELPLINE_NUMBER": LINE_NUMBER}, "FAIL", "the line's own"),
        ("helpline", {"HELPLINE_NUMBER": "+11112223333"}, "FAIL", "belongs to nobody"),
        ("helpline", {}, "OK", "day or night"),
        ("operator", {}, "WARN", "where to complain"),
        ("silent callers", {}, "OK", "end with the helpline's number"),
        ("silent callers", {"SILENT_CALLERS": "person"}, "WARN", "ask the helpline whether it agrees"),
        ("fallback", {}, "OK", "today's documents"),
        ("fallback", {"FALLBACK_URL": None}, "WARN", "python -m ivr fallback"),
        ("fallback", {"FALLBACK_URL": f"http://127.0.0.1:{free_port()}"}, "FAIL", "cannot be reached"),
    ],
)
def test_a_check(seen, name, own, level, said):
    found, words = seen(name, **own)
    assert found == level, words
    assert said in words


@pytest.mark.parametrize(
    ("file", "old", "new", "level"),
    [
        ("../phrases/call.md", "## goodbye\n\n", "## goodbye\n\nStop all your medicine today.\n\n", "FAIL"),
        ("../menus/main.md", "For questions to ask", "For questions", "FAIL"),
        ("../glossary.md", "- an operation\n", "- an operation\n- stop all your medicine\n", "FAIL"),
        ("../listening/danger-bone.md", "## patterns\n\n", "## patterns\n\n- quite unheard of noise\n", "FAIL"),
        ("../listening/danger-bone.md", "## examples\n\n- .*\n", "## examples\n\n", "OK"),
        ("urgent.md", "Call your cancer team now", "Call your cancer team", "FAIL"),
        ("goals.md", "offer: For what treatment can do", "offer: For all that treatment can do", "FAIL"),
        ("goals.md", r"signed: \w+\n", "", "FAIL"),
        ("goals.md", "keywords:\n  1: ", "keywords:\n  1: PENGUINS, ", "OK"),
    ],
    ids=[
        *("a phrase", "a menu", "a medical word", "a pattern", "an example"),
        *("outside", "the source", "without a code", "words to find it by"),
    ],
)
def test_a_signature_holds_for_the_words_that_were_read(seen, signed_content, tmp_path, file, old, new, level):
    folder = tmp_path / "content"
    shutil.copytree(signed_content, folder)
    topic = folder / "en" / "topics" / file
    text, changes = re.subn(old, new, topic.read_text(encoding="utf-8"))
    assert changes
    topic.write_text(text, encoding="utf-8")
    found, words = seen("signatures", CONTENT_DIR=str(folder))
    assert found == level, words
    assert (f"content/en/{f'topics/{file}'.replace('topics/../', '')}" in words) == (level == "FAIL")


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"voice_url": "https://old.example.org/voice"}, "VoiceUrl is https://old.example.org/voice"),
        ({"voice_url": ""}, "VoiceUrl is (nothing)"),
        ({"sms_method": "GET"}, "SmsMethod is GET"),
        ({"trunk_sid": "TK1"}, "TrunkSid is TK1"),
        ({"voice_fallback_url": None}, "VoiceFallbackUrl is (nothing)"),
    ],
)
def test_a_number_that_was_changed_since(seen, connected, numbers, launched, change, named):
    connected()
    assert seen("number") == ("OK", f"{LINE_NUMBER} leads to the line at {launched['PUBLIC_URL']} ")
    numbers.settings.update(change)
    level, words = seen("number")
    assert level == "FAIL"
    assert named in words
    assert f"python -m ivr connect {LINE_NUMBER}" in words


@pytest.mark.parametrize(
    ("verifications", "level"),
    [
        (["TWILIO_APPROVED"], "OK"),
        (["TWILIO_REJECTED", "TWILIO_APPROVED"], "OK"),
        (["TWILIO_REJECTED"], "FAIL"),
        (["IN_REVIEW"], "FAIL"),
        (["SOMETHING_NEW"], "FAIL"),
        ([], "FAIL"),
        (None, "WARN"),
    ],
)
def test_a_toll_free_sender(seen, numbers, verifications, level):
    numbers.number = TOLL_FREE
    numbers.verifications = None if verifications is None else [{"status": status} for status in verifications]
    assert seen("sender registration", LINE_NUMBER=TOLL_FREE)[0] == level


def test_what_another_s_mock_cannot_tell(seen, sent_mock):
    level, words = seen("number", TWILIO_API_URL=sent_mock.address, FALLBACK_URL=None)
    assert (level, "does not lead to the line" in words) == ("FAIL", True)


@pytest.mark.parametrize(
    ("health", "said"),
    [
        ({"line": "up", "store": "up", "content": "0123"}, "says content 0123"),
        ({"hello": "world"}, "not by a line"),
        ("<html>", "not by a line"),
        ([1], "not by a line"),
    ],
)
def test_something_else_at_the_public_address(seen, health, said):
    with answering() as other:
        other.answers(200, health)
        level, words = seen("public address", PUBLIC_URL=other.address)
        broken, remedy = seen("signed requests", PUBLIC_URL=other.address)
    assert (broken, "TWILIO_AUTH_TOKEN" in remedy) == ("FAIL", False)
    assert level == "FAIL"
    assert said in words


@pytest.mark.parametrize(
    ("store", "said"),
    [
        ("down", "does not reach its store"),
        ("refusing", "read but not written"),
        ("another secret's", "CALLER_SECRET"),
        ("x", "does not reach its store"),
    ],
)
def test_a_line_whose_store_is_not_well(seen, store, said):
    version = seen("content")[1].split()[1].strip(",")
    with answering() as other:
        other.answers(200, {"line": "up", "store": store, "content": version})
        level, words = seen("public address", PUBLIC_URL=other.address)
    assert level == "FAIL"
    assert said in words


def test_a_line_that_finds_its_store_again(seen):
    version = seen("content")[1].split()[1].strip(",")
    with answering() as other:
        other.answers(200, {"line": "up", "store": "down", "content": version})
        threading.Timer(0.5, other.answers, (200, {"line": "up", "store": "up", "content": version})).start()
        level, words = seen("public address", PUBLIC_URL=other.address)
    assert level != "FAIL", words


def test_a_line_that_takes_anything(seen):
    with answering() as other:
        other.answers(200, VOICE, **{"Content-Type": "text/xml"})
        level, words = seen("signed requests", PUBLIC_URL=other.address)
    assert level == "FAIL"
    assert "unsigned call is answered with 200" in words


@pytest.mark.parametrize("unknown", ["Somleng", "SignalWire"])
def test_a_line_that_refuses_a_carrier(seen, launch_env, unknown):
    known = [signing for name, signing in CARRIERS.items() if name != unknown]
    with guarding(launch_env["TWILIO_AUTH_TOKEN"], *known) as other:
        level, words = seen("signed requests", PUBLIC_URL=other)
    assert level == "FAIL"
    assert f"signed as {unknown} signs it was refused" in words
    assert "TWILIO_AUTH_TOKEN" not in words


def test_at_twilio_only_twilio_s_way_to_sign_is_tried(launch_env):
    at_twilio = launch_of({**launch_env, "TWILIO_API_URL": ""}, TODAY)
    assert on_air.carriers(at_twilio) == {"Twilio": CARRIERS["Twilio"]}


def test_texts_that_lead_elsewhere(seen, launch_env):
    with guarding(launch_env["TWILIO_AUTH_TOKEN"], *CARRIERS.values(), webhooks=("/voice",)) as other:
        level, words = seen("signed requests", PUBLIC_URL=other)
    assert level == "FAIL"
    assert "unsigned text is answered with 404" in words


def test_a_silent_address_takes_no_longer_than_it_may(ivr, monkeypatch):
    monkeypatch.setattr("ivr.desk.doctor.on_air.SECONDS", 1.0)
    begun = time.monotonic()
    with raw(silent) as hole:
        told = levels(ivr("doctor", "--json", FALLBACK_URL=f"http://127.0.0.1:{hole.port}"))
    assert told["fallback"] == "FAIL"
    assert time.monotonic() - begun < 20


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"GET /voice-en.xml": "<Response><Say>"}, "voice-en.xml"),
        ({"GET /voice-en.xml": ""}, "voice-en.xml"),
        ({"GET /voice-en.xml": TEXT}, "voice-en.xml"),
        ({"GET /sms-en.xml": VOICE}, "sms-en.xml"),
    ],
)
def test_a_fallback_that_no_carrier_reads(seen, files, change, said):
    files.texts.update(change)
    level, words = seen("fallback")
    assert level == "FAIL"
    assert said in words


def test_a_fallback_of_other_words_or_another_helpline(seen, files):
    assert seen("fallback")[0] == "OK"
    level, words = seen("fallback", HELPLINE_NUMBER="+12025550123")
    assert level == "WARN"
    assert "voice-en.xml" in words
    assert "sms-en.xml" in words
    files.texts["GET /sms-en.xml"] = TEXT
    assert "sms-en.xml at" in seen("fallback")[1]


def test_a_fallback_of_the_wrong_type(seen, files):
    files.content_type = "text/plain"
    level, words = seen("fallback")
    assert level == "FAIL"
    assert "content type" in words


def test_a_fallback_for_texts_is_not_wanted_where_the_line_answers_stop(seen, files, connected, numbers):
    del files.texts["GET /sms-en.xml"]
    assert seen("fallback")[0] == "FAIL"
    assert seen("fallback", KEYWORDS_ANSWERED_BY="line")[0] == "OK"
    connected(KEYWORDS_ANSWERED_BY="line")
    assert not numbers.settings["sms_fallback_url"]


def test_each_language_has_its_fallback(seen, files, signed_content, tmp_path):
    folder = tmp_path / "content"
    shutil.copytree(signed_content, folder)
    copied = shutil.copytree(folder / "en", folder / "fr") / "language.md"
    copied.write_text(copied.read_text(encoding="utf-8").replace("ENGLISH, INGLÉS", "FRENCH"), encoding="utf-8")
    missing = seen("fallback", CONTENT_DIR=str(folder))
    assert missing[0] == "FAIL"
    assert "voice-fr.xml" in missing[1]
    files.texts = hosted(folder)
    assert seen("fallback", CONTENT_DIR=str(folder))[0] == "OK"


def test_errors_in_the_content_hide_no_missing_signature(seen, tmp_path):
    folder = tmp_path / "content"
    shutil.copytree(CONTENT, folder)
    (folder / "en" / "topics" / "goals.md").write_text("nothing")
    assert seen("content", CONTENT_DIR=str(folder))[0] == "FAIL"
    assert seen("signatures", CONTENT_DIR=str(folder))[0] == "SKIP"
    assert seen("review dates", CONTENT_DIR=str(folder))[0] == "SKIP"


def test_the_round_trip_is_remembered_by_nobody(seen, launched):
    with redis.Redis.from_url(store_address(Path(launched["DATA_DIR"])), protocol=2) as client:
        before = client.keys("*caller*")
        assert seen("signed requests")[0] == "OK"
        settle()
        assert client.keys("*caller*") == before
