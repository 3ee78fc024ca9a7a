"""What any line can reuse of this one's listening: everything without a word of its subject. Pure: text in, text out.

`words.md` lists the subject's words. A line of a list is dropped if nothing else is left of it; of an alternative
(`(scan/visit)`), only that branch is. Classes are dropped if no remaining pattern names them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from ivr.library.kinds import SIGNATURE
from ivr.library.sent_words import normalised

HEADING = re.compile(r"^## (?P<name>.+)$")
TOKEN = re.compile(r"\([^()]*\)\??|\S+")
CLASS = re.compile(r"\[([a-z0-9-]+)\]")
EXAMPLES = ("examples", "other examples")


class Subject:
    """The words that only this line has, each by its beginning."""

    def __init__(self, begins: Iterable[str]) -> None:
        self.begins = tuple(" ".join(normalised(word)) for word in begins)

    def is_in(self, words: str) -> bool:
        return any(word.startswith(self.begins) for word in normalised(words)) if self.begins else False


def sections(text: str) -> tuple[str, dict[str, list[str]]]:
    """The header with what stands above the first heading, and the lines under each heading."""
    above: list[str] = []
    found: dict[str, list[str]] = {}
    current = above
    for line in text.splitlines():
        if heading := HEADING.match(line):
            current = found.setdefault(heading["name"], [])
        else:
            current.append(line)
    return "\n".join(above).strip() + "\n", found


def joined(above: str, found: Mapping[str, Iterable[str]]) -> str:
    """The reverse of `sections`, leaving out headings with nothing under them."""
    parts = [above]
    for name, lines in found.items():
        if body := "\n".join(lines).strip():
            parts.append(f"\n## {name}\n\n{body}\n")
    return "".join(parts)


def unsigned(above: str, **entries: str) -> str:
    """A header as its author left it before anyone signed, with these entries in place of its own."""
    lines = []
    for line in above.splitlines():
        name, colon, _ = line.partition(":")
        if colon and name in SIGNATURE:
            lines.extend([f"{name}:"] if name in ("translator", "reviewer") else [])
        else:
            lines.append(f"{name}: {entries[name]}" if colon and name in entries else line)
    return "\n".join(lines) + "\n"


def general(text: str, subject: Subject, gone: frozenset[str] = frozenset(), **entries: str) -> str:
    """A file of listening without the subject. `gone`: classes that are dropped."""
    above, found = sections(text)
    kept = {name: list(_lines(name, lines, subject, gone)) for name, lines in found.items()}
    return joined(unsigned(above, **entries), kept)


def _lines(heading: str, lines: Iterable[str], subject: Subject, gone: frozenset[str]) -> Iterator[str]:
    for line in lines:
        hyphen, listed = line[:2], line[2:]
        if hyphen != "- ":
            yield line
        elif heading in EXAMPLES:
            if not subject.is_in(listed):
                yield line
        elif pattern := _pattern(listed, subject, gone):
            yield f"- {pattern}"


def _pattern(written: str, subject: Subject, gone: frozenset[str]) -> str:
    """The pattern without the branches that name the subject; empty if a required word does."""
    tokens = [_token(token, subject, gone) for token in TOKEN.findall(written)]
    return " ".join(tokens) if all(tokens) else ""


def _token(token: str, subject: Subject, gone: frozenset[str]) -> str:
    body, optional = (token[:-1], "?") if token.endswith("?") else (token, "")
    inner = body[1:-1] if body.startswith("(") and body.endswith(")") else body
    branches = [one for one in inner.split("/") if not subject.is_in(one) and gone.isdisjoint(CLASS.findall(one))]
    if len(branches) == len(inner.split("/")):
        return token
    left = "/".join(branches)
    return f"({left}){optional}" if left and " " in left else f"{left}{optional}" if left else ""


def only_known(text: str, known: frozenset[str]) -> str:
    """A list of pairs, such as `- back: espalda`, without those whose second word is in no pattern."""
    above, found = sections(text)
    kept = {
        name: [line for line in lines if line[:2] != "- " or known.issuperset(normalised(line.rpartition(":")[2]))]
        for name, lines in found.items()
    }
    return joined(above, kept)


def classes(text: str, subject: Subject) -> dict[str, list[str]]:
    """Each class with its entries, without the subject's words."""
    _, found = sections(text)
    listed = {name: [entry.strip() for entry in " ".join(lines).split(",")] for name, lines in found.items()}
    return {
        name: [entry for entry in entries if entry and not subject.is_in(entry)] for name, entries in listed.items()
    }


def named_in(texts: Iterable[str], known: Mapping[str, Collection[str]], always: Iterable[str]) -> list[str]:
    """The classes that the patterns name, and those that these name in turn, in the order of `known`."""
    pending = [*always, *(name for text in texts for name in CLASS.findall(text))]
    named = set[str]()
    while pending:
        name = pending.pop()
        if name in known and name not in named:
            named.add(name)
            pending.extend(inner for entry in known[name] for inner in CLASS.findall(entry))
    return [name for name in known if name in named]
