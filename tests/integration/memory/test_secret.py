"""The secret that callers are kept under: never lost, and never another one unnoticed."""

import json
import os
import pty
import stat
import subprocess
import sys
import urllib.request
from contextlib import closing
from pathlib import Path

import pytest
import redis
from faults.stores import Server, client_of, running, until

from ivr.carrier.twilio.numbers import party
from ivr.desk.doctor import examine
from ivr.desk.running.local import ROOT, free_port, serving
from ivr.memory.caller import caller_key
from ivr.memory.embedded import store_address
from ivr.memory.keys import key_of
from ivr.memory.opening import open_connection
from ivr.memory.secret import FILE, MARK, mark_of, settle_secret
from ivr.phone.handset import Handset
from ivr.settings import CannotStart, Settings, WrongSetting

TOKEN = "0123456789abcdef0123456789abcdef"
OLDER = b"callers of " + TOKEN.encode()
NUMBER = "+12025559876"


@pytest.fixture
def env(light_env, tmp_path):
    """An own data folder; no secret is set."""
    without = {name: value for name, value in light_env.items() if name != "CALLER_SECRET"}
    return {**without, "TWILIO_AUTH_TOKEN": TOKEN, "DATA_DIR": str(tmp_path / "data")}


@pytest.fixture
def data(tmp_path):
    return tmp_path / "data"


@pytest.fixture
def server(tmp_path):
    server = Server(tmp_path / "store")
    with running(server):
        yield server


def settled(env, keep=True):
    settings = Settings.from_env(env)
    with closing(open_connection(settings)) as connection:
        return settle_secret(settings, connection, keep)


def opted_out(client, secret):
    client.set(key_of("stopped", caller_key(party(NUMBER), secret)), "1")


def is_silent(env):
    with serving(env, free_port()) as line:
        return Handset(line, env["TWILIO_AUTH_TOKEN"], NUMBER).text("11").texts == ()


# --- the embedded store --------------------------------------------------------------------------------------


def test_it_is_made_once_and_kept_beside_the_data_for_nobody_else_to_read(env, data):
    secret = settled(env)
    assert (data / FILE).read_bytes().strip() == secret
    assert len(secret) >= 32
    assert stat.S_IMODE((data / FILE).stat().st_mode) == 0o600
    assert settled({**env, "TWILIO_AUTH_TOKEN": "another"}) == secret, "nothing of the token is in it"
    assert TOKEN.encode() not in secret
    with redis.Redis.from_url(store_address(data), decode_responses=True) as client:
        assert client.get(MARK) == mark_of(secret)
        assert client.ttl(MARK) == -1
        assert secret.decode() not in str([client.get(key) for key in client.keys("*")])


def test_one_that_broke_off_as_the_machine_went_down_is_made_anew_and_kept(env, data):
    data.mkdir(mode=0o700)
    (data / FILE).touch()
    secret = settled(env)
    assert len(secret) >= 32
    assert settled(env) == (data / FILE).read_bytes().strip() == secret


def test_it_is_on_the_disk_before_anybody_is_kept_under_it(env, data, monkeypatch):
    synced, real = [], os.fsync
    monkeypatch.setattr(
        os, "fsync", lambda file: (synced.append(str(Path(f"/proc/self/fd/{file}").readlink())), real(file))
    )
    settled(env)
    assert [path for path in synced if "store" not in path] == [f"{data / FILE}.new", str(data)]
    assert stat.S_IMODE((data / FILE).stat().st_mode) == 0o600


def test_two_that_start_at_once_have_the_same(env, data):
    code = "import os; from ivr.web.app import create_app; create_app()"
    starting = [subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, env=env) for _ in range(3)]
    assert [one.wait(60) for one in starting] == [0] * 3
    assert settled(env) == (data / FILE).read_bytes().strip()


def test_who_opted_out_under_an_older_version_stays_so_when_the_token_changes(env, data):
    with redis.Redis.from_url(store_address(data), decode_responses=True) as client:
        opted_out(client, OLDER)
        assert is_silent(env)
        assert (data / FILE).read_bytes().strip() == OLDER
        assert is_silent({**env, "TWILIO_AUTH_TOKEN": "a-new-token"})


def test_a_secret_that_is_gone_stops_the_start(env, data):
    settled(env)
    kept = (data / FILE).read_bytes()
    (data / FILE).unlink()
    with pytest.raises(WrongSetting, match="not the one under which this store is kept"):
        settled(env)
    assert not (data / FILE).exists(), "no new one takes its place"
    (level,) = {one.level for one in examine(env, None) if one.name == "caller secret"}
    assert level == "FAIL"
    assert settled({**env, "CALLER_SECRET": kept.decode().strip()}) == kept.strip()
    (data / FILE).write_bytes(kept)
    assert settled(env) == kept.strip()


def test_the_doctor_only_looks(env, data):
    assert settled(env, keep=False)
    assert not (data / FILE).exists()
    with redis.Redis.from_url(store_address(data)) as client:
        assert not client.exists(MARK)


def test_a_folder_that_cannot_be_written_is_named(env, data):
    (data / FILE).mkdir(parents=True)
    with pytest.raises(CannotStart, match="DATA_DIR"):
        settled(env)


# --- REDIS_URL -----------------------------------------------------------------------------------------------


def test_without_one_the_start_stops(env, server, data):
    """Nobody's terminal: no secret stands in a log."""
    env = {**env, "REDIS_URL": f"redis://127.0.0.1:{server.port}"}
    done = started(env)
    assert done.returncode != 0
    (told,) = [line for line in done.stderr.splitlines() if "CALLER_SECRET" in line]
    assert "is not set" in told
    assert "CALLER_SECRET=" not in done.stderr
    assert not data.exists()
    (finding,) = [one for one in examine(env, None) if one.name == "caller secret"]
    assert finding.level == "FAIL"
    assert "CALLER_SECRET" in finding.seen


def started(env, **more):
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{free_port()}", "ivr.web.app:create_app()"]
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=60, check=False, **more)


@pytest.mark.parametrize("older", [False, True], ids=["a fresh one", "the one of callers from before"])
def test_on_a_terminal_one_is_printed_to_copy(env, server, older):
    env = {**env, "REDIS_URL": f"redis://127.0.0.1:{server.port}"}
    if older:
        with client_of(server.port) as client:
            opted_out(client, OLDER)
    secret = copied(printed_on_a_terminal(env))
    assert (secret == OLDER.decode()) is older
    assert is_silent({**env, "CALLER_SECRET": secret}) is older
    if not older:
        assert copied(printed_on_a_terminal(env)) != secret, "made at random"


def printed_on_a_terminal(env):
    ours, theirs = pty.openpty()
    code = "from ivr.web.app import create_app\ntry: create_app()\nexcept RuntimeError as e: print(e)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=env, stderr=theirs, stdout=subprocess.PIPE, text=True, check=True
    )
    os.close(theirs)
    os.close(ours)
    return done.stdout


def copied(told):
    return told.partition("Copy this line: CALLER_SECRET=")[2].strip()


def test_another_secret_is_refused_and_the_one_from_before_taken(env, server):
    env = {**env, "REDIS_URL": f"redis://127.0.0.1:{server.port}", "CALLER_SECRET": "the first of secrets"}
    assert settled(env) == b"the first of secrets"
    other = {**env, "CALLER_SECRET": "the second of secrets"}
    done = started(other)
    assert done.returncode != 0
    assert "CALLER_SECRET is not the one" in done.stderr
    assert "second" not in done.stderr
    (finding,) = [one for one in examine(other, None) if one.name == "caller secret"]
    assert (finding.level, "previous" in finding.remedy) == ("FAIL", True)
    assert settled({**env, "TWILIO_AUTH_TOKEN": "another"}) == b"the first of secrets"


def test_a_store_that_is_down_at_the_start_stops_nobody(env):
    env = {**env, "REDIS_URL": "redis://127.0.0.1:1", "CALLER_SECRET": "the first of secrets"}
    assert settled(env) == b"the first of secrets"


def test_a_store_that_comes_later_is_looked_at_too(env, server, capfd):
    """Nobody may find out from those who had opted out that the store is under another secret."""
    env = {**env, "REDIS_URL": f"redis://127.0.0.1:{server.port}", "WEB_CONCURRENCY": "1"}
    first, second = ({**env, "CALLER_SECRET": f"the {number} of secrets"} for number in ("first", "second"))
    server.kill()
    with serving(first, free_port()) as line:
        server.start()
        until(lambda: told_by(line) == "up", 15, "the store is back")
        with client_of(server.port) as client:
            assert client.get(MARK) == mark_of(b"the first of secrets")
            client.save()
            server.kill()
            with serving(second, free_port()) as other:
                server.start()
                until(lambda: told_by(other) == "another secret's", 15, "it is found out")
            until(lambda: told_by(line) == "up", 15, "the first one is not accused")
    assert "CALLER_SECRET is not the one" in "".join(capfd.readouterr())


def told_by(line):
    with urllib.request.urlopen(f"{line}/health") as answer:
        return json.load(answer)["store"]
