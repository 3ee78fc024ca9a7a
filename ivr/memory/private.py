"""Files and folders that only the line's own user can read, whatever the umask."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

FOLDER, FILE = 0o700, 0o600


def private_folder(path: Path) -> Path:
    """Creates the folder and its parents if missing. An existing folder keeps its mode. Raises OSError."""
    if not path.is_dir():
        private_folder(path.parent)
        try:
            path.mkdir(exist_ok=True)
        except FileExistsError:
            raise NotADirectoryError(path) from None
        path.chmod(FOLDER)
    return path


def make_private(folder: Path) -> None:
    """Makes the folder and everything in it private. Links, and files that vanish meanwhile, are left alone."""
    folder.chmod(FOLDER)
    for path in folder.rglob("*"):
        with suppress(FileNotFoundError):
            if path.is_dir() and not path.is_symlink():
                path.chmod(FOLDER)
            elif path.is_file() and not path.is_symlink():
                path.chmod(FILE)


def new_private(path: Path, content: str) -> None:
    """Creates and syncs the file. Raises FileExistsError if another process was first, or another OSError."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE), "w", encoding="utf-8") as file:
        os.fchmod(file.fileno(), FILE)
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def put_private(path: Path, content: str) -> None:
    """Replaces the file atomically: after a crash it is either complete or as before. The caller holds a lock. Raises
    OSError."""
    new = path.with_name(f"{path.name}.new")
    new.unlink(missing_ok=True)
    new_private(new, content)
    new.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Syncs a folder: a new file name survives a crash only once its folder is synced."""
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def open_private(path: Path) -> BinaryIO:
    """Opens for reading and appending; creates the file if missing. Raises OSError."""
    file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, FILE), "a+b")
    os.fchmod(file.fileno(), FILE)
    return file
