"""Finds the content file from which words that were heard or read come.

Uses the words alone: a text names no place, and one turn of a call takes words from several files.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ivr.dialogue.utterances import PEN
from ivr.library.document import Document
from ivr.library.library import SLOT
from ivr.library.load import Content
from ivr.library.measures import sentences
from ivr.library.sent_text import NEXT_TEXT, as_sent
from ivr.phone.origin import Origin

PARTS = {"topics": "segment {number}", "menus": "choices", "phrases": "{section}"}
"""What authors call a paragraph, by the folder of its file."""

WORD = r"[^.?]+"
NUMBER = r"[\d ,.+()-]+"
"""What a slot in a phrase can hold. A title is one of the known ones, and any other slot holds a number."""

Origins = Mapping[str, tuple[Origin, ...]]


@dataclass(frozen=True, slots=True)
class OriginFinder:
    """`origins`: for words that are always the same; `patterns`: for phrases with slots, the longest first."""

    origins: Origins
    patterns: tuple[tuple[re.Pattern[str], Origin], ...]

    def __call__(self, words: Sequence[str]) -> list[Origin | None]:
        """The same sentence may stand in several places: then the one that most of these words stand in is meant."""
        possible = [self._possible(stretch) for stretch in words]
        counts = Counter(origin for origins in possible for origin in origins)
        return [max(origins, key=counts.__getitem__, default=None) for origins in possible]

    def _possible(self, words: str) -> tuple[Origin, ...]:
        words = words.strip()
        slotted = (origin for pattern, origin in self.patterns if pattern.fullmatch(words))
        return tuple(dict.fromkeys(self.origins.get(words) or slotted))


def transcripts(content: Content) -> dict[str, str]:
    """The words that each recording ought to contain, by the ending of its address. Only people can hear whether it
    does."""
    return {
        f"/{recording.name}": PEN.sub("", library.topics[position.name].segments[position.part - 1].voice)
        for library in content.libraries.values()
        for (position, _), recording in library.recordings.items()
        if library.segment(position)
    }


class OriginsNow:
    """For the content that was loaded last: a line reloads changed content while its phone page stays open."""

    def __init__(self, content: Content) -> None:
        self.take(content)

    def take(self, content: Content) -> None:
        self._find, self.transcripts = origin_finder(content), transcripts(content)

    def __call__(self, words: Sequence[str]) -> list[Origin | None]:
        return self._find(words)


def origin_finder(content: Content) -> OriginFinder:
    origins: dict[str, tuple[Origin, ...]] = {}
    slotted: list[tuple[str, Origin]] = []
    for written, origin in _all_words(content):
        for words in _as_said_and_sent(content, written, origin):
            if SLOT.search(words):
                slotted.append((words, origin))
            else:
                origins[words] = (*origins.get(words, ()), origin)
    titles = "|".join(re.escape(title) for title in _titles(content.documents))
    slotted.sort(key=lambda item: -len(SLOT.sub("", item[0])))
    return OriginFinder(origins, tuple((_pattern(words, titles), origin) for words, origin in slotted))


def _as_said_and_sent(content: Content, written: str, origin: Origin) -> tuple[str, ...]:
    """The forms in which the words may be met: a text may lose accents on its way out, and then differs from the
    file."""
    library = content.libraries.get(origin.file.split("/")[1])
    sent = as_sent(library.language, written) if library else written
    return (written,) if sent == written else (written, sent)


def _all_words(content: Content) -> Iterator[tuple[str, Origin]]:
    for path, document in content.documents.items():
        folder = path.split("/")[-2]
        if folder not in PARTS:
            continue
        library = content.libraries.get(path.split("/")[1])
        spoken = library.language.speech if library else ""
        if folder == "menus":
            yield f"{_header(document, 'title')}.", Origin(path, "title", spoken)
        if offer := _header(document, "offer"):
            yield offer, Origin(path, "offer", spoken)
        for section, paragraphs in sorted(document.sections.items(), key=lambda item: len(item[1])):
            for number, paragraph in enumerate(paragraphs, start=1):
                origin = Origin(path, PARTS[folder].format(number=number, section=section), spoken)
                words = PEN.sub("", paragraph.text).strip()
                texts = [text.strip() for text in words.split(NEXT_TEXT)]
                yield from ((piece, origin) for piece in dict.fromkeys([*texts, *sentences(words)]) if piece)


def _titles(documents: Mapping[str, Document]) -> Iterator[str]:
    return (title for document in documents.values() if (title := _header(document, "title")))


def _header(document: Document, name: str) -> str:
    return document.header[name].words.text if name in document.header else ""


def _pattern(words: str, titles: str) -> re.Pattern[str]:
    fillings = {"{title}": f"(?:{titles})", "{word}": WORD}
    pieces = re.split(r"(\{\w+\})", words)
    return re.compile("".join(_piece(piece, fillings) for piece in pieces))


def _piece(piece: str, fillings: Mapping[str, str]) -> str:
    return fillings.get(piece, NUMBER) if SLOT.fullmatch(piece) else re.escape(piece)
