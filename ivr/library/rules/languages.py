"""Languages: each has the same facts in the same segments, and the same keys, as the one that it is translated from."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.library.load import Content
from ivr.library.rules.shelf import Shelf, at, header_line
from ivr.model import Menu, Problem, Topic

SPECIAL = ("silent", "person", "urgent", "privacy", "practice")


def check_languages(content: Content) -> Iterator[Problem]:
    for tag in content.libraries:
        if tag != content.original:
            yield from _compared(Shelf(content, content.original), Shelf(content, tag))


def _compared(first: Shelf, other: Shelf) -> Iterator[Problem]:
    there, here = first.library, other.library
    for folder, names in (
        ("menus", here.menus.keys() ^ there.menus.keys()),
        ("topics", here.topics.keys() ^ there.topics.keys()),
    ):
        for name in sorted(names):
            remedy = "one language has this file and another does not: write or remove it"
            yield Problem(f"{other.base}/{folder}/{name}.md", 1, "H1", remedy)
    for name in here.menus.keys() & there.menus.keys():
        yield from _keys(other, here.menus[name], there.menus[name], first.tag)
    for name in here.topics.keys() & there.topics.keys():
        yield from _facts(other, here.topics[name], there.topics[name], first.tag)


def _keys(shelf: Shelf, menu: Menu, original: Menu, tag: str) -> Iterator[Problem]:
    document = shelf.document("menus", menu.name)
    ours, theirs = ({choice.key: choice.leads_to for choice in each.choices} for each in (menu, original))
    for key in sorted(ours.keys() | theirs.keys()):
        if ours.get(key) != theirs.get(key):
            goes = f"lead key {key} to `{theirs[key]}`" if key in theirs else f"remove key {key}"
            yield at(document, header_line(document, "choices", key), "H1", f"{goes}, as in `{tag}`")
    for name in SPECIAL:
        wanted = getattr(original, name)
        if getattr(menu, name) != wanted:
            listed = wanted if isinstance(wanted, str) else ", ".join(wanted or ())
            remedy = f"write `{name}: {listed}`" if wanted else f"remove `{name}:`"
            yield at(document, header_line(document, name), "H1", f"{remedy}, as in `{tag}`")


def _facts(shelf: Shelf, topic: Topic, original: Topic, tag: str) -> Iterator[Problem]:
    document = shelf.document("topics", topic.name)
    has, wanted = len(topic.segments), len(original.segments)
    if has != wanted:
        remedy = f"make {wanted} paragraphs under Voice and under Text, as in `{tag}`: there are {has}"
        yield at(document, document.lines["voice"], "H1", remedy)
    for part, (segment, other) in enumerate(zip(topic.segments, original.segments, strict=False), start=1):
        line = header_line(document, "facts", str(part))
        if missing := sorted(set(other.facts) - set(segment.facts)):
            remedy = f"say {', '.join(missing)} in segment {part} and name it under `facts:`, as in `{tag}`"
            yield at(document, line, "H1", remedy)
        if more := sorted(set(segment.facts) - set(other.facts)):
            remedy = f"remove {', '.join(more)} from segment {part}, or say it there in `{tag}` too"
            yield at(document, line, "H1", remedy)
