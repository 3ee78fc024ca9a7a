"""What has changed in what is heard and read, old and new side by side, for a clinician to sign."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from itertools import zip_longest

from ivr.desk.documents.changes.chapters import RECORDING, SAID, Chapter, Piece, chapters
from ivr.desk.documents.changes.revision import Revision
from ivr.desk.documents.rendering import rendered, rendered_text
from ivr.desk.documents.script.parts import FileRow
from ivr.desk.documents.script.walk import file_rows
from ivr.library.folder import FACTS
from ivr.library.load import Content

Runs = tuple[tuple[str, bool], ...]
"""Stretches of words, each with a flag for whether it differs between the two sides."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that was `old` and is `new`; empty if it did not exist, or no longer does."""

    kind: str
    old: str
    new: str

    @property
    def sides(self) -> tuple[Runs, Runs]:
        before, now = self.old.split(), self.new.split()
        codes = SequenceMatcher(None, before, now, autojunk=False).get_opcodes()
        return (
            tuple((" ".join(before[a:b]), code != "equal") for code, a, b, _, _ in codes if b > a),
            tuple((" ".join(now[a:b]), code != "equal") for code, _, _, a, b in codes if b > a),
        )


@dataclass(frozen=True, slots=True)
class Change:
    """`outdated`: the words have changed, and the recording of them has not."""

    where: str
    differences: tuple[Difference, ...]
    outdated: bool = False


@dataclass(frozen=True, slots=True)
class Changed:
    """The changes of one chapter. `fate`: whether the whole chapter is new, or gone. `file`: the file to sign, if it
    exists."""

    language: str
    title: str
    fate: str
    changes: tuple[Change, ...]
    file: FileRow | None


@dataclass(frozen=True, slots=True)
class Since:
    revision: Revision
    old_version: str
    new_version: str
    printed: date | None
    chapters: tuple[Changed, ...]


def since(
    old: Content, new: Content, revision: Revision, printed: date | None = None, only: Collection[str] = ()
) -> Since:
    """`only`: the languages that are printed, all if none is named."""
    tags = [tag for tag in dict.fromkeys([*new.libraries, *old.libraries]) if not only or tag in only]
    found = tuple(
        change
        for nth, tag in enumerate(tags)
        for name, change in _chapters(old, new, tag)
        if nth == 0 or name != FACTS  # The facts are the same for all languages.
    )
    return Since(revision, old.version, new.version, printed, found)


def since_document(changed: Since) -> str:
    return rendered("since.html", since=changed)


def since_text(changed: Since) -> str:
    return rendered_text("since.txt", since=changed)


def _chapters(old: Content, new: Content, tag: str) -> Iterator[tuple[str, Changed]]:
    """The chapters by file name."""
    was, found = chapters(old, tag), chapters(new, tag)
    rows = {row.path.partition("/")[2].removeprefix(f"{tag}/"): row for row in file_rows(new, tag)}
    for name in dict.fromkeys([*found, *was]):
        before, now = was.get(name), found.get(name)
        changes = tuple(change for change in _changes(before, now) if change.differences)
        if changes:
            fate = "new" if before is None else "gone" if now is None else ""
            yield name, Changed(tag, (now or before or Chapter(name, {})).title, fate, changes, rows.get(name))


def _changes(old: Chapter | None, new: Chapter | None) -> Iterator[Change]:
    before, now = old or Chapter("", {}), new or Chapter("", {})
    for name in dict.fromkeys([*now.named, *before.named]):
        yield Change(name, _differences(before.named.get(name, {}), now.named.get(name, {})))
    yield from _parts(before.parts, now.parts)


def _parts(old: Sequence[Piece], new: Sequence[Piece]) -> Iterator[Change]:
    """Matches parts with the same words, and pairs the others by their order in between."""
    before, now = _heard_and_read(old), _heard_and_read(new)
    for _, a, b, c, d in SequenceMatcher(None, before, now, autojunk=False).get_opcodes():
        for was, part in zip_longest(range(a, b), range(c, d)):
            where = f"Part {part + 1}" if part is not None else f"Part {was + 1}, as it was"
            yield _part(where, {} if was is None else old[was], {} if part is None else new[part])


def _part(where: str, old: Piece, new: Piece) -> Change:
    found = _differences(old, new)
    kinds = {difference.kind for difference in found}
    return Change(where, found, SAID in kinds and RECORDING not in kinds and bool(new.get(RECORDING)))


def _heard_and_read(parts: Sequence[Piece]) -> list[tuple[str, str]]:
    return [(part["Said"], part["Texted"]) for part in parts]


def _differences(old: Piece, new: Piece) -> tuple[Difference, ...]:
    kinds = dict.fromkeys([*new, *old])
    found = (Difference(kind, old.get(kind, ""), new.get(kind, "")) for kind in kinds)
    return tuple(difference for difference in found if difference.old != difference.new)
