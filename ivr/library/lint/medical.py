"""Medical words: those in the glossary are explained where a topic first uses them; others that look medical get a
warning."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ivr.library.document import Document, Words, listed
from ivr.library.limits import LONGEST_EXPLANATION, MOST_TERMS
from ivr.library.measures import letters, nfc, uses, without, words
from ivr.library.rules.shelf import Shelf, at
from ivr.library.rules.slots import NONE, check_slots
from ivr.model import Problem, Topic


def check_medical(shelf: Shelf) -> Iterator[Problem]:
    yield from _glossary(shelf)
    for topic in shelf.library.topics.values():
        yield from _explained(shelf, topic, shelf.document("topics", topic.name))
    looks, known = _looks(shelf), _known(shelf)
    for document in _read_aloud(shelf):
        yield from _unknown(document, looks, known)


def _glossary(shelf: Shelf) -> Iterator[Problem]:
    document = shelf.file("glossary.md")
    if document is None:
        return
    for term, explanations in document.sections.items():
        if not explanations:
            yield at(document, document.lines[term], "E5", f"write an explanation below `{term}`: `- ...`")
        for explanation in explanations:
            yield from check_slots(document, explanation, NONE)
            if len(words(explanation.text)) > LONGEST_EXPLANATION:
                yield at(document, explanation.line, "E5", f"explain this in {LONGEST_EXPLANATION} words or fewer")


def _explained(shelf: Shelf, topic: Topic, document: Document) -> Iterator[Problem]:
    """Each medical word is explained where the topic first uses it, by voice and by text, with at most two new ones a
    segment."""
    for name, passages in (
        ("voice", [segment.voice for segment in topic.segments]),
        ("text", [segment.texted for segment in topic.segments]),
    ):
        known: set[str] = set()
        for passage, where in zip(passages, document.sections[name], strict=True):
            new = [term for term in shelf.explanations() if term not in known and uses(passage, term)]
            for term in new:
                given = [explanation.text for explanation in shelf.explanations()[term]]
                if given and not any(uses(passage, explanation) for explanation in given):
                    remedy = f"explain `{term}` here in words that glossary.md gives, such as `{given[0]}`"
                    yield at(document, where.line, "E5", remedy)
            if len(new) > MOST_TERMS:
                yield at(document, where.line, "E5", f"spread these new words out: {', '.join(new)}")
            known |= set(new)


# --- words that no glossary explains -------------------------------------------------------------------------


def _unknown(document: Document, looks: re.Pattern[str], known: list[str]) -> Iterator[Problem]:
    """One warning for each word in a file, at its first use."""
    named: set[str] = set()
    for passage in _passages(document):
        for word in letters(without(passage.text, known)):
            if looks.fullmatch(word) and word.lower() not in named:
                named.add(word.lower())
                remedy = (
                    f"say `{word}` in everyday words, or explain it in glossary.md; if everyone knows it, add it to "
                    "medical.md under `## everyday`"
                )
                yield at(document, passage.line, "E5", remedy, warning=True)


def _read_aloud(shelf: Shelf) -> Iterator[Document]:
    yield from (shelf.document("menus", name) for name in shelf.library.menus)
    yield from (shelf.document("topics", name) for name in shelf.library.topics)


def _passages(document: Document) -> Iterator[Words]:
    yield from (document.header[name].words for name in ("title", "offer") if name in document.header)
    yield from (*document.sections["voice"], *document.sections["text"])


def _looks(shelf: Shelf) -> re.Pattern[str]:
    """A pattern for words that look medical, from medical.md; one that never matches if the language has no such
    file."""
    begins, ends, whole = (_either(_listed(shelf, name)) for name in ("beginnings", "endings", "words"))
    return re.compile(rf"{begins}.+|.+{ends}|{whole}", re.IGNORECASE)


def _known(shelf: Shelf) -> list[str]:
    return [*shelf.explanations(), *_listed(shelf, "everyday")]


def _either(written: list[str]) -> str:
    """A pattern for any of these, the longest first; one that never matches if there are none."""
    return f"(?:{'|'.join(map(re.escape, sorted(written, key=len, reverse=True)))})" if written else "(?!)"


def _listed(shelf: Shelf, heading: str) -> list[str]:
    document = shelf.file("medical.md")
    paragraphs = document.sections.get(heading, ()) if document else ()
    return [bare for paragraph in paragraphs for word in listed(paragraph.text) if (bare := nfc(word.strip("-")))]
