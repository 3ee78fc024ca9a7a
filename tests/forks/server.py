"""Forks processes of the line for tests: `python tests/forks/server.py FOLDER PROCESS ROOM`, as long as PROCESS lives.

Each connection asks for one process and is told its number, and how it ended."""

import atexit
import ctypes
import gc
import json
import os
import runpy
import selectors
import shutil
import signal
import socket
import sys
import tempfile
import threading
import time
import traceback
from contextlib import suppress
from pathlib import Path
from typing import Any

TESTS = Path(__file__).resolve().parents[1]
sys.path[:1] = [str(TESTS.parent), str(TESTS)]

import gunicorn.app.wsgiapp  # noqa: E402
import gunicorn.arbiter  # noqa: E402, F401
import pytest  # noqa: E402
from read_once import read_once  # noqa: E402

import ivr.memory.keeper  # noqa: E402
import ivr.web.server.worker  # noqa: E402, F401
from forks import fork_at  # noqa: E402
from ivr.carrier.chosen import carrier_of  # noqa: E402
from ivr.library.load import content_of  # noqa: E402
from ivr.listening.ready import make_ready  # noqa: E402
from ivr.settings import CONTENT, DEFAULT_HELPLINE, Settings  # noqa: E402
from ivr.web.app import libraries_of  # noqa: E402

CHILDREN: dict[int, socket.socket] = {}
ARGUMENTS = 48
"""The field of /proc/self/stat that tells where a process keeps its arguments; the next tells where they end."""


LINES: tuple[dict[str, str], ...] = ({}, {"TWILIO_ACCOUNT_SID": "AC" + "0" * 32, "LINE_NUMBER": "+18005550199"})
"""Settings of lines that cannot send texts, and of those that can: what most tests start."""


def read_everything() -> None:
    content = content_of(CONTENT, DEFAULT_HELPLINE)
    for own in LINES:
        settings = Settings.from_env({"TWILIO_AUTH_TOKEN": "0" * 32, "PUBLIC_URL": "http://127.0.0.1", **own})
        for library in libraries_of(content.libraries, settings, carrier_of(settings)).values():
            make_ready(library)


def serve(folder: Path, process: int) -> dict[str, Any]:
    """Returns in each fork only, with what it is to do."""
    ends, wakes = socket.socketpair()
    lives = os.pidfd_open(process)
    door = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    with ends, wakes, os.fdopen(lives), door, selectors.DefaultSelector() as selector:
        for end in (ends, wakes):
            end.setblocking(False)
        signal.set_wakeup_fd(wakes.fileno(), warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        door.bind(str(folder / "opening"))
        door.listen(128)
        (folder / "opening").rename(folder / "socket")
        for file in (ends, lives, door):
            selector.register(file, selectors.EVENT_READ)
        while True:
            for key, _ in selector.select():
                if key.fileobj is door:
                    task = answer(door.accept()[0])
                    if task:
                        return task
                elif key.fileobj is ends:
                    ends.recv(4096)
                    tell_ended()
                else:
                    shutil.rmtree(folder, ignore_errors=True)
                    os._exit(0)


def answer(client: socket.socket) -> dict[str, Any] | None:
    """The task, in the fork; None in this process."""
    size, files, _, _ = socket.recv_fds(client, 4, 3)
    task: dict[str, Any] = json.loads(client.recv(int.from_bytes(size, "big"), socket.MSG_WAITALL))
    pid = os.fork()
    if not pid:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for place, file in enumerate(files):
            os.dup2(file, place)
    for file in files:
        os.close(file)
    if pid:
        client.sendall(b"%d\n" % pid)
        CHILDREN[pid] = client
        return None
    for other in (client, *CHILDREN.values()):
        other.close()
    return task


def tell_ended() -> None:
    with suppress(ChildProcessError):
        while (ended := os.waitpid(-1, os.WNOHANG))[0]:
            with suppress(OSError, KeyError), CHILDREN.pop(ended[0]) as client:
                client.sendall(b"%d\n" % os.waitstatus_to_exitcode(ended[1]))


def become(task: dict[str, Any]) -> None:
    """What the interpreter would have taken from outside."""
    if task["session"]:
        os.setsid()
    os.umask(task["umask"])
    os.chdir(task["cwd"])
    os.environ.clear()
    os.environ.update(task["env"])
    time.tzset()
    tempfile.tempdir = None
    sys.path[:2] = [task["cwd"]]
    sys.argv[:] = task["words"]
    write_arguments([sys.executable, "-m", *task["words"]])


def write_arguments(words: list[str]) -> None:
    """Where `ps` and /proc read them."""
    fields = Path("/proc/self/stat").read_text().rpartition(")")[2].split()
    begin, end = (int(field) for field in fields[ARGUMENTS - 3 : ARGUMENTS - 1])
    written = b"".join(os.fsencode(word) + b"\0" for word in words)[: end - begin]
    ctypes.memset(begin, 0, end - begin)
    ctypes.memmove(begin, written, len(written))


if __name__ == "__main__":
    home, while_this = Path(sys.argv[1]), int(sys.argv[2])
    os.chdir(TESTS.parent)
    patch = pytest.MonkeyPatch()
    read_once(patch)
    fork_at(patch, str(home))
    read_everything()
    assert threading.active_count() == 1, "a fork has one thread only"
    gc.collect()
    gc.freeze()
    given = serve(home, while_this)
    become(given)
    status = 0
    try:
        runpy.run_module(given["words"][0], run_name="__main__", alter_sys=True)
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else int(end.code is not None)
        if isinstance(end.code, str):
            sys.stderr.write(f"{end.code}\n")
    except BaseException:
        traceback.print_exc()
        status = 1
    threading._shutdown()
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)  # Without taking all apart that was read: that is a tenth of a second of each process.
