"""What it takes to understand a text: every text of the tables, in one process, each the quickest of a few times."""

from __future__ import annotations

import csv
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from ivr.library.library import Library
from ivr.listening.listening import listening_of
from ivr.listening.normalise import LONGEST_TEXT
from ivr.listening.rules import Listening
from ivr.listening.understand import understand

TABLES = Path(__file__).parents[1] / "listening"
TIMES = 3
REAL = "pain in my back and cant feel my legs since the chemo stopped, what do i do now. "
UNREAL = "wallkinng numbnesss radiatoin bakc painfull tretmentt "


@dataclass(frozen=True, slots=True)
class Heard:
    """Microseconds. `worst`: of the tables; `longest`: the slower of two texts as long as a text can be, one of plain
    words and one of misspelt ones."""

    texts: int
    median: float
    worst: float
    longest: float


def heard(library: Library) -> Heard:
    listening = listening_of(library)
    texts = texts_of(library.language.tag)
    taken = [_microseconds(listening, text) for text in texts]
    longest = max(_microseconds(listening, (text * 40)[:LONGEST_TEXT]) for text in (REAL, UNREAL))
    return Heard(len(texts), median(taken), max(taken), longest)


def texts_of(tag: str) -> list[str]:
    """Of the tables that were tuned on."""
    found = []
    for path in sorted((TABLES / tag).glob("tuned*.tsv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            found += [row["text"].replace("\\n", "\n") for row in rows]
    return found


def _microseconds(listening: Listening, text: str) -> float:
    return min(_once(listening, text) for _ in range(TIMES))


def _once(listening: Listening, text: str) -> float:
    began = time.perf_counter()
    understand(listening, text)
    return (time.perf_counter() - began) * 1_000_000
