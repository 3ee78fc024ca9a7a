"""A line whose every trace is at hand: logs, store, files, memory."""

import os
import re
from dataclasses import dataclass
from pathlib import Path

from api.scripted import Scripted


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

    def files(self) -> set[Path]:
        """Of the store, only those are told apart that it does not keep rewriting."""
        return {
            re.sub(r"\d+", "N", str(f.relative_to(self.folder)))
            for f in self.folder.rglob("*")
            if "temp-" not in f.name
        }

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
