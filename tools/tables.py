"""What the tables under tests/listening/ teach the small model of words, and what the model was made from.

Needs nothing but what the line runs on, so that a test can tell a model that is older than its tables.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ivr.library.library import Library
from ivr.library.likeness import SCALE, pairs, pieces
from ivr.listening.listening import listening_of
from ivr.listening.rules import CLASSES, GRAMMAR

ROOT = Path(__file__).resolve().parents[1]
TABLES = ROOT / "tests/listening"
VECTORS = ROOT / "tools/vectors"
"""What words mean as numbers, a file for each language that has one: `make vectors`."""
TUNED = "tuned*.tsv"
"""The tables that may be learned from. What is set aside to measure by has other names."""
FEWEST = 8
"""Fewest texts in which a feature has to occur. With 3 the models take a megabyte more of each worker and
understand hardly more."""
MEANING = 1.5
"""How much the meaning of words counts beside the words themselves."""
STRENGTH = 100.0
"""How closely the model follows its tables: the inverse of the penalty on weights."""
LABELS = {
    "spine": "danger-spine",
    "911": "danger-emergency",
    "fever": "danger-fever",
    "break": "danger-bone",
    "unclear": "in doubt",
    "lacks-person": "person only",
    "thanks": "menu",
}
"""What a table wants, as the model names it, where the two differ. A number is the name of its place."""


@dataclass(frozen=True, slots=True)
class Labelled:
    text: str
    label: str


def labelled(library: Library, leave_out: str = "") -> list[Labelled]:
    """The texts of a language's tables, but for the table `leave_out`, whose expected meaning does not depend on an
    open question."""
    paths = [path for path in sorted((TABLES / library.language.tag).glob(TUNED)) if path.name != leave_out]
    return [Labelled(text, label) for path in paths for text, label in _rows(path, library) if label]


def _rows(path: Path, library: Library) -> Iterator[tuple[str, str | None]]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            yield row["text"].replace("\\n", "\n"), _label(row["kind"], row["want"].split("|")[0], library)


def _label(kind: str, want: str, library: Library) -> str | None:
    if kind == "none":
        return kind
    if kind == "answer" or want in ("yes", "no"):
        return None
    codes = listening_of(library).codes
    if want in LABELS or want not in codes:
        return LABELS.get(want, want)
    position = codes[want]
    return position.name if position.name in library.menus else f"{position.name}.{position.part}"


def digest(library: Library, texts: Iterable[Labelled]) -> str:
    """Changes with the texts, with the names of word classes, with the meaning of words and with the definition of a
    feature, but with no pattern. `grammar` tells languages apart and is not a feature."""
    classes = sorted(library.listening[CLASSES].sections.keys() - {GRAMMAR}) if CLASSES in library.listening else ()
    example = [*pieces("several"), *pairs(("a", "text", "of", "several", "words"))]
    vectors = VECTORS / f"{library.language.tag}.npz"
    meaning = hashlib.sha256(vectors.read_bytes()).hexdigest() if vectors.exists() else ""
    numbers = [FEWEST, MEANING, STRENGTH, SCALE]
    return _hash([[(one.text, one.label) for one in texts], list(classes), example, meaning, numbers])


def _hash(parts: Sequence[object]) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
