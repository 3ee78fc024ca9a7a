"""The words that a line serves, and what it listens with: as they were prepared before, or else by a process of its
own, so that no serving process holds what only reading them needs (docs/decisions/049)."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import ivr
from ivr.library.library import Library
from ivr.library.prepared import prepared_file
from ivr.memory.private import private_folder

PROGRAMS = Path(ivr.__file__).parents[1]
SECONDS = 60
"""In which content has to be read; it takes a few."""


@dataclass(frozen=True, slots=True)
class Served:
    """`version`: the content's, as health tells it."""

    libraries: Mapping[str, Library]
    version: str


def served(root: Path, helpline: str, data: Path) -> Served:
    """From the file that was prepared in `data`, if nothing has changed since; else the file is made anew. Raises
    WrongContent."""
    prepared = prepared_file(root, helpline, data)
    packed = prepared.read()
    if packed is None and (packed := _read_apart(root, helpline)):
        with suppress(OSError):
            private_folder(data)
        prepared.keep(packed)
    if packed:
        return cast(Served, pickle.loads(packed))  # noqa: S301 `prepared.py` says why this is safe
    from ivr.web.reading import read  # noqa: PLC0415 its imports stay in memory

    return read(root, helpline)


def _read_apart(root: Path, helpline: str) -> bytes:
    """What a process of its own has read and packed; empty if it could not, for whatever reason."""
    command = [sys.executable, "-m", "ivr.web.reading", str(root.absolute()), helpline]
    with suppress(OSError, subprocess.SubprocessError):
        done = subprocess.run(command, cwd=PROGRAMS, capture_output=True, timeout=SECONDS, check=True)  # noqa: S603
        return done.stdout
    return b""
