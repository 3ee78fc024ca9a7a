"""Phrases: all are there, with only the slots that will be filled."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.library.kinds import meant
from ivr.library.phrases import PHRASES
from ivr.library.rules.shelf import Shelf, at
from ivr.library.rules.slots import SPOKEN, TEXTED, check_slots
from ivr.model import Problem

ANYWHERE = {"phrases/call.md": SPOKEN, "phrases/text.md": TEXTED, "phrases/leaflet.md": TEXTED}
"""Slots that any phrase of a file may have."""


def check_phrases(shelf: Shelf) -> Iterator[Problem]:
    for file, phrases in PHRASES.items():
        document = shelf.file(file)
        if document is None:
            continue
        misspelt = meant(document.sections, [phrase.value for phrase in phrases])
        for phrase in phrases:
            name = phrase.value
            if not document.sections.get(name) and name not in misspelt.values():
                remedy = f"write a paragraph under a heading `## {name}`: the line says it"
                yield at(document, document.lines.get(name, 1), "phrases", remedy)
            for words in document.sections.get(name, ()):
                yield from check_slots(document, words, phrase.slots | ANYWHERE[file])
        for name, instead in misspelt.items():
            remedy = f"the line never says `{name}`: {f'write `## {instead}`' if instead else 'remove it'}"
            yield at(document, document.lines[name], "phrases", remedy)
