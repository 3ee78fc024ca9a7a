"""Turns content into the values of the script, in the order a caller meets it. What is heard and texted comes from the
dialogue and is never rebuilt here: the script shows what the line really does."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from ivr.desk.documents.script.parts import (
    Entry,
    FactRow,
    FactWording,
    FileRow,
    LanguageScript,
    MenuScript,
    OtherWords,
    Script,
    SegmentScript,
    Spoken,
    TopicScript,
    Where,
    Written,
)
from ivr.desk.documents.script.words import call_phrases, keyword_rows, text_phrases, word_groups, words_for_carrier
from ivr.dialogue.say import say
from ivr.dialogue.step import step
from ivr.dialogue.utterances import segment_heard, segment_spoken
from ivr.library.document import Document
from ivr.library.library import HOME, Library
from ivr.library.load import Content
from ivr.library.measures import fragments, gsm_units, speaking_seconds, words
from ivr.library.phone_number import number_as_said, number_as_written
from ivr.library.reading import formula_of
from ivr.library.rules.shelf import Shelf
from ivr.library.sent_text import as_sent
from ivr.library.signing import code_of_words, is_unsigned, signature_in, signature_of, signed_words
from ivr.model import CallEvent, Pace, Position, Prompt, Segment, Silent, State, Texted, Texter, Topic, Utterance

NOT_SHOWN_ELSEWHERE = ("names.md", "glossary.md", "phrases/leaflet.md")
LISTENING = "listening/"
"""Left out: its patterns would triple the script, and nobody hears them. Each of its files has a sheet of its own."""


def walk(
    content: Content, helpline: str, revision: str | None, printed: date | None, only: Collection[str] = ()
) -> Script:
    """`only`: the languages that are printed, all if none is named."""
    languages = tuple(_language(content, tag) for tag in content.libraries if not only or tag in only)
    return Script(content.version, revision, printed, number_as_written(helpline), number_as_said(helpline), languages)


def anchor(tag: str, name: str, part: int = 0) -> str:
    """The HTML id of a position in the document: unique, without spaces."""
    return "-".join([tag, *name.split(), *([str(part)] if part else [])])


def _language(content: Content, tag: str) -> LanguageScript:
    library = content.libraries[tag]
    home, first = Position(HOME), Position(library.order[0], 1, resuming=True)
    return LanguageScript(
        tag=tag,
        is_translation=Shelf(content, tag).is_translation,
        name=library.language.name,
        line_name=library.line_name,
        arrival=_spoken(_heard(content, State(tag, home, prompt=Prompt.ARRIVED))),
        returning=_spoken(_heard(content, State(tag, first, prompt=Prompt.ARRIVED))),
        overview=_spoken(tuple(_tour(content, tag))),
        stops=tuple(_stops(content, tag)),
        call_phrases=call_phrases(library),
        text_phrases=text_phrases(library),
        keywords=tuple(keyword_rows(library, anchor)),
        words=word_groups(library),
        carrier_words=words_for_carrier(),
        others=tuple(_others(Shelf(content, tag))),
        facts=tuple(_fact_rows(content, library)),
        files=tuple(file_rows(content, tag)),
    )


def _stops(content: Content, tag: str) -> Iterator[Entry]:
    """In the order of their codes, then what no menu leads to."""
    library = content.libraries[tag]
    for name in dict.fromkeys([*library.codes, *library.menus, *library.topics]):
        here, code = anchor(tag, name), library.codes.get(name, "")
        if name in library.menus:
            yield Entry(here, code, library.menus[name].title, menu=_menu(content, tag, name))
        elif name in library.topics:
            yield Entry(here, code, library.topics[name].title, topic=_topic(content, tag, library.topics[name]))


# --- what is heard and texted ------------------------------------------------------------------------------


def _heard(content: Content, state: State) -> tuple[Utterance, ...]:
    return tuple(line for line in say(content.libraries, state).spoken if line.words)


def _tour(content: Content, tag: str) -> Iterator[Utterance]:
    """Everything that a caller hears who presses nothing, without the silences in between."""
    silent: CallEvent = Silent()
    turn = step(content.libraries, State(tag, Position(HOME)), silent)
    while turn.state.touring:
        yield from (line for line in turn.reply.spoken if line.words)
        turn = step(content.libraries, turn.state, silent)


def _spoken(lines: tuple[Utterance, ...]) -> Spoken:
    return Spoken(lines, sum(speaking_seconds(line.words) + line.pause for line in lines))


def _sent(library: Library, text: str, at: Position | None = None) -> Written:
    """The text with all its accents, as it is signed; measured without those it loses when it is sent."""
    turn = step({library.language.tag: _accented(library)}, Texter(position=at), Texted(text))
    answer = "\n\n".join(turn.reply.texts)
    sent = [as_sent(library.language, text) for text in turn.reply.texts]
    units = [gsm_units(text) for text in sent]
    return Written(answer, None if None in units else sum(filter(None, units)), sum(map(fragments, sent)))


@lru_cache(maxsize=8)
def _accented(library: Library) -> Library:
    """Cached, since preparing what a new library listens for takes half a second."""
    return replace(library, language=replace(library.language, in_texts=()))


def _menu(content: Content, tag: str, name: str) -> MenuScript:
    library = content.libraries[tag]
    asked = library.codes.get(name) or library.words["menu"][0]
    path = Shelf(content, tag).document("menus", name).path
    return MenuScript(path, _spoken(_heard(content, State(tag, Position(name)))), _sent(library, asked))


def _topic(content: Content, tag: str, topic: Topic) -> TopicScript:
    return TopicScript(
        path=Shelf(content, tag).document("topics", topic.name).path,
        origin=topic.origin,
        source=topic.source,
        reviewed=topic.reviewed,
        reviewer=topic.reviewer,
        checked=topic.checked,
        words_code=topic.words_code,
        unsigned=is_unsigned(topic),
        segments=tuple(_segment(content, tag, Position(topic.name, part + 1)) for part in range(len(topic.segments))),
    )


def _segment(content: Content, tag: str, position: Position) -> SegmentScript:
    library = content.libraries[tag]
    segment = library.topics[position.name].segments[position.part - 1]
    own, heard = segment_spoken(library, position), segment_heard(library, position, Pace.NORMAL)
    opening, said, after = _parted(_heard(content, State(tag, position)), [line.words for line in heard if line.words])
    return SegmentScript(
        anchor=anchor(tag, position.name, position.part),
        part=position.part,
        opening=opening,
        said=said,
        after=after,
        text=_sent(library, library.words["again"][0], position),
        facts=tuple(FactWording(name, content.facts.get(name)) for name in segment.facts),
        seconds=sum(speaking_seconds(line.words) + line.pause for line in own) - own[-1].pause,
        words=sum(len(words(line.words)) for line in own),
        ease=_ease(content, tag, segment),
        recordings=tuple(Path(found.file).name for found in library.recorded(position)),
    )


Lines = tuple[Utterance, ...]


def _parted(heard: Lines, said: list[str]) -> tuple[Lines, Lines, Lines]:
    """What comes before the segment's own sentences, the sentences, and what comes after them."""
    spoken_words = [line.words for line in heard]
    starts = range(len(heard) - len(said) + 1)
    start = next((start for start in starts if spoken_words[start : start + len(said)] == said), None)
    if start is None:
        return (), heard, ()
    end = start + len(said)
    return heard[:start], heard[start:end], heard[end:]


def _ease(content: Content, tag: str, segment: Segment) -> str:
    formula = formula_of(content.libraries[tag].language)
    return formula.measure(segment.voice, Shelf(content, tag).explanations()).figure if formula else ""


def _others(shelf: Shelf) -> Iterator[OtherWords]:
    for inside in NOT_SHOWN_ELSEWHERE:
        if document := shelf.file(inside):
            title = document.header.get("title")
            yield OtherWords(
                document.path, title.words.text if title else inside, tuple(signed_words(document).items())
            )


# --- where each fact is said -------------------------------------------------------------------------------


def _fact_rows(content: Content, library: Library) -> Iterable[FactRow]:
    for fact, wording in content.facts.items():
        yield FactRow(fact, wording, tuple(_states(library, fact)))


def _states(library: Library, fact: str) -> Iterator[Where]:
    tag = library.language.tag
    for name in dict.fromkeys([*library.order, *library.topics]):
        topic = library.topics[name]
        for part, segment in enumerate(topic.segments, start=1):
            if fact in segment.facts:
                yield Where(anchor(tag, name, part), library.codes.get(name, ""), topic.title, part)


# --- what has to be signed ---------------------------------------------------------------------------------


def file_rows(content: Content, tag: str) -> Iterator[FileRow]:
    """Every file that holds words of this language, and the facts."""
    base = Shelf(content, tag).base
    for path, document in sorted(content.documents.items()):
        if path.startswith(f"{base}/") or path.count("/") == 1:
            yield _file_row(Shelf(content, tag), document)


def _file_row(shelf: Shelf, document: Document) -> FileRow:
    inside = document.path.removeprefix(f"{shelf.base}/")
    is_topic, is_in_language = inside.startswith("topics/"), inside != document.path
    header = {name: entry.words.text for name, entry in document.header.items()}
    if is_topic:
        signature = signature_of(shelf.library.topics[document.name])
    else:
        signature = signature_in(inside, document, is_in_language and shelf.is_translation)
    return FileRow(
        document.path,
        code_of_words(document),
        on_paper=not is_topic and not signature.is_wanted,
        origin=header.get("origin", ""),
        source=header.get("source", ""),
        reviewed=header.get("reviewed", ""),
        reviewer=header.get("reviewer", ""),
        translator=header.get("translator", ""),
        unsigned=signature.lack is not None,
        own_sheet=inside.startswith(LISTENING),
    )
