"""`python -m ivr`: the operator's commands. Only the requested one is imported: all of them take a second, and `--help`
alone takes 0.12 s. That is why the descriptions are repeated here."""

from __future__ import annotations

import os
from collections.abc import Mapping
from importlib import import_module
from typing import Any, NamedTuple

import click

from ivr import __version__
from ivr.settings import CannotStart
from ivr.settings.env_file import take_env_file


class Command(NamedTuple):
    """`module`: the module of this package with the command; `does`: its line in the list of `--help`."""

    module: str
    does: str
    name: str = ""
    """The function's name in its module, if it differs from the command's."""


COMMANDS: Mapping[str, Command] = {
    "call": Command("trying", "Call the line, in the terminal; exit with 1 if the line does not take the call."),
    "check": Command("content", "Check the content; exit with 1 if anything has to be fixed."),
    "connect": Command(
        "launch", "Point the calls and texts of NUMBER (default: each of LINE_NUMBER) at the line, through the carrier."
    ),
    "doctor": Command(
        "launch",
        "Check everything that a launch needs, with the settings of the line; exit with 1 if anything fails.",
    ),
    "fallback": Command("printing", "Write what is said and texted while the line is down, to be hosted elsewhere."),
    "leaflet": Command(
        "printing",
        "Write one large-print sheet for each language: the line's number, its keys, the numbers of its topics.",
    ),
    "map": Command("content", "Draw the menu as a page to read and to print.", "map_"),
    "new": Command("adding", "Begin something new: a line of your own, or a topic in every language of the line."),
    "optouts": Command(
        "optouts",
        "Say how many want no texts; look one up, lift one, move them to another store, catch up on missed ones.",
    ),
    "rehearse": Command(
        "rehearsing", "Rehearse an evening on the air with a pretend carrier; exit with 1 if anything fails."
    ),
    "report": Command("looking", "Write what was counted in a month as a page with charts, and print it as tables."),
    "run": Command("trying", "Run the line on this machine, with a phone to try it."),
    "script": Command("content", "Write everything that can be heard and read, in order, for a clinician to sign."),
    "sign": Command(
        "signing",
        "Enter into FILE what stands on a signed sheet: name, date, and the code of the words that were read.",
    ),
    "text": Command(
        "trying",
        "Send WORDS as a text and print the reply with its fragments; exit with 1 if the line does not take it.",
    ),
}
"""A test compares each sentence with the command's own."""


class _Commands(click.Group):
    def list_commands(self, _ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        asked = COMMANDS.get(cmd_name)
        if asked is None:
            return None
        command: click.Command = getattr(import_module(f"ivr.desk.cli.{asked.module}"), asked.name or cmd_name)
        return command

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, command.does) for name, command in sorted(COMMANDS.items())])

    def invoke(self, ctx: click.Context) -> Any:
        """Turns CannotStart into one sentence about what the operator has to fix."""
        try:
            take_env_file(os.environ)
            return super().invoke(ctx)
        except CannotStart as reason:
            raise click.ClickException(str(reason)) from None


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def main() -> None:
    """An accessible phone and text information line."""
