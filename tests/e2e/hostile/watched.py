"""A line whose every trace is at hand: logs, store, files, memory."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from api.scripted import Scripted, answering
from texts_lines import sending_line


@dataclass(frozen=True)
class Watched:
    """`folder` holds all that the line writes: error.log (and stdout, stderr), access.log, data/, temporary/."""

    line: str
    token: str
    api: Scripted
    folder: Path

    @property
    def log(self) -> str:
        return (self.folder / "error.log").read_text(errors="replace")

    def files(self) -> set[str]:
        """Their names, but for those that the store and the journal of wishes keep rewriting."""
        names = {str(file.relative_to(self.folder)) for file in self.folder.rglob("*")}
        return {name for name in names if not name.startswith(("data/store", "data/wishes"))}

    def workers(self) -> list[int]:
        """Processes of gunicorn below its first one."""
        port = self.line.rpartition(":")[2]
        ours = {
            pid: parent for pid, parent, words in _processes() if f"127.0.0.1:{port}" in words and "gunicorn" in words
        }
        return sorted(pid for pid, parent in ours.items() if parent in ours)

    def memory(self) -> int:
        """Bytes that the workers hold together."""
        return sum(_resident(pid) for pid in self.workers())


@contextmanager
def watching(line_env: Mapping[str, str], folder: Path) -> Iterator[Watched]:
    log, access = folder / "error.log", folder / "access.log"
    temporary, data = folder / "temporary", folder / "data"
    for own in (temporary, data):
        own.mkdir()
    words = ("--log-level", "debug", "--capture-output", "--error-logfile", str(log), "--access-logfile", str(access))
    with answering() as api:
        env = {**line_env, "TMPDIR": str(temporary)}
        with sending_line(env, data, api.address, *words) as line:
            yield Watched(line, line_env["TWILIO_AUTH_TOKEN"], api, folder)


def _processes():
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_text().split("\0")
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        yield int(folder.name), parent, " ".join(words)


def _resident(pid: int) -> int:
    return int((Path("/proc") / str(pid) / "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
