"""Content as it was: read from the repository that the content folder is kept in."""

from __future__ import annotations

import io
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

from ivr.library.load import Content, content_of
from ivr.settings import CannotStart


def content_at(folder: Path, revision: str, helpline: str) -> tuple[str, Content]:
    """The short name of a revision, and the content that the folder held then. Raises CannotStart."""
    if shutil.which("git") is None:
        raise CannotStart("git is not installed here: it keeps what was said before, so install it to compare.")
    if git(folder, "rev-parse", "--git-dir") is None:
        raise CannotStart(f"{folder} is not kept in a git repository: there is nothing to compare with.")
    name = git(folder, "rev-parse", "--verify", "--quiet", "--short", "--end-of-options", f"{revision}^{{commit}}")
    if not name:
        raise CannotStart(f"There is no revision {revision}: `git log --oneline {folder.name}` lists them.")
    short = name.decode().strip()
    files = git(folder, "archive", "--format=tar", short)
    if files is None:
        raise CannotStart(f"Revision {revision} holds no {folder.name} folder: name a later one.")
    return short, _unpacked(files, folder.name, helpline)


def git(folder: Path, *words: str) -> bytes | None:
    """What git prints in that folder; None if it refuses."""
    command = ["git", "-C", str(folder), *words]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)  # noqa: S603
    return done.stdout if done.returncode == 0 else None


def _unpacked(files: bytes, name: str, helpline: str) -> Content:
    with tempfile.TemporaryDirectory() as folder, tarfile.open(fileobj=io.BytesIO(files)) as archive:
        root = Path(folder) / name
        archive.extractall(root, filter="data")
        return content_of(root, helpline)
