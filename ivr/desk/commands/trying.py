"""Trying the line without an account: run, call, text."""

from __future__ import annotations

import os
import signal
import threading

import click

from ivr.desk.commands.shared import a_handset, content_here, handset_on, line_option, number_option, port_option
from ivr.desk.local import local_env, serving
from ivr.desk.origins import origin_finder
from ivr.phone.page import create_page
from ivr.phone.page_server import serve_page
from ivr.phone.speaker import speaker
from ivr.phone.terminal import play_call, print_text
from ivr.settings import CannotStart

PAGE_PORT = 8001


@click.command()
@port_option
@click.option("--page-port", default=PAGE_PORT, show_default=True, help="Where the phone page listens.")
def run(port: int, page_port: int) -> None:
    """Run the line on this machine, with a phone to try it."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    env = local_env(os.environ)
    find_origins = origin_finder(content_here())
    with serving(env, port) as line:
        try:
            phone = create_page(lambda number: handset_on(line, env, number), find_origins)
            page = serve_page(phone, port=page_port)
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


@click.command()
@line_option
@number_option
@click.option("--speak", is_flag=True, help="Say it aloud too, with espeak-ng.")
def call(line: str | None, number: str, speak: bool) -> None:
    """Call the line, in the terminal."""
    voice = speaker() if speak else None
    if speak and voice is None:
        click.echo("espeak-ng is not installed here: the call goes on in writing.", err=True)
    with a_handset(line, number) as handset:
        play_call(handset, speak=voice)


@click.command()
@line_option
@number_option
@click.argument("words")
def text(line: str | None, number: str, words: str) -> None:
    """Send WORDS as a text and print the reply with its fragments."""
    with a_handset(line, number) as handset:
        print_text(handset, words)
