"""What several commands need: their options, the content, a phone on a line."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import click

from ivr.audit import check as problems_of
from ivr.carrier.chosen import DOCUMENTS
from ivr.desk.running.local import free_port, is_line, local_env, serving
from ivr.desk.running.whereabouts import told_port
from ivr.library.library import Library
from ivr.library.load import Content, content_of
from ivr.phone.handset import Handset
from ivr.settings import CannotStart, content_from_env, data_from_env, public_from_env
from ivr.settings.environment import given_in
from ivr.settings.numbers import own_numbers
from ivr.settings.serving import DEFAULT_PORT, port_in

CALLER = "+12025550143"
"""A number reserved for fiction: it belongs to nobody."""

LINE_HELP = (
    "Address of a running line. Default: the one on this machine, where `run` has put it, else at PORT; where none "
    "answers, a temporary one on the same store."
)


def port_here() -> int:
    """Where the line on this machine listens."""
    return port_in(given_in(os.environ)) or DEFAULT_PORT


def line_here() -> str:
    """The address of the line that `run` has started with these data, if it still answers; otherwise where one would
    be."""
    told = told_port(data_from_env(os.environ))
    if told is not None and is_line(address := f"http://127.0.0.1:{told}"):
        return address
    return f"http://127.0.0.1:{port_here()}"


port_option = click.option(
    "--port", type=int, default=port_here, show_default=f"PORT, or {DEFAULT_PORT}", help="Where the line listens."
)
line_option = click.option("--line", help=LINE_HELP)
number_option = click.option("--from", "number", default=CALLER, show_default=True, help="Your own number.")
language_option = click.option("--language", help="The tag of a language, such as en. Default: the first.")
one_of_all_option = click.option("--language", help="The tag of a language, such as en. Default: all.")


def content_here() -> Content:
    folder, helpline = content_from_env(os.environ)
    return content_of(folder, helpline)


def sound_content() -> Content:
    """Content without errors, for documents: nobody should sign or print what cannot be heard. Raises CannotStart."""
    content = content_here()
    errors = [problem for problem in problems_of(content) if not problem.warning]
    if errors:
        raise CannotStart("\n".join(map(str, errors)))
    return content


def languages_of(content: Content, language: str | None) -> tuple[str, ...]:
    """The named language, or all."""
    return (library_of(content, language).language.tag,) if language else tuple(content.libraries)


def library_of(content: Content, language: str | None) -> Library:
    """The library of a tag, or of the language that a new caller hears first."""
    tag = language or next(iter(content.libraries))
    if tag not in content.libraries:
        raise click.BadParameter(f"the line speaks {', '.join(content.libraries)}", param_hint="--language")
    return content.libraries[tag]


def handset_on(line: str, env: dict[str, str], number: str) -> Handset:
    """A phone whose carrier is set up as `connect` would do it."""
    handset = Handset(
        line,
        env["TWILIO_AUTH_TOKEN"],
        number,
        public_url=public_from_env(env),
        voice_url=DOCUMENTS.webhook("/voice"),
        text_url=DOCUMENTS.webhook("/sms"),
    )
    numbers = own_numbers(given_in(env))
    return replace(handset, line_number=numbers[0].number) if numbers else handset


@contextmanager
def a_handset(line: str | None, number: str) -> Iterator[Handset]:
    """A phone on the given line, the one running on this machine, or a temporary one."""
    env = local_env(os.environ)
    here = line_here()
    if line or is_line(here):
        yield handset_on(line or here, env, number)
        return
    click.echo(f"No line answers at {here}: a temporary one is used.", err=True)
    with serving(env, free_port()) as own:
        yield handset_on(own, env, number)
