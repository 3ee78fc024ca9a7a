"""Looking at the line's use: report."""

from __future__ import annotations

import os
from contextlib import closing
from datetime import UTC, datetime
from typing import TextIO

import click
from rich.console import Console

from ivr.desk.cli.shared import content_here
from ivr.desk.report.figures import report_of
from ivr.desk.report.page import report_page
from ivr.desk.report.table import print_report
from ivr.desk.running.local import local_env
from ivr.memory.counts import read_counts
from ivr.memory.opening import open_connection, store_name
from ivr.settings import CannotStart, Settings

MOST_DAYS = 400


@click.command()
@click.option("--days", type=click.IntRange(1, MOST_DAYS), default=30, show_default=True, help="Up to today.")
@click.option(
    "-o",
    "--output",
    type=click.File("w", encoding="utf-8", lazy=True),
    default="report.html",
    show_default=True,
    help="The page.",
)
def report(days: int, output: TextIO) -> None:
    """Write what was counted as a page with charts, and print it as tables."""
    libraries = content_here().libraries
    if not libraries:
        raise CannotStart("No language of the content can be read: see `check`.")
    settings = Settings.from_env(local_env(os.environ))
    with closing(open_connection(settings)) as connection:
        counts = read_counts(connection, datetime.now(UTC).date(), days)
    if counts is None:
        raise CannotStart("The store does not answer: check that it runs, and REDIS_URL, then try again.")
    found = report_of(counts, libraries)
    to_page = output.name != "-"
    output.write(report_page(found))
    output.flush()
    console = Console(highlight=False, stderr=not to_page)
    print_report(console, found)
    console.print(f"\nCounted in {store_name(settings)}", soft_wrap=True, markup=False)
    if to_page:
        click.echo(f"The page with charts: {output.name}")
