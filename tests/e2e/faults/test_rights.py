"""A store that gives the line no more rights than docs/settings.md names, and stores that cannot be trusted."""

import re
from datetime import date

import pytest
from faults.stores import Server, client_of, running, until
from faults.talking import SOON, caller_who_stood, is_known, remembers, text, whole_call, wish

from ivr.desk.doctor import examine
from ivr.desk.running.local import ROOT
from ivr.memory.trial import NOBODY, sights

ACL = re.compile(r"^    (ACL SETUSER line .+)$", re.MULTILINE)


@pytest.fixture
def server(tmp_path):
    server = Server(tmp_path / "store", {"appendonly": "yes"})
    with running(server):
        yield server


def grant(server, without=()):
    """The rights as the page names them."""
    (rule,) = ACL.findall((ROOT / "docs" / "settings.md").read_text())
    words = [word for word in rule.replace("PASSWORD", "secret-of-the-test").split() if word not in without]
    with client_of(server.port) as client:
        assert client.execute_command(*words)
    return f"redis://line:secret-of-the-test@127.0.0.1:{server.port}"


def refused(server):
    with client_of(server.port) as client:
        return [
            dict(zip(one[::2], one[1::2], strict=False)) if isinstance(one, list) else one for one in client.acl_log()
        ]


def test_the_whole_line_runs_with_the_rights_of_the_page(server, line_at, phone, library, willing_api):
    with line_at(grant(server)) as line:
        known, stops, forgets = (caller_who_stood(phone(line)) for _ in range(3))
        assert whole_call(phone(line))
        until(lambda: is_known(known, library), SOON, "a place is remembered")
        assert remembers(phone(line))
        wishes = wish(lambda: phone(line), willing_api, library, stops, forgets)
        assert (wishes.forgotten, wishes.stopped, wishes.texted, wishes.called) == (True,) * 4
        assert text(stops, "11") == ()
        text(phone(line), "frumiousity")
    assert refused(server) == []
    with client_of(server.port) as client:
        assert client.keys("caller:*")
        assert not client.keys(f"*{NOBODY}*"), "the look at the start leaves nothing"


@pytest.mark.parametrize(
    "right", ["+set", "+hset", "+eval", "+pfadd", "+incr", "~stopped:*", "~words:*", "~count:*", "~lost:*"]
)
def test_a_right_that_is_missing_is_named(server, right):
    found = sights(grant(server, without=(right,)), 5.0)
    assert found[0].fails
    assert "the store refuses to" in found[0].seen
    assert "docs/settings.md" in found[0].remedy
    assert not [one for one in sights(grant(server), 5.0) if one.fails]


@pytest.mark.parametrize(
    ("options", "fails", "said"),
    [
        ({"appendonly": "yes", "maxmemory-policy": "allkeys-lru", "maxmemory": "100mb"}, True, "maxmemory-policy"),
        ({"appendonly": "no"}, True, "nothing on a disk"),
        ({"appendonly": "no", "save": "900 1"}, False, "snapshots alone"),
        ({"appendonly": "yes"}, False, "no replica"),
    ],
)
def test_a_store_that_forgets_is_told(tmp_path, options, fails, said):
    server = Server(tmp_path / "store", options)
    with running(server):
        found = sights(f"redis://127.0.0.1:{server.port}", 5.0)
        assert (found[0].fails, said in found[0].seen) == (fails, True)
        with client_of(server.port) as client:
            assert client.keys("*") in ([], ["health:{write}"])


def test_a_replica_is_no_store(server):
    server.read_only()
    seen = [one.seen for one in sights(f"redis://127.0.0.1:{server.port}", 5.0) if one.fails]
    assert any("replica" in one for one in seen)


def test_the_doctor_fails_for_it(server, line_env):
    def seen():
        env = {**line_env, "REDIS_URL": f"redis://127.0.0.1:{server.port}"}
        (found,) = [one for one in examine(env, date(2026, 11, 26)) if one.name == "opt-outs"]
        return found.level, found.seen

    assert seen() == ("WARN", "the store has no replica: if its machine is lost, so is what the line remembers")
    with client_of(server.port) as client:
        client.config_set("maxmemory-policy", "allkeys-lfu")
    assert seen()[0] == "FAIL"
    assert "maxmemory-policy allkeys-lfu" in seen()[1]


def test_the_start_says_it(server, line_at, capfd):
    with client_of(server.port) as client:
        client.config_set("maxmemory-policy", "allkeys-lfu")
    with line_at(f"redis://127.0.0.1:{server.port}", LOG_LEVEL="info"):
        pass
    assert "may throw opt-outs away" in "".join(capfd.readouterr())
