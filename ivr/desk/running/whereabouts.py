"""Records which port `run` has given its line, for the commands that look for one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ivr.memory.private import private_folder


def _file(data: Path) -> Path:
    return data / "port"


@contextmanager
def told_in(data: Path, port: int) -> Iterator[None]:
    """Records the port for as long as the block lasts. If two lines share a folder, the later one is found, then the
    earlier one again."""
    file, before = _file(data), told_port(data)
    with suppress(OSError):
        private_folder(data)
        file.write_text(f"{port}\n")
    try:
        yield
    finally:
        if told_port(data) == port:
            if before in (None, port):
                file.unlink(missing_ok=True)
            else:
                file.write_text(f"{before}\n")


def told_port(data: Path) -> int | None:
    """None if no line has recorded a port. A line that was killed leaves its port behind."""
    try:
        written = _file(data).read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return None
    return int(written) if written.isdecimal() else None
