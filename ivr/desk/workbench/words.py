"""How two versions of a file's words differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ivr.desk.documents.changes.page import Difference

Words = Mapping[str, str]
"""Words by what a reader calls them, such as `Voice 1`."""


def differences(before: Words, now: Words) -> Iterator[Difference]:
    """Only what differs, in the order of the present words."""
    for name in dict.fromkeys([*now, *before]):
        if before.get(name, "") != now.get(name, ""):
            yield Difference(name, before.get(name, ""), now.get(name, ""))
