"""Records the ports of `run`, of the line and of the phone page, for the commands that look for them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ivr.memory.private import private_folder


def _file(data: Path) -> Path:
    return data / "port"


@contextmanager
def told_in(data: Path, port: int, page_port: int = 0) -> Iterator[None]:
    """Records the ports for as long as the block lasts. `page_port`: 0 if no page plays the carrier. If two lines share
    a folder, the later one is found, then the earlier one again."""
    file, before = _file(data), _told(data)
    own = (port, page_port)
    with suppress(OSError):
        private_folder(data)
        _write(file, own)
    try:
        yield
    finally:
        if _told(data) == own:
            if before is None or before[0] == port:
                file.unlink(missing_ok=True)
            else:
                _write(file, before)


def told_port(data: Path) -> int | None:
    """None if no line has recorded a port. A line that was killed leaves its port behind."""
    told = _told(data)
    return told[0] if told else None


def told_page(data: Path) -> int | None:
    """The port of the phone page that is the line's carrier; None if there is none."""
    told = _told(data)
    return told[1] or None if told else None


def _told(data: Path) -> tuple[int, int] | None:
    try:
        port, page_port = map(int, _file(data).read_text(encoding="ascii").split())
    except (OSError, ValueError):
        return None
    return port, page_port


def _write(file: Path, ports: tuple[int, int]) -> None:
    file.write_text(" ".join(map(str, ports)) + "\n")
