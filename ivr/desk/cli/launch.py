"""Going live: connect, doctor."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime

import click
from rich.console import Console

from ivr.carrier.account import Account, CannotTell, CarrierRefuses, OwnNumber, Webhooks
from ivr.desk.cli.shared import sound_content
from ivr.desk.connect.connecting import Setting, account_of, before, carry_out, forget_before, keep_before, plan, wanted
from ivr.desk.connect.services import (
    by_hand,
    forget_changed,
    keep_changed,
    leads_away,
    others_in,
    was_changed,
    where_to,
)
from ivr.desk.connect.table import print_plan
from ivr.desk.doctor import examine
from ivr.desk.doctor.printing import as_json, is_ready, print_findings
from ivr.settings import Settings, e164


@click.command()
@click.argument("number", required=False)
@click.option("--dry-run", is_flag=True, help="Only show what would change.")
@click.option("--undo", is_flag=True, help="Instead: restore the number's first settings, kept in DATA_DIR.")
def connect(number: str | None, dry_run: bool, undo: bool) -> None:
    """Point the calls and texts of NUMBER (default: each of LINE_NUMBER) at the line, through the carrier.

    The number's previous settings are kept in DATA_DIR, for --undo. Where the disk is emptied at every start, as on
    most hosts that use a Procfile, --undo finds nothing: keep what is printed, and set the number back by hand.

    Exits with 1 if a Messaging Service that other numbers share keeps texts from the line.

    Example: python -m ivr connect +18005550199 --dry-run
    """
    settings = Settings.from_env(os.environ)
    account, numbers = account_of(settings), _numbers(number, settings)
    first = "" if undo else next(iter(sound_content().libraries))
    reached = [_connect(settings, account, one, first, dry_run, undo) for one in numbers]
    if dry_run:
        click.echo("Nothing was changed: this was a dry run.")
    sys.exit(not all(reached))


def _connect(settings: Settings, account: Account, number: str, first: str, dry_run: bool, undo: bool) -> bool:
    """Whether texts reach the line, as far as the carrier tells. `first`: the line's first language."""
    language = next((one.language for one in settings.own_numbers if one.number == number), "") or first
    webhooks = None if undo else wanted(settings, language)
    found = account.number(number)
    planned = plan(found, before(settings.data_dir, found) if webhooks is None else account.settings_for(webhooks))
    print_plan(Console(highlight=False), planned)
    if untold := _untold(found, planned, undo):
        click.echo(f"This carrier does not report: {untold}. --undo leaves that alone: note it from the console.")
    for act in found.cannot:
        click.echo(f"{number} takes no {act} at all: ask the carrier, or choose another number.", err=True)
    if dry_run:
        return _service(settings, account, found, webhooks, dry_run)
    kept = keep_before(settings.data_dir, found) if not undo and any(one.changes for one in planned) else None
    if kept:
        click.echo(f"The old settings are kept in {kept}. Keep the lines above too, in case the disk is emptied.")
    unsure = carry_out(account, found, planned)
    reaches = _service(settings, account, found, webhooks, dry_run)
    if undo:
        forget_before(settings.data_dir, found)
    _say_end(found, undo, unsure)
    return reaches


def _service(settings: Settings, account: Account, number: OwnNumber, webhooks: Webhooks | None, dry_run: bool) -> bool:
    """Has a Messaging Service let texts through, or says what to do. `webhooks`: None to take that back. Whether texts
    get through it."""
    try:
        service = account.service_of(number)
    except CannotTell:
        return True
    except CarrierRefuses as reason:
        click.echo(f"Whether a Messaging Service keeps texts from {number.number} is not known. {reason}", err=True)
        return True
    if service is None:
        return True
    if webhooks is None:
        if was_changed(settings.data_dir, service) and not dry_run:
            account.let_numbers_decide(service, False)
            forget_changed(settings.data_dir, service)
            click.echo(f"The Messaging Service {service.name} decides again where texts go.")
        return True
    if not leads_away(service, webhooks):
        return True
    click.echo(f"{number.number} is in the Messaging Service {service.name}, which {where_to(service)}.")
    if others_in(service, (number.number, *settings.line_numbers)):
        click.echo(f"Texts do not reach the line: {by_hand(service, number.number)}.", err=True)
        return False
    click.echo("UseInboundWebhookOnNumber: false -> true")
    if not dry_run:
        keep_changed(settings.data_dir, service)
        account.let_numbers_decide(service, True)
        click.echo(f"{service.name} leaves texts to each number now.")
    return True


def _numbers(given: str | None, settings: Settings) -> tuple[str, ...]:
    if given is None and settings.line_numbers:
        return settings.line_numbers
    number = e164(given) if given else None
    if number is None:
        raise click.BadParameter(
            "give the line's number with + and country code, like +18005550199.", param_hint="NUMBER"
        )
    return (number,)


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
    """Check everything that a launch needs, with the settings of the line; exit with 1 if anything fails.

    Example: python -m ivr doctor
    """
    findings = examine(os.environ, datetime.now(UTC).date())
    if for_programs:
        click.echo(as_json(findings))
    else:
        print_findings(Console(soft_wrap=True, highlight=False), findings)
    sys.exit(not is_ready(findings))
