"""Signing words: sign."""

from __future__ import annotations

import os
from pathlib import PurePosixPath

import click

from ivr.desk.workbench.bench import Bench, ChangedMeanwhile, NotSound
from ivr.desk.workbench.kept import Kept
from ivr.desk.workbench.signing import NotSigned
from ivr.desk.workbench.signing import sign as write_signature
from ivr.settings import CannotStart, content_from_env, data_from_env, review_from_env


@click.command()
@click.argument("file")
@click.option("--reviewer", prompt="Name of the clinician", help="As it stands on the sheet.")
@click.option("--date", "day", prompt="Date of the signature", help="Year-month-day, like 2026-11-26.")
@click.option("--code", prompt="Code of the words", help="Eight characters, typed from the signed sheet.")
@click.option(
    "--translator", default="", help="Who translated the words, where they are a translation. Default: nobody."
)
def sign(file: str, reviewer: str, day: str, code: str, translator: str) -> None:
    """Enter into FILE what stands on a signed sheet: name, date, and the code of the words that were read.

    The code is not printed here: `script` prints the sheet. What is not given is asked for.

    Example: python -m ivr sign content/en/topics/goals.md
    """
    bench = bench_here()
    tag, inside = _parted(bench, file)
    given = {"reviewer": reviewer, "date": day, "code": code, "translator": translator}
    try:
        write_signature(bench, tag, inside, {name: words.strip() for name, words in given.items()})
    except KeyError:
        raise CannotStart(f"There is no file {file}: name one like content/en/topics/goals.md.") from None
    except NotSigned as refused:
        raise CannotStart("\n".join(f"{name}: {why}" for name, why in refused.wrong.items())) from None
    except ChangedMeanwhile:
        raise CannotStart(f"{file} was changed just now: print a new sheet and have it read.") from None
    except NotSound as refused_words:
        raise CannotStart("\n".join(map(str, refused_words.errors))) from None
    click.echo(f"Signed: {file}")


def bench_here() -> Bench:
    folder, helpline = content_from_env(os.environ)
    return Bench(folder, helpline, Kept(data_from_env(os.environ) / "workbench"), review_from_env(os.environ))


def _parted(bench: Bench, file: str) -> tuple[str, str]:
    """The language and the path inside its folder, from a path that begins in the content folder or above it."""
    parts = PurePosixPath(file.replace("\\", "/")).with_suffix("").parts
    content = bench.now().content
    for begin, tag in enumerate(parts):
        if tag in content.libraries:
            return tag, "/".join(parts[begin + 1 :])
    raise CannotStart(f"{file} names no language of the line: write it like content/en/topics/goals.md.")
