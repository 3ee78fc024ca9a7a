"""Texts to the running line: every number, every keyword, chains of MORE, and common slips."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ivr.audit.access.journeys import NewHandset
from ivr.library.carrier_words import ANSWERED_BY_CARRIER
from ivr.library.library import Library
from ivr.phone.handset import Handset, TextsReceived

IN_A_ROW = 15
NUMBERS = tuple(str(number) for number in range(100))
GIBBERISH = ("qwrtz", "???", "\U0001f9b7", "zzz zzz zzz", "x" * 1600)
"""Texts that ask for something nobody can make out. (Empty texts and the bare symbols of a reaction ask for
nothing.)"""
STOP_IN_A_SENTENCE = ("stop please", "Please stop.", "STOP texting me")
NOT_QUITE = ("{}", " {}.", "{word}", "{WORD}!")
"""A number as people write it: `1`, ` 1.`, `one`, `ONE!`"""

Answers = Mapping[str, TextsReceived]


@dataclass(frozen=True)
class Texts:
    """`numbers` to `stop_in_a_sentence`: the answer to each text when it is a texter's first. `in_a_row`: every number,
    from texters who send several. `chains`: for each topic's number, its answer and those to MORE. `alike`: for each
    number that has a word, the answers to its spellings. `senders`: the numbers texted from."""

    numbers: Answers
    keywords: Answers
    moves: Answers
    unknown: Answers
    carrier: Answers
    opted_out: Answers
    stop_in_a_sentence: Answers
    in_a_row: Answers
    chains: Mapping[str, tuple[TextsReceived, ...]]
    alike: Mapping[str, tuple[TextsReceived, ...]]
    after_forget: TextsReceived
    senders: tuple[str, ...] = ()

    @property
    def first(self) -> Mapping[str, TextsReceived]:
        """The answers to every first text that the line, not the carrier, answers."""
        return {**self.numbers, **self.keywords, **self.moves, **self.unknown}

    @property
    def every(self) -> tuple[TextsReceived, ...]:
        written = (answer for chain in (*self.chains.values(), *self.alike.values()) for answer in chain)
        return (*self.first.values(), *self.in_a_row.values(), *written, self.after_forget)


def words_of(answer: TextsReceived) -> str:
    return "\n".join(answer.texts)


def walk_texts(new_handset: NewHandset, library: Library, is_asked_for: bool = False) -> Texts:
    """`is_asked_for`: each texter first asks for this language."""
    ask = library.language.called[0] if is_asked_for else None
    post, codes = _Post(new_handset, ask), {"0", *library.codes.values()}
    return Texts(
        numbers=post.first(NUMBERS),
        keywords=post.first(word.lower() for word in _keywords(library)),
        moves=post.first(dict.fromkeys(word for words in _moves(library) for word in words)),
        unknown=post.first(GIBBERISH),
        carrier=post.first(sorted(ANSWERED_BY_CARRIER)),
        opted_out={word: post.new().text(word, opt_out=word) for word in ("STOP", "START", "HELP")},
        stop_in_a_sentence=post.first(STOP_IN_A_SENTENCE),
        in_a_row=_in_a_row(post, NUMBERS),
        chains={code: _chain(post.new(), library, code) for code in _topic_codes(library)},
        alike={code: _alike(post, code, words[0]) for code, words in library.words.items() if code in codes},
        after_forget=_after_forget(post.new(), library),
        senders=tuple(post.senders),
    )


class _Post:
    """Sends each text from a new number, and records those numbers. `ask`: what is sent first, if anything."""

    def __init__(self, new_handset: NewHandset, ask: str | None) -> None:
        self._new_handset, self._ask = new_handset, ask
        self.senders: list[str] = []

    def new(self) -> Handset:
        handset = self._new_handset()
        self.senders.append(handset.number)
        if self._ask:
            handset.text(self._ask)
        return handset

    def first(self, words: Iterable[str]) -> Answers:
        return {text: self.new().text(text) for text in words}


def _keywords(library: Library) -> Iterable[str]:
    menus = (word for menu in library.menus.values() for word in (menu.title, *menu.keywords))
    segments = (segment for topic in library.topics.values() for segment in topic.segments)
    titles = (topic.title for topic in library.topics.values())
    return dict.fromkeys((*menus, *titles, *(word for segment in segments for word in segment.keywords)))


def _moves(library: Library) -> Iterable[tuple[str, ...]]:
    return (library.words.get(name, ()) for name in ("more", "back", "again", "menu", "keys", "urgent"))


def _topic_codes(library: Library) -> Iterable[str]:
    return (code for name, code in library.codes.items() if name in library.topics)


def _in_a_row(post: _Post, words: Sequence[str]) -> Answers:
    """Sends the words from few texters, each as many in a row as the line answers without a pause."""
    answers: dict[str, TextsReceived] = {}
    for begin in range(0, len(words), IN_A_ROW):
        handset = post.new()
        answers |= {text: handset.text(text) for text in words[begin : begin + IN_A_ROW]}
    return answers


def _chain(handset: Handset, library: Library, code: str) -> tuple[TextsReceived, ...]:
    name = next(name for name, known in library.codes.items() if known == code)
    more = library.words["more"][0]
    return tuple(handset.text(words) for words in (code, *[more] * (len(library.topics[name].segments) - 1)))


def _alike(post: _Post, code: str, word: str) -> tuple[TextsReceived, ...]:
    writings = (form.format(code, word=word.lower(), WORD=word.upper()) for form in NOT_QUITE)
    return tuple(post.new().text(written) for written in writings)


def _after_forget(handset: Handset, library: Library) -> TextsReceived:
    """The answer to MORE after the texter was forgotten."""
    handset.text(next(iter(_topic_codes(library))))
    handset.text(library.words["forget"][0])
    return handset.text(library.words["more"][0])
