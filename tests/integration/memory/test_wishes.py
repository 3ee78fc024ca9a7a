"""STOP and START: on the disk first, then in the store once it is there; in any order, at any of the numbers."""

import itertools
import os
import signal
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from secrets import token_hex

import pytest
import redis
from faults.stores import Server, client_of, running, until

from ivr.desk.running.local import ROOT
from ivr.memory import journal, wishes
from ivr.memory.caller import Sender
from ivr.memory.journal import Journal, Wish, WishKind
from ivr.memory.keys import KEPT, key_of
from ivr.memory.store import Store

A, B = "+12025550100", "+12025550101"
NOBODY = "redis://127.0.0.1:1"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("store"))
    with running(server):
        yield server


@pytest.fixture
def inside(server):
    with client_of(server.port) as client:
        client.flushall()
        yield client


@pytest.fixture
def store(server, inside, tmp_path):
    assert inside.dbsize() == 0
    store = Store(f"redis://127.0.0.1:{server.port}", tmp_path, ours=(A, B))
    yield store
    store.connection.close()


@pytest.fixture
def alone(tmp_path):
    """Its store is not there."""
    store = Store(NOBODY, tmp_path)
    yield store
    store.connection.close()


def stopped(store, number=A, caller="ann"):
    return store.open_text(Sender(f"limits {caller}", caller, None), token_hex(), number).stopped


def wish(kind, at, number=A, caller="ann"):
    return Wish(caller, kind, wishes.place_of(number), at)


# --- the journal ---------------------------------------------------------------------------------------------


def test_a_wish_is_on_the_disk_of_this_machine_for_nobody_else_to_read(tmp_path, monkeypatch):
    folder, synced = tmp_path / "new" / "data", []
    real = os.fsync
    monkeypatch.setattr(os, "fsync", lambda file: (synced.append(Path(f"/proc/self/fd/{file}").readlink()), real(file)))
    before = os.umask(0)
    try:
        assert Journal(folder).add(wish(WishKind.STOP, 1))
    finally:
        os.umask(before)
    assert synced == [folder / journal.FILE, folder]
    for name in (journal.FILE, journal.LOCK):
        assert stat.S_IMODE((folder / name).stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert Journal(folder).wishes() == (wish(WishKind.STOP, 1),)


def test_many_processes_add_at_once_and_each_sees_all(tmp_path):
    code = (
        "import sys; from pathlib import Path; from ivr.memory.journal import *; one = Journal(Path(sys.argv[1]))\n"
        "for number in range(50): assert one.add(Wish(f'{sys.argv[2]}-{number}', WishKind.STOP, 'x', number))"
    )
    one = Journal(tmp_path)
    assert one.wishes() == ()
    command = [sys.executable, "-c", code, str(tmp_path)]
    adding = [subprocess.Popen([*command, str(number)], cwd=ROOT) for number in range(4)]
    dropped = {Wish("0-0", WishKind.STOP, "x", 0)}
    until(lambda: dropped & set(one.wishes()), 20, "some are there")
    one.drop(dropped)
    assert [process.wait(30) for process in adding] == [0] * 4
    assert {each.caller for each in one.wishes()} == {f"{n}-{m}" for n in range(4) for m in range(50)} - {"0-0"}


@pytest.mark.parametrize("broken", [b'{"caller": "bob", "ki', b"\x00" * 4096, b"[]\n{}\nnull\n", b"\xff\n"])
def test_a_line_that_broke_off_costs_no_other(tmp_path, broken):
    one = Journal(tmp_path)
    assert one.add(wish(WishKind.STOP, 1))
    with (tmp_path / journal.FILE).open("ab") as file:
        file.write(broken)
    assert one.add(wish(WishKind.START, 2))
    assert one.wishes() == Journal(tmp_path).wishes() == (wish(WishKind.STOP, 1), wish(WishKind.START, 2))
    one.drop({wish(WishKind.STOP, 1)})
    assert one.wishes() == (wish(WishKind.START, 2),)
    assert stat.S_IMODE((tmp_path / journal.FILE).stat().st_mode) == 0o600


def test_a_full_disk_leaves_no_half_of_a_line(tmp_path, monkeypatch):
    one = Journal(tmp_path)
    assert one.add(wish(WishKind.STOP, 1))
    before, real = (tmp_path / journal.FILE).read_bytes(), os.write
    with monkeypatch.context() as full:
        full.setattr(os, "write", lambda file, lines: real(file, lines[:10]))
        assert not one.add(wish(WishKind.STOP, 2))
    assert (tmp_path / journal.FILE).read_bytes() == before
    assert one.add(wish(WishKind.STOP, 3))


def test_a_process_that_hangs_while_it_writes_is_not_waited_for_for_ever(tmp_path, monkeypatch):
    code = (
        "import sys, fcntl, time; file = open(sys.argv[1], 'w'); fcntl.flock(file, fcntl.LOCK_EX)\n"
        "print('has it', flush=True); time.sleep(60)"
    )
    command = [sys.executable, "-c", code, str(tmp_path / journal.LOCK)]
    monkeypatch.setattr(journal, "PATIENCE", 0.1)
    with subprocess.Popen(command, stdout=subprocess.PIPE) as hanging:
        hanging.stdout.readline()
        os.kill(hanging.pid, signal.SIGSTOP)
        try:
            assert not Journal(tmp_path).add(wish(WishKind.STOP, 1))
        finally:
            hanging.kill()
    assert Journal(tmp_path).add(wish(WishKind.STOP, 1))


def test_a_disk_that_refuses_is_told_once_until_it_works_again(tmp_path, caplog):
    (tmp_path / journal.FILE).mkdir()
    one = Journal(tmp_path)
    for _ in range(3):
        assert not one.add(wish(WishKind.STOP, 1))
        assert one.wishes() == ()
    assert len(caplog.records) == 2, "that it cannot be written, and that it cannot be read"
    (tmp_path / journal.FILE).rmdir()
    assert one.add(wish(WishKind.STOP, 1))
    assert one.wishes()
    (tmp_path / journal.FILE).unlink()
    (tmp_path / journal.FILE).mkdir()
    assert not one.add(wish(WishKind.STOP, 2))
    assert len(caplog.records) == 3


# --- the order of wishes -------------------------------------------------------------------------------------

HISTORY = [
    wish(WishKind.STOP, 10, A),
    wish(WishKind.START, 20, B),
    wish(WishKind.STOP, 30, B),
    wish(WishKind.START, 40, A),
]


@pytest.mark.parametrize("order", list(itertools.permutations(range(4))))
def test_wishes_may_arrive_in_any_order_and_twice(store, inside, tmp_path, order):
    for number in order:
        Journal(tmp_path).add(HISTORY[number])
        assert store.wishes.hand_on()
    assert store.wishes.hand_on()
    (tmp_path / journal.FILE).unlink()
    assert (stopped(store, A), stopped(store, B)) == (False, True)
    assert inside.ttl(key_of("stopped", "ann")) == inside.ttl(key_of("started", "ann")) == -1


def test_a_stop_at_one_number_holds_at_all_and_start_lifts_it_where_it_was_sent(store, inside):
    assert store.stop("ann", A)
    assert stopped(store, A)
    assert stopped(store, B)
    assert store.claim("text", "ann", "x", 20, 3600, B).stopped
    assert store.start("ann", B)
    assert (stopped(store, A), stopped(store, B)) == (True, False)
    assert store.claim("text", "ann", "x", 20, 3600, A).stopped
    assert store.claim("text", "ann", "x", 20, 3600, B).number == 1
    assert store.start("ann", A)
    assert not stopped(store, A)
    assert not stopped(store, B)
    assert not inside.exists(key_of("stopped", "ann")), "nothing is left of it"
    assert 0 < inside.ttl(key_of("started", "ann")) <= KEPT
    assert store.stop("ann", B)
    assert stopped(store, A)


def test_what_an_older_version_kept_holds_until_start(store, inside):
    inside.set(key_of("stopped", "ann"), "1")
    assert stopped(store, A)
    assert store.claim("call", "ann", "x", 20, 3600, A).stopped
    assert store.start("ann", A)
    assert (stopped(store, A), stopped(store, B)) == (False, True)
    assert store.start("ann", B)
    assert not inside.exists(key_of("stopped", "ann"))


def test_a_new_wish_comes_last_whatever_the_clocks_of_the_machines_say(store, monkeypatch):
    assert store.stop("ann", A)
    monkeypatch.setattr(wishes, "now", lambda: 1000)
    assert store.start("ann", A)
    store.wishes._journal.drop(store.wishes._journal.wishes())
    assert not stopped(store, A)
    assert store.stop("ann", A)
    assert stopped(store, A)


# --- a store that is not there, and one that is back ----------------------------------------------------------


def test_all_processes_of_the_machine_know_what_only_the_journal_has(alone, tmp_path):
    other = Store(NOBODY, tmp_path)
    try:
        assert alone.stop("ann", A)
        assert stopped(other)
        assert other.claim("text", "ann", "x", 20, 3600).stopped
        assert other.start("ann", A)
        assert not stopped(alone)
    finally:
        other.connection.close()


def test_a_store_that_does_not_answer_says_nothing_of_what_became_of_a_wish(alone, store):
    """Whoever waits for it looks again: the store may have stalled for a moment."""
    assert alone.became("call", "ann", "x") == ""
    assert store.became("call", "ann", "x") is None
    assert store.claim("call", "ann", "x", 20, 60).number == 1
    assert store.became("call", "ann", "x") == ""
    store.note_wish("call", "ann", "x", "sent", 20)
    assert store.became("call", "ann", "x") == "sent"


def test_a_line_that_was_reloaded_often_has_one_thread_for_wishes_in_a_fork(light_env, tmp_path):
    """While some are pending: the lines from before are gone."""
    assert Journal(tmp_path).add(wish(WishKind.STOP, 1))
    code = (
        "import gc, os, threading; from ivr.web.app import create_app\n"
        "for _ in range(4): app = create_app(); gc.collect()\n"
        "if os.fork(): os._exit(os.waitstatus_to_exitcode(os.wait()[1]))\n"
        "os._exit([one.name for one in threading.enumerate()].count('wishes'))"
    )
    own = {**light_env, "REDIS_URL": NOBODY, "CALLER_SECRET": "a secret for tests", "DATA_DIR": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=own, timeout=60, check=False)
    assert done.returncode == 1


def test_without_a_disk_the_process_knows_it_and_says_that_it_is_not_kept(tmp_path):
    (tmp_path / journal.FILE).mkdir()
    store = Store(NOBODY, tmp_path)
    try:
        assert not store.stop("ann", A)
        assert stopped(store)
        (tmp_path / journal.FILE).rmdir()
        until(lambda: Journal(tmp_path).wishes(), 10, "it is written once the disk is back")
    finally:
        store.connection.close()


def test_the_store_is_told_as_soon_as_it_is_back(tmp_path):
    server = Server(tmp_path / "store", {"appendonly": "yes"})
    with running(server):
        store = Store(f"redis://127.0.0.1:{server.port}", tmp_path)
        server.kill()
        assert store.stop("ann", A)
        assert store.stop("bob", A)
        assert store.start("bob", A)
        server.start()
        with client_of(server.port) as client:
            until(lambda: client.exists(key_of("stopped", "ann")), 10, "the store has it")
            until(lambda: client.exists(key_of("started", "bob")), 10, "the store has it")
        elsewhere = Store(f"redis://127.0.0.1:{server.port}")
        assert stopped(elsewhere)
        assert not stopped(elsewhere, caller="bob")
        store.connection.close()
        elsewhere.connection.close()


def test_the_journal_lets_go_only_of_what_the_store_has_had_for_a_while(store, inside, monkeypatch):
    monkeypatch.setattr(wishes, "APART", 0.0)
    store.wishes._thread = object()  # No other looks than those here.
    assert store.stop("ann", A)
    assert store.wishes.hand_on()
    assert store.wishes.waiting() == 1, "a store that fails over in its first minute may lose it"
    monkeypatch.setattr(wishes, "HELD", 0.0)
    inside.flushall()
    store.wishes._found.clear()
    assert store.wishes.hand_on()
    assert store.wishes.waiting() == 1, "the store did not have it at this look"
    assert stopped(store)
    assert store.wishes.hand_on()
    assert store.wishes.waiting() == 0
    assert stopped(store)


def test_a_store_that_only_reads_still_tells_who_stopped(store, server, inside):
    inside.set(key_of("stopped", "bob"), "1")
    assert store.try_writing() == "up"
    server.read_only()
    try:
        assert stopped(store, caller="bob")
        assert store.try_writing() == "refusing"
        assert store.stop("ann", A)
        assert stopped(store)
        with pytest.raises(redis.ReadOnlyError):
            inside.set("probe", 1)
    finally:
        server.writable()
    until(lambda: inside.exists(key_of("stopped", "ann")), 10, "it is in the store once that writes")
    assert store.try_writing() == "up"


@pytest.mark.parametrize(("fsync", "kept"), [("always", True), ("everysec", True), (None, False)])
def test_the_embedded_store_counts_once_its_disk_has_it(tmp_path, fsync, kept):
    """Where the journal cannot be written. Without its own file the store has it in memory alone."""
    options = {"appendonly": "yes", "appendfsync": fsync} if fsync else {}
    server = Server(tmp_path / "store", options)
    (tmp_path / journal.FILE).mkdir()
    with running(server):
        store = Store(f"redis://127.0.0.1:{server.port}", tmp_path, needs_disk=True)
        assert store.stop("ann", A) is kept
        store.connection.close()


def test_many_at_once_lose_none(store, inside):
    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(lambda number: store.stop(f"caller {number}", A), range(100)))
    assert len(inside.keys("stopped:*")) == 100
