"""What a command writes: to a file, whole, or to standard output."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ivr.desk.documents.writing import replace_files

STANDARD_OUTPUT = "-"
output_option = click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, allow_dash=True),
    help="A file. Default: standard output; a page that would go to a terminal goes into a file with the command's "
    "name instead.",
)


def put_page(output: str | None, page: str) -> None:
    """Written to standard output only where somebody has asked for that, or it leads elsewhere than to a terminal."""
    name = f"{click.get_current_context().info_name}.html"
    if output is None and sys.stdout.isatty():
        put(name, page)
        click.echo(f"Written to {name}: open it in a browser.")
    else:
        put(output, page)


def put(output: str | None, text: str) -> None:
    """`-` and None stand for standard output. Raises click.ClickException."""
    if output in (None, STANDARD_OUTPUT):
        click.echo(text.encode(), nl=False)
        return
    try:
        replace_files({Path(output): text})
    except OSError as error:
        raise click.ClickException(f"{output} cannot be written: {error.strerror}.") from None
