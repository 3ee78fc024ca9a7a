"""The web server as the Procfile runs it, with its process in the test's hands."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from faults.stores import until

from ivr.desk.running.local import HOST, ROOT, is_line

START_SECONDS, STOP_SECONDS = 30, 20


@dataclass
class Web:
    address: str
    note: Path
    first: subprocess.Popen[bytes]

    @property
    def master(self) -> int:
        return int(self.note.read_text())

    def workers(self) -> set[int]:
        master = self.master
        return {int(pid) for pid in Path(f"/proc/{master}/task/{master}/children").read_text().split()}

    def kill_each_worker(self) -> None:
        """One after the other, in the middle of whatever they do."""
        for victim in self.workers():
            os.kill(victim, signal.SIGKILL)
            until(lambda gone=victim: gone not in self.workers(), START_SECONDS, "the worker is dead")
            until(lambda: len(self.workers()) == 2, START_SECONDS, "another has come")

    def reload(self) -> None:
        before = self.workers()
        os.kill(self.master, signal.SIGHUP)
        until(lambda: len(self.workers()) == 2 and not before & self.workers(), START_SECONDS, "all workers are new")

    def restart(self) -> None:
        """A new server takes the port over before the old one goes."""
        old = self.master
        following = self.note.with_name(f"{self.note.name}.2")
        os.kill(old, signal.SIGUSR2)
        until(following.exists, START_SECONDS, "the new server has begun")
        new = Web(self.address, following, self.first)
        until(lambda: len(new.workers()) == 2, START_SECONDS, "the new server has workers")
        os.kill(old, signal.SIGTERM)
        self.first.wait(STOP_SECONDS)
        until(lambda: self.note.exists() and self.master != old, START_SECONDS, "the old server is gone")


@contextmanager
def web(env: Mapping[str, str], port: int, folder: Path) -> Iterator[Web]:
    note = folder / "pid"
    command = [str(Path(sys.executable).with_name("gunicorn")), "--bind", f"{HOST}:{port}", "--log-level", "error"]
    first = subprocess.Popen([*command, "--pid", str(note), "ivr.web.app:create_app()"], env=dict(env), cwd=ROOT)
    one = Web(f"http://{HOST}:{port}", note, first)
    try:
        until(lambda: is_line(one.address), START_SECONDS, "the line starts")
        yield one
    finally:
        for pid in {first.pid, one.master} if note.exists() else {first.pid}:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGTERM)
        first.wait(STOP_SECONDS)
        until(lambda: not is_line(one.address), STOP_SECONDS, "the line ends")
