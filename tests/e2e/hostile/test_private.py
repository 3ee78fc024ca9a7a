"""People who call and text, with all that a carrier knows of them: nothing of it is to be found afterwards."""

import base64
import subprocess
import sys
import time
from urllib.parse import quote

import pytest
import redis
from faults.stores import embedded_store_gone
from posting import post
from seeking import files, keys, search
from settling import settle
from watched import watching
from wire import post_form

from ivr.desk.running.local import ROOT
from ivr.memory.embedded import store_address
from ivr.phone.handset import Handset

NUMBERS = ["+14155558734", "+16175559283", "+442079467531", "+15125556647", "+13035552918"]
CALLER, TEXTER, ABROAD, STRANGER, LATE = NUMBERS
WORDS = ["Ferdinanda", "Quetzalbeere", "Zwiebelturm", "Ōtautahi", "grandmother Hildegunde", "Mxyzptlk & <Söhne>"]
GEOGRAPHY = ["WAUNAKEE", "Wiscasset", "53597-8123", "Württemberg", "LIECHTENSTEIN", "PODUNKVILLE"]
NAMES = ["ROSALINDE PFEFFERKORN", "Tante Kunigunde"]
SIDS = ["CAfeedfacecafebeef0123456789abcd01", "SMfeedfacecafebeef0123456789abcd02"]
PRIVATE = [*WORDS, *GEOGRAPHY, *NAMES, *SIDS]

PLACES = {
    f"{who}{part}": value
    for who in ("From", "To", "Caller", "Called")
    for part, value in zip(("City", "State", "Zip", "Country"), (GEOGRAPHY[0], *GEOGRAPHY[2:5]), strict=True)
}
KNOWN = {**PLACES, "CallerName": NAMES[0], "ProfileName": NAMES[1], "CalledVia": GEOGRAPHY[1], "ForwardedFrom": ABROAD}


def phone(watched, number):
    return Handset(watched.line, watched.token, number, line_number="+12025550100", time_limit=5)


def a_call(watched):
    call = phone(watched, CALLER).call(**KNOWN, CallSid=SIDS[0])
    for key in ("2", "9", "1", "7", "4", "*", "0"):
        call.press(key)
    call.hang_up()
    phone(watched, CALLER).call(**KNOWN).press("1")
    call = phone(watched, "anonymous").call(**KNOWN)
    call.press("9")
    call.press("5")


def texts(watched, number):
    handset = phone(watched, number)
    handset.text("RADIATION", MessageSid=SIDS[1], **KNOWN)
    for words in (*WORDS, "radiaton", "MORE", "CALL", f"what about {WORDS[0]} in {GEOGRAPHY[5]}", "STOP", "START"):
        handset.text(words, **KNOWN)
    handset.text(WORDS[1], media=2, MediaUrl0=f"https://media.example/{quote(WORDS[2])}", **KNOWN)
    handset.text(WORDS[2], OptOutType="STOP", **KNOWN)


def delivery_reports(watched):
    for status in ("delivered", "failed", WORDS[3]):
        form = {**KNOWN, "To": CALLER, "From": "+12025550100", "MessageSid": SIDS[1], "MessageStatus": status}
        post_form(
            watched.line, watched.token, "/sms/status", [*form.items(), ("ErrorCode", "30006"), ("Body", WORDS[4])]
        )


def strangers(watched):
    """Unsigned, forged, too large, broken."""
    form = [("From", STRANGER), ("Body", WORDS[5]), *KNOWN.items()]
    for path in ("/sms", "/voice", "/voice/en/normal/new/0/plain.0/main.0", "/sms/status", "/x"):
        assert post_form(watched.line, "forged", path, form).status == 403
    post(watched.line, "/sms", f"From={STRANGER}&Body={WORDS[0]}".encode() + b"x" * 300_000)
    post(watched.line, "/sms", b"zz\r\n" + WORDS[0].encode(), {"Transfer-Encoding": "chunked", "Content-Length": "5"})
    post_form(watched.line, watched.token, "/sms", [("From", STRANGER), ("Body", "\x00\ud7ff" + WORDS[0])])


def refused_by_the_api(watched):
    watched.api.answers(400, {"code": 21211, "status": 400, "message": f"{LATE} in {GEOGRAPHY[0]} is {WORDS[0]}"})
    call = phone(watched, LATE).call(**KNOWN)
    call.press("3")
    call.press("9")
    watched.api.answers(500, f"{LATE} {WORDS[1]}")
    phone(watched, LATE).text("CALL", **KNOWN)
    watched.api.answers(201, {"sid": "SM1", "status": "queued"})


def without_a_store(watched):
    """The last thing: nothing can be kept after it."""
    phone(watched, LATE).text(WORDS[0], **KNOWN)
    call = phone(watched, LATE).call(**KNOWN)
    call.press("2")
    call.press("9")
    phone(watched, LATE).text("FORGET", **KNOWN)


def reports(watched, line_env):
    """The operator's, as page and as table."""
    page, table = watched.folder / "report.html", watched.folder / "report.txt"
    env = {**line_env, "DATA_DIR": str(watched.folder / "data")}
    command = [sys.executable, "-m", "ivr", "report", "-o", str(page)]
    table.write_bytes(subprocess.run(command, env=env, cwd=ROOT, capture_output=True, check=True).stdout)


@pytest.fixture(scope="module")
def watched(line_env, tmp_path_factory):
    """A line of this file alone, which ends without its store."""
    with watching(line_env, tmp_path_factory.mktemp("private")) as watched:
        yield watched


@pytest.fixture(scope="module")
def traces(watched, line_env):
    """Everything that a run leaves: names of places, and what stands there."""
    a_call(watched)
    texts(watched, TEXTER)
    texts(watched, ABROAD)
    delivery_reports(watched)
    strangers(watched)
    refused_by_the_api(watched)
    phone(watched, TEXTER).text("FORGET", **KNOWN)
    settle()
    reports(watched, line_env)
    with redis.Redis.from_url(store_address(watched.folder / "data")) as client:
        left = [*keys(client)]
        client.bgsave()
        await_saved(client)
    with embedded_store_gone(store_address(watched.folder / "data")):
        without_a_store(watched)
        settle()
        return [*left, *files(watched.folder)]


def await_saved(client):
    until = time.monotonic() + 10
    while client.info("persistence")["rdb_bgsave_in_progress"]:
        assert time.monotonic() < until
        time.sleep(0.05)


def test_nothing_private_is_left(traces):
    assert search(traces, NUMBERS, PRIVATE) == []


def test_the_run_left_what_there_is_to_look_through(traces, watched):
    """A search of nothing finds nothing."""
    names = [where for where, content in traces if content]
    for kind in (
        "the key caller:",
        "the value of received:",
        "error.log",
        "access.log",
        "data/store/",
        "valkey.log",
        ".rdb",
        ".aof",
        "report.html",
        "report.txt",
    ):
        assert any(kind in name for name in names), f"{kind} is missing in {names}"
    assert "the store is down" in watched.log
    assert "The carrier's API refused" in watched.log
    assert "POST /sms" in (watched.folder / "access.log").read_text()
    assert len(watched.api.asked) > 2, "texts and calls did go out"


PLANTED = [
    *(CALLER, CALLER[1:], CALLER[2:], CALLER[-7:], "415-555-8734", "555.8734", quote(CALLER), CALLER.encode().hex()),
    *(
        WORDS[0].upper(),
        quote(WORDS[3]),
        ascii(WORDS[3]),
        GEOGRAPHY[0].lower(),
        quote(NAMES[0]),
        NAMES[0].replace(" ", "+"),
    ),
    *(base64.b64encode(f"{'x' * shift}From={CALLER} {GEOGRAPHY[3]}".encode()).decode() for shift in range(3)),
    *(base64.b64encode(f"{'x' * shift}{WORDS[1]}, she said".encode()).decode() for shift in range(3)),
]


@pytest.mark.parametrize("planted", PLANTED)
@pytest.mark.parametrize("place", ["error.log", "access.log", "data/store/valkey.log"])
def test_what_is_planted_is_found(tmp_path, planted, place):
    file = tmp_path / place
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"[INFO] kept x{planted}x by mistake")
    found = search(files(tmp_path), NUMBERS, PRIVATE)
    assert {one.where for one in found} == {place}


@pytest.mark.parametrize(
    "plant",
    [
        lambda client, value: client.set("a", value),
        lambda client, value: client.set(value, "1"),
        lambda client, value: client.hset("a", value, "1"),
        lambda client, value: client.hset("a", "text", value),
        lambda client, value: client.sadd("a", value),
        lambda client, value: client.rpush("a", value),
        lambda client, value: client.zadd("a", {value: 1}),
        lambda client, value: client.xadd("a", {"b": value}),
    ],
    ids=["a value", "a key", "a field", "in a hash", "in a set", "in a list", "ranked", "in a stream"],
)
def test_what_is_planted_in_a_store_is_found(planting, plant):
    for value in (CALLER, WORDS[3], GEOGRAPHY[0]):
        planting.flushdb()
        plant(planting, value)
        assert {one.private for one in search(keys(planting), NUMBERS, PRIVATE)} == {value}


@pytest.fixture(scope="module")
def planting(tmp_path_factory):
    """A store that no line uses."""
    with redis.Redis.from_url(store_address(tmp_path_factory.mktemp("planting"))) as client:
        yield client
