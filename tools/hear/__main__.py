"""`make hear`: places calls, listens to them, and writes docs/heard.md. By hand: it takes as long as the calls take."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby

import click

from ivr.desk.running.local import free_port, local_env, served
from ivr.library.heard import Hearing
from ivr.library.library import Library
from ivr.library.load import Content, content_of
from ivr.model import Position
from ivr.phone.handset import Handset
from ivr.settings import content_from_env
from tools.hear.bench import DRAWS, Bench
from tools.hear.calls import NotHeard
from tools.hear.page import write
from tools.hear.programs import what_is_missing
from tools.hear.recogniser import Recogniser
from tools.hear.voice import NAMES

CALLED = "en"
"""The language of the calls that the bench places. Others are tried without calls."""
WITHHELD = "anonymous"
"""A number that the line does not remember, so that each call is greeted alike."""


@click.command()
@click.option("--segments", default="", help="Only these segments or topics, as urgent.1,person. Default: all.")
@click.option("--language", type=click.Choice([*NAMES]), default=CALLED, show_default=True, help="Its tag.")
@click.option("--quick", is_flag=True, help="Without calls.")
@click.option("--minutes", default=60.0, show_default=True, help="No further topic is begun after that.")
def main(segments: str, language: str, quick: bool, minutes: float) -> None:
    """Try the line's words on a recogniser."""
    quick = quick or language != CALLED
    if missing := what_is_missing(quick):
        raise click.ClickException(missing)
    until = time.monotonic() + 60 * minutes
    folder, helpline = content_from_env(os.environ)
    content = content_of(folder, helpline)
    library = _library(content, language)
    topics, fresh = _chosen(library, segments), list[Hearing]()
    with _line(quick) as handset:
        bench = Bench(library, Recogniser(language), handset)
        for parts in topics:
            if time.monotonic() < until:
                fresh += _tried(bench, parts)
            if fresh:
                write(folder, content, library, fresh, DRAWS)
    heard = {one.segment for one in fresh}
    if left := [_name(one) for parts in topics for one in parts if _name(one) not in heard]:
        sys.exit(f"Not tried: {', '.join(left)}.")


def _library(content: Content, language: str) -> Library:
    if language not in content.libraries:
        raise click.ClickException(f"The content has no language `{language}`.")
    return content.libraries[language]


def _chosen(library: Library, segments: str) -> list[list[Position]]:
    """By topic; a topic's name stands for all its segments. Warning signs come first, in case time runs out."""
    asked = [one.strip() for one in segments.split(",") if one.strip()]
    if unknown := [one for one in asked if one not in map(_name, library.numbers) and one not in library.topics]:
        known = ", ".join(map(_name, library.numbers))
        raise click.ClickException(f"There is no {', '.join(unknown)}. There are: {known}.")
    chosen = sorted(
        (one for one in library.numbers if not asked or not {_name(one), one.name}.isdisjoint(asked)),
        key=lambda one: (one.name, one.part),
    )
    topics = [list(parts) for _, parts in groupby(chosen, key=lambda one: one.name)]
    return sorted(topics, key=lambda parts: not any(_segment_signs(library, one) for one in parts))


def _segment_signs(library: Library, position: Position) -> Sequence[str]:
    return library.topics[position.name].segments[position.part - 1].signs


def _name(position: Position) -> str:
    return f"{position.name}.{position.part}"


@contextmanager
def _line(quick: bool) -> Iterator[Handset | None]:
    """A line of its own for as long as the block lasts, and the carrier's handset to it; None where none is needed."""
    if quick:
        yield None
        return
    with tempfile.TemporaryDirectory() as data:
        env = local_env({**os.environ, "DATA_DIR": data})
        with served(env, free_port()) as line:
            yield Handset(line.address, env["TWILIO_AUTH_TOKEN"], WITHHELD, status_callbacks=False)


def _tried(bench: Bench, parts: Sequence[Position]) -> list[Hearing]:
    found: list[Hearing] = []
    try:
        for hearing in bench.try_topic(parts):
            found.append(hearing)
            print(_told(hearing), flush=True)
    except (NotHeard, OSError) as reason:
        print(f"{parts[0].name}: {reason}", file=sys.stderr, flush=True)
    return found


def _told(hearing: Hearing) -> str:
    missing = f"; not heard: {', '.join(hearing.not_heard)}" if hearing.not_heard else ""
    rates = f"{hearing.wideband:.1%} wideband, {hearing.telephone:.1%} at 8 kHz, {hearing.lossy:.1%} with 3 % loss"
    return f"{hearing.segment}: {rates}{missing}"


if __name__ == "__main__":
    main()
