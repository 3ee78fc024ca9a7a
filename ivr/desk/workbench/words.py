"""The words of a file that its signature stands for, piece by piece, and how two versions of them differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ivr.desk.documents.changes.page import Difference
from ivr.library.document import Document
from ivr.library.signing import NOT_WORDS

Words = Mapping[str, str]
"""By what they are called to a reader, such as `Voice 1`."""
CALLED = {
    "title": "Title",
    "offer": "Invitation",
    "voice": "Voice",
    "text": "Text",
    "choices": "Key",
    "asked-as": "Called",
}


def words_of(document: Document) -> dict[str, str]:
    """`document`: with its names filled in, as callers hear them."""
    found: dict[str, str] = {}
    for name, entry in document.header.items():
        if name in NOT_WORDS:
            continue
        called = CALLED.get(name, name)
        if entry.words.text:
            found[called] = entry.words.text
        found |= {f"{called} {key}": words.text for key, words in entry.under.items()}
    for heading, paragraphs in document.sections.items():
        called = CALLED.get(heading, heading)
        found |= {f"{called} {number}": words.text for number, words in enumerate(paragraphs, start=1)}
    return found


def differences(before: Words, now: Words) -> Iterator[Difference]:
    """Only what differs, in the order of the words as they are now."""
    for name in dict.fromkeys([*now, *before]):
        if before.get(name, "") != now.get(name, ""):
            yield Difference(name, before.get(name, ""), now.get(name, ""))
