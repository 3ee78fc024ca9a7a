"""Going live: connect, doctor."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime

import click
from rich.console import Console

from ivr.carrier.port import OwnNumber
from ivr.desk.cli.shared import sound_content
from ivr.desk.connect.connecting import Setting, account_of, before, carry_out, forget_before, keep_before, plan, wanted
from ivr.desk.connect.table import print_plan
from ivr.desk.doctor import examine
from ivr.desk.doctor.printing import as_json, is_ready, print_findings
from ivr.settings import Settings, e164


@click.command()
@click.argument("number", required=False)
@click.option("--dry-run", is_flag=True, help="Only show what would change.")
@click.option("--undo", is_flag=True, help="Instead: restore the number's first settings, kept in DATA_DIR.")
def connect(number: str | None, dry_run: bool, undo: bool) -> None:
    """Point the calls and texts of NUMBER (default: LINE_NUMBER) at the line, through the carrier.

    The number's previous settings are kept in DATA_DIR, for --undo. Where the disk is emptied at every start, as on
    most hosts that use a Procfile, --undo finds nothing: keep what is printed, and set the number back by hand.
    """
    settings = Settings.from_env(os.environ)
    account = account_of(settings)
    goal = None if undo else account.settings_for(wanted(settings, next(iter(sound_content().libraries))))
    found = account.number(_number(number, settings))
    planned = plan(found, before(settings.data_dir, found) if goal is None else goal)
    print_plan(Console(highlight=False), planned)
    if untold := _untold(found, planned, undo):
        click.echo(f"This carrier does not report: {untold}. --undo leaves that alone: note it from the console.")
    if dry_run:
        click.echo("Nothing was changed: this was a dry run.")
        return
    kept = keep_before(settings.data_dir, found) if not undo and any(one.changes for one in planned) else None
    if kept:
        click.echo(f"The old settings are kept in {kept}. Keep the lines above too, in case the disk is emptied.")
    unsure = carry_out(account, found, planned)
    if undo:
        forget_before(settings.data_dir, found)
    _say_end(found, undo, unsure)


def _number(given: str | None, settings: Settings) -> str:
    number = e164(given) if given else settings.line_number
    if number is None:
        raise click.BadParameter(
            "give the line's number with + and country code, like +18005550199.", param_hint="NUMBER"
        )
    return number


def _untold(found: OwnNumber, planned: Sequence[Setting], undo: bool) -> str:
    """The settings that cannot be restored. During --undo nobody knows which of them had been set."""
    names = [name for name in found.names if name not in found.settings]
    return ", ".join(name for name in names if undo or name in {one.name for one in planned})


def _say_end(found: OwnNumber, undo: bool, unsure: tuple[str, ...]) -> None:
    if unsure:
        click.echo(f"Set, but this carrier does not report whether it kept it: {', '.join(unsure)}.")
    click.echo(
        f"{found.number} is set as it was before it was first connected."
        if undo
        else f"{found.number} leads to the line. To see whether the line answers, run `python -m ivr doctor`."
    )


@click.command()
@click.option("--json", "for_programs", is_flag=True, help="As JSON.")
def doctor(for_programs: bool) -> None:
    """Check everything that a launch needs, with the settings of the line; exit with 1 if anything fails."""
    findings = examine(os.environ, datetime.now(UTC).date())
    if for_programs:
        click.echo(as_json(findings))
    else:
        print_findings(Console(soft_wrap=True, highlight=False), findings)
    sys.exit(not is_ready(findings))
