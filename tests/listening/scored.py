"""What the line makes of the texts in tables, scored against what their writers wanted. It can say no: a question about
something else than was meant is a wrong question, not a success.

A table has one text a row: its kind, what was pending, what is wanted (best first, separated by `|`), the text.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from ivr.library.library import HOME, Library
from ivr.listening.listening import listening_of
from ivr.listening.meaning import (
    Ask,
    CarrierWord,
    Danger,
    Goal,
    Lacks,
    Meaning,
    Move,
    NoRequest,
    StopInDoubt,
    Unasked,
    Unclear,
    Understood,
    WrongNumber,
)
from ivr.listening.reactions import request_in
from ivr.listening.understand import understand
from ivr.model import Position

FOLDER = Path(__file__).parent


class Verdict(StrEnum):
    RIGHT = "right"
    RIGHT_QUESTION = "right question"
    WRONG_QUESTION = "wrong question"
    MENU = "menu"
    WRONG = "wrong"
    SILENT = "silent"


@dataclass(frozen=True)
class Row:
    kind: str
    pending: tuple[str, ...]
    want: tuple[str, ...]
    text: str

    @property
    def is_danger(self) -> bool:
        return self.kind.startswith("danger")


@dataclass(frozen=True)
class Scored:
    row: Row
    understood: Understood
    got: frozenset[str]
    verdict: Verdict


def rows_of(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        found = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [
            Row(
                row["kind"],
                tuple(filter(None, row["pending"].split(","))),
                tuple(row["want"].split("|")),
                row["text"].replace("\\n", "\n"),
            )
            for row in found
        ]


FIRST_VERSION = {
    "urgent": ("spine", "911", "fever", "break"),
    **{"one-area": ("13",), "whole-body": ("12",), "person": ("52", "despair"), "goals": ("11",), "depends": ("2",)},
    **{
        "types": ("1",),
        "meaning": ("14",),
        "about": ("51",),
        "questions": ("3",),
        "optout": ("stop",),
        "keys": ("53",),
    },
    **{"about-line": ("5",), "practice": ("53",), "carrier": ("stop", "start", "52"), "unclear": ("menu", "lacks")},
}
"""The codes for the names in the first version's table."""
FIRST_VERSION_KINDS = {"urgent": "danger-spine", "optout": "stop", "unclear": "unclear"}


def first_version(half: str) -> list[Row]:
    """A half of the table that the first version was tuned on (`tune`) and measured with (`measure`)."""
    with (FOLDER / "en" / "first-version.tsv").open(encoding="utf-8", newline="") as file:
        found = [row for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if row["half"] == half]
    return [
        Row(
            FIRST_VERSION_KINDS.get(row["expected"], "other"),
            (),
            tuple(code for name in row["expected"].split("|") for code in FIRST_VERSION.get(name, (name,))),
            row["text"],
        )
        for row in found
    ]


FACTS = {"X2": ("spine", "4"), "X6": ("911",), "X7": ("fever",), "X8": ("break",), "X9": ("despair", "52")}


class Names:
    """The codes of the tables for what was understood."""

    def __init__(self, library: Library) -> None:
        self.listening = listening_of(library)
        self.library = library

    def of(self, meaning: Meaning | Goal) -> frozenset[str]:
        match meaning:
            case Danger(_, at):
                return self._position(at)
            case Position() as position:
                return self._position(position)
            case Move(name):
                return frozenset({"53"} if name == "keys" else {name})
            case Lacks(_, _, person_only):
                return frozenset({"lacks-person", "52"} if person_only else {"lacks"})
            case CarrierWord("help"):
                return frozenset({"52", "53", "5"})
            case CarrierWord(family):
                return frozenset({family} | ({"yes"} if family == "start" else set()))
            case WrongNumber():
                return frozenset({"stop"})
            case StopInDoubt():
                return frozenset({"unclear"})
            case NoRequest():
                return frozenset({"none"})
            case Ask() | Unasked() | Unclear():
                return frozenset()

    def _position(self, position: Position) -> frozenset[str]:
        if position.name == HOME:
            return frozenset({"menu", "thanks", "no"})
        segment = self.library.segment(position)
        code = self.library.codes.get(position.name, "")
        facts = segment.facts if segment else ()
        named = {name for fact in facts for name in FACTS.get(fact, ())}
        return frozenset({code} | named if code not in ("4", "52") or named else {code})

    def goals(self, pending: tuple[str, ...]) -> tuple[Goal, ...]:
        return tuple(self.listening.codes[code] for code in pending)


def score(library: Library, rows: Iterable[Row]) -> Iterator[Scored]:
    names = Names(library)
    for row in rows:
        pending = names.goals(row.pending)
        asked = request_in([library], row.text)
        understood = (
            Understood(NoRequest())
            if asked is None and not pending
            else understand(names.listening, asked or row.text, pending)
        )
        meaning = understood.meaning
        got = names.of(meaning)
        if pending and meaning == pending[0]:
            got |= {"yes"}
        yield Scored(row, understood, got, _verdict(names, row, meaning, got))


def _verdict(names: Names, row: Row, meaning: Meaning, got: frozenset[str]) -> Verdict:
    wanted = set(row.want)
    if got & wanted:
        return Verdict.RIGHT
    if isinstance(meaning, Ask):
        offered = {name for goal in meaning.goals for name in names.of(goal)}
        return Verdict.RIGHT_QUESTION if offered & wanted else Verdict.WRONG_QUESTION
    if isinstance(meaning, Unasked | Unclear) or got & {"menu"}:
        return Verdict.RIGHT if wanted & {"menu", "thanks"} else Verdict.MENU
    if isinstance(meaning, NoRequest):
        return Verdict.SILENT
    return Verdict.WRONG


def shares(scored: Iterable[Scored]) -> Counter[Verdict]:
    return Counter(one.verdict for one in scored)
