"""Languages: each says the same things in the same order."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.library.load import Content
from ivr.model import Menu, Problem, Topic


def check_languages(content: Content) -> Iterator[Problem]:
    first, *others = content.libraries.items()
    base = next(iter(content.documents)).partition("/")[0]
    for tag, library in others:
        for folder, here, there in (
            ("menus", library.menus.keys(), first[1].menus.keys()),
            ("topics", library.topics.keys(), first[1].topics.keys()),
        ):
            for name in sorted(here ^ there):
                path = f"{base}/{tag}/{folder}/{name}.md"
                yield Problem(path, 1, "H1", "this file stands in one language but not in another: write or remove it")
        for name in library.menus.keys() & first[1].menus.keys():
            if _leads(library.menus[name]) != _leads(first[1].menus[name]):
                remedy = f"lead to the same places in the same order as in `{first[0]}`, `overview:` and the like too"
                yield Problem(f"{base}/{tag}/menus/{name}.md", 1, "H1", remedy)
        for name in library.topics.keys() & first[1].topics.keys():
            if _shape(library.topics[name]) != _shape(first[1].topics[name]):
                remedy = f"give this the same segments, with the same facts, as in `{first[0]}`"
                yield Problem(f"{base}/{tag}/topics/{name}.md", 1, "H1", remedy)


def _shape(topic: Topic) -> list[tuple[str, ...]]:
    return [segment.facts for segment in topic.segments]


def _leads(menu: Menu) -> tuple[object, ...]:
    return [choice.leads_to for choice in menu.choices], menu.overview, menu.person, menu.urgent, menu.privacy
