"""What an operator hosts or hands out: fallback."""

from __future__ import annotations

import os
from pathlib import Path

import click

from ivr.desk.commands.shared import sound_content
from ivr.desk.fallback import write_fallback
from ivr.settings import content_from_env


@click.command()
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("fallback"),
    show_default=True,
    help="A folder.",
)
def fallback(output: Path) -> None:
    """Write what is heard and texted while the line is down, to be hosted elsewhere."""
    files = write_fallback(sound_content().libraries, content_from_env(os.environ)[1], output)
    for file in files:
        click.echo(file)
    click.echo(f"Where to host them, and which settings take them: {files[-1]}")
