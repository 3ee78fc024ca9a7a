"""Connections that are held open, by the thousand: callers notice nothing. Each fault is shown to be real first, by a
worker of gunicorn's own that has a thread wait for every connection."""

import resource
import signal
import socket
import subprocess
import sys
import urllib.request
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from faults.stores import until
from strangers import HEALTH, KINDS, connections, idle, still_open, strangers
from wire import post_form

from ivr.desk.running.local import HOST, ROOT, free_port, served, serving

GTHREAD = ("--worker-class", "gthread")
IN_ONE = {"WEB_CONCURRENCY": "1"}
"""One worker: or else the other one might answer."""
MOST = 500
"""Connections that one worker holds."""
SOON = 4
"""Seconds: less than what any of these would have callers wait for."""


@pytest.fixture(scope="module")
def line(light_env, tmp_path_factory):
    with serving({**light_env, **IN_ONE, "DATA_DIR": str(tmp_path_factory.mktemp("ours"))}, free_port()) as line:
        yield line


@pytest.fixture(scope="module")
def gthread(light_env, tmp_path_factory):
    data = str(tmp_path_factory.mktemp("gthread"))
    with serving({**light_env, **IN_ONE, "DATA_DIR": data}, free_port(), *GTHREAD) as line:
        yield line


def health(line, seconds=SOON):
    with urllib.request.urlopen(f"{line}/health", timeout=seconds) as answer:
        return answer.status


def is_stopped(line):
    try:
        return health(line, 1.5) != 200
    except TimeoutError:
        return True


def assert_nobody_notices(line, token):
    assert health(line) == 200
    answered = post_form(line, token, "/voice", [("From", "anonymous")])
    assert (answered.status, "<Gather" in answered.text) == (200, True)


def test_sixteen_silent_connections_stop_a_worker_of_threads(gthread):
    with connections(gthread, 16):
        assert is_stopped(gthread)
    until(lambda: not is_stopped(gthread), 30, "it is well again")


@pytest.mark.parametrize("sent", KINDS.values(), ids=KINDS)
@pytest.mark.parametrize("many", [16, 200, 2300])
def test_nobody_waits_for_strangers(line, light_env, many, sent):
    with strangers(line, many, sent) as sockets:
        assert_nobody_notices(line, light_env["TWILIO_AUTH_TOKEN"])
        assert len(still_open(sockets)) <= MOST


def test_idle_connections_stop_a_worker_of_threads(gthread):
    """As many as it holds; and it closes none of them for another."""
    with idle(gthread, MOST - 8), connections(gthread, 16):
        assert is_stopped(gthread)


@pytest.mark.parametrize("many", [16, 200, 2300])
def test_idle_connections_keep_nobody_out(line, light_env, many):
    with idle(line, many) as sockets:
        assert_nobody_notices(line, light_env["TWILIO_AUTH_TOKEN"])
        assert len(still_open(sockets)) <= MOST


def test_the_longest_idle_go_first(light_env, tmp_path):
    own = {**light_env, **IN_ONE, "DATA_DIR": str(tmp_path)}
    with serving(own, free_port(), "--worker-connections", "10") as line, idle(line, 9) as sockets:
        first, second, *rest = sockets
        first.sendall(HEALTH)
        assert first.recv(4096).startswith(b"HTTP/1.1 200")
        with connections(line, 2):
            assert health(line) == 200
            until(lambda: second not in still_open(sockets), 5, "the longest idle one is closed")
            assert {first, *rest[2:]} <= set(still_open(sockets)), "used again, or later"


@pytest.mark.skipif(sys.platform != "linux", reason="takes files from a running process")
def test_a_worker_that_may_open_no_more_files_closes_the_longest_idle(light_env, tmp_path):
    own = {**light_env, **IN_ONE, "DATA_DIR": str(tmp_path)}
    with served(own, free_port()) as line:
        assert health(line.address) == 200
        children = Path(f"/proc/{line.web.pid}/task/{line.web.pid}/children").read_text().split()
        (worker,) = (pid for pid in children if b"gunicorn" in Path(f"/proc/{pid}/cmdline").read_bytes())
        open_now = len(list(Path(f"/proc/{worker}/fd").iterdir()))
        resource.prlimit(int(worker), resource.RLIMIT_NOFILE, (open_now + 10, open_now + 10))
        with connections(line.address, 100) as sockets:
            assert_nobody_notices(line.address, light_env["TWILIO_AUTH_TOKEN"])
            assert len(still_open(sockets)) <= 10


def test_half_a_request_that_goes_on_byte_by_byte_ends(line, light_env):
    with strangers(line, 20, KINDS["half a head"]) as sockets:
        left = sockets
        for _ in range(150):
            for one in left:
                with suppress(OSError):
                    one.sendall(b"x")
            left = still_open(left)
            if not left:
                break
            wait_a_moment(left[0])
        assert not left
    assert_nobody_notices(line, light_env["TWILIO_AUTH_TOKEN"])


def wait_a_moment(one: socket.socket) -> None:
    """Until it is closed, a tenth of a second at most."""
    one.settimeout(0.1)
    with suppress(OSError):
        one.recv(1, socket.MSG_PEEK)


@contextmanager
def large_answers(*words):
    port = free_port()
    bound = ("--bind", f"{HOST}:{port}", "--workers", "1", "--log-level", "error")
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        *bound,
        "--pythonpath",
        "tests/e2e/hostile",
        *words,
        "large_answer:app",
    ]
    web = subprocess.Popen(command, cwd=ROOT)
    try:
        until(lambda: is_there(port), 20, "it answers")
        yield f"http://{HOST}:{port}"
    finally:
        web.send_signal(signal.SIGQUIT)
        web.wait(20)


def is_there(port):
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) == 0


@pytest.mark.parametrize(("worker", "stopped"), [(GTHREAD, True), ((), False)], ids=["gthread", "ours"])
def test_nobody_waits_for_a_client_that_takes_no_answer(worker, stopped):
    """They ask for much, and read none of it."""
    with large_answers(*worker) as line, strangers(line, 12, HEALTH.replace(b"/health", b"/large")):
        assert is_stopped(line) is stopped


def test_an_answer_that_is_taken_slowly_is_whole():
    with large_answers() as line:
        connection = HTTPConnection(urlsplit(line).netloc, timeout=20)
        connection.request("GET", "/large")
        answer = connection.getresponse()
        first = answer.read(1000)
        assert health(line) == 200
        assert len(first + answer.read()) == 16_000_000
        connection.request("GET", "/health")
        assert connection.getresponse().read() == b"well", "on the same connection"
        connection.close()


def test_a_body_may_be_asked_for_first(line):
    """A client that waits until it may send it."""
    where = urlsplit(line)
    with socket.create_connection((where.hostname, where.port), timeout=10) as one:
        one.sendall(b"POST /voice HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n")
        assert one.recv(4096) == b"HTTP/1.1 100 Continue\r\n\r\n"
        one.sendall(b"a=1")
        assert b"HTTP/1.1 403 " in one.recv(65536)


def test_requests_in_one_piece_are_answered_in_their_order(line):
    where = urlsplit(line)
    post = b"POST /voice HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\na=1"
    chunks = b"POST /sms HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\na=1\r\n0\r\n\r\n"
    last = HEALTH.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")
    with socket.create_connection((where.hostname, where.port), timeout=10) as one:
        one.sendall(HEALTH + post + chunks + HEALTH + last + HEALTH)
        came = b"".join(iter(lambda: one.recv(65536), b""))
    assert [status[:3] for status in came.split(b"HTTP/1.1 ")[1:]] == [b"200", b"403", b"403", b"200", b"200"]


def test_https_is_refused_at_the_start(light_env, tmp_path):
    """Half of it would be worse: it is the proxy's."""
    (tmp_path / "x.pem").touch()
    words = [f"--{name}={tmp_path / 'x.pem'}" for name in ("certfile", "keyfile")]
    command = [sys.executable, "-m", "gunicorn", "--bind", f"{HOST}:{free_port()}", *words, "ivr.web.app:create_app()"]
    own = {**light_env, "DATA_DIR": str(tmp_path)}
    done = subprocess.run(command, cwd=ROOT, env=own, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert "The line speaks plain HTTP only" in done.stderr
    assert "Traceback" not in done.stderr
