"""The way to the store: whatever the client does, an asker gets an answer in time."""

import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor, wait

import pytest
from faults.between import at_once, between, drop_by_drop
from faults.stores import Server, running, until

from ivr.memory.connection import LOOKS, StoreConnection

IN_TIME = 1.0
NOBODY = "redis://127.0.0.1:1"


@pytest.fixture
def server(tmp_path):
    server = Server(tmp_path / "store")
    with running(server):
        yield server


@pytest.fixture
def connection_to():
    """None goes on looking for its store behind later tests: a cluster's client shuffles its nodes as it does, which
    hypothesis takes for a test that draws at random."""
    made = []

    def make(address):
        made.append(StoreConnection(address))
        return made[-1]

    yield make
    for connection in made:
        connection.close()


def ask_in_time(connection, act):
    begun = time.monotonic()
    answer = connection.ask(act, "otherwise")
    assert time.monotonic() - begun < IN_TIME
    return answer


def test_whatever_hangs_is_not_waited_for(server, connection_to):
    connection, done = connection_to(f"redis://127.0.0.1:{server.port}"), threading.Event()
    assert ask_in_time(connection, lambda client: client.ping()) is True
    assert ask_in_time(connection, lambda _: done.wait(20)) == "otherwise"
    assert connection.left_alone
    done.set()


def test_a_store_on_a_socket_of_this_machine_is_asked_without_another_thread_and_not_waited_for_either(
    tmp_path, connection_to
):
    server = Server(tmp_path, {"unixsocket": str(tmp_path / "socket")})
    with running(server):
        connection = connection_to(f"unix://{tmp_path}/socket")
        assert ask_in_time(connection, lambda _: threading.current_thread()) is threading.current_thread()
        assert ask_in_time(connection, lambda client: client.ping()) is True
        server.freeze()
        with ThreadPoolExecutor(16) as pool:
            asked = [pool.submit(ask_in_time, connection, lambda client: client.ping()) for _ in range(100)]
            assert {one.result() for one in asked} == {"otherwise"}
        assert connection.left_alone
        server.thaw()
        until(lambda: connection.ask(lambda client: client.ping(), False), 5, "it is found again")


def test_a_name_that_nobody_looks_up_is_not_waited_for(monkeypatch, connection_to):
    done = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: done.wait(20) and [])
    assert ask_in_time(connection_to("redis://store.example.org"), lambda client: client.ping()) == "otherwise"
    done.set()


@pytest.mark.parametrize(
    "address", [NOBODY, "redis+cluster://127.0.0.1:1,127.0.0.1:2", "redis+sentinel://127.0.0.1:1,127.0.0.1:2/line"]
)
def test_where_nobody_is_the_asker_does_without(address, connection_to):
    connection = connection_to(address)
    assert ask_in_time(connection, lambda client: client.ping()) == "otherwise"
    assert connection.left_alone
    asked = []
    assert (
        connection.ask(asked.append, "otherwise") == connection.ask_at_leisure(asked.append, "otherwise") == "otherwise"
    )
    assert not asked


@pytest.mark.parametrize("error", [AttributeError, ValueError, OSError, RuntimeError])
def test_whatever_a_client_raises_is_a_fault(server, error, connection_to):
    def fail(_client):
        raise error

    connection = connection_to(f"redis://127.0.0.1:{server.port}")
    assert ask_in_time(connection, fail) == "otherwise"
    assert connection.left_alone


def test_many_who_ask_while_it_falls_get_an_answer_each(server, connection_to):
    connection = connection_to(f"redis://127.0.0.1:{server.port}")
    with ThreadPoolExecutor(16) as pool:
        asked = [pool.submit(ask_in_time, connection, lambda client: client.incr("n")) for _ in range(400)]
        server.kill()
        assert {type(one.result()) for one in asked} <= {int, str}
    assert connection.ask(lambda client: client.ping(), "otherwise") == "otherwise"
    server.start()
    until(lambda: connection.ask(lambda client: client.ping(), False), 5, "it is found again")


def test_an_answer_that_comes_byte_by_byte_is_no_return(server, connection_to):
    with between(server.port) as way:
        connection = connection_to(f"redis://127.0.0.1:{way.port}")
        assert connection.ask(lambda client: client.ping(), False) is True
        way.hand_on = drop_by_drop
        assert ask_in_time(connection, lambda client: client.ping()) == "otherwise"
        for _ in range(30):
            assert connection.left_alone
            time.sleep(0.1)
        way.hand_on = at_once
        until(lambda: not connection.left_alone, 8, "it is found again")


def test_a_store_that_fails_again_at_once_is_left_alone_for_longer(server, connection_to):
    connection = connection_to(f"redis://127.0.0.1:{server.port}")

    def fail(_client):
        raise OSError

    gone = []
    for _ in range(2):
        assert connection.ask(fail, "otherwise") == "otherwise"
        gone.append(until(lambda: not connection.left_alone, 8, "it is found again"))
    assert gone[1] > LOOKS[1] > LOOKS[0]


def test_a_fault_of_one_who_asked_before_does_not_lose_what_was_found_since(server, connection_to):
    connection, done = connection_to(f"redis://127.0.0.1:{server.port}"), threading.Event()

    def hang(_client):
        done.wait(20)
        raise OSError

    assert connection.ask(lambda client: client.ping(), "otherwise") is True
    assert connection.ask(hang, "otherwise") == "otherwise"
    until(lambda: not connection.left_alone, 5, "it is found again")
    done.set()
    time.sleep(0.1)
    assert not connection.left_alone


def test_a_connection_that_is_closed_looks_for_nothing(connection_to):
    def looking():
        return {thread for thread in threading.enumerate() if thread.name == "seeking"}

    connection, before = connection_to(NOBODY), looking()
    assert connection.ask(lambda client: client.ping(), "otherwise") == "otherwise"
    assert len(looking() - before) == 1
    connection.close()
    assert not looking() - before


def test_a_connection_that_is_closed_leaves_no_thread(server):
    """Neither of those that were idle nor of one that was busy."""
    before = set(threading.enumerate())
    connection = StoreConnection(f"redis://127.0.0.1:{server.port}")
    busy, go = threading.Event(), threading.Event()
    with ThreadPoolExecutor(3) as pool:
        asking = [pool.submit(connection.ask, lambda client: client.ping(), None) for _ in range(2)]
        asking.append(pool.submit(connection.ask, lambda _: (busy.set(), go.wait(10)), None))
        wait(asking)
    assert busy.is_set()
    assert set(threading.enumerate()) - before
    connection.close()
    go.set()
    until(lambda: not set(threading.enumerate()) - before, 10, "they end")
