"""`python -m ivr`: the operator's commands. Only the one that is asked for is imported: all of them take a second, and
`--help` 0.15 s. So what it says of each stands here."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any, NamedTuple

import click

from ivr.settings import CannotStart


class Command(NamedTuple):
    """`module`: of this package, where the command stands; `does`: what `--help` says of it beside the others."""

    module: str
    does: str
    name: str = ""
    """In its module, where that is another than what is typed."""


COMMANDS: Mapping[str, Command] = {
    "call": Command("trying", "Call the line, in the terminal; exit with 1 if the line does not take the call."),
    "check": Command("content", "Check the content; exit with 1 if anything has to be mended."),
    "connect": Command(
        "launch", "Lead the calls and texts of NUMBER (default: LINE_NUMBER) to the line, at the carrier."
    ),
    "doctor": Command(
        "launch",
        "Check all that has to hold before launch, with the settings of the line; exit with 1 if anything does not.",
    ),
    "fallback": Command("printing", "Write what is heard and texted while the line is down, to be hosted elsewhere."),
    "leaflet": Command(
        "printing",
        "Write one large-print sheet for each language: the line's number, its keys, the numbers of its topics.",
    ),
    "map": Command("content", "Draw the menu as a page to read and to print.", "map_"),
    "optouts": Command(
        "optouts",
        "Say how many want no texts; look one up, lift one, take them elsewhere, catch up with what was missed.",
    ),
    "report": Command("looking", "Write what was counted as a page with charts, and print it as tables."),
    "run": Command("trying", "Run the line on this machine, with a phone to try it."),
    "script": Command("content", "Write all that can be heard and read, in order, for a clinician to sign."),
    "text": Command(
        "trying",
        "Send WORDS as a text and print the reply with its fragments; exit with 1 if the line does not take it.",
    ),
}
"""A test holds each sentence against the command's own."""


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
        """Says in one sentence what the operator has to mend."""
        try:
            return super().invoke(ctx)
        except CannotStart as reason:
            raise click.ClickException(str(reason)) from None


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """An accessible phone and text information line."""
