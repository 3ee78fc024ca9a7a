"""Reads content for a line that serves. `python -m ivr.web.reading FOLDER HELPLINE` writes it to the standard output,
packed for `served`."""

from __future__ import annotations

import gc
import pickle
import sys
from pathlib import Path

from ivr.library.load import Content, content_of
from ivr.library.prepared import PreparedFile
from ivr.library.rules import check_structure
from ivr.listening.ready import prepared
from ivr.model import Problem
from ivr.settings import CannotStart
from ivr.web.served import Served


class WrongContent(CannotStart):
    """The message lists the problems, each with its file, line and remedy."""


def read(root: Path, helpline: str) -> Served:
    """Raises WrongContent."""
    content = content_of(root, helpline)
    if errors := _errors(content):
        raise WrongContent("\n".join(map(str, errors)))
    return Served(content.libraries, content.version)


def prepare(content: Content, prepared: PreparedFile) -> None:
    """Has the next start find content that a check has read. `prepared`: of before that."""
    if not _errors(content) and prepared.read() is None:
        prepared.keep(packed(Served(content.libraries, content.version)))


def _errors(content: Content) -> list[Problem]:
    return [problem for problem in check_structure(content) if not problem.warning]


def packed(words: Served) -> bytes:
    return pickle.dumps(Served({tag: prepared(library) for tag, library in words.libraries.items()}, words.version))


if __name__ == "__main__":
    gc.disable()
    try:
        sys.stdout.buffer.write(packed(read(Path(sys.argv[1]), sys.argv[2])))
    except WrongContent as wrong:
        sys.exit(str(wrong))
