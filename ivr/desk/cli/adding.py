"""Beginning something new: new line, new topic."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from ivr.desk.cli.signing import bench_here
from ivr.desk.new_line.writing import NEUTRAL, examples, files_of_new_line
from ivr.desk.workbench.adding import CannotAdd, NewTopic, Wording, files_of, paragraphs
from ivr.desk.workbench.bench import ChangedMeanwhile, NotSound, checksum
from ivr.desk.workbench.edits import as_one_line
from ivr.desk.workbench.rooms import rooms
from ivr.library.load import Content
from ivr.settings import CannotStart

ORIGINS = ("source", "outside", "line")


@click.group()
def new() -> None:
    """Begin something new: a line of your own, or a topic in every language of the line.

    Example: python -m ivr new line my-line
    """


@new.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--language", "tags", multiple=True, default=("en",), show_default=True, help="Once for each language.")
@click.option(
    "--like", type=click.Choice(examples()), default=NEUTRAL, show_default=True, help="The example to start from."
)
def line(folder: Path, tags: tuple[str, ...], like: str) -> None:
    """Write a small neutral line into FOLDER, which starts at once, for you to write your own words into.

    FOLDER has to be new or empty. The first language is the one that a new caller hears.

    Example: python -m ivr new line my-line --language en --language es
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CannotStart(f"{folder} holds something already: name a new folder.")
    tags = tuple(dict.fromkeys(tags))
    files = files_of_new_line(tags, datetime.now(UTC).date(), like)
    try:
        for path, written in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(written)
    except OSError as error:
        raise CannotStart(f"{folder} cannot be written: {error.strerror}. What it holds now is incomplete.") from None
    click.echo(f"Written: {len(files)} files in {folder}. Try it: CONTENT_DIR={folder} .venv/bin/python -m ivr run")
    click.echo("Then write your own words: docs/writers.md, `Another line`.")


@new.command()
@click.argument("name")
@click.option(
    "--menu", help="The menu to add it to, such as types; it gets the next key there. Default: you are asked."
)
@click.option(
    "--origin", type=click.Choice(ORIGINS), default="outside", show_default=True, help="Where its facts are from."
)
@click.option("--source", default="", help="Who says so: title and publisher. Default: nobody.")
@click.option("--reviewed", default="", help="With --origin source: the date of its own last review. Default: none.")
@click.option("--facts", multiple=True, help="The facts of a part, such as G1,G2: once for each part. Default: none.")
@click.option(
    "--new-fact", multiple=True, metavar="'X10: ...'", help="A fact that facts.md does not have yet. Default: none."
)
def topic(
    name: str,
    menu: str | None,
    origin: str,
    source: str,
    reviewed: str,
    facts: tuple[str, ...],
    new_fact: tuple[str, ...],
) -> None:
    """Add the topic NAME: its file in every language, and its choice in a menu.

    Asks for the words of each language. Nothing is written unless all of it passes the check.

    Example: python -m ivr new topic sleep --menu types --facts X10 --new-fact "X10: Sleep helps." --source "A clinic"
    """
    bench = bench_here()
    state = bench.now()
    if not state.content.libraries:
        raise CannotStart("No language of the content can be read: see `check`.")
    menu = menu or _menu(state.content)
    wordings = {tag: _wording(tag, library.language.name) for tag, library in state.content.libraries.items()}
    wanted = NewTopic(name, menu, origin, source, reviewed, facts, new_fact, wordings)
    try:
        files = files_of(bench, state, wanted)
        bench.save(files, {one: checksum(bench.read(one)) for one in files}, f"New topic: {name}")
    except CannotAdd as refused:
        raise CannotStart("\n".join(f"{field}: {why}" for field, why in refused.wrong.items())) from None
    except NotSound as refused_words:
        told = "\n".join(map(str, refused_words.errors))
        raise CannotStart(f"{told}\nNothing was written: mend this and try again.") from None
    except ChangedMeanwhile as changed:
        raise CannotStart(f"{changed.path} was changed just now: try again.") from None
    click.echo("\n".join(f"Written: {bench.root.name}/{one}" for one in files))
    click.echo("It has to be signed before a real line says it: `script` prints the sheet.")


def _menu(content: Content) -> str:
    """Asks for the menu, and shows how much room each has."""
    known = rooms(content, content.original)
    for room in known:
        left = f"no room: {room.full}" if room.full else f"the topic gets number {room.code}"
        click.echo(f"{room.menu}: {room.title}, {room.choices} of {room.most_choices} choices, {left}")
    answer: str = click.prompt("Menu", type=click.Choice([room.menu for room in known if not room.full]))
    return answer


def _wording(tag: str, language: str) -> Wording:
    click.echo(f"\n{language}")

    def asked(what: str, default: str | None = None) -> str:
        return as_one_line(click.prompt(f"{what} ({tag})", default=default, show_default=False))

    title = asked("Title")
    label = asked("What the menu says before the key")
    written = asked("What the menu's text says after the number (Enter: the same)", "")
    keywords = asked("Words that texters send for it, separated by commas (Enter: none)", "")
    voice, text = _parts(f"What the line says ({tag})"), _parts(f"What it texts ({tag})")
    return Wording(title, label, written, keywords, voice, text)


def _parts(what: str) -> tuple[str, ...]:
    """Asks for one line for each part, until an empty one."""
    found: list[str] = []
    while True:
        words = click.prompt(f"{what}, part {len(found) + 1}", default="" if found else None, show_default=False)
        if not words.strip():
            return tuple(found)
        found.extend(paragraphs(words))
