"""The log: written behind the turns, whole, to the last line, and by nobody who has a caller waiting."""

import io
import logging
import os
import subprocess
import sys
import threading
import time
from contextlib import suppress

import pytest
from faults.stores import until

from ivr.desk.running.local import ROOT
from ivr.web.log import MOST_WAITING, Gathering

LINES = 5000
LINE = "x" * 60


@pytest.fixture
def log():
    """A logger, and what it has written."""
    written = io.StringIO()
    logger = logging.Logger("test")
    logger.addHandler(Gathering(written))
    return logger, written


def test_lines_are_whole_and_in_order(log):
    logger, written = log
    for number in range(LINES):
        logger.info("%d %s", number, LINE)
    until(lambda: written.getvalue().count("\n") == LINES, 10, "all are written")
    assert written.getvalue().splitlines() == [f"{number} {LINE}" for number in range(LINES)]


class Unspeakable:
    def __str__(self):
        raise RuntimeError


@pytest.mark.parametrize("words", ["%d", Unspeakable()])
def test_a_line_that_cannot_be_written_does_not_end_the_log(log, capsys, words):
    logger, written = log
    logger.info(words, "x")
    logger.info("after it")
    until(lambda: "after it" in written.getvalue(), 5, "the next one is written")
    assert "Logging error" in capsys.readouterr().err


WRITER = f"""
import logging
from ivr.web.log import Gathering
logger = logging.Logger("test")
logger.addHandler(Gathering())
for number in range({LINES}):
    logger.info("%d {LINE}", number)
"""


def process_that_logs(pipe, buffered):
    env = {**os.environ, "PYTHONUNBUFFERED": "" if buffered else "1"}
    return subprocess.Popen([sys.executable, "-c", WRITER], stderr=pipe, cwd=ROOT, env=env)


@pytest.mark.parametrize("buffered", [True, False])
def test_the_end_of_a_process_loses_no_line(buffered):
    """Though its reader takes them late."""
    with process_that_logs(subprocess.PIPE, buffered) as process:
        time.sleep(1)
        lines = process.stderr.read().decode().splitlines()
    assert lines == [f"{number} {LINE}" for number in range(LINES)]


def test_lines_of_two_workers_do_not_tear_each_other():
    reading, writing = os.pipe()
    both = [process_that_logs(writing, buffered=False) for _ in range(2)]
    os.close(writing)
    with os.fdopen(reading, "rb") as said:
        time.sleep(1)
        lines = said.read().decode().splitlines()
    assert [process.wait() for process in both] == [0, 0]
    assert sorted(lines) == sorted(f"{number} {LINE}" for number in range(LINES) for _ in range(2))


def test_a_log_that_nobody_reads_holds_up_nobody():
    reading, writing = os.pipe()
    with suppress(BrokenPipeError), os.fdopen(writing, "w") as stuck:
        logger = logging.Logger("test")
        handler = Gathering(stuck)
        logger.addHandler(handler)
        longest = 0.0
        for _ in range(3 * MOST_WAITING):
            begun = time.monotonic()
            logger.info(LINE)
            longest = max(longest, time.monotonic() - begun)
        assert longest < 0.5
        assert handler.queue.qsize() <= MOST_WAITING
        os.close(reading)


def test_a_log_that_another_has_replaced_leaves_no_thread(log):
    """A reload of the web server sets it up anew, and closes the one from before."""
    logger, written = log
    before = set(threading.enumerate())
    logger.info("before the reload")
    (handler,) = logger.handlers
    assert set(threading.enumerate()) - before
    handler.close()
    until(lambda: not set(threading.enumerate()) - before, 10, "its thread ends")
    assert written.getvalue() == "before the reload\n"
