"""`optouts`: who wants no texts, from the line's own store, and on real lines before and after."""

import json
import stat
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
import redis
from api.mock import LINE_NUMBER
from faults.stores import Server, client_of, running
from faults.talking import text

from ivr.carrier.twilio.numbers import party
from ivr.desk.running.local import free_port, serving
from ivr.memory import journal
from ivr.memory.caller import caller_key, sender_of
from ivr.memory.embedded import store_address
from ivr.memory.journal import Journal, Wish, WishKind
from ivr.memory.keys import COUNTS_KEPT, key_of
from ivr.memory.wishes import now, place_of
from ivr.phone.handset import Handset

ANN, BOB, CY = "+12025559701", "+12025559702", "+12025559703"


@pytest.fixture
def launch_env(launch_env):
    return {**launch_env, "LINE_NUMBER": LINE_NUMBER, "KEYWORDS_ANSWERED_BY": "line"}


@pytest.fixture
def phones(line_env):
    """Phones on a line with the settings of the operator."""

    def on(line, *numbers):
        return [Handset(line, line_env["TWILIO_AUTH_TOKEN"], one, line_number=LINE_NUMBER) for one in numbers]

    return on


@pytest.fixture
def serve(launch_env, light_env):
    return lambda **own: serving({**light_env, **launch_env, "PUBLIC_URL": "", **own}, free_port())


@pytest.fixture
def key(launch_env):
    return lambda number: caller_key(party(number), launch_env["CALLER_SECRET"].encode())


def said(done, status=0):
    assert done.exit_code == status, done.output
    return done.output


def test_counted_looked_up_and_lifted(ivr, serve, phones, launch_env, key):
    assert "0 want no texts" in said(ivr("optouts"))
    with serve() as line:
        ann, bob = phones(line, ANN, BOB)
        for phone in (ann, bob):
            assert text(phone, "STOP")
        assert "2 want no texts" in said(ivr("optouts", "count"))
        told = said(ivr("optouts", "look", ANN), 1)
        assert f"STOP on {datetime.now(UTC):%Y-%m-%d}" in told
        assert "No STOP" in said(ivr("optouts", "look", CY))
        assert "No STOP" in said(ivr("optouts", "lift", CY, "--reason", "asked by phone"))
        assert ivr("optouts", "lift", ANN).exit_code == 2, "a reason has to be given"
        assert "Lifted" in said(ivr("optouts", "lift", ANN, "--reason", "asked by phone"))
        assert text(ann, "11")
        assert text(bob, "11") == ()
        assert "1 wants no texts" in said(ivr("optouts"))
        assert "asked by phone" in said(ivr("optouts", "look", ANN))
        with redis.Redis.from_url(store_address_of(launch_env), decode_responses=True) as client:
            assert 0 < client.ttl(key_of("lifted", key(ANN))) <= COUNTS_KEPT
        assert text(ann, "STOP")
        said(ivr("optouts", "look", ANN), 1)


def store_address_of(env):
    return store_address(Path(env["DATA_DIR"]))


@pytest.mark.parametrize("number", ["anonymous", "+266696687", ""])
def test_nobody_is_known_by_a_withheld_number(ivr, number):
    assert "nobody is known by this number" in said(ivr("optouts", "look", number), 2)


@pytest.mark.parametrize(
    ("own", "typed", "kept"),
    [
        ({}, "2025559701", ANN),
        ({}, "(202) 555-9701", ANN),
        ({}, "1 202 555 9701", ANN),
        ({}, "whatsapp:+12025559701", ANN),
        ({"LINE_NUMBER": "+442079460018"}, "07911 123456", "+447911123456"),
        ({"LINE_NUMBER": None, "HELPLINE_NUMBER": "+442079460018"}, "07911123456", "+447911123456"),
        ({"LINE_NUMBER": "+80012345678"}, "202-555-9701", ANN),
        ({}, "447911123456", "+447911123456"),
        ({}, "72345", "72345"),
        ({}, "messenger:4711", "messenger:4711"),
        ({}, "Acme", "acme"),
    ],
)
def test_a_number_is_read_as_people_of_the_lines_country_write_it(ivr, tmp_path, launch_env, own, typed, kept):
    secret = launch_env["CALLER_SECRET"].encode()
    Journal(tmp_path / "data").add(
        Wish(sender_of(party(kept), secret).key, WishKind.STOP, place_of(LINE_NUMBER), now())
    )
    assert "gets no texts" in said(ivr("optouts", "look", typed, **own), 1)
    assert "Lifted" in said(ivr("optouts", "lift", typed, "--reason", "asked", **own))


@pytest.mark.parametrize("typed", ["2025559703", "(202) 555-9703", "202.555.9703"])
def test_the_number_that_was_read_is_told(ivr, typed):
    assert f"No STOP is kept for {CY}" in said(ivr("optouts", "look", typed))


@pytest.mark.parametrize("typed", ["hello", "12", "555-0143", "+1202555014", "+12", "whatsapp:12", "messenger:", "x y"])
@pytest.mark.parametrize("words", [("look",), ("lift", "--reason", "asked")])
def test_what_nobody_texts_from_is_refused(ivr, typed, words):
    told = said(ivr("optouts", *words, typed), 1)
    assert "write it with + and country code, like +12025550143" in told
    assert told.count("\n") == 1


def test_a_stop_that_only_the_journal_has_is_counted(ivr, key, tmp_path):
    assert Journal(tmp_path / "data").add(Wish(key(ANN), WishKind.STOP, place_of(LINE_NUMBER), now()))
    assert "1 wants no texts" in said(ivr("optouts"))
    assert (tmp_path / "data" / journal.FILE).exists()
    file = str(tmp_path / "one")
    assert said(ivr("optouts", "export", file)).startswith("1 opt-out is in ")
    assert said(ivr("optouts", "import", file)).startswith(f"1 opt-out of {file} is kept in ")


def test_a_move_to_another_store_takes_them_along(ivr, serve, phones, tmp_path, key):
    """Of an older version too; a wish that is newer there stays."""
    file, server = str(tmp_path / "optouts.jsonl"), Server(tmp_path / "store")
    with serve() as line:
        ann, bob = phones(line, ANN, BOB)
        assert text(ann, "STOP")
        assert text(bob, "STOP")
        assert "2 opt-outs" in said(ivr("optouts", "export", file))
    assert stat.S_IMODE((tmp_path / "optouts.jsonl").stat().st_mode) == 0o600
    assert ANN[2:] not in (tmp_path / "optouts.jsonl").read_text()
    with running(server):
        own = {"REDIS_URL": f"redis://127.0.0.1:{server.port}", "DATA_DIR": str(tmp_path / "other")}
        with serve(**own) as line, client_of(server.port) as client:
            ann, bob, cy = phones(line, ANN, BOB, CY)
            client.set(key_of("stopped", key(CY)), "1")
            assert text(bob, "START")
            for _ in range(2):
                assert "2 opt-outs" in said(ivr("optouts", "import", file, **own))
            assert text(ann, "11") == ()
            assert text(bob, "11")
            assert "2 want no texts" in said(ivr("optouts", **own))
            again = str(tmp_path / "again.jsonl")
            said(ivr("optouts", "export", again, **own))
            client.flushall()
            said(ivr("optouts", "import", again, **own))
            assert text(ann, "11") == ()
            assert text(cy, "11") == ()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "not a file that"),
        ("{}\n", "not a file that"),
        ("x\n", "line 1"),
        ("other secret", "CALLER_SECRET"),
        (None, "line 2"),
    ],
)
def test_a_wrong_file_changes_nothing(ivr, tmp_path, content, told):
    file = tmp_path / "file"
    said(ivr("optouts", "export", str(file)))
    header = file.read_text()
    other = json.dumps({**json.loads(header), "secret": "0" * 32})
    file.write_text({None: f'{header}{{"caller": 1}}\n', "other secret": other}.get(content, content))
    assert told in said(ivr("optouts", "import", str(file)), 1)
    assert "0 want no texts" in said(ivr("optouts"))


def test_catching_up_with_what_was_missed(ivr, numbers, serve, phones):
    """While the line was down: the newest of STOP and START counts, also against what the line heard itself."""
    with serve() as line:
        (cy,) = phones(line, CY)
        assert text(cy, "STOP")
        assert text(cy, "START")
    begun = datetime.now(UTC)

    def message(minutes_ago, sender, words, direction="inbound"):
        at = format_datetime(begun - timedelta(minutes=minutes_ago))
        return {"from": sender, "to": LINE_NUMBER, "body": words, "date_sent": at, "direction": direction}

    numbers.messages = [
        message(1, BOB, "START"),
        message(1, BOB, "stop"),
        message(2, ANN, " Unsubscribe "),
        message(3, ANN, "START"),
        message(4, ANN, "does it stop"),
        message(5, CY, "STOP"),
        message(6, "+12025559704", "STOP", "outbound-api"),
        message(7, "anonymous", "STOP"),
        message(60 * 24 * 30, "+12025559705", "STOP"),
    ]
    told = said(ivr("optouts", "--catch-up"))
    assert "7 texts read, 5 of them STOP or START" in told
    assert "0 were missed" in said(ivr("optouts", "--catch-up"))
    with serve() as line:
        ann, bob, cy, *others = phones(line, ANN, BOB, CY, "+12025559704", "+12025559705")
        assert text(ann, "11") == ()
        for phone in (bob, cy, *others):
            assert text(phone, "11"), phone.number
        assert text(ann, "START")
        said(ivr("optouts", "--catch-up"))
        assert text(ann, "11"), "what the line heard since is newer"


@pytest.mark.parametrize("form", ["%a, %d %b %Y %H:%M:%S +0000", "%a, %d %b %Y %H:%M:%S -0000", "%Y-%m-%dT%H:%M:%SZ"])
def test_the_time_of_a_text_is_read_as_carriers_write_it(ivr, numbers, form):
    message = {"from": ANN, "to": LINE_NUMBER, "body": "STOP", "direction": "inbound"}
    numbers.messages = [{**message, "date_sent": datetime.now(UTC).strftime(form)}]
    told = said(ivr("optouts", "--catch-up"))
    assert told == "1 text read, 1 of them STOP or START; 1 was missed and is kept now.\n"
    numbers.messages = [{**message, "date_sent": "yesterday"}]
    assert "time cannot be read" in said(ivr("optouts", "--catch-up"), 1), "and is not passed over in silence"


def test_what_the_carrier_refuses_is_told(ivr, numbers):
    numbers.token = "another"
    assert "does not take this account" in said(ivr("optouts", "--catch-up"), 1)
    assert "LINE_NUMBER is not set" in said(ivr("optouts", "--catch-up", LINE_NUMBER=None), 1)


def test_without_a_store_nothing_is_said_to_be(ivr, tmp_path):
    own = {"REDIS_URL": f"redis://127.0.0.1:{free_port()}"}
    for words in (["count"], ["look", ANN], ["lift", ANN, "--reason", "x"], ["export", str(tmp_path / "x")]):
        assert "does not answer" in said(ivr("optouts", *words, **own), 1)


def test_an_export_that_cannot_be_written_is_told_and_leaves_nothing(ivr, tmp_path):
    told = said(ivr("optouts", "export", str(tmp_path / "nowhere" / "x")), 1)
    assert "cannot be written" in told
    assert told.count("\n") == 1
    assert not (tmp_path / "nowhere").exists()
