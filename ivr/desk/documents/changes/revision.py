"""Content of an earlier time, read from the git repository of the content folder."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ivr.library.load import Content, content_of
from ivr.settings import CannotStart

DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Revision:
    """`short`: the repository's short name for it. `committed`: in the time zone of whoever did it."""

    short: str
    committed: datetime

    @property
    def day(self) -> str:
        return f"{self.committed:%B} {self.committed.day}, {self.committed.year}"

    @property
    def clock(self) -> str:
        return f"{self.committed:%H:%M}"


def content_at(folder: Path, revision: str, helpline: str) -> tuple[Revision, Content]:
    """`revision`: as git names it, or a day such as 2026-10-01, which stands for the state as that day began. Raises
    CannotStart."""
    if shutil.which("git") is None:
        raise CannotStart("git is not installed here: it keeps what was said before, so install it to compare.")
    if git(folder, "rev-parse", "--git-dir") is None:
        raise CannotStart(f"{folder} is not kept in a git repository: there is nothing to compare with.")
    name = git(folder, "rev-parse", "--verify", "--quiet", "--short", "--end-of-options", f"{revision}^{{commit}}")
    if not name and DAY.fullmatch(revision):
        name = git(folder, "rev-list", "-1", "--abbrev-commit", f"--before={revision}T00:00:00", "HEAD")
    if not name:
        raise CannotStart(
            f"There is no revision {revision}: `git log --oneline {folder.name}` lists them; or name a day, "
            "like 2026-10-01, when there was one already."
        )
    short = name.decode().strip()
    committed = git(folder, "show", "--no-patch", "--format=%cI", short) or b""
    files = git(folder, "archive", "--format=tar", short)
    if files is None:
        raise CannotStart(f"Revision {revision} holds no {folder.name} folder: name a later one.")
    found = Revision(short, datetime.fromisoformat(committed.decode().strip()))
    return found, _unpacked(files, folder.name, helpline)


def git(folder: Path, *words: str) -> bytes | None:
    """What git prints in that folder; None if it fails."""
    command = ["git", "-C", str(folder), *words]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)  # noqa: S603
    return done.stdout if done.returncode == 0 else None


def _unpacked(files: bytes, name: str, helpline: str) -> Content:
    with tempfile.TemporaryDirectory() as folder, tarfile.open(fileobj=io.BytesIO(files)) as archive:
        root = Path(folder) / name
        archive.extractall(root, filter="data")
        return content_of(root, helpline)
