"""Requests that are none, with a number and words in each part: whatever complains of them tells nothing of these."""

import logging
import socket
import subprocess
import sys
from base64 import b64encode
from urllib.parse import urlsplit

import pytest
from seeking import files, search
from settling import settle
from watched import watching
from wire import raw

from ivr.desk.running.local import ROOT, free_port, serving
from ivr.web.discreet import Discreet

NUMBER, WORD = "+14155558734", "Ferdinanda"
WHO = f"{NUMBER}{WORD}"
BARE = f"4155558734{WORD.upper()}"
POST = "POST /sms HTTP/1.1\r\nHost: x\r\n"
CHUNKED = f"{POST}Transfer-Encoding: chunked\r\n\r\n"
MALFORMED = {
    "a line": f"{WHO}\r\n\r\n",
    "a method": f"{BARE} / HTTP/1.1\r\n\r\n",
    "a method in small letters": f"{WHO} / HTTP/1.1\r\n\r\n",
    "an address": f"GET {WHO} HTTP/1.1\r\n\r\n",
    "an address with blanks": f"GET /{NUMBER} {WORD} HTTP/1.1\r\n\r\n",
    "an address of another host": f"GET http://{WHO}:x@[::/ HTTP/1.1\r\n\r\n",
    "a long address": f"GET /{WHO}{'x' * 9000} HTTP/1.1\r\n\r\n",
    "a version": f"GET / {WHO}\r\n\r\n",
    "a version that nobody speaks": f"GET /{WHO} HTTP/9.9\r\n\r\n",
    "a preface of HTTP/2": f"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n{WHO}",
    "a proxy's line": f"PROXY TCP4 {NUMBER} {WORD} 1 2\r\n{POST}\r\n",
    "bare line feeds": f"GET /{WHO} HTTP/1.1\nX: {WHO}\n\n",
    "a header's name": f"{POST}{WHO}({WORD}): x\r\n\r\n",
    "a header without colon": f"{POST}{WHO}\r\n\r\n",
    "a header's value": f"{POST}X: {WHO}\x00\r\n\r\n",
    "a folded header": f"{POST}X: y\r\n {WHO}\r\n\r\n",
    "a long header": f"{POST}X: {WHO}{'x' * 9000}\r\n\r\n",
    "many headers": POST + "".join(f"X{number}: {WHO}\r\n" for number in range(200)) + "\r\n",
    "a length": f"{POST}Content-Length: {WHO}\r\n\r\n",
    "two lengths": f"{POST}Content-Length: 1\r\nContent-Length: 4155558734\r\n\r\n{WHO}",
    "a coding": f"{POST}Transfer-Encoding: {WHO}\r\n\r\n",
    "an expectation": f"{POST}Expect: {WHO}\r\nContent-Length: 1\r\n\r\nx",
    "a script's name": f"{POST}SCRIPT_NAME: /{WHO}\r\n\r\n",
    "schemes": f"{POST}X-Forwarded-Proto: {WHO}\r\nX-Forwarded-Ssl: {WHO}\r\n\r\n",
    "a chunk's size": f"{CHUNKED}{WHO}\r\nabc\r\n",
    "a chunk's extension": f"{CHUNKED}3;{WHO}=(\r\nabc\r\n0\r\n\r\n",
    "a chunk's end": f"{CHUNKED}3\r\nabc{WHO}\r\n0\r\n\r\n",
    "a trailer": f"{CHUNKED}3\r\nabc\r\n0\r\n{WHO}\r\n\r\n",
    "half a request": f"GET /{WHO}",
    "half a header": f"{POST}X: {WHO}",
    "half a body": f"{POST}Content-Length: 999\r\n\r\nFrom={WHO}",
    "a body of another kind": f"{POST}Content-Type: {WHO}\r\nContent-Length: 10\r\n\r\n4155558734",
    "a question's words": f"GET /voice?From={NUMBER}&Body={WORD} HTTP/1.1\r\nHost: x\r\n\r\n",
    "a place that is not there": f"GET /{WORD}/{NUMBER} HTTP/1.1\r\nHost: {WORD}\r\n\r\n",
    "health, asked by somebody": f"GET /health/?{WHO} HTTP/1.1\r\nHost: {WHO}\r\nReferer: {WHO}\r\n"
    f"User-Agent: {WHO}\r\nX-Forwarded-For: {WHO}\r\nCookie: {WHO}\r\n\r\n",
    "a user": f"GET /health HTTP/1.1\r\nAuthorization: Basic {b64encode(WHO.encode()).decode()}\r\n\r\n",
    "a user that is none": f"GET /health HTTP/1.1\r\nAuthorization: Basic {WHO}\r\n\r\n",
    "a recording": f"GET /audio/{WHO}.mp3 HTTP/1.1\r\nHost: x\r\nRange: bytes={WHO}\r\n\r\n",
}


@pytest.fixture(scope="module")
def watched(line_env, tmp_path_factory):
    with watching(line_env, tmp_path_factory.mktemp("malformed")) as watched:
        yield watched


def reset(line, data):
    """Hangs up before the answer."""
    parts = urlsplit(line)
    with socket.create_connection((parts.hostname, parts.port), timeout=5) as wire:
        wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
        wire.sendall(data)


@pytest.fixture(scope="module")
def traces(watched):
    for malformed in MALFORMED.values():
        data = malformed.encode("latin-1")
        raw(watched.line, data)
        reset(watched.line, data)
    settle()
    return list(files(watched.folder))


def test_gunicorns_own_log_quotes_them(light_env, tmp_path):
    file = tmp_path / "error.log"
    words = ("--logger-class", "gunicorn.glogging.Logger", "--error-logfile", str(file))
    with serving({**light_env, "DATA_DIR": str(tmp_path / "data")}, free_port(), *words) as line:
        raw(line, MALFORMED["a header's name"].encode())
    assert search([("log", file.read_bytes())], [NUMBER], [WORD])


def test_nothing_of_a_malformed_request_is_logged(traces):
    assert search(traces, [NUMBER], [WORD]) == []


def test_the_log_says_that_there_were_some(watched, traces):
    assert traces
    log = watched.log
    assert "[DEBUG]" in log
    for fault in ("InvalidRequestLine", "InvalidHeader", "LimitRequestLine", "LimitRequestHeaders"):
        assert f"Invalid request from - ({fault})" in log
    assert "Traceback" not in log
    assert '"GET /health' in (watched.folder / "access.log").read_text()


def logged(act, name="gunicorn.error", is_worker=True):
    """What a handler would write."""
    lines, log = [], logging.Logger(name)
    handler = logging.Handler()
    handler.emit = lambda record: lines.append(logging.Formatter("%(message)s").format(record))
    handler.addFilter(Discreet())
    if is_worker:
        handler.filters[0].first_process = -1
    log.addHandler(handler)
    act(log)
    return "\n".join(lines)


def fault(words=WHO):
    try:
        try:
            raise KeyError(words)
        except KeyError:
            raise ValueError(f"{words} is none")  # noqa: B904 (one that comes of the other)
    except ValueError:
        return sys.exc_info()


@pytest.mark.parametrize("name", ["gunicorn.error", "ivr.web.app", "concurrent.futures", "root"])
@pytest.mark.parametrize("is_worker", [True, False])
def test_a_fault_is_told_by_its_kind_and_where_it_was(name, is_worker):
    told = logged(lambda log: log.error("A fault", exc_info=fault()), name, is_worker)
    assert search([("log", told.encode())], [NUMBER], [WORD]) == []
    assert told.startswith("A fault\nTraceback")
    assert "in fault" in told
    assert told.count("KeyError") == 2, "the line of the code, and its kind"
    assert told.endswith("ValueError")


@pytest.mark.parametrize(
    ("act", "told"),
    [
        (lambda log: log.info("Booting worker with pid: %s", 12), "Booting worker with pid: 12"),
        (lambda log: log.info("%d bytes", 4155558734), "0 bytes"),
        (lambda log: log.debug("%s %s", "GET", f"/{WHO}"), "- -"),
        (lambda log: log.debug("Ignored %s", OSError(WHO)), "Ignored OSError"),
        (lambda log: log.debug("Ignored %(who)s", {"who": WHO}), "Ignored -"),
        (lambda log: log.warning(f"Invalid request from ip=1.2.3.4: {WHO}"), "Invalid request from -"),
        (lambda log: log.warning(f"Broken: {WHO}"), "-"),
        (lambda log: log.warning(ValueError(WHO)), "ValueError"),
        (lambda log: log.info("Closing connection."), "Closing connection."),
    ],
)
def test_other_parts_of_the_stack_tell_what_they_do_and_never_of_whom(act, told):
    assert logged(act) == told


def test_before_there_are_workers_all_is_told():
    """An address that is taken, a setting that is wrong: nobody has called yet."""
    assert logged(lambda log: log.error("Invalid address: %s", "x:1"), is_worker=False) == "Invalid address: x:1"


def test_the_lines_own_words_stay():
    assert logged(lambda log: log.info("kind=%s", "pressed"), "ivr.turn") == "kind=pressed"


def test_a_fault_that_ends_a_thread_is_told_by_its_kind():
    """In a process of its own, since the web server's settings set up the log."""
    code = (
        "import runpy, threading; runpy.run_path('gunicorn.conf.py');"
        f"thread = threading.Thread(target=lambda: int('{WHO}')); thread.start(); thread.join()"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert search([("log", done.stderr.encode())], [NUMBER], [WORD]) == []
    assert "A thread has ended" in done.stderr
    assert done.stderr.rstrip().endswith("ValueError")
