"""A pair that sentinels watch and a cluster of three: one server falls in the middle of calls and texts, another takes
over, and what was remembered before is remembered still."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
import redis
from faults.groups import TAKES_OVER, Cluster, Pair, cluster, pair
from faults.stores import Server, client_of, times_out, until
from faults.talking import (
    SOON,
    assert_nobody_waits,
    caller_who_stood,
    is_known,
    remembers,
    text,
    texts,
    whole_call,
    wish,
)
from redis.exceptions import MovedError

Group = Pair | Cluster
CALLERS, MOST_CALLERS = 8, 40
"""Of eight, one time in 25 a third of a cluster has none: then more call, until the one that falls keeps some."""


@dataclass(frozen=True)
class Fall:
    begin: Callable[[Group, Server], None]
    is_real: Callable[[Group, Server], None]
    end: Callable[[Group, Server], None]
    all_fall: bool = False


def is_dead(_: Group, server: Server) -> None:
    with pytest.raises(redis.ConnectionError), client_of(server.port) as client:
        client.ping()


def freeze_all(group: Group, _: Server) -> None:
    for server in group.servers:
        server.freeze()


def all_are_frozen(group: Group, _: Server) -> None:
    for server in group.servers:
        times_out(server.port)


def thaw_all(group: Group, _: Server) -> None:
    for server in group.servers:
        server.thaw()


def hand_over(group: Cluster, fallen: Server) -> None:
    with client_of(group.replica().port) as client:
        client.execute_command("CLUSTER FAILOVER")
    group.await_another(fallen)


def sends_away(_: Group, server: Server) -> None:
    """Slots that the server had are elsewhere."""
    with client_of(server.port) as client:
        until(lambda: client.role()[0] == "slave", TAKES_OVER, "it follows the other")
        with pytest.raises(MovedError):
            client.hgetall(client.keys("caller:*")[0])


KILLED = Fall(lambda _, server: server.kill(), is_dead, lambda _, server: server.start())
FROZEN = Fall(
    lambda _, server: server.freeze(), lambda _, server: times_out(server.port), lambda _, server: server.thaw()
)
ALL_FROZEN = Fall(freeze_all, all_are_frozen, thaw_all, all_fall=True)
HANDED_OVER = Fall(hand_over, sends_away, lambda *_: None)


GROUPS = {"pair": pair, "cluster": cluster}


@pytest.fixture(scope="module")
def group(request, tmp_path_factory):
    with GROUPS[request.param](tmp_path_factory.mktemp("group")) as group:
        yield group


@pytest.fixture(scope="module")
def line(group, line_at):
    with line_at(group.address) as line:
        yield line


FALLS = {"killed": KILLED, "frozen": FROZEN, "all frozen": ALL_FROZEN, "handed over": HANDED_OVER}


@pytest.mark.parametrize(
    ("group", "fall"),
    [("pair", "killed"), ("pair", "frozen"), *(("cluster", fall) for fall in FALLS)],
    indirect=["group"],
    scope="module",
)
def test_another_takes_over(fall, group, line, phone, library, willing_api):
    fall, fallen = FALLS[fall], group.master()
    usual_call, usual_texts = whole_call(phone(line)), texts(phone(line))
    known, stops = [caller_who_stood(phone(line)) for _ in range(CALLERS)], phone(line)
    with client_of(fallen.port) as client:
        while not client.keys("caller:*"):
            assert len(known) < MOST_CALLERS, "the one that falls keeps some of them"
            known.append(caller_who_stood(phone(line)))
        client.wait(1, 1000)

    def blow() -> None:
        fall.begin(group, fallen)
        fall.is_real(group, fallen)

    try:
        assert whole_call(phone(line), blow) == usual_call
        assert texts(phone(line)) == usual_texts
        assert wish(lambda: phone(line), willing_api, library, stops, phone(line)).stopped
        assert text(stops, "11") == ()
        assert_nobody_waits(lambda: phone(line))
        if not fall.all_fall:
            group.await_another(fallen)
            assert_all_works(line, phone, known, library)
    finally:
        fall.end(group, fallen)
    group.make_whole(fallen)
    assert_all_works(line, phone, known, library)
    assert text(stops, "11") == (), "whatever the one that fell had not handed on"
    assert whole_call(phone(line)) == usual_call


def assert_all_works(line, phone, known, library) -> None:
    """For every caller, on whatever server, without a restart."""
    until(lambda: all(remembers(phone(line)) for _ in range(CALLERS)), SOON, "memory works again")
    for handset in known:
        assert is_known(handset, library)
