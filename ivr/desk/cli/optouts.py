"""Opt-outs: count them, look one up, lift one, export and import all, catch up on missed ones."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TextIO, TypeVar

import click

from ivr.carrier.account import ReceivedText
from ivr.carrier.chosen import carrier_of
from ivr.carrier.port import Carrier
from ivr.desk.checking.printing import counted
from ivr.desk.connect.connecting import account_of
from ivr.desk.documents.writing import replace_files
from ivr.desk.optouts.senders import region_of, senders
from ivr.desk.running.local import local_env
from ivr.library.carrier_words import START, STOP
from ivr.memory.caller import sender_of
from ivr.memory.connection import StoreConnection
from ivr.memory.journal import Journal, Wish, WishKind
from ivr.memory.opening import open_connection, store_name
from ivr.memory.optouts import (
    Lifted,
    NotAnExport,
    OptOut,
    export_lines,
    lifted_by_hand,
    note_lifted,
    opt_out,
    opt_outs,
    read_export,
)
from ivr.memory.secret import mark_of, settle_secret
from ivr.memory.wishes import Wishes, place_of
from ivr.model import Party
from ivr.settings import CannotStart, Settings, WrongSetting

Result = TypeVar("Result")
NO_STORE = "The store does not answer, or cannot be written: see `python -m ivr doctor`, then try again."


@dataclass(frozen=True, slots=True)
class Kept:
    """What is stored about a sender. `caller`: the key."""

    written: str
    caller: str
    stop: OptOut | None
    by_hand: Lifted | None


@dataclass(frozen=True, slots=True)
class Desk:
    """The line's store, with the wishes of this machine's journal written into it first."""

    settings: Settings
    connection: StoreConnection
    wishes: Wishes
    secret: bytes
    carrier: Carrier

    def ask(self, act: Callable[[Any], Result]) -> Result:
        """Raises CannotStart where the store does not answer."""
        found = self.connection.ask_at_leisure(lambda client: (act(client),), None)
        if found is None:
            raise CannotStart(NO_STORE)
        return found[0]

    def sender(self, typed: str) -> Kept:
        """The sender meant by a number; of several, first one who wants no texts, or did once. Raises CannotStart."""
        if self.carrier.party(typed).withheld:
            raise click.BadParameter("nobody is known by this number.", param_hint="NUMBER")
        meant = [*senders(typed, region_of(self.settings), self.carrier)]
        found = [self._kept(one) for one in dict.fromkeys([*meant, typed])]
        for one in found:
            if one.stop or one.by_hand:
                return one
        if not meant:
            raise CannotStart(
                f"{typed!r} cannot send texts: write it with + and country code, like +12025550143, or "
                "give a short code."
            )
        return found[0]

    def _kept(self, written: str) -> Kept:
        caller = self.key_of(self.carrier.party(written)) or ""
        found = self.ask(lambda client: (opt_out(client, caller), lifted_by_hand(client, caller)))
        return Kept(written, caller, *found)

    def key_of(self, party: Party) -> str | None:
        return sender_of(party, self.secret).key

    def tell(self, wishes: list[Wish]) -> int:
        """Returns how many were new."""
        changed = self.wishes.merge(wishes)
        if changed is None:
            raise CannotStart(NO_STORE)
        return changed


@contextmanager
def _desk() -> Iterator[Desk]:
    settings = Settings.from_env(local_env(os.environ))
    with closing(open_connection(settings)) as connection:
        wishes = Wishes(connection, Journal(settings.data_dir), settings.line_numbers)
        desk = Desk(settings, connection, wishes, settle_secret(settings, connection), carrier_of(settings))
        if not wishes.hand_on():
            raise CannotStart(NO_STORE)
        yield desk


@click.group(invoke_without_command=True)
@click.option("--catch-up", is_flag=True, help="Read the carrier's list of texts for STOP and START that were missed.")
@click.option(
    "--days", type=click.IntRange(1, 400), default=7, show_default=True, help="How far back --catch-up reads."
)
@click.pass_context
def optouts(ctx: click.Context, catch_up: bool, days: int) -> None:
    """Say how many want no texts; look one up, lift one, move them to another store, catch up on missed ones.

    Example: python -m ivr optouts look +12025550143
    """
    if catch_up:
        _catch_up(days)
    elif ctx.invoked_subcommand is None:
        ctx.invoke(count)


@optouts.command()
def count() -> None:
    """Say how many want no texts.

    Example: python -m ivr optouts count
    """
    with _desk() as desk:
        number = desk.ask(lambda client: sum(1 for _ in opt_outs(client)))
        click.echo(f"{number} {'wants' if number == 1 else 'want'} no texts, in {store_name(desk.settings)}.")


@optouts.command()
@click.argument("number")
def look(number: str) -> None:
    """Say whether NUMBER wants texts; exit with 1 if it wants none.

    Example: python -m ivr optouts look +12025550143
    """
    with _desk() as desk:
        sender = desk.sender(number)
    if sender.by_hand:
        click.echo(f"Lifted by hand on {sender.by_hand.at}: {sender.by_hand.reason}")
    found = sender.stop
    if found is None:
        click.echo(f"No STOP is kept for {sender.written}: it gets the texts that it asks for.")
        return
    newest = max(found.lifted.values(), default=0)
    if newest > found.since:
        click.echo(f"STOP {_when(found.since)}, lifted at one of the line's numbers {_when(newest)}.")
        return
    click.echo(f"STOP {_when(found.since)}: this number gets no texts.")
    raise SystemExit(1)


@optouts.command()
@click.argument("number")
@click.option("--reason", required=True, help="Why, for anyone who asks later: kept for 400 days. No names.")
def lift(number: str, reason: str) -> None:
    """Let NUMBER get texts again, from all numbers of the line.

    Where the carrier answers STOP itself, it goes on blocking the number until START is sent from it.

    Example: python -m ivr optouts lift +12025550143 --reason "asked by phone"
    """
    with _desk() as desk:
        sender = desk.sender(number)
        if sender.stop is None:
            click.echo(f"No STOP is kept for {sender.written}.")
            return
        desk.ask(lambda client: note_lifted(client, sender.caller, reason))
        if not desk.wishes.take(sender.caller, WishKind.START, "") or not desk.wishes.hand_on():
            raise CannotStart(NO_STORE)
        click.echo("Lifted. Where the carrier answers STOP itself, it blocks the number until START is sent from it.")


@optouts.command("export")
@click.argument("file", type=click.Path(dir_okay=False, writable=True))
def export_(file: str) -> None:
    """Write all opt-outs to FILE, as keyed hashes, for `optouts import` where the same secret is set.

    Example: python -m ivr optouts export opt-outs.txt
    """
    with _desk() as desk:
        lines = desk.ask(lambda client: [*export_lines(opt_outs(client), mark_of(desk.secret))])
    try:
        replace_files({Path(file): "".join(f"{line}\n" for line in lines)}, private=True)
    except OSError as error:
        raise CannotStart(f"{file} cannot be written: {error.strerror}.") from None
    number = len(lines) - 1
    click.echo(f"{counted(number, 'opt-out')} {_are(number)} in {Path(file)}.")


@optouts.command("import")
@click.argument("file", type=click.File(encoding="utf-8"))
def import_(file: TextIO) -> None:
    """Add all opt-outs of FILE to those in the store. Newer wishes stay.

    Example: python -m ivr optouts import opt-outs.txt
    """
    with _desk() as desk:
        try:
            wishes = read_export(file, mark_of(desk.secret))
        except NotAnExport as wrong:
            raise CannotStart(f"{file.name}: {wrong}.") from None
        desk.tell(wishes)
        number = len({wish.caller for wish in wishes})
        kept = f"{counted(number, 'opt-out')} of {file.name} {_are(number)} kept"
        click.echo(f"{kept} in {store_name(desk.settings)}.")


def _catch_up(days: int) -> None:
    with _desk() as desk:
        if not desk.settings.line_numbers:
            raise WrongSetting("LINE_NUMBER is not set: set it to the number whose texts are to be read.")
        since = datetime.now(UTC) - timedelta(days=days)
        account = account_of(desk.settings)
        texts = [text for number in desk.settings.line_numbers for text in account.received(number, since)]
        wishes = [wish for order, text in enumerate(texts) if (wish := _wish(text, order, desk.key_of(text.sender)))]
        changed = desk.tell(wishes)
        missed = f"{changed} {'was' if changed == 1 else 'were'} missed and {_are(changed)} kept now"
        click.echo(f"{counted(len(texts), 'text')} read, {len(wishes)} of them STOP or START; {missed}.")


def _wish(text: ReceivedText, order: int, caller: str | None) -> Wish | None:
    """The carrier's times are in whole seconds; within one second its own order decides."""
    word = text.words.strip().upper()
    kind = WishKind.STOP if word in STOP else WishKind.START if word in START else None
    if kind is None or caller is None:
        return None
    return Wish(caller, kind, place_of(text.to), int(text.at.timestamp()) * 1_000_000 + order)


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def _when(at: int) -> str:
    if at < 1_000_000_000:
        return "at an unknown time (an older version did not keep it)"
    return f"on {datetime.fromtimestamp(at / 1_000_000, UTC):%Y-%m-%d %H:%M} UTC"
