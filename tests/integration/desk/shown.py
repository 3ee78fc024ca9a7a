"""Commands as the documents show them, and reading a command line without running it."""

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import click
from click.testing import CliRunner

from ivr.desk.cli.main import COMMANDS, main

ROOT = Path(__file__).parents[3]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md"), *(ROOT / "examples").glob("*/README.md")])
SPAN = re.compile(r"`([^`\n]+)`|^ {4}(?:\$ )?(\S.*)$", re.MULTILINE)
OURS = re.compile(r"(?:^|\s)(?:\S*python3? -m ivr|ivr|(?:sudo )?deploy/as-the-service) ([a-z-].*|COMMAND.*)")
TABLE = re.compile(r"^\| (.+?) \| ", re.MULTILINE)
NO_COMMANDS = {"doctor or clinic"}
"""Begin with the name of a command, and are words of the line."""


@dataclass(frozen=True)
class Shown:
    page: str
    words: tuple[str, ...]
    """What stands behind `python -m ivr`."""
    is_whole: bool
    """Whether that stands there, too: otherwise it is only named, and what it needs may be left out."""

    def __str__(self) -> str:
        return f"{self.page}: {shlex.join(self.words)}"


def spans() -> Iterator[tuple[str, str]]:
    """The page, and each piece of code on it."""
    for page in PAGES:
        for match in SPAN.finditer(page.read_text(encoding="utf-8")):
            yield str(page.relative_to(ROOT)), match[1] or match[2]


def commands() -> list[Shown]:
    return list(dict.fromkeys(Shown(page, *found) for page, code in spans() for found in _words(code)))


def _words(code: str) -> Iterator[tuple[tuple[str, ...], bool]]:
    """The short form counts too: a name of a command, alone or with what follows it."""
    line = re.split(r"\s{2,}#|\s[|>]\s", code)[0].strip()
    if line in NO_COMMANDS:
        return
    if found := OURS.search(line):
        yield tuple(shlex.split(found[1])), True
    elif line.partition(" ")[0] in COMMANDS:
        yield tuple(shlex.split(line)), False


def read(words: tuple[str, ...]) -> None:
    """Raises click.ClickException where a command line is none. Nothing is run; what is asked for is answered."""
    with patch.object(click.Command, "invoke", lambda _command, _context: None):
        done = CliRunner().invoke(main, words, input="x\n" * 9, standalone_mode=False)
    if done.exception:
        raise done.exception


def every_command() -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """By the words that lead to it."""
    for name in COMMANDS:
        command = main.get_command(click.Context(main), name)
        yield (name,), command
        if isinstance(command, click.Group):
            yield from (((name, below), one) for below, one in command.commands.items())
