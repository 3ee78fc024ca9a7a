"""Working on the words: check, script, map."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from datetime import UTC, datetime

import click
from rich.console import Console

from ivr.audit import check as problems_of
from ivr.audit.access import measure_line, print_tables
from ivr.desk.checking.audio import rules_table, time_segments, timing_table, timing_voice
from ivr.desk.checking.printing import print_check
from ivr.desk.cli.output import output_option, put, put_page
from ivr.desk.cli.shared import (
    CALLER,
    a_handset,
    content_here,
    language_option,
    languages_of,
    library_of,
    one_of_all_option,
    sound_content,
)
from ivr.desk.documents.changes.page import since, since_document, since_text
from ivr.desk.documents.changes.revision import content_at
from ivr.desk.documents.menu_map import menu_map
from ivr.desk.documents.recording import recording_document, recording_sheet, recording_text
from ivr.desk.documents.script.page import script_document, script_text
from ivr.desk.running.local import local_env
from ivr.library.library import Library
from ivr.library.lint.review import check_review
from ivr.library.prepared import prepared_file
from ivr.settings import content_from_env, data_from_env, look_at, review_from_env
from ivr.settings.serving import Serving
from ivr.web.reading import prepare


@click.command()
@click.option("--audio", is_flag=True, help="Instead: time calls and segments as espeak-ng says them by telephone.")
@click.option("--line", "on_line", is_flag=True, help="Instead: measure docs/accessibility.md on the running line.")
@click.option("--address", help="With --line: where it runs. Default: the one on this machine, else a temporary one.")
def check(audio: bool, on_line: bool, address: str | None) -> None:
    """Check the content; exit with 1 if anything has to be fixed.

    It runs before each start of the line, so it also rejects settings that the line would not start with, and spares
    the start reading the content again (a file in DATA_DIR, where that folder exists).

    Example: python -m ivr check
    """
    Serving.from_env(os.environ)
    look_at(os.environ)
    if on_line:
        with a_handset(address, CALLER) as handset:
            measured = measure_line(handset.line, local_env(os.environ))
        sys.exit(print_tables(Console(soft_wrap=True, highlight=False), measured))
    if audio:
        _print_seconds(sound_content().libraries)
        return
    prepared = prepared_file(*content_from_env(os.environ), data_from_env(os.environ))
    content = content_here()
    due = check_review(content, datetime.now(UTC).date(), review_from_env(os.environ))
    problems = [*problems_of(content), *due]
    prepare(content, prepared)
    print_check(Console(soft_wrap=True, highlight=False), content, problems)
    sys.exit(any(not problem.warning for problem in problems))


def _print_seconds(libraries: Mapping[str, Library]) -> None:
    for tag, library in libraries.items():
        with timing_voice(library) as spoken_by:
            click.echo(f"## {library.language.name} ({tag})\n")
            click.echo(rules_table(libraries, tag, spoken_by))
            click.echo(timing_table(spoken_by.speed, time_segments(library, spoken_by)), nl=False)


@click.command()
@click.option("--plain", is_flag=True, help="As plain text rather than a page to print.")
@click.option(
    "--since",
    "revision",
    metavar="REV",
    help="Only what has changed since that revision or day, side by side. Default: everything.",
)
@click.option("--unsigned", is_flag=True, help="Only the files that wait for a signature.")
@click.option("--recording", is_flag=True, help="Instead: numbered lines for someone who records the segments.")
@one_of_all_option
@output_option
def script(
    plain: bool, revision: str | None, unsigned: bool, recording: bool, language: str | None, output: str | None
) -> None:
    """Write everything that can be heard and read, in order, for a clinician to sign.

    Example: python -m ivr script --language es -o script-es.html
    """
    if (revision is not None) + unsigned + recording > 1:
        raise click.UsageError("--since, --unsigned and --recording write different documents: ask for one at a time.")
    content, today = sound_content(), datetime.now(UTC).date()
    folder, helpline = content_from_env(os.environ)
    only = languages_of(content, language)
    write = put if plain else put_page
    if recording:
        sheet = recording_sheet(content, today, only)
        write(output, recording_text(sheet) if plain else recording_document(sheet))
    elif revision is not None:
        found, before = content_at(folder, revision, helpline)
        changed = since(before, content, found, today, only if language else ())
        write(output, since_text(changed) if plain else since_document(changed))
    else:
        in_lines = script_text(content, helpline, only=only, unsigned=unsigned) if plain else ""
        write(output, in_lines or script_document(content, helpline, printed=today, only=only, unsigned=unsigned))


@click.command("map")
@language_option
@output_option
def map_(language: str | None, output: str | None) -> None:
    """Draw the menu as a page to read and to print.

    Example: python -m ivr map -o map.html
    """
    content = sound_content()
    put_page(output, menu_map(library_of(content, language), len(content.libraries)))
