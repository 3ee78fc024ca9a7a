"""One server as the store, broken in the middle of calls and texts: all that is lost is memory."""

import time
from collections.abc import Callable
from dataclasses import dataclass

import pytest
import redis
from faults.between import Between, at_once, drop_by_drop, late, never
from faults.stores import Server, client_of, times_out, until
from faults.talking import (
    SOON,
    WORKERS,
    assert_nobody_waits,
    caller_who_stood,
    is_known,
    phrase,
    remembers,
    text,
    texts,
    whole_call,
    wish,
)

from ivr.carrier.twilio.numbers import party
from ivr.memory.caller import caller_key
from ivr.memory.keys import key_of
from ivr.phone.handset import Handset


def set_on(between: Between, hand_on) -> None:
    between.hand_on = hand_on


def takes(port: int, least: float) -> None:
    with client_of(port) as client:
        client.ping()
        begun = time.monotonic()
        client.ping()
        assert time.monotonic() - begun > least


def refuses(port: int, refusal: type[redis.RedisError]) -> None:
    with pytest.raises(refusal), client_of(port) as client:
        client.set("probe", "x")


@dataclass(frozen=True)
class Fault:
    """`is_real`: looks at the store from outside. `keeps`: what still works, of reading and of writing."""

    begin: Callable[[Server, Between], None]
    is_real: Callable[[int], None]
    end: Callable[[Server, Between], None]
    reads: bool = False
    writes: bool = False


FAULTS = {
    "frozen": Fault(lambda server, _: server.freeze(), times_out, lambda server, _: server.thaw()),
    "killed": Fault(
        lambda server, _: server.kill(),
        lambda port: refuses(port, redis.ConnectionError),
        lambda server, _: server.start(),
    ),
    "silent": Fault(lambda _, way: set_on(way, never), times_out, lambda _, way: set_on(way, at_once)),
    "drop by drop": Fault(
        lambda _, way: set_on(way, drop_by_drop), lambda port: takes(port, 0.4), lambda _, way: set_on(way, at_once)
    ),
    "late": Fault(
        lambda _, way: set_on(way, late),
        lambda port: takes(port, 0.08),
        lambda _, way: set_on(way, at_once),
        reads=True,
        writes=True,
    ),
    "full": Fault(
        lambda server, _: server.fill(),
        lambda port: refuses(port, redis.OutOfMemoryError),
        lambda server, _: server.empty(),
        reads=True,
    ),
    "read-only": Fault(
        lambda server, _: server.read_only(),
        lambda port: refuses(port, redis.ReadOnlyError),
        lambda server, _: server.writable(),
        reads=True,
    ),
}


@pytest.fixture(scope="module")
def line(line_at, way):
    with line_at(f"redis://127.0.0.1:{way.port}/0") as line:
        yield line


@dataclass
class Broken:
    """A store that is going to be broken, once, and will be mended whatever comes."""

    fault: Fault
    server: Server
    way: Between
    is_broken: bool = False

    def begin(self) -> None:
        self.is_broken = True
        self.fault.begin(self.server, self.way)
        self.fault.is_real(self.way.port)

    def end(self) -> None:
        if self.is_broken:
            self.is_broken = False
            self.fault.end(self.server, self.way)


@pytest.fixture(params=FAULTS)
def broken(request, server, way, line, phone):
    until(lambda: remembers(phone(line)), SOON, "memory works before")
    broken = Broken(FAULTS[request.param], server, way)
    yield broken
    broken.end()


def test_only_memory_is_lost_and_no_stop(broken, line, line_env, server, phone, library, willing_api):
    usual_call, usual_texts = whole_call(phone(line)), texts(phone(line))
    known, stops, forgets = (caller_who_stood(phone(line)) for _ in range(3))
    fault = broken.fault

    def caller_again() -> Handset:
        """Where the store also writes, a caller who was not known is remembered as one who began anew."""
        return caller_who_stood(phone(line)) if fault.writes else known

    assert whole_call(phone(line), broken.begin) == usual_call
    assert texts(phone(line)) == usual_texts
    assert whole_call(phone(line)) == usual_call, "a call that begins while it lasts"
    if fault.reads:
        until(lambda: is_known(caller_again(), library), SOON, "what is kept is read")
    else:
        assert not is_known(known, library)
    if fault.writes:
        until(lambda: remembers(phone(line)), SOON, "what is said is kept")
    elif fault.reads:
        until(lambda: "2 of" in str(text(known, "MORE")), SOON, "a text goes on from what is kept")
    else:
        assert text(known, "MORE")[0].startswith(phrase(library, "lost")[:30])
    wishes = wish(lambda: phone(line), willing_api, library, stops, forgets)
    assert fault.writes or not (wishes.texted or wishes.called), "nothing is said to be done"
    assert wishes.stopped, "this machine's disk has it"
    assert text(stops, "11") == (), "whichever worker answers"
    assert text(stops, "MORE") == ()
    if not fault.reads:
        before = broken.way.visits
        assert_nobody_waits(lambda: phone(line))
        assert broken.way.visits - before <= 4 * WORKERS
    broken.end()
    until(lambda: remembers(phone(line)), SOON, "memory works again, without a restart")
    if wishes.forgotten:
        assert not is_known(forgets, library)
    assert text(stops, "11") == ()
    with client_of(server.port) as client:
        caller = caller_key(party(stops.number), line_env["CALLER_SECRET"].encode())
        until(lambda: client.exists(key_of("stopped", caller)), SOON, "the store has the STOP")
    assert text(stops, "11") == ()
    assert text(stops, "START") == (phrase(library, "started"),)
    assert text(stops, "11"), "the STOP does not come back from the journal"
