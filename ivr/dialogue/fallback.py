"""What is heard and texted when the line itself is down: put together beforehand, and kept where no line is needed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ivr.dialogue.lines import segment_lines, spoken
from ivr.dialogue.offers import following_language
from ivr.dialogue.speech import LISTEN, LISTEN_AT_THE_END, QUIET_BEFORE
from ivr.library.library import HOME, Library
from ivr.library.measures import BETWEEN_SENTENCES
from ivr.library.naming import named
from ivr.model import Position, Standing, TextReply, Utterance


def fallback_call(libraries: Mapping[str, Library], tag: str) -> Standing:
    """The greeting, the warning signs, the main points, the helpline's number, then the helpline itself."""
    library, home = libraries[tag], libraries[tag].menus[HOME]
    before = [
        Utterance("", QUIET_BEFORE, tag),
        *_phrases(library, "arrived", "fallback"),
        *_other_language(libraries, tag),
        *_phrases(library, "arrived-more"),
        *([] if len(libraries) > 1 else _phrases(library, "again-key")),
        *_topic(library, home.urgent),
        *_phrases(library, "overview"),
        *_topic(library, home.overview),
        *_phrases(library, "fallback-number"),
    ]
    after = _phrases(library, "fallback-end", "goodbye")
    return Standing(tuple(before), LISTEN, tuple(after), LISTEN_AT_THE_END)


def fallback_texts(library: Library) -> tuple[TextReply, ...]:
    """The helpline, then all that the topic of the warning signs holds, whole: each can be read without the others."""
    about = TextReply("\n".join(library.text["fallback"]))
    return about, *(
        TextReply(_written(library, position)) for position in _positions(library, library.menus[HOME].urgent)
    )


def _phrases(library: Library, *names: str) -> list[Utterance]:
    return [line for name in names for line in spoken(library.language.tag, library.call[name], BETWEEN_SENTENCES)]


def _other_language(libraries: Mapping[str, Library], tag: str) -> list[Utterance]:
    """Offered in itself. Any key but 0 leads there, so with a second language no key is left for hearing this again."""
    other = following_language(libraries, tag)
    return _phrases(libraries[other], "language-key") if other != tag else []


def _topic(library: Library, name: str | None) -> Iterator[Utterance]:
    positions = _positions(library, name)
    if positions:
        yield from spoken(library.language.tag, [f"{library.topics[positions[0].name].title}."], BETWEEN_SENTENCES)
    for position in positions:
        yield from segment_lines(library, position)


def _positions(library: Library, name: str | None) -> list[Position]:
    topic = library.topics.get(name or "")
    return [Position(topic.name, part) for part in range(1, len(topic.segments) + 1)] if topic else []


def _written(library: Library, position: Position) -> str:
    return f"{named(library, position)}\n{library.topics[position.name].segments[position.part - 1].text}"
