"""Phrases: sayable, and in plain characters. `rules/phrases.py` checks that all are there."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.library.library import SLOT
from ivr.library.lint.spoken import unspeakable
from ivr.library.lint.texts import gsm_only
from ivr.library.rules.shelf import Shelf
from ivr.library.sent_text import as_sent
from ivr.model import Problem


def check_wording(shelf: Shelf) -> Iterator[Problem]:
    if call := shelf.file("phrases/call.md"):
        for words in (words for section in call.sections.values() for words in section):
            yield from unspeakable(shelf, call, words)
    if text := shelf.file("phrases/text.md"):
        for words in (words for section in text.sections.values() for words in section):
            yield from gsm_only(text, words.line, as_sent(shelf.library.language, SLOT.sub("", words.text)))
