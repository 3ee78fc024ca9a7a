"""Trying the line without an account: run, call, text."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import partial

import click

from ivr.audit import Checker
from ivr.audit.origins import OriginsNow
from ivr.desk.cli.shared import (
    a_handset,
    content_here,
    handset_on,
    language_option,
    library_of,
    line_option,
    number_option,
    port_option,
    sound_content,
)
from ivr.desk.cli.signing import bench_here
from ivr.desk.running.local import HOST, Served, local_env, served
from ivr.desk.running.watching import Glance, changes, glance, take_change
from ivr.desk.running.whereabouts import told_in
from ivr.desk.trying.beside import BesideNow, address_of
from ivr.desk.trying.failed import remedy, what_came
from ivr.desk.trying.positions import position_named
from ivr.desk.trying.ringing import calls_on, page_of
from ivr.desk.trying.why import WhyNow, remarks
from ivr.desk.workbench.app import create_workbench
from ivr.library.library import HOME
from ivr.library.load import Content
from ivr.phone.handset import Handset
from ivr.phone.insight import Insight
from ivr.phone.page import create_page
from ivr.phone.page_server import serve_page
from ivr.phone.pretend_carrier import PretendCarrier
from ivr.phone.refused import Refused
from ivr.phone.speaker import loudspeaker
from ivr.phone.terminal import play_call, print_text, print_why
from ivr.settings import CannotStart, content_from_env, data_from_env
from ivr.settings.environment import given_in

PAGE_PORT = 8001
OTHER_PORTS = 'choose another, as in `make run RUN="--port 8010 --page-port 8011"`.'


@click.command()
@port_option
@click.option("--page-port", default=PAGE_PORT, show_default=True, help="Where the phone page listens.")
def run(port: int, page_port: int) -> None:
    """Run the line on this machine, with a phone to try it.

    Example: python -m ivr run --port 8080
    """
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    env = local_env(os.environ)
    carrier = (
        None if _has_account(env) or not page_port else PretendCarrier(Handset.account_sid, env["TWILIO_AUTH_TOKEN"])
    )
    env = {**env, **_pretended(env, carrier.account, port, page_port)} if carrier else env
    read_of = glance(content_from_env(os.environ)[0])
    content = sound_content()
    origins, why, beside = OriginsNow(content), WhyNow(content), BesideNow(content)
    with served(env, port) as line, told_in(data_from_env(env), port, page_port if carrier else 0):
        try:
            phone = create_page(
                lambda number: replace(handset_on(line.address, env, number), transcripts=origins.transcripts),
                Insight(origins, why, beside.address, beside.places, beside.ease, beside.language),
                carrier=carrier,
                has_workbench=True,
            )
            bench = bench_here()
            phone.register_blueprint(create_workbench(bench))
            page = serve_page(phone, port=page_port)
        except (OSError, SystemExit):
            raise CannotStart(f"Port {page_port} is taken: {OTHER_PORTS}") from None
        click.echo(f"The line is up at {line.address}\nA phone to try it: {page.url}\nOr in a terminal: make call")
        click.echo(f"The workbench, where words are changed, checked and signed: {page.url}workbench/")
        click.echo("Changed content is reloaded automatically. Stop with Ctrl-C.")
        try:
            _keep_up(line, read_of, content.version, (origins, why, beside), bench.checker)
        except KeyboardInterrupt:
            click.echo("\nStopping.")
        finally:
            page.close()


def _has_account(env: Mapping[str, str]) -> bool:
    return bool(given_in(env).keys() & {"TWILIO_ACCOUNT_SID", "TWILIO_API_URL"})


def _pretended(env: Mapping[str, str], account: str, port: int, page_port: int) -> dict[str, str]:
    """The settings of a line whose carrier is the phone page."""
    own = {"LINE_NUMBER": Handset.line_number, "PUBLIC_URL": f"http://{HOST}:{port}", **given_in(env)}
    at = {"TWILIO_ACCOUNT_SID": account, "TWILIO_API_URL": f"http://{HOST}:{page_port}"}
    return {**at, "LINE_NUMBER": own["LINE_NUMBER"], "PUBLIC_URL": own["PUBLIC_URL"]}


def _keep_up(
    line: Served,
    read_of: Glance,
    version: str,
    shown: tuple[OriginsNow | WhyNow | BesideNow, ...],
    checker: Checker,
) -> None:
    """Reloads content whenever it changes, and says so. Never returns. `read_of`: the files as they were before they
    were read. `checker`: the workbench's, which has looked at most changes already."""
    for _ in changes(content_from_env(os.environ)[0], read_of):
        content = content_here()
        version, told = take_change(content, version, partial(line.reload, version), checker)
        if version == content.version:
            for one in shown:
                one.take(content)
        if told:
            click.echo(told)


@click.command()
@line_option
@number_option
@click.option("--at", "position", help="Begin at a segment or a menu, such as urgent.2 or 13. Default: the greeting.")
@language_option
@click.option("--speak", is_flag=True, help="Say it aloud too, with espeak-ng.")
@click.option(
    "--say", is_flag=True, help="Words that you type are spoken to the line instead of keys; it needs SPEECH=on."
)
def call(line: str | None, number: str, position: str | None, language: str | None, speak: bool, say: bool) -> None:
    """Call the line, in the terminal; exit with 1 if the line does not take the call.

    Example: python -m ivr call --at urgent.2
    """
    begin = _path_to(position, language) if position or language else None
    voice = loudspeaker() if speak else None
    if speak and voice is None:
        click.echo("espeak-ng is not installed here: the call goes on as text only.", err=True)
    with _trial("call", line, number) as handset:
        if begin:
            play_call(replace(handset, voice_url=begin), speak=voice, pressed="#", speaks=say)
        else:
            play_call(handset, speak=voice, speaks=say)


def _path_to(position: str | None, language: str | None) -> str:
    """The action path at which key # says the position again."""
    return address_of(library_of(sound_content(), language), position or HOME)


@click.command()
@line_option
@number_option
@click.option(
    "--why", is_flag=True, help="Show how WORDS are read, and why. Nothing is sent, unless --line names where to."
)
@click.option(
    "--asked",
    multiple=True,
    metavar="POSITION",
    help="With --why: what the line had asked about, such as 12. Default: nothing.",
)
@click.option("--language", help="With --why: the tag of a language, such as en. Default: the first.")
@click.argument("words")
def text(line: str | None, number: str, why: bool, asked: tuple[str, ...], language: str | None, words: str) -> None:
    """Send WORDS as a text and print the reply with its fragments; exit with 1 if the line does not take it.

    Example: python -m ivr text "what can I ask"
    """
    if why:
        content = _readable_content()
        library = library_of(content, language)
        print_why(remarks(content, library, words, tuple(position_named(library, position) for position in asked)))
        if not line:
            click.echo("\nThis was only read, not sent: --line sends it too.", err=True)
            return
        click.echo()
    elif asked or language:
        raise click.UsageError(
            "--asked and --language need --why: a line knows what it has asked and in which language."
        )
    with _trial("text", line, number) as handset:
        page = page_of(data_from_env(os.environ), handset)
        before = calls_on(page, handset.number) if page else 0
        print_text(handset, words)
        if page and calls_on(page, handset.number) > before:
            click.echo(
                f"(It rings on the phone page, {page}, which plays the carrier: {handset.number} is called there.)"
            )


def _readable_content() -> Content:
    content = content_here()
    if not content.libraries:
        raise CannotStart("No language of the content can be read: see `check`.")
    return content


@contextmanager
def _trial(what: str, line: str | None, number: str) -> Iterator[Handset]:
    """Raises CannotStart if the line does not take the call or text."""
    with a_handset(line, number) as handset:
        try:
            yield handset
        except Refused as refused:
            raise CannotStart(f"The {what} to {handset.line} {what_came(refused)}\n-> {remedy(refused)}") from None
