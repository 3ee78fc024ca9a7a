"""What `connect` prints: a number's settings before and after."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ivr.desk.connect.connecting import Setting

UNTOLD = "(not told)"
NOTHING = "(nothing)"


def print_plan(console: Console, planned: Sequence[Setting]) -> None:
    """Prints a table on a terminal, plain lines elsewhere."""
    if console.is_terminal:
        console.print(_table(planned))
        return
    for one in planned:
        console.print(Text(f"{one.name}: {_line(one)}"), soft_wrap=True)


def _table(planned: Sequence[Setting]) -> Table:
    table = Table("Setting", "Before", "After")
    for one in planned:
        after = Text(one.after or NOTHING, style="green", overflow="fold") if one.changes else Text("the same")
        table.add_row(one.name, Text(_before(one), overflow="fold"), after)
    return table


def _line(one: Setting) -> str:
    return f"{_before(one)} -> {one.after or NOTHING}" if one.changes else f"{_before(one)} (stays)"


def _before(one: Setting) -> str:
    return UNTOLD if one.before is None else one.before or NOTHING
