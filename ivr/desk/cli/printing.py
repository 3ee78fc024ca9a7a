"""What an operator hosts or hands out: fallback, leaflet."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import click

from ivr.desk.cli.output import output_option, put, put_page
from ivr.desk.cli.shared import languages_of, one_of_all_option, sound_content
from ivr.desk.documents.fallback import write_fallback
from ivr.desk.documents.leaflet import PICTURES, Giver, leaflet_of, leaflet_page, leaflet_text, picture
from ivr.settings import CannotStart, content_from_env, fallback_from_env, line_from_env, ssml_from_env


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
    """Write what is said and texted while the line is down, to be hosted elsewhere.

    Example: python -m ivr fallback -o /tmp/fallback
    """
    helpline, address = content_from_env(os.environ)[1], fallback_from_env(os.environ)
    files = write_fallback(sound_content().libraries, helpline, output, address)
    for file in files:
        click.echo(file)
    click.echo(f"How to host them, and which settings to make: {files[-1]}")


@click.command()
@click.option("--plain", is_flag=True, help="As plain text in short lines, for a braille translator.")
@click.option("--name", default="", help="Who hands it out. Default: room for a stamp.")
@click.option(
    "--logo",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=f"A picture beside the name: {', '.join(PICTURES)}. Default: none.",
)
@one_of_all_option
@output_option
def leaflet(plain: bool, name: str, logo: Path | None, language: str | None, output: str | None) -> None:
    """Write one large-print sheet for each language: the line's number, its keys, the numbers of its topics.

    Example: python -m ivr leaflet --name "A clinic" -o leaflet.html
    """
    if logo and not name:
        raise click.UsageError("--logo needs --name: nobody who cannot see the picture would know whose it is.")
    giver = Giver(name, _picture(logo) if logo else "")
    _, can_text = line_from_env(os.environ)
    content = sound_content()
    helpline, languages = content_from_env(os.environ)[1], len(content.libraries)
    libraries = [
        replace(content.libraries[tag], can_text=can_text, can_change_pace=ssml_from_env(os.environ))
        for tag in languages_of(content, language)
    ]
    sheets = [
        leaflet_of(library, line_from_env(os.environ, library.language.tag)[0], helpline, languages, giver)
        for library in libraries
    ]
    if plain:
        put(output, leaflet_text(*sheets))
    else:
        put_page(output, leaflet_page(*sheets))


def _picture(file: Path) -> str:
    try:
        return picture(file)
    except KeyError:
        raise click.BadParameter(f"a picture ends in {', '.join(PICTURES)}.", param_hint="--logo") from None
    except OSError as error:
        raise CannotStart(f"{file} cannot be read: {error.strerror}.") from None
