"""The running line, walked once for all tests that look at it."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import redis

from ivr.audit.access.evidence import Evidence
from ivr.audit.access.table import gather, strangers
from ivr.library.load import content_of
from ivr.settings import CONTENT, DEFAULT_HELPLINE


@cache
def evidence_of(line: str, token: str, store_url: str, data_dir: Path) -> Evidence:
    content = content_of(CONTENT, DEFAULT_HELPLINE)
    new_handset = strangers(line, {"TWILIO_AUTH_TOKEN": token})
    return gather(new_handset, content, look=lambda: kept(store_url, data_dir))


def kept(store_url: str, data_dir: Path) -> Iterator[str]:
    """All that the store holds, and every file of the data folder: its journal, its log."""
    with redis.Redis.from_url(store_url, protocol=2) as client:
        for key in client.scan_iter():
            value = client.hgetall(key) if client.type(key) == b"hash" else client.get(key)
            yield f"{key!r} {value!r}"
    for file in sorted(path for path in data_dir.rglob("*") if path.is_file()):
        yield file.read_bytes().decode("latin-1")
