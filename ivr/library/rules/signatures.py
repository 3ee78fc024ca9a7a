"""Signatures: each topic from outside has one, and each one is for the words as they are."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.library.rules.shelf import Shelf, at, header_line
from ivr.library.signing import is_unsigned
from ivr.model import Problem, Topic

SHEET = "`python -m ivr script -o script.html` is the sheet"
NOBODY = (
    f"a clinician has to read and sign this ({SHEET}): then put the name after `reviewer:`, the date after "
    "`reviewed:`, and the code of the words, from the signed sheet, after `signed:`"
)
NO_CODE = (
    "put the code of the words, from the signed sheet, after `signed:`; if no sheet of these words is signed, have "
    f"them read ({SHEET})"
)
OTHER_WORDS = (
    f"the words are not those of this code any more: have them read again ({SHEET}), and put the code from the sheet "
    "that is signed then in its place"
)
"""None tells the code: it would be copied without reading."""


def check_signatures(shelf: Shelf) -> Iterator[Problem]:
    for topic in shelf.library.topics.values():
        if is_unsigned(topic):
            document = shelf.document("topics", topic.name)
            name, remedy = _lacking(topic)
            yield at(document, header_line(document, name), "unsigned", remedy, warning=True)


def _lacking(topic: Topic) -> tuple[str, str]:
    """The header line where a signature has to be mended, and how."""
    if not (topic.reviewer and topic.reviewed):
        return "reviewer", NOBODY
    return ("signed", OTHER_WORDS) if topic.signed else ("reviewer", NO_CODE)
