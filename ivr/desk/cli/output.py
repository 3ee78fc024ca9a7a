"""What a command writes to a file: whole, or the file as it was. A command that fails leaves none behind."""

from __future__ import annotations

from pathlib import Path
from secrets import token_hex

import click

STANDARD_OUTPUT = "-"
output_option = click.option(
    "-o", "--output", type=click.Path(dir_okay=False, allow_dash=True), default=STANDARD_OUTPUT, help="A file."
)


def put(output: str, text: str) -> None:
    """`-` stands for standard output. Raises click.ClickException."""
    if output == STANDARD_OUTPUT:
        click.echo(text.encode(), nl=False)
        return
    try:
        replace_file(Path(output), text)
    except OSError as error:
        raise click.ClickException(f"{output} cannot be written: {error.strerror}.") from None


def replace_file(path: Path, text: str) -> None:
    """Written beside it and then renamed. A link leads to the file that is replaced; what is no file, such as a pipe or
    a device, is written to. Raises OSError."""
    path = path.resolve()
    if path.exists() and not path.is_file():
        path.write_text(text, encoding="utf-8")
        return
    beside = path.with_name(f".{path.name}.{token_hex(4)}")
    try:
        beside.write_text(text, encoding="utf-8")
        if path.exists():
            beside.chmod(path.stat().st_mode & 0o7777)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
