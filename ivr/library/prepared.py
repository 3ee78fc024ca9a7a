"""A file that saves a start from reading content again, as `.pyc` files save compiling (docs/decisions/049).

It holds bytes, and the key of everything that they were made from: a file with another key is as good as none. The
bytes are unpickled, which runs whatever they say: so only a file that nobody but this user could have written counts.
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import ivr

FILE = "content.prepared"
"""Inside DATA_DIR."""
PACKAGES = ("gsm0338", "markdown-it-py", "phonenumbers", "python-frontmatter", "RapidFuzz", "tinytag")
"""What content is read with, besides Python and the line's own programs."""
SIZE = hashlib.sha256().digest_size
OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH


def key_of(root: Path, helpline: str) -> bytes:
    """Of content, its folder, the helpline's number, all programs and Python: what is read depends on nothing else.
    Empty if something cannot be read."""
    versions = (sys.version, *map(metadata.version, PACKAGES))
    digest = hashlib.sha256("\0".join((os.path.abspath(root), helpline, *versions)).encode())  # noqa: PTH100 links stay
    try:
        for path in (*_content(root), *sorted(Path(ivr.__file__).parent.rglob("*.py"))):
            written = b"" if path.is_dir() else hashlib.sha256(path.read_bytes()).digest()
            digest.update(b"\0".join((os.fsencode(path), written)))
    except OSError:
        return b""
    return digest.digest()


def _content(folder: Path) -> Iterator[Path]:
    """All files and folders that are content."""
    for path in sorted(folder.iterdir()):
        if not path.name.startswith("."):
            yield path
            if path.is_dir() and not path.is_symlink():
                yield from _content(path)


@dataclass(frozen=True, slots=True)
class PreparedFile:
    """The file for this content and this helpline's number. `key`: of when this was made; empty if it cannot be had."""

    file: Path
    root: Path
    helpline: str
    key: bytes

    def read(self) -> bytes | None:
        """None if there is no file, or one of something else, or it is not whole, or others may have written it."""
        with (
            suppress(OSError),
            os.fdopen(os.open(self.file, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC), "rb") as opened,
        ):
            found = os.fstat(opened.fileno())
            is_ours = found.st_uid == os.geteuid() and not found.st_mode & OTHERS_WRITE
            if not is_ours or not self.key or opened.read(SIZE) != self.key:
                return None
            digest, prepared = opened.read(SIZE), opened.read()
            return prepared if hashlib.sha256(prepared).digest() == digest else None
        return None

    def keep(self, prepared: bytes) -> None:
        """Replaces the file as a whole, unless something has changed while content was read. Where it cannot be
        written, the next start reads content again."""
        if not self.key or self.key != key_of(self.root, self.helpline):
            return
        with suppress(OSError):
            opened, name = tempfile.mkstemp(prefix=f"{self.file.name}.", dir=self.file.parent)
            try:
                with os.fdopen(opened, "wb") as new:
                    new.write(self.key + hashlib.sha256(prepared).digest() + prepared)
                Path(name).replace(self.file)
            except OSError:
                Path(name).unlink(missing_ok=True)


def prepared_file(root: Path, helpline: str, data: Path) -> PreparedFile:
    return PreparedFile(data / FILE, root, helpline, key_of(root, helpline))
