"""The state of each file of a language: whether it is signed, and what the check says about it. Also the menus as a
tree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from ivr.desk.workbench.bench import Bench, Checked
from ivr.library.document import Document
from ivr.library.library import HOME, Library
from ivr.library.rules.shelf import Shelf
from ivr.library.signing import Lack, SignOff, signature_in, signature_of
from ivr.model import Problem

TOO_LONG = ("E1", "G1", "B5")
"""Rules whose remedy is to use fewer words."""
ABOUT_SIGNING = ("unsigned", "review")
"""Problems that a person solves by signing, not by rewording."""
OTHERS = ("phrases/call", "phrases/text", "phrases/leaflet", "names", "glossary", "words")
"""Files that no menu leads to, in the order in which they are listed."""


OF_SIGNS = ("danger-", "despair", "guards")
"""Beginnings of the names of files that decide who hears about danger."""


class Sign(StrEnum):
    """Its value is a CSS class."""

    SIGNED = "signed"
    CHANGED = "changed"
    UNSIGNED = "unsigned"
    FREE = "free"


SIGNS = {
    Sign.SIGNED: "Signed",
    Sign.CHANGED: "Changed since it was signed",
    Sign.UNSIGNED: "Not signed",
    Sign.FREE: "No signature needed",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """`inside`: the file's path in the language's folder, without `.md`. `signature`: who signed it, and when."""

    inside: str
    title: str
    sign: Sign
    signature: SignOff
    errors: int
    warnings: int
    is_too_long: bool
    has_draft: bool
    is_due: bool
    """Whether a clinician has to compare the words with present practice again."""

    @property
    def sign_words(self) -> str:
        return SIGNS[self.sign]


@dataclass(frozen=True, slots=True)
class Node:
    """A menu or a topic. `key` leads to it from the menu above; `code`: all keys from the main menu, which are also the
    number of a text."""

    standing: Standing
    code: str
    key: str
    is_menu: bool
    segments: int
    below: tuple[Node, ...] = ()


def tree(bench: Bench, state: Checked, tag: str) -> Node | None:
    library = state.content.libraries[tag]
    return _node(bench, state, tag, library, HOME, "") if HOME in library.menus else None


def _node(bench: Bench, state: Checked, tag: str, library: Library, name: str, key: str) -> Node | None:
    code = library.codes.get(name, "")
    if name in library.menus:
        choices = library.menus[name].choices
        below = (_node(bench, state, tag, library, one.leads_to, one.key) for one in choices)
        standing = standing_of(bench, state, tag, f"menus/{name}")
        return Node(standing, code, key, True, 0, tuple(node for node in below if node))
    if name in library.topics:
        segments = len(library.topics[name].segments)
        return Node(standing_of(bench, state, tag, f"topics/{name}"), code, key, False, segments)
    return None


def others(bench: Bench, state: Checked, tag: str) -> Iterator[Standing]:
    base = Shelf(state.content, tag).base
    for inside in OTHERS:
        if f"{base}/{inside}.md" in state.content.documents:
            yield standing_of(bench, state, tag, inside)


def listening(bench: Bench, state: Checked, tag: str) -> Iterator[Standing]:
    """The files of `listening`, danger first. They have sheets of their own: they are long, and nobody hears them."""
    names = state.content.libraries[tag].listening
    for name in sorted(names, key=lambda one: (not one.startswith(OF_SIGNS), one)):
        yield standing_of(bench, state, tag, f"listening/{name}")


def everything(bench: Bench, state: Checked, tag: str) -> Iterator[Standing]:
    """Every menu and topic in the order of the menus, then the other files."""
    library = state.content.libraries[tag]
    for name in library.codes:
        yield standing_of(bench, state, tag, f"{'menus' if name in library.menus else 'topics'}/{name}")
    yield from others(bench, state, tag)


def standing_of(bench: Bench, state: Checked, tag: str, inside: str) -> Standing:
    """Raises KeyError for a file that does not exist."""
    shelf = Shelf(state.content, tag)
    document = state.content.documents[f"{shelf.base}/{inside}.md"]
    signature = signature_at(shelf, inside, document)
    found = problems_in(state.problems, document.path)
    return Standing(
        inside,
        title_of(inside, document),
        _sign(signature),
        signature,
        sum(not one.warning for one in found),
        sum(one.warning for one in found),
        any(one.code in TOO_LONG for one in found),
        bench.kept.draft(f"{tag}/{inside}.md") is not None,
        any(one.path == document.path and one.code == "review" for one in state.problems),
    )


def problems_in(problems: tuple[Problem, ...], path: str) -> list[Problem]:
    """The problems that rewording can solve."""
    return [one for one in problems if one.path == path and one.code not in ABOUT_SIGNING]


def title_of(inside: str, document: Document) -> str:
    titles = {
        "phrases/call": "What the line itself says in a call",
        "phrases/text": "What the line itself writes in a text",
        "phrases/leaflet": "What the leaflet says",
        "names": "Names: the line, its helpline, emergency numbers",
        "glossary": "Medical words and their explanations",
        "words": "Words that texters send to move about",
    }
    entry = document.header.get("title")
    return titles.get(inside) or (entry.words.text if entry else inside)


def signature_at(shelf: Shelf, inside: str, document: Document) -> SignOff:
    topic = shelf.library.topics.get(document.name) if inside.startswith("topics/") else None
    return signature_of(topic) if topic else signature_in(f"{inside}.md", document, shelf.is_translation)


def _sign(signature: SignOff) -> Sign:
    if not signature.is_wanted:
        return Sign.FREE
    if signature.lack is None:
        return Sign.SIGNED
    return Sign.CHANGED if signature.lack is Lack.SAME_WORDS else Sign.UNSIGNED
