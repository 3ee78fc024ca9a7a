"""The facts of a topic's parts: the same in every language, so one form changes them all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ivr.desk.workbench.bench import Bench, Checked
from ivr.desk.workbench.edits import as_one_line, edited, lines_of, paragraph_end
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


def own_facts(bench: Bench, content: Content, topic: str) -> dict[str, str]:
    """Facts that were added at the workbench and that no other topic delivers, with their sentences. Those of the
    line's source are never among them."""
    delivered: dict[bool, set[str]] = {True: set(), False: set()}
    for library in content.libraries.values():
        for name, there in library.topics.items():
            delivered[name == topic].update(fact for segment in there.segments for fact in segment.facts)
    from_outside = re.compile(rf"{re.escape(content.outside or ELSE)}\d+")
    alone = delivered[True] - delivered[False]
    return {
        name: words
        for name, words in content.facts.items()
        if name in alone and from_outside.fullmatch(name) and _was_added(bench, name)
    }


def _was_added(bench: Bench, name: str) -> bool:
    """Whether facts.md was without this fact before one of the saves that are kept."""
    before = (save.before.get("facts.md") for save in bench.kept.saves())
    return any(text is not None and not _line_of(name).search(text.decode("utf-8")) for text in before)


def _line_of(name: str) -> re.Pattern[str]:
    return re.compile(rf"^- {re.escape(name)}: ", re.MULTILINE)


def without_facts(bench: Bench, names: Iterable[str]) -> bytes:
    """facts.md without these facts."""
    lines = lines_of((bench.read("facts.md") or b"").decode("utf-8"))
    for name in names:
        first = next((index for index, line in enumerate(lines) if _line_of(name).match(line)), None)
        if first is not None:
            del lines[first : paragraph_end(lines, first)]
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
