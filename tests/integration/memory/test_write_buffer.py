"""The write buffer, and the threads that ask: they outlive faults, and a fork has its own."""

import os
import threading

import pytest
from faults.stores import Server, running, until

from ivr.memory.connection import MOST_ASKING, StoreConnection
from ivr.memory.write_buffer import WriteBuffer


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("store"))
    with running(server):
        yield f"redis://127.0.0.1:{server.port}"


@pytest.fixture
def connection(address):
    connection = StoreConnection(address)
    yield connection
    connection.close()


@pytest.fixture
def written(monkeypatch):
    """One more for each writing."""
    acts = []
    write = WriteBuffer.write

    def counted(buffer):
        acts.append(1)
        write(buffer)

    monkeypatch.setattr(WriteBuffer, "write", counted)
    return acts


def test_what_is_noted_meanwhile_is_written_once(connection, written):
    buffer = WriteBuffer(connection)
    for _ in range(1000):
        buffer.count(("many",))
    until(lambda: written, 5, "it is written")
    assert len(written) < 5


def test_it_goes_on_after_a_fault(connection, written, monkeypatch, capfd):
    fault, told = MemoryError("+14155558734"), []

    def fail(*_):
        raise fault

    def is_told():
        told.append(capfd.readouterr().err)
        return "".join(told).count("MemoryError\n") == len(written)

    monkeypatch.setattr(connection, "ask_at_leisure", fail)
    buffer = WriteBuffer(connection)
    for times in (1, 2, 3):
        buffer.count(("some",))
        until(lambda times=times: len(written) == times and is_told(), 5, "it is tried again, and told")
    assert "in fail\n" in "".join(told)
    assert "4155558734" not in "".join(told), "what it says may be somebody's"


def said_by_a_fork(act):
    """What the child writes; it ends without the tests' own end."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            act(lambda word: os.write(writing, word))
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as said:
        os.waitpid(child, 0)
        return said.read()


def test_a_fork_writes_in_a_thread_of_its_own(connection):
    before = connection.ask(lambda client: client.hlen("count:x"), None)
    assert before == 0
    buffer = WriteBuffer(connection)
    buffer.place("a-caller", "a-path")
    until(lambda: connection.ask(lambda client: client.hget("caller:{a-caller}", "call"), None), 5, "it is written")

    def in_child(say):
        buffer.place("another", "a-path")
        until(lambda: connection.ask(lambda client: client.hget("caller:{another}", "call"), None), 5, "it is written")
        say(b"written")

    assert said_by_a_fork(in_child) == b"written"


def threads():
    return {thread for thread in threading.enumerate() if thread.name.startswith("asking")}


def ask(connection):
    assert connection.ask(lambda client: client.ping(), False) is True


def test_threads_ask_one_question_after_another_and_a_stuck_one_is_done_without(connection):
    """How soon one of them is free again is the machine's affair: so more is asked than there can be threads."""
    before, stuck = threads(), threading.Event()
    for _ in range(3 * MOST_ASKING):
        ask(connection)
    assert 0 < len(threads() - before) <= MOST_ASKING
    connection.soon(lambda: stuck.wait(20))
    for _ in range(3 * MOST_ASKING):
        ask(connection)
    assert 0 < len(threads() - before) <= MOST_ASKING
    stuck.set()


def test_a_fork_has_no_thread_of_its_parent(connection):
    ask(connection)

    def in_child(say):
        say(b"answered" if connection.ask(lambda client: client.ping(), False) else b"never")

    assert said_by_a_fork(in_child) == b"answered"


def test_a_fork_of_a_process_that_has_lost_its_store_tries_it_itself(tmp_path, monkeypatch):
    monkeypatch.setattr("ivr.memory.connection.LOOKS", (60.0,))
    server = Server(tmp_path)
    connection = StoreConnection(f"redis://127.0.0.1:{server.port}")
    assert connection.ask(lambda client: client.ping(), False) is False
    with running(server):
        assert connection.left_alone

        def in_child(say):
            say(b"found" if connection.ask(lambda client: client.ping(), False) else b"never")

        assert said_by_a_fork(in_child) == b"found"
    connection.close()
