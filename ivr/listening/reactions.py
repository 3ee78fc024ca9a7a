"""Recognises what asks for nothing: reactions that phones send as texts, quoted lines, the line's own words sent back,
empty texts.

Whatever is left is the person's request. Nobody is answered, moved or opted out because of words that somebody else
wrote.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from ivr.library.document import Words
from ivr.library.library import HOME, Library
from ivr.library.naming import menu_text, named
from ivr.library.phrases import TextPhrase
from ivr.library.sent_words import LONGEST_TEXT, Phrase, normalised
from ivr.model import Position

FILE = "reactions"
"""The name of the file in a language's `listening` folder."""
REACTIONS, THINGS, SIGNS = "reactions", "things", "signs"

DOUBLE = '"\u201c\u201d\u201e\u201f\u00ab\u00bb\u300c\u300d\u300e\u300f'
SINGLE = "'\u2018\u2019\u201a"
MARKS = DOUBLE + SINGLE
"""Quotation marks. One set serves for both ends, since some languages open with the marks that others close with."""
MARKED = frozenset(MARKS)
QUOTE = rf"[{MARKS}](?:.*[{MARKS}]|[^{DOUBLE}]*|.*(?:\u2026|\.\.\.))"
"""A quotation up to its closing mark, or one that was cut short: without a closing mark, or with dots."""
EMOJI = rf"[^\w\s\x00-\x7f{MARKS}]{{1,12}}"
"""An emoji of up to 12 code points."""
QUOTED = re.compile(rf"[{DOUBLE}]([^{DOUBLE}]+)[{DOUBLE}]?")
SLOTS = {"quote": QUOTE, "emoji": EMOJI}

ENOUGH_WORDS = 3
"""Fewest words that make a sentence, or the beginning of one, recognisable as the line's own."""
ENOUGH_SENTENCES = 2
"""Sentences of the line in a text that make it one of the line's texts sent back. A person may well write one of
them."""
UNMISTAKABLE = 5
"""Words of a reply's first line that nobody would write by chance."""
FEW_WORDS = 5
"""Up to this many words around a quoted reply are the phone's own, in any language, and not a question about it."""
SENTENCE_ENDS = re.compile(r"(?:[!?:\n]|\.(?!\d))+")
"""A point within a number, such as a temperature, ends no sentence."""
SLOTS_FOR_NUMBERS = re.compile(r"\{(?:next|part|parts|code)\}")
NUMBER = "#"
"""Replaces every number in a sentence."""

Sentences = frozenset[Phrase]


def request_in(libraries: Iterable[Library], written: str) -> str | None:
    """What the text asks for, without quotations; None if it asks for nothing."""
    read = written[:LONGEST_TEXT]
    plain = read if read.isascii() else "".join(letter for letter in read if unicodedata.category(letter) != "Cf")
    own = "\n".join(line for line in plain.strip().splitlines() if not line.lstrip().startswith((">", "|"))).strip()
    every = tuple(libraries)
    if not own or is_sent_back(every, own) or any(is_reaction(library, own) for library in every):
        return None
    return own


def is_reaction(library: Library, written: str) -> bool:
    """Whether a phone wrote this text by itself."""
    one_line = " ".join(written.split())
    if any(_reactions(library, name).fullmatch(one_line) for name in _likely(one_line)):
        return True
    signs = _signs(library)
    shown = (one for one in written if not one.isspace() and unicodedata.category(one) not in ("Mn", "Sk"))
    return next(shown, None) in signs and all(one in signs for one in shown)


def is_sent_back(libraries: Iterable[Library], written: str) -> bool:
    """Whether this is one of the line's replies, perhaps quoted: its first line, or two of its sentences, of which the
    last may be cut. A word or two count only in a text that begins
    with the line's name: else they may be a sign of danger."""
    return _is_reply(libraries, written) or any(
        _is_reply(libraries, quoted[1]) and len(normalised(written.replace(quoted[0], " "))) <= FEW_WORDS
        for quoted in QUOTED.finditer(written)
    )


def _is_reply(libraries: Iterable[Library], written: str) -> bool:
    found = _sentences(written)
    return bool(found) and any(_is_reply_in(library, found) for library in libraries)


def _is_reply_in(library: Library, found: Sequence[Phrase]) -> bool:
    ours = _ours(library)
    if found[0] in _first_lines(library) and (len(found) > 1 or len(found[0]) >= UNMISTAKABLE):
        return True
    whole = sum(sentence in ours for sentence in found)
    last = found[-1]
    may_be_cut = _tells(last) or found[0] == normalised(library.line_name)
    cut = whole > 0 and may_be_cut and last not in ours and any(_begins(sentence, last) for sentence in ours)
    return whole + cut >= ENOUGH_SENTENCES


# --- made ready ----------------------------------------------------------------------------------------------


def _likely(written: str) -> tuple[str, ...]:
    """The texts to look at further: only one that quotes something can be a reaction, and most texts quote nothing."""
    return (THINGS,) if MARKED.isdisjoint(written) else (REACTIONS, THINGS)


def make_ready(library: Library) -> None:
    for name in (REACTIONS, THINGS):
        _reactions(library, name)
    for kept in (_signs, _ours, _first_lines):
        kept(library)


@lru_cache(maxsize=64)
def _reactions(library: Library, name: str) -> re.Pattern[str]:
    """All reactions under one heading, as one regular expression. Those that differ in their beginning only share the
    rest: a quotation is the larger part of each, and compiling it a hundred times would take a tenth of a start."""
    beginnings: defaultdict[str, list[str]] = defaultdict(list)
    for words in _listed(library, name):
        beginning, rest = _pattern(words.text)
        beginnings[rest].append(beginning)
    patterns = (f"(?:{'|'.join(those)}){rest}" for rest, those in beginnings.items())
    return re.compile("|".join(patterns) or r"(?!)", re.IGNORECASE | re.DOTALL)


def _pattern(words: str) -> tuple[str, str]:
    """Regular expressions for a reaction: for its words before the first slot, and for the rest. Blanks around slots
    are optional: some languages write none."""
    pieces = re.split(r"\{(\w+)\}", words)
    literal = [" ".join(map(re.escape, piece.split())) for piece in pieces[::2]]
    filled = [f" ?(?:{SLOTS.get(name, re.escape(name))}) ?" for name in pieces[1::2]]
    rest = (part for pair in zip(filled, literal[1:], strict=True) for part in pair)
    return literal[0], "".join(rest) + r"\.?"


@lru_cache(maxsize=64)
def _signs(library: Library) -> frozenset[str]:
    return frozenset(letter for words in _listed(library, SIGNS) for letter in words.text if not letter.isspace())


def _listed(library: Library, name: str) -> tuple[Words, ...]:
    """The entries under a heading of the file."""
    document = library.listening.get(FILE)
    return document.sections.get(name, ()) if document else ()


@lru_cache(maxsize=64)
def _ours(library: Library) -> Sentences:
    """Every sentence that the line texts."""
    return frozenset(sentence for text in _texts(library) for sentence in _sentences(text) if _tells(sentence))


@lru_cache(maxsize=64)
def _first_lines(library: Library) -> Sentences:
    """The first lines of segments: each has the name of the service, the code and the part."""
    return frozenset(sentence for text in _namings(library) for sentence in _sentences(text)[:1])


def _texts(library: Library) -> Iterator[str]:
    yield from ("\n".join(paragraphs) for paragraphs in library.text.values())
    yield from (
        menu_text(library, name, TextPhrase.MENU if name == HOME else TextPhrase.SUBMENU) for name in library.menus
    )
    yield from _namings(library)
    segments = [segment for topic in library.topics.values() for segment in topic.segments]
    yield from (segment.text for segment in segments)
    yield from (segment.follow_up for segment in segments if segment.follow_up)


def _namings(library: Library) -> Iterator[str]:
    for topic in library.topics.values():
        yield from (named(library, Position(topic.name, part)) for part in range(1, len(topic.segments) + 1))


def _sentences(text: str) -> list[Phrase]:
    """The sentences of a text, with all numbers, and slots for numbers, made equal. A sentence with any other slot
    never equals one that was sent."""
    pieces = SENTENCE_ENDS.split(SLOTS_FOR_NUMBERS.sub("0", text))
    phrases = (normalised(piece) for piece in pieces if "{" not in piece)
    return [tuple(NUMBER if word.isdecimal() else word for word in phrase) for phrase in phrases if phrase]


def _tells(sentence: Phrase) -> bool:
    return len(sentence) >= ENOUGH_WORDS


def _begins(sentence: Phrase, cut: Phrase) -> bool:
    """Whether `cut` is the beginning of the sentence, cut within a word or after one."""
    *before, last = cut
    rest = sentence[len(before) :]
    return tuple(before) == sentence[: len(before)] and bool(rest) and rest[0].startswith(last)
