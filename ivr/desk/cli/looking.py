"""Looking at the line's use: report."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import closing
from typing import Any

import click
from rich.console import Console

from ivr.desk.cli.output import STANDARD_OUTPUT, put
from ivr.desk.cli.shared import content_here
from ivr.desk.report.data import as_csv, as_json
from ivr.desk.report.figures import MONTHS_BACK
from ivr.desk.report.months import named
from ivr.desk.report.page import report_page
from ivr.desk.report.report import Report, report_of
from ivr.desk.report.table import print_report
from ivr.desk.running.local import local_env
from ivr.memory.calendar import Calendar, Month
from ivr.memory.counts import Counts, read_counts
from ivr.memory.opening import open_connection, store_name
from ivr.settings import CannotStart, Settings

PAGE = "report.html"


class MonthType(click.ParamType[Month]):
    name = "YYYY-MM"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Month:
        try:
            return value if isinstance(value, Month) else Month.read(value)
        except ValueError:
            self.fail("write a month with its year, like 2026-10.", param, ctx)


@click.command()
@click.option("--month", type=MonthType(), help="A calendar month, such as 2026-10. Default: the last whole one.")
@click.option("--csv", "for_tables", is_flag=True, help="Instead: a line for each number, for a spreadsheet.")
@click.option("--json", "for_programs", is_flag=True, help="Instead: as JSON.")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, allow_dash=True),
    help=f"A file. Default: {PAGE}; with --csv and --json, what is printed.",
)
def report(month: Month | None, for_tables: bool, for_programs: bool, output: str | None) -> None:
    """Write what was counted in a month as a page with charts, and print it as tables.

    Example: python -m ivr report --month 2026-10
    """
    if for_tables and for_programs:
        raise click.UsageError("--csv and --json write the same in two ways: ask for one at a time.")
    settings = Settings.from_env(local_env(os.environ))
    found = _found(settings, month)
    if for_tables or for_programs:
        put(output or STANDARD_OUTPUT, as_json(found) if for_programs else as_csv(found))
        return
    output = output or PAGE
    put(output, report_page(found))
    to_page = output != STANDARD_OUTPUT
    console = Console(highlight=False, stderr=not to_page)
    print_report(console, found)
    console.print(f"\nCounted in {store_name(settings)}", soft_wrap=True, markup=False)
    if month is None:
        this = found.month.back(-1)
        console.print(f"{named(this)} is not over: `--month {this}` shows it so far.", soft_wrap=True, markup=False)
    if to_page:
        click.echo(f"The page with charts: {output}")


def _found(settings: Settings, asked: Month | None) -> Report:
    """Raises CannotStart."""
    libraries = content_here().libraries
    if not libraries:
        raise CannotStart("No language of the content can be read: see `check`.")
    this = Month.of(Calendar(settings.time_zone).today())
    month = asked or this.back(1)
    if not this.back(MONTHS_BACK) <= month <= this:
        raise click.BadParameter(f"counts are kept from {this.back(MONTHS_BACK)} to {this}.", param_hint="--month")
    kept = [each for each in (month.back(back) for back in range(MONTHS_BACK + 1)) if each >= this.back(MONTHS_BACK)]
    return report_of(_read(settings, kept), month, month < this, libraries, str(settings.time_zone))


def _read(settings: Settings, months: list[Month]) -> Mapping[Month, Counts]:
    with closing(open_connection(settings)) as connection:
        counts = read_counts(connection, months)
    if counts is None:
        raise CannotStart("The store does not answer: check that it runs, and REDIS_URL, then try again.")
    return counts
