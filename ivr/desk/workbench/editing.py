"""A file as an author edits it, with what the check says about each box."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ivr.desk.workbench.bench import Bench, Checked, checksum
from ivr.desk.workbench.edits import Box, as_one_line, boxes, edited, not_taken
from ivr.desk.workbench.form import LISTS, Form, Part, ShownBox
from ivr.desk.workbench.meters import Meter
from ivr.desk.workbench.standing import ABOUT_SIGNING
from ivr.library.document import Document
from ivr.library.load import Content
from ivr.library.rules.shelf import Shelf
from ivr.model import Problem

WRITE_SOMETHING = "write something here: this would be an empty part"
BEGIN_WITH_A_LETTER = "begin with a letter: `#` and `-` mean something else at the beginning of a paragraph"


@dataclass(frozen=True, slots=True)
class Edited:
    """`files`: what a save would write. `elsewhere`: new problems in other files; `about`: problems of this file that
    belong to no box."""

    inside: str
    opened: str
    content: Content
    files: Mapping[str, bytes | None]
    fields: tuple[ShownBox, ...]
    parts: tuple[Part, ...]
    about: tuple[Problem, ...]
    elsewhere: tuple[Problem, ...]
    errors: int
    warnings: int
    is_changed: bool
    menu: tuple[Meter, ...] = ()
    """How long the whole menu takes, if this is one."""


def edit(
    bench: Bench, state: Checked, tag: str, inside: str, given: Mapping[str, str] | None = None, whole: bool = False
) -> Edited:
    """`given`: what stands in the boxes; without it, what stands in the file. `whole`: looks also at whether people are
    still understood. Raises KeyError for a file that is not there."""
    shelf = Shelf(state.content, tag)
    path = f"{shelf.base}/{inside}.md"
    written, before = _read(bench, state, tag, inside)
    known = boxes(before)
    wanted = {name: words for name, words in (given or {}).items() if name in known or _may_be_added(name)}
    after = edited(written.decode("utf-8"), before, wanted).encode()
    name = f"{tag}/{inside}.md"
    content, problems = (state.content, state.problems)
    wrong: dict[str, str] = {}
    if after != written:
        tried = bench.tried({name: after}, whole)
        content = tried.content
        document = content.as_written[path]
        wrong = {one: _why(wanted, one) for one in not_taken(document, before, wanted)}
        problems = tried.problems if not wrong else state.problems
    shown = content.as_written[path] if not wrong else before
    remarks = _by_box(problems, path, shown, wrong)
    texts = {**{one: box.words for one, box in boxes(shown).items()}, **{k: as_one_line(v) for k, v in wanted.items()}}
    changed = frozenset(one for one, words in wanted.items() if as_one_line(words) != _words(known, one))
    form = Form(Shelf(content, tag) if not wrong else shelf, inside, shown, texts, remarks, changed)
    placed = {one for found in remarks.values() for one in found}
    mine = [one for one in problems if one.path == path and one.code not in ABOUT_SIGNING]
    new = _new(problems, state.problems, path)
    everything = [*(one for found in remarks.values() for one in found), *(one for one in mine if one not in placed)]
    return Edited(
        inside,
        checksum(written),
        content,
        {name: after} if after != written and not wrong else {},
        form.fields(),
        form.parts(),
        tuple(one for one in mine if one not in placed),
        new,
        sum(not one.warning for one in (*everything, *new)),
        sum(one.warning for one in (*everything, *new)),
        bool(changed),
        form.menu(),
    )


def _read(bench: Bench, state: Checked, tag: str, inside: str) -> tuple[bytes, Document]:
    document = state.content.as_written[f"{Shelf(state.content, tag).base}/{inside}.md"]
    written = bench.read(f"{tag}/{inside}.md")
    if written is None:
        raise KeyError(inside)
    return written, document


def _may_be_added(name: str) -> bool:
    over, _, key = name.partition(".")
    return over in LISTS and key.isdecimal()


def _words(known: Mapping[str, Box], name: str) -> str:
    return known[name].words if name in known else ""


def _why(wanted: Mapping[str, str], name: str) -> str:
    return BEGIN_WITH_A_LETTER if as_one_line(wanted.get(name, "-")) else WRITE_SOMETHING


def _by_box(
    problems: Iterable[Problem], path: str, document: Document, wrong: Mapping[str, str]
) -> dict[str, tuple[Problem, ...]]:
    by_line = {box.line: name for name, box in boxes(document).items()}
    found: dict[str, tuple[Problem, ...]] = {
        name: (Problem(path, 0, "file", remedy),) for name, remedy in wrong.items()
    }
    for one in problems:
        name = by_line.get(one.line) if one.path == path and one.code not in ABOUT_SIGNING else None
        if name and name.partition(".")[0] not in ("reviewer", "signed", "reviewed", "checked"):
            found[name] = (*found.get(name, ()), one)
    return found


def _new(problems: Iterable[Problem], before: Iterable[Problem], path: str) -> tuple[Problem, ...]:
    """Problems in other files that exist only because of this change."""
    known = {(one.path, one.code, one.remedy) for one in before}
    return tuple(
        one
        for one in problems
        if one.path != path and one.code not in ABOUT_SIGNING and (one.path, one.code, one.remedy) not in known
    )
