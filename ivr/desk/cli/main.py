"""`python -m ivr`: the operator's commands."""

from __future__ import annotations

from typing import Any

import click

from ivr.desk.cli.content import check, map_, script
from ivr.desk.cli.launch import connect, doctor
from ivr.desk.cli.looking import report
from ivr.desk.cli.optouts import optouts
from ivr.desk.cli.printing import fallback, leaflet
from ivr.desk.cli.trying import call, run, text
from ivr.settings import CannotStart

COMMANDS: tuple[click.Command, ...] = (
    *(run, call, text),
    *(check, script, map_, leaflet, fallback),
    *(connect, doctor, report, optouts),
)


class _Sentences(click.Group):
    """Says in one sentence what the operator has to mend."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except CannotStart as reason:
            raise click.ClickException(str(reason)) from None


@click.group(cls=_Sentences, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """An accessible phone and text information line."""


for command in COMMANDS:
    main.add_command(command)
