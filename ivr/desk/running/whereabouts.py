"""Where `run` has put its line, for the commands that look for one: a port that it was given is theirs, too."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ivr.memory.private import private_folder


def _file(data: Path) -> Path:
    return data / "port"


@contextmanager
def told_in(data: Path, port: int) -> Iterator[None]:
    """For as long as the block lasts. Of two lines with one folder the later one is found."""
    file = _file(data)
    with suppress(OSError):
        private_folder(data)
        file.write_text(f"{port}\n")
    try:
        yield
    finally:
        if told_port(data) == port:
            file.unlink(missing_ok=True)


def told_port(data: Path) -> int | None:
    """None where no line has said where it is. One that was killed leaves its port there."""
    try:
        written = _file(data).read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return None
    return int(written) if written.isdecimal() else None
