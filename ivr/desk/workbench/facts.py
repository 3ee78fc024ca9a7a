"""The facts of a topic's parts: the same in every language, so one form changes them all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from ivr.desk.workbench.bench import Bench, Checked
from ivr.desk.workbench.edits import as_one_line, edited, lines_of
from ivr.library.document import listed
from ivr.library.load import FACT, Content
from ivr.library.rules.shelf import Shelf

NAME = re.compile(r"[A-Z]+[0-9]+")
LETTERS = re.compile(r"[A-Z]+")
ELSE = "X"
"""How new facts are named where facts.md does not say how those from outside the source begin."""


def facts_typed(content: Content, typed: Sequence[str], more: Sequence[str] = ()) -> tuple[list[str], list[str]]:
    """What was typed for each part, such as `X4, G1` or `Sleep helps.`, as names of facts, and the lines that facts.md
    lacks. A sentence becomes a new fact, which gets the next number. `more`: lines for facts.md that were typed."""
    new = list(more)
    return [", ".join(_names(content, one, new)) for one in typed], new


def _names(content: Content, typed: str, new: list[str]) -> Iterator[str]:
    """A sentence may follow names behind a semicolon, and may have semicolons of its own."""
    before, _, after = typed.strip().partition(";")
    if _are_names(before):
        yield from listed(before)
        if after.strip():
            yield from _names(content, after, new)
        return
    sentence = typed.strip().removeprefix("- ")
    named = FACT.fullmatch(sentence)
    name = named["name"] if named else next_name(content, new)
    new.append(sentence if named else f"{name}: {sentence}")
    yield name


def _are_names(typed: str) -> bool:
    return all(NAME.fullmatch(one) for one in listed(typed))


def next_name(content: Content, new: Sequence[str] = ()) -> str:
    """The next free name of a fact from outside the source."""
    letters = content.outside or ELSE
    names = [*content.facts, *(line.partition(":")[0] for line in new)]
    numbers = [int(name.removeprefix(letters)) for name in names if re.fullmatch(rf"{re.escape(letters)}\d+", name)]
    return f"{letters}{max(numbers, default=0) + 1}"


def with_facts(bench: Bench, new: Sequence[str]) -> bytes:
    """facts.md with each new fact after the last one whose name begins with the same letters, otherwise at the end."""
    lines = lines_of((bench.read("facts.md") or b"").decode("utf-8"))
    for line in new:
        letters = LETTERS.match(line)
        alike = re.compile(rf"^- {letters[0] if letters else ''}\d+: ")
        at = max((number for number, one in enumerate(lines, start=1) if alike.match(one)), default=len(lines))
        lines.insert(at, f"- {line}\n")
    return "".join(lines).encode()


def with_facts_of_parts(bench: Bench, state: Checked, name: str, typed: Mapping[int, str]) -> dict[str, bytes]:
    """The files of a topic, in every language, with these facts for its parts; and facts.md, if there are new ones."""
    names, new = facts_typed(state.content, [as_one_line(one) for one in typed.values()])
    files = {"facts.md": with_facts(bench, new)} if new else {}
    given = {f"facts.{part}": one for part, one in zip(typed, names, strict=True)}
    for tag in state.content.libraries:
        path = f"{tag}/topics/{name}.md"
        before = bench.read(path) or b""
        document = state.content.as_written[f"{Shelf(state.content, tag).base}/topics/{name}.md"]
        after = edited(before.decode("utf-8"), document, given).encode()
        if after != before:
            files[path] = after
    return files
