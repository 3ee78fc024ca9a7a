"""What callers hear and texters read when the line itself is down. It is put together beforehand and stored where the
line is not needed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ivr.dialogue.keys import following_language
from ivr.dialogue.prompts import QUIET_BEFORE
from ivr.dialogue.say import LISTEN, LISTEN_AT_THE_END
from ivr.dialogue.utterances import segment_spoken, utterances_of
from ivr.library.library import HOME, Library
from ivr.library.limits import BETWEEN_SENTENCES
from ivr.library.naming import texts_below_name
from ivr.library.phrases import CallPhrase, TextPhrase
from ivr.library.sent_text import as_sent
from ivr.model import Position, StandaloneCall, TextReply, Utterance


def fallback_call(libraries: Mapping[str, Library], tag: str) -> StandaloneCall:
    """The greeting, the warning signs, the main points, the helpline's number, then the helpline itself."""
    library, home = libraries[tag], libraries[tag].menus[HOME]
    before = [
        Utterance("", QUIET_BEFORE, tag),
        *_phrases(library, CallPhrase.ARRIVED, CallPhrase.FALLBACK),
        *_other_language(libraries, tag),
        *_phrases(library, CallPhrase.ARRIVED_MORE),
        *([] if len(libraries) > 1 else _phrases(library, CallPhrase.AGAIN_KEY)),
        *_topic(library, home.urgent),
        *_phrases(library, CallPhrase.OVERVIEW),
        *_topic(library, home.overview),
        *_phrases(library, CallPhrase.FALLBACK_NUMBER),
    ]
    after = _phrases(library, CallPhrase.FALLBACK_END, CallPhrase.GOODBYE)
    return StandaloneCall(tuple(before), LISTEN, tuple(after), LISTEN_AT_THE_END)


def fallback_call_in_all(libraries: Mapping[str, Library]) -> StandaloneCall:
    """The same for a host that can keep only one document: the greetings in every language, then the whole call in the
    first language, then in the next. Only the last language's number keeps the words that announce the connection: they
    are the last paragraph of that phrase."""
    first, *_, last = libraries.values()
    before = [Utterance("", QUIET_BEFORE, first.language.tag)]
    for library in libraries.values():
        before += _phrases(library, CallPhrase.ARRIVED)
    for library in libraries.values():
        home, numbered = library.menus[HOME], library.call[CallPhrase.FALLBACK_NUMBER]
        said = numbered if library is last else numbered[:-1]
        before += _phrases(library, CallPhrase.FALLBACK, CallPhrase.ARRIVED_MORE, CallPhrase.AGAIN_KEY)
        before += _topic(library, home.urgent)
        before += _phrases(library, CallPhrase.OVERVIEW)
        before += _topic(library, home.overview)
        before += utterances_of(library.language.tag, said, BETWEEN_SENTENCES)
    after = [
        utterance
        for library in libraries.values()
        for utterance in _phrases(library, CallPhrase.FALLBACK_END, CallPhrase.GOODBYE)
    ]
    return StandaloneCall(tuple(before), LISTEN, tuple(after), LISTEN_AT_THE_END)


def fallback_texts(library: Library) -> tuple[TextReply, ...]:
    """The helpline, then every segment of the topic of the warning signs. Each text can be read without the others, and
    is one message, since a reply holds few."""
    urgent = _positions(library, library.menus[HOME].urgent)
    signs = ("\n".join(texts_below_name(library, position)) for position in urgent)
    texts = ("\n".join(library.text[TextPhrase.FALLBACK]), *signs)
    return tuple(TextReply(as_sent(library.language, text)) for text in texts)


def _phrases(library: Library, *phrases: CallPhrase) -> list[Utterance]:
    return [
        utterance
        for phrase in phrases
        for utterance in utterances_of(library.language.tag, library.call[phrase], BETWEEN_SENTENCES)
    ]


def _other_language(libraries: Mapping[str, Library], tag: str) -> list[Utterance]:
    """Offers the other language, in that language. Any key but 0 leads there, so with a second language no key is left
    to repeat the call."""
    other = following_language(libraries, tag)
    return _phrases(libraries[other], CallPhrase.LANGUAGE_KEY) if other != tag else []


def _topic(library: Library, name: str | None) -> Iterator[Utterance]:
    positions = _positions(library, name)
    if positions:
        yield from utterances_of(
            library.language.tag, [f"{library.topics[positions[0].name].title}."], BETWEEN_SENTENCES
        )
    for position in positions:
        yield from segment_spoken(library, position)


def _positions(library: Library, name: str | None) -> list[Position]:
    topic = library.topics.get(name or "")
    return [Position(topic.name, part) for part in range(1, len(topic.segments) + 1)] if topic else []
