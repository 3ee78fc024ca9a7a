"""What a command writes: to a file, whole, or to standard output."""

from __future__ import annotations

from pathlib import Path

import click

from ivr.desk.documents.writing import replace_files

STANDARD_OUTPUT = "-"
output_option = click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, allow_dash=True),
    default=STANDARD_OUTPUT,
    help="A file. Default: it is printed.",
)


def put(output: str, text: str) -> None:
    """`-` stands for standard output. Raises click.ClickException."""
    if output == STANDARD_OUTPUT:
        click.echo(text.encode(), nl=False)
        return
    try:
        replace_files({Path(output): text})
    except OSError as error:
        raise click.ClickException(f"{output} cannot be written: {error.strerror}.") from None
