"""The check's result for files that are not saved yet, each problem with the field of the form that it is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from ivr.desk.trying.why import remarks
from ivr.desk.workbench.bench import Bench, Checked, Files
from ivr.desk.workbench.edits import boxes
from ivr.desk.workbench.measured import Measures
from ivr.desk.workbench.standing import ABOUT_SIGNING
from ivr.library.load import Content
from ivr.model import Problem

UNDERSTOOD = "Understood as"

Fields: TypeAlias = Mapping[tuple[str, str], str]
"""Fields of a form by the file, inside the content folder, and the box in it that they are written into. `voice` alone
is the heading."""


@dataclass(frozen=True, slots=True)
class Placed:
    """`field`: the form's; empty if it has none for this."""

    problem: Problem
    field: str


@dataclass(frozen=True, slots=True)
class Looked:
    """`reached`: by field, what each word that texters may send leads to now. `measures`: by field, of each part."""

    content: Content
    found: tuple[Placed, ...] = ()
    reached: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    measures: Mapping[str, tuple[Measures, ...]] = field(default_factory=dict)
    is_whole: bool = False

    @property
    def errors(self) -> tuple[Placed, ...]:
        return tuple(one for one in self.found if not one.problem.warning)

    @property
    def warnings(self) -> tuple[Placed, ...]:
        return tuple(one for one in self.found if one.problem.warning)

    def is_bad(self, name: str) -> bool:
        return any(not one.warning for one in self.under(name))

    def under(self, name: str) -> tuple[Problem, ...]:
        """The field's problems. A field that is written into several files has each only once."""
        return tuple({one.problem.remedy: one.problem for one in self.found if one.field == name}.values())


def look(bench: Bench, state: Checked, files: Files, fields: Fields | None = None, whole: bool = True) -> Looked:
    """Only what these files would bring about. `whole`: looks also at whether people are still understood."""
    tried = bench.tried(files, whole)
    known = {(one.path, one.code, one.remedy) for one in state.problems}
    places = _places(tried.content, fields or {})
    return Looked(
        tried.content,
        tuple(
            Placed(one, places.get((one.path, one.line), ""))
            for one in tried.problems
            if one.code not in ABOUT_SIGNING and (one.path, one.code, one.remedy) not in known
        ),
        is_whole=whole,
    )


def _places(content: Content, fields: Fields) -> dict[tuple[str, int], str]:
    """Fields by the path and line of what they are written into."""
    root = next(iter(content.as_written)).partition("/")[0]
    found: dict[tuple[str, int], str] = {}
    for (inside, box), name in fields.items():
        document = content.as_written.get(f"{root}/{inside}")
        if document is None:
            continue
        known = boxes(document)
        line = known[box].line if box in known else document.lines.get(box)
        if line:
            found[f"{root}/{inside}", line] = name
    return found


def reached(content: Content, tag: str, word: str) -> tuple[str, str]:
    """The word, and what it leads to now."""
    told = (one.told for one in remarks(content, content.libraries[tag], word) if one.about == UNDERSTOOD)
    return word, next(told, "")
