"""How well English texts are understood by a model of words that has not seen their table:
`PYTHONPATH=.:tests python -m listening.unseen TABLE ...`, in the environment of `make likeness`, about a minute a
table. The patterns have seen all tables, so this tells what the model and the limits do, not what a new writer would
meet.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from listening.figures import scored_table, written

from ivr.library.library import Library
from ivr.library.likeness import read_likeness
from ivr.library.load import content_of
from ivr.settings import CONTENT, DEFAULT_HELPLINE
from tools.likeness import trained, write
from tools.tables import labelled


def without(library: Library, table: str) -> Library:
    """The library with a model that has learned from all tables but this."""
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), trained(library, labelled(library, leave_out=table)))
        return replace(library, likeness=read_likeness(Path(folder)))


def main(tables: Sequence[str]) -> None:
    library = content_of(CONTENT, DEFAULT_HELPLINE).libraries["en"]
    for table in tables:
        print(written(f"{table}, left out", scored_table(without(library, table), table)) + "\n", flush=True)  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])
