"""Writes the files of a command: either all of them completely, or none. A command that fails leaves no partial
file."""

from __future__ import annotations

import os
from collections.abc import Mapping
from errno import EISDIR
from pathlib import Path
from secrets import token_hex

FILE, PRIVATE = 0o666, 0o600


def replace_files(files: Mapping[Path, str], *, private: bool = False) -> None:
    """All are written beside their destinations before the first is renamed. For a link, the file that it points to is
    replaced; what is not a regular file, such as a pipe or a device, is written to directly. `private`: only this user
    can read the files, whoever could read them before. Raises OSError."""
    ready: dict[Path, Path] = {}
    open_ended = {path: text for path, text in files.items() if path.exists() and not path.is_file()}
    for path in open_ended:
        if path.is_dir():
            raise IsADirectoryError(EISDIR, os.strerror(EISDIR), str(path))
    try:
        for path in (path for path in files if path not in open_ended):
            place = path.resolve()
            beside = place.with_name(f".{place.name}.{token_hex(4)}")
            ready[beside] = place
            _write(beside, files[path], private)
            if place.exists() and not private:
                beside.chmod(place.stat().st_mode & 0o7777)
        for path, text in open_ended.items():
            path.write_text(text, encoding="utf-8")
        for beside, place in ready.items():
            beside.replace(place)
    finally:
        for beside in ready:
            beside.unlink(missing_ok=True)


def _write(new: Path, text: str, private: bool) -> None:
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE if private else FILE), "wb") as file:
        file.write(text.encode())
        file.flush()
        os.fsync(file.fileno())
