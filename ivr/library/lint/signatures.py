"""Signatures: each topic from outside has one, and each one is for the words as they are."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.library.rules.shelf import Shelf, at, header_line
from ivr.library.signing import CODE, DIGITS, date_line, has_name_and_date, is_unsigned
from ivr.model import Problem, Topic

SHEET = "`python -m ivr script -o script.html` is the sheet"
ENTER = (
    "put the name after `reviewer:`, the date after `{date}:`, and the code of the words, from the signed sheet, after "
    "`signed:`"
)
"""It does not tell the code, which would be copied without reading."""
NOBODY = f"a clinician has to read and sign this ({SHEET}): then {ENTER}"
NO_CODE = f"{ENTER}; if no sheet of these words is signed, have them read first ({SHEET})"
NO_SUCH_CODE = (
    f"a code of words has {DIGITS} signs, digits and letters from a to f: look again at the signed sheet what it is"
)
OTHER_WORDS = f"the words are not those of this code any more: have them read again ({SHEET}), and {ENTER}"


def check_signatures(shelf: Shelf) -> Iterator[Problem]:
    for topic in shelf.library.topics.values():
        if is_unsigned(topic):
            document = shelf.document("topics", topic.name)
            name, remedy = _lacking(topic)
            yield at(document, header_line(document, name), "unsigned", remedy, warning=True)


def _lacking(topic: Topic) -> tuple[str, str]:
    """The header line where a signature has to be mended, and how."""
    if not has_name_and_date(topic):
        line, remedy = "reviewer", NOBODY
    elif not topic.signed:
        line, remedy = "reviewer", NO_CODE
    else:
        line, remedy = "signed", OTHER_WORDS if CODE.fullmatch(topic.signed) else NO_SUCH_CODE
    return line, remedy.format(date=date_line(topic))
