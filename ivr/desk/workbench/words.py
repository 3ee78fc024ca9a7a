"""How two versions of the words of a file differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ivr.desk.documents.changes.page import Difference

Words = Mapping[str, str]
"""By what they are called to a reader, such as `Voice 1`."""


def differences(before: Words, now: Words) -> Iterator[Difference]:
    """Only what differs, in the order of the words as they are now."""
    for name in dict.fromkeys([*now, *before]):
        if before.get(name, "") != now.get(name, ""):
            yield Difference(name, before.get(name, ""), now.get(name, ""))
