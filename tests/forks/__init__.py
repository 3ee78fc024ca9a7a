"""Processes of the line that tests start, forked from one that has imported and read everything already.

`python -m gunicorn ...` takes a second of the processor before it serves, the store's keeper a quarter, and a run of
all tests starts about a hundred of each. What they import, and what they read of the same content, is the same each
time: so a server of forks (server.py) does it once in a run, and each process is a fork of it, with the arguments, the
environment, the folder and the files that it would have had, and with everything from the first line of its `__main__`
on as ever. How the line starts by itself is held by the tests that start it themselves.
"""

import json
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any, BinaryIO

import pytest

from ivr.desk.running import local
from ivr.memory import embedded
from ivr.memory.locks import locked

AT = "TESTS_FORKS"
"""In the environment of the tests' processes: the folder of the server of forks, one for all of them."""
MODULES = ("gunicorn", "ivr.memory.keeper")
SERVER = Path(__file__).parent / "server.py"
ROOM = "." * 1000
"""An argument of the server's: its forks write their own arguments there, where other processes look for them."""
CAN_FORK = sys.platform == "linux"
START_SECONDS = 120


def prepare_forks() -> None:
    """For the process that starts all others. The server itself is started by the first that needs it."""
    if CAN_FORK and AT not in os.environ:
        os.environ[AT] = tempfile.mkdtemp(prefix="forks-")
        os.environ[f"{AT}_WHILE"] = str(os.getpid())


def end_forks() -> None:
    """The server ends with the process that prepared it; where none was started, its folder is left."""
    if os.environ.get(f"{AT}_WHILE") == str(os.getpid()):
        shutil.rmtree(os.environ[AT], ignore_errors=True)


def fork_at(patch: pytest.MonkeyPatch, folder: str) -> None:
    """Has the line's own modules start their processes at the server of forks in this folder."""
    starts = SimpleNamespace(**{name: getattr(subprocess, name) for name in subprocess.__all__})
    starts.Popen = lambda command, **how: started(Path(folder), command, **how)
    for module in (local, embedded):
        patch.setattr(module, "subprocess", starts)


def started(folder: Path, command: list[str], **how: Any) -> Any:
    """A fork if that comes to the same, else a process of its own."""
    interpreter, option, module, *_ = (*command, "", "", "")
    env = how.get("env", os.environ)
    plain = (interpreter, option) == (sys.executable, "-m") and module in MODULES
    if plain and not any(name.startswith("PYTHON") for name in env if name != "PYTHONDONTWRITEBYTECODE"):
        return Forked(folder, command[2:], **how)
    return subprocess.Popen(command, **how)


class Forked:
    """As much of a Popen as the line uses. It is the child of another process, which tells how it ended."""

    def __init__(
        self,
        folder: Path,
        words: list[str],
        cwd: Path,
        env: dict[str, str] | None = None,
        stdin: int | None = None,
        stdout: int | None = None,
        stderr: BinaryIO | None = None,
        start_new_session: bool = False,
    ) -> None:
        self.returncode: int | None = None
        self.stdout: BinaryIO | None = None
        ours: list[int] = []
        if stdin == subprocess.DEVNULL:
            ours.append(os.open(os.devnull, os.O_RDONLY))
        files = [ours[0] if ours else 0, 1, stderr.fileno() if stderr else 2]
        if stdout == subprocess.PIPE:
            reads, files[1] = os.pipe()
            ours.append(files[1])
            self.stdout = os.fdopen(reads, "rb")
        told = {"words": words, "env": dict(os.environ if env is None else env), "cwd": str(cwd)}
        self._server = _reached(folder)
        try:
            body = json.dumps({**told, "umask": _umask(), "session": start_new_session}, ensure_ascii=True).encode()
            socket.send_fds(self._server, [len(body).to_bytes(4, "big")], files)
            self._server.sendall(body)
        finally:
            for file in ours:
                os.close(file)
        self._answers = self._server.makefile("rb")
        self.pid = int(self._answers.readline())

    def poll(self) -> int | None:
        has_ended = self.returncode is None and select.select([self._server], [], [], 0)[0]
        return self.wait() if has_ended else self.returncode

    def wait(self, timeout: float | None = None) -> int:
        if self.returncode is None:
            if not select.select([self._server], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired(f"process {self.pid}", timeout or 0)
            self.returncode = int(self._answers.readline())
            self._answers.close()
            self._server.close()
        return self.returncode

    def send_signal(self, signal_sent: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, signal_sent)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def communicate(self) -> tuple[bytes | None, None]:
        out = self.stdout.read() if self.stdout else None
        self.wait()
        return out, None

    def __del__(self) -> None:
        """Nobody waits for it any more."""
        for left in (getattr(self, "_answers", None), getattr(self, "_server", None), self.stdout):
            if left:
                left.close()


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _reached(folder: Path) -> socket.socket:
    """A connection to the server, which is started first if need be."""
    with locked(folder / "starting"):
        if not (folder / "socket").exists():
            command = [sys.executable, str(SERVER), str(folder), os.environ[f"{AT}_WHILE"], ROOM]
            write = os.O_WRONLY | os.O_CREAT | os.O_APPEND
            files = [(os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0)]
            files += [(os.POSIX_SPAWN_OPEN, file, str(folder / "log"), write, 0o600) for file in (1, 2)]
            server = os.posix_spawn(sys.executable, command, os.environ, file_actions=files)
            until = time.monotonic() + START_SECONDS
            while not (folder / "socket").exists():
                has_ended = os.waitpid(server, os.WNOHANG)[0] == server
                assert not has_ended and time.monotonic() < until, (folder / "log").read_text()
                time.sleep(0.02)
    server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    server.connect(str(folder / "socket"))
    return server
