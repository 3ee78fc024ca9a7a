"""`python -m ivr`: the operator's commands. Each is a thin layer over a function of another file."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, TextIO

import click
from rich.console import Console

from ivr.desk.audio import time_segments, timing_table
from ivr.desk.checking import print_check
from ivr.desk.local import free_port, is_line, local_env, serving
from ivr.desk.map import menu_map
from ivr.desk.ruler import measure_line, print_table
from ivr.desk.script import script_document, script_text
from ivr.library.load import Content, content_of
from ivr.library.rules import check as problems_of
from ivr.phone.handset import Handset
from ivr.phone.page import create_page, serve_page
from ivr.phone.speaker import speaker
from ivr.phone.terminal import play_call, print_text
from ivr.settings import CannotStart, content_from_env

LINE_PORT = 8000
PAGE_PORT = 8001
CALLER = "+12025550143"
"""A number set aside for stories: nobody's."""

port_option = click.option("--port", default=LINE_PORT, show_default=True, help="Where the line listens.")
line_option = click.option("--line", help="Address of a running line. Default: the one on this machine, or a new one.")
number_option = click.option("--from", "number", default=CALLER, show_default=True, help="The number you call from.")
output_option = click.option("-o", "--output", type=click.File("w", encoding="utf-8"), default="-", help="A file.")


class _Sentences(click.Group):
    """Says in one sentence what the operator has to mend."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except CannotStart as reason:
            raise click.ClickException(str(reason)) from None


@click.group(cls=_Sentences, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """An accessible phone and text information line."""


@main.command()
@port_option
@click.option("--page-port", default=PAGE_PORT, show_default=True, help="Where the phone page listens.")
def run(port: int, page_port: int) -> None:
    """Run the line on this machine, with a phone to try it."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    env = local_env(os.environ)
    with serving(env, port) as line:
        try:
            page = serve_page(create_page(lambda number: _handset(line, env, number)), port=page_port)
        except (OSError, SystemExit):
            raise CannotStart(f"Port {page_port} is taken: choose another with --page-port.") from None
        click.echo(f"The line is up at {line}\nA phone to try it: {page.url}\nOr in a terminal: make call")
        click.echo("Stop with Ctrl-C.")
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            click.echo("\nStopping.")
        finally:
            page.close()


@main.command()
@line_option
@number_option
@click.option("--speak", is_flag=True, help="Say it aloud too, with espeak-ng.")
def call(line: str | None, number: str, speak: bool) -> None:
    """Call the line, in the terminal."""
    voice = speaker() if speak else None
    if speak and voice is None:
        click.echo("espeak-ng is not installed here: the call goes on in writing.", err=True)
    with _a_handset(line, number) as handset:
        play_call(handset, speak=voice)


@main.command()
@line_option
@number_option
@click.argument("words")
def text(line: str | None, number: str, words: str) -> None:
    """Send WORDS as a text and print the reply with its fragments."""
    with _a_handset(line, number) as handset:
        print_text(handset, words)


@main.command()
@click.option("--audio", is_flag=True, help="Instead: time every segment as espeak-ng says it, through a telephone.")
@click.option("--line", "on_line", is_flag=True, help="Instead: walk the running line and measure ACCESS.md on it.")
@click.option("--address", help="With --line: where it runs. Default: on this machine, or a line of its own.")
def check(audio: bool, on_line: bool, address: str | None) -> None:
    """Check the content; exit with 1 if anything has to be mended."""
    if on_line:
        with _a_handset(address, CALLER) as handset:
            readings = measure_line(handset.line, local_env(os.environ))
        sys.exit(print_table(Console(soft_wrap=True, highlight=False), readings))
    if audio:
        for library in _sound_content().libraries.values():
            click.echo(timing_table(*time_segments(library)), nl=False)
        return
    content = _content()
    problems = problems_of(content)
    print_check(Console(soft_wrap=True, highlight=False), content, problems)
    sys.exit(any(not problem.warning for problem in problems))


@main.command()
@click.option("--plain", is_flag=True, help="As plain text rather than a page to print.")
@output_option
def script(plain: bool, output: TextIO) -> None:
    """Write all that can be heard and read, in order, for a clinician to sign."""
    content, helpline = _sound_content(), content_from_env(os.environ)[1]
    today = datetime.now(UTC).date()
    output.write(script_text(content, helpline) if plain else script_document(content, helpline, printed=today))


@main.command("map")
@click.option("--language", help="The tag of a language, such as en. Default: the first.")
@output_option
def map_command(language: str | None, output: TextIO) -> None:
    """Draw the menu as an SVG picture."""
    libraries = _sound_content().libraries
    tag = language or next(iter(libraries))
    if tag not in libraries:
        raise click.BadParameter(f"the line speaks {', '.join(libraries)}", param_hint="--language")
    output.write(menu_map(libraries[tag]))


def _content() -> Content:
    folder, helpline = content_from_env(os.environ)
    return content_of(folder, helpline)


def _sound_content() -> Content:
    """Content without errors: nobody signs or draws what cannot be heard."""
    content = _content()
    errors = [problem for problem in problems_of(content) if not problem.warning]
    if errors:
        raise CannotStart("\n".join(map(str, errors)))
    return content


def _handset(line: str, env: dict[str, str], number: str) -> Handset:
    handset = Handset(line, env["TWILIO_AUTH_TOKEN"], number, public_url=env.get("PUBLIC_URL") or None)
    return replace(handset, line_number=env["LINE_NUMBER"]) if env.get("LINE_NUMBER") else handset


@contextmanager
def _a_handset(line: str | None, number: str) -> Iterator[Handset]:
    """On the line that is named, the one that runs here, or one of its own for as long as it is needed."""
    env = local_env(os.environ)
    here = f"http://127.0.0.1:{LINE_PORT}"
    if line or is_line(here):
        yield _handset(line or here, env, number)
        return
    with serving(env, free_port()) as own:
        yield _handset(own, env, number)
