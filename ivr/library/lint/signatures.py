"""Signatures: each topic from outside the source and each file of a translation has one, for its present words."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.library.lint.dates import day_of
from ivr.library.rules.shelf import Shelf, at, header_line
from ivr.library.signing import CODE, DIGITS, Lack, SignOff, signature_in, signature_of
from ivr.model import Problem

SHEET = "`python -m ivr script -o script.html` is the sheet"
ENTER = (
    "put the name after `reviewer:`, the date after `{date}:`, and the code of the words, from the signed sheet, after "
    "`signed:`"
)
"""Does not print the code, which would then be copied without anyone reading the words."""
NOBODY = f"a clinician has to read and sign this ({SHEET}): then {ENTER}"
NO_TRANSLATOR = (
    f"write after `translator:` who translated this; a clinician who reads {{language}} has to sign it ({SHEET})"
)
NO_READER = "write after `reviewer:` the name of a clinician who reads {language} and stands for these words"
NO_CODE = f"{ENTER}; if no sheet of these words is signed, have them read first ({SHEET})"
NO_SUCH_CODE = (
    f"a code of words has {DIGITS} characters, digits and letters from a to f: look at the signed sheet again"
)
OTHER_WORDS = f"the words have changed since this code was made: have them read again ({SHEET}), and {ENTER}"


def check_signatures(shelf: Shelf) -> Iterator[Problem]:
    for topic in shelf.library.topics.values():
        yield from _signed(shelf, f"topics/{topic.name}.md", signature_of(topic))
    for inside, document in shelf.files():
        if not inside.startswith("topics/"):
            yield from _signed(shelf, inside, signature_in(inside, document, shelf.is_translation))
            entry = document.header.get("reviewed")
            if entry and entry.words.text and not day_of(entry.words.text):
                remedy = "write this date as year, month and day, like `reviewed: 2012-05-03`"
                yield at(document, entry.words.line, "reviewed", remedy)


def _signed(shelf: Shelf, inside: str, signature: SignOff) -> Iterator[Problem]:
    document, lack = shelf.file(inside), signature.lack
    if document is None or lack is None:
        return
    line, remedy = _lacking(signature, lack)
    remedy = remedy.format(date=signature.date_line, language=shelf.library.language.name)
    yield at(document, header_line(document, line), "unsigned", remedy, warning=True)


def _lacking(signature: SignOff, lack: Lack) -> tuple[str, str]:
    """The header line where a signature has to be mended, and how."""
    match lack:
        case Lack.TRANSLATOR:
            return "translator", NO_TRANSLATOR
        case Lack.NAME:
            return "reviewer", NOBODY if signature.has_code else NO_READER
        case Lack.CODE:
            return "reviewer", NO_CODE
        case Lack.SAME_WORDS:
            return "signed", OTHER_WORDS if CODE.fullmatch(signature.signed) else NO_SUCH_CODE
