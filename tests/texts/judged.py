"""What the line makes of the texts in texts.tsv, judged against what their writer would want.

The table was written before the words were tuned, by someone who had not seen them. Its `tune` half may be looked at
while words and readings are changed; its `measure` half only to measure.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ivr.dialogue.keywords import understand
from ivr.dialogue.meaning import CarrierWord, Meaning, Move, Near
from ivr.library.library import HOME, Library
from ivr.model import Spot

TABLE = Path(__file__).parent / "texts.tsv"
RIGHT, ASKING, MENU, WRONG = "right", "asking", "menu", "wrong"


@dataclass(frozen=True)
class Judged:
    text: str
    expected: frozenset[str]
    found: str
    verdict: str


def judged(library: Library, half: str) -> Iterator[Judged]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["half"] == half:
                expected = frozenset(row["expected"].split("|"))
                meaning = understand(library, row["text"])
                yield Judged(row["text"], expected, _name(meaning), _verdict(meaning, expected))


def _name(meaning: Meaning) -> str:
    match meaning:
        case Spot(name):
            return "menu" if name == HOME else name
        case Near(_, Move(name)):
            return f"{name}?"
        case Move(name):
            return {"stop": "optout"}.get(name, name)
        case Near(_, Spot(name)):
            return f"{name}?"
        case CarrierWord():
            return "carrier"
        case _:
            return "unclear"


def _verdict(meaning: Meaning, expected: frozenset[str]) -> str:
    """The short menu in place of a topic is no wrong topic, but no answer either."""
    if _name(meaning) in expected:
        return RIGHT
    if isinstance(meaning, Near):
        return ASKING
    return MENU if _name(meaning) in ("unclear", "menu") else WRONG


def shares(rows: list[Judged]) -> dict[str, float]:
    counts = Counter(row.verdict for row in rows)
    return {verdict: counts[verdict] / len(rows) for verdict in (RIGHT, ASKING, MENU, WRONG)}
