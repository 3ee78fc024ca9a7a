"""Signing a file: a name, a date, and the code on the signed sheet.

The code has to be typed from the sheet and is never shown beside the form, so only words that somebody has read are
signed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ivr.desk.documents.changes.page import Difference
from ivr.desk.workbench.bench import Bench, Checked, checksum
from ivr.desk.workbench.edits import edited
from ivr.desk.workbench.history import words_with_code
from ivr.desk.workbench.standing import Sign, Standing, everything, signature_at, standing_of, title_of
from ivr.desk.workbench.words import differences
from ivr.library.lint.dates import day_of
from ivr.library.rules.shelf import Shelf
from ivr.library.signing import CODE, DIGITS, code_of_words, signed_words

NO_NAME = "write the name of the clinician who signed the sheet"
NO_TRANSLATOR = "write who translated these words"
NO_DATE = "write the date on the sheet as year-month-day, like 2026-11-26"
FUTURE = "this date is in the future: write the one that stands beside the signature"
NO_CODE = f"type the code from the signed sheet: {DIGITS} characters, digits and letters from a to f"
OTHER_WORDS = (
    "this is not the code of the words as they are now. Were they changed after the sheet was printed? Print a new "
    "sheet and have it read"
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One file to read and to sign. `before`: whether the words that were signed last are known; `changed`: how the
    present words differ from them, or all words as new."""

    standing: Standing
    path: str
    code: str
    has_before: bool
    changed: tuple[Difference, ...]
    words: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file of a save that waits for a signature. `language`: its own name."""

    tag: str
    language: str
    standing: Standing


class NotSigned(Exception):
    """`wrong`: what has to be corrected, by the name of the field."""

    def __init__(self, wrong: dict[str, str]) -> None:
        super().__init__("; ".join(wrong.values()))
        self.wrong = wrong


def sheet(bench: Bench, state: Checked, tag: str, inside: str) -> Sheet:
    """Raises KeyError for a file that does not exist."""
    document = state.content.documents[f"{Shelf(state.content, tag).base}/{inside}.md"]
    standing = standing_of(bench, state, tag, inside)
    now, before = signed_words(document), None
    if standing.signature.signed:
        before = bench.kept.signed(standing.signature.signed)
        before = before or words_with_code(bench.root, tag, inside, standing.signature.signed)
    changed = tuple(differences(before, now)) if before is not None else ()
    return Sheet(standing, document.path, code_of_words(document), before is not None, changed, tuple(now.items()))


def sheets(bench: Bench, state: Checked, tag: str) -> Iterator[Sheet]:
    """The sheet of every file that waits for a signature."""
    for standing in everything(bench, state, tag):
        if standing.sign in (Sign.UNSIGNED, Sign.CHANGED):
            yield sheet(bench, state, tag, standing.inside)


def waiting_after(bench: Bench, number: str) -> Iterator[Waiting]:
    """The files that a save has written and nobody has signed as they are. Empty for a save that is not kept."""
    try:
        written = bench.kept.save(number).after
    except KeyError:
        return
    state = bench.now()
    for name in written:
        tag, _, inside = name.removesuffix(".md").partition("/")
        library = state.content.libraries.get(tag)
        if library and f"{Shelf(state.content, tag).base}/{inside}.md" in state.content.documents:
            standing = standing_of(bench, state, tag, inside)
            if standing.sign in (Sign.UNSIGNED, Sign.CHANGED):
                yield Waiting(tag, library.language.name, standing)


def sign(bench: Bench, tag: str, inside: str, given: dict[str, str]) -> str:
    """Writes `reviewer`, `date`, `code` and, in a translation, `translator` into the header, and returns the number of
    the save. Raises NotSigned, KeyError, ChangedMeanwhile or NotSound."""
    state = bench.now()
    shelf = Shelf(state.content, tag)
    path = f"{shelf.base}/{inside}.md"
    document, written = state.content.documents[path], bench.read(f"{tag}/{inside}.md")
    if written is None:
        raise KeyError(inside)
    signature = signature_at(shelf, inside, document)
    wrong = dict(_wrong(given, code_of_words(document), signature.translator is not None, bench.kept.today()))
    if wrong:
        raise NotSigned(wrong)
    entries = {"reviewer": given["reviewer"], signature.date_line: given["date"], "signed": _code(given)}
    if signature.translator is not None:
        entries = {"translator": given["translator"], **entries}
    signed = edited(written.decode("utf-8"), state.content.as_written[path], entries)
    number = bench.save(
        {f"{tag}/{inside}.md": signed.encode()},
        {f"{tag}/{inside}.md": checksum(written)},
        f"Signed: {title_of(inside, document)} ({tag})",
    )
    bench.kept.keep_signed(_code(given), signed_words(document))
    return number


def _code(given: dict[str, str]) -> str:
    return given.get("code", "").strip().lower()


def _wrong(given: dict[str, str], code: str, is_translation: bool, today: date) -> Iterator[tuple[str, str]]:
    if not given.get("reviewer", "").strip():
        yield "reviewer", NO_NAME
    if is_translation and not given.get("translator", "").strip():
        yield "translator", NO_TRANSLATOR
    day = day_of(given.get("date", "").strip())
    if day is None:
        yield "date", NO_DATE
    elif day > today:
        yield "date", FUTURE
    if not CODE.fullmatch(_code(given)):
        yield "code", NO_CODE
    elif _code(given) != code:
        yield "code", OTHER_WORDS
