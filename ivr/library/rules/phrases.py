"""Phrases: all there, with the slots that will be filled and no other, in plain signs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ivr.library.library import SLOT
from ivr.library.measures import gsm_units
from ivr.library.rules.shelf import Shelf, at
from ivr.library.rules.spoken import unspeakable
from ivr.model import Pace, Problem

ANYWHERE = frozenset({"helpline", "pen"})
"""The helpline's number, and time to get a pen."""
NONE: frozenset[str] = frozenset()

CALL_PHRASES: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(("arrived", "resuming", "again-key", "pace-key", "person-key", "back-key", "overview"), NONE),
    "place": frozenset({"title", "part", "parts"}),
    "place-again": frozenset({"title", "part"}),
    "place-single": frozenset({"title"}),
    **dict.fromkeys(("go-on", "go-on-again", "end-of-topic", "again-topic", "language-key"), NONE),
    **dict.fromkeys((f"silent-{tries}" for tries in (1, 2, 3)), NONE),
    **dict.fromkeys((f"unknown-key-{tries}" for tries in (1, 2, 3)), NONE),
    **dict.fromkeys((f"paced-{pace}" for pace in Pace), NONE),
    **dict.fromkeys(("waiting", "still-waiting", "talked", "moved"), NONE),
    **dict.fromkeys(("unreached", "goodbye", "fault"), NONE),
}
"""Every phrase of a call and the slots that are filled when it is said, besides those that may stand anywhere."""

TEXT_PHRASES: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(("menu", "menu-end", "submenu-end", "keys", "lost", "unclear", "fault", "tail-last"), NONE),
    "submenu": frozenset({"code"}),
    "segment": frozenset({"code", "part", "parts"}),
    "segment-single": frozenset({"code"}),
    "tail-more": frozenset({"next"}),
    "tail-next": frozenset({"next"}),
    "did-you-mean": frozenset({"word", "code"}),
}


def check_phrases(shelf: Shelf) -> Iterator[Problem]:
    for file, needed in (("phrases/call.md", CALL_PHRASES), ("phrases/text.md", TEXT_PHRASES)):
        document = shelf.file(file)
        if document is None:
            continue
        for name, slots in needed.items():
            if not document.sections.get(name):
                yield at(document, document.lines.get(name, 1), "phrases", f"write a paragraph under `## {name}`")
            for words in document.sections.get(name, ()):
                for slot in set(SLOT.findall(words.text)) - slots - ANYWHERE:
                    known = ", ".join(sorted(f"{{{name}}}" for name in slots | ANYWHERE))
                    yield at(document, words.line, "slot", f"nothing is put into {{{slot}}} here: use only {known}")
                if file == "phrases/text.md" and gsm_units(SLOT.sub("", words.text)) is None:
                    yield at(document, words.line, "G2", "use plain signs: this text leaves the GSM-7 alphabet")
                if file == "phrases/call.md":
                    yield from unspeakable(document, words)
        for name in sorted(document.sections.keys() - needed.keys()):
            yield at(document, document.lines[name], "phrases", f"the line never says `{name}`: remove it")
