"""What callers heard, word by word: when each word, sentence and option was heard. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

from ivr.dialogue.keys import EVERYWHERE
from ivr.library.library import Library
from ivr.library.limits import SECONDS_A_SENTENCE, WORDS_A_MINUTE
from ivr.library.lint.menus import KEY_LAST
from ivr.phone.sounds import Moment, Sound, Speech

ENDS_SENTENCE = re.compile(r"[.!?]['\"\u2019]?$")
NOT_COMPARED = re.compile(r"[^\w']")


@dataclass(frozen=True, slots=True)
class Word:
    """One word, as said and as compared, and its pace: 1.0 is the voice's own."""

    text: str
    bare: str
    begin: float
    end: float
    rate: float


@dataclass(frozen=True, slots=True)
class Sentence:
    """`pause`: seconds of quiet before the next word; None for the last sentence."""

    words: tuple[Word, ...]
    pause: float | None

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def begin(self) -> float:
        return self.words[0].begin

    @property
    def end(self) -> float:
        return self.words[-1].end


@dataclass(frozen=True, slots=True)
class Span:
    """The position of some words in what was heard: `first` and `last` are indexes of words."""

    begin: float
    end: float
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Option:
    """A sentence that offers a key. `key_last`: nothing is said after the key."""

    key: str
    label: tuple[str, ...]
    sentence: Sentence
    key_last: bool

    @property
    def named(self) -> float:
        """When the label has been said completely."""
        return self.sentence.words[len(self.label) - 1].end if self.label else self.sentence.begin


@lru_cache(maxsize=2**14)  # A walk hears millions of words, and a few thousand different ones.
def bare_word(word: str) -> str:
    return NOT_COMPARED.sub("", word.replace("\u2019", "'")).lower()


def bare_words(text: str) -> tuple[str, ...]:
    """The words in the form in which they are compared: without case and punctuation."""
    return tuple(word for word in map(bare_word, text.split()) if word)


@lru_cache(maxsize=2**13)  # Most keys lead to what another key has led to.
def words_heard(moments: tuple[Moment, ...]) -> tuple[Word, ...]:
    spoken = ((m, m.item) for m in moments if isinstance(m.item, Speech | Sound))
    return tuple(word for m, item in spoken for word in _dealt_out(item, m.begin, m.end))


def _dealt_out(speech: Speech | Sound, begin: float, until: float) -> Iterator[Word]:
    """Distributes the time over the words as the rules estimate speech. A recording counts as spoken at its speaker's
    own pace."""
    rate = speech.rate if isinstance(speech, Speech) else 1.0
    found = [word for word in speech.text.split() if bare_word(word)]
    weights = [60 / WORDS_A_MINUTE + SECONDS_A_SENTENCE * bool(ENDS_SENTENCE.search(word)) for word in found]
    scale = (until - begin) / sum(weights) if found else 0.0
    for word, weight in zip(found, weights, strict=True):
        end = begin + weight * scale
        yield Word(word, bare_word(word), begin, end, rate)
        begin = end


def sentences_heard(words: Sequence[Word]) -> tuple[Sentence, ...]:
    """A sentence may extend over several stretches of speech; it ends where its last word shows it."""
    ends = [at for at, word in enumerate(words, start=1) if ENDS_SENTENCE.search(word.text) or at == len(words)]
    starts = [0, *ends][: len(ends)]
    return tuple(
        Sentence(tuple(words[start:end]), words[end].begin - words[end - 1].end if end < len(words) else None)
        for start, end in zip(starts, ends, strict=True)
    )


def find(words: Sequence[Word], text: str) -> Span | None:
    """The first occurrence of these words in a row."""
    wanted = bare_words(text)
    said = " ".join(["", *(word.bare for word in words), ""])
    at = said.find(" ".join(["", *wanted, ""])) if wanted else -1
    if at < 0:
        return None
    first = said.count(" ", 0, at)
    last = first + len(wanted) - 1
    return Span(words[first].begin, words[last].end, first, last)


def find_all(words: Sequence[Word], texts: Iterable[str]) -> Span | None:
    """From the first of these sentences to the last; None unless all were heard."""
    found: list[Span] = []
    for text in texts:
        span = find(words, text)
        if span is None:
            return None
        found.append(span)
    if not found:
        return None
    first, last = min(found, key=lambda span: span.first), max(found, key=lambda span: span.last)
    return Span(first.begin, last.end, first.first, last.last)


@dataclass(frozen=True, slots=True)
class Tongue:
    """How a language tells callers to press a key, learnt from its own menus and phrases: `press`, then at most `gap`
    words (`marque la tecla asterisco`), then a word for a key."""

    press: str
    keys: Mapping[str, str]
    gap: int


def tongue_of(library: Library) -> Tongue:
    named = {row.offered: key for key, row in EVERYWHERE.items() if row.offered and not key.isdigit()}
    phrases = {key: bare_words(words[-1]) for phrase, key in named.items() if (words := library.call.get(phrase))}
    choices = [bare_words(c.voice) for menu in library.menus.values() for c in menu.choices if KEY_LAST.match(c.voice)]
    press = next(iter(_common_ending([words[:-1] for words in choices])), "")
    offers = [words for words in (*choices, *phrases.values()) if press in words]
    gap = max((len(words) - 2 - _last(words, press) for words in offers), default=0)
    return Tongue(press, {words[-1]: key for key, words in phrases.items()} | {key: key for key in "0123456789"}, gap)


def _common_ending(sentences: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """The ending that sentences share; those that do not share the most frequent last word are left out."""
    last = Counter(words[-1] for words in sentences if words).most_common(1)
    alike = [words[::-1] for words in sentences if last and words and words[-1] == last[0][0]]
    shared = takewhile(lambda words: len(set(words)) == 1, zip(*alike, strict=False))
    return tuple(words[0] for words in shared)[::-1]


def _last(words: Sequence[str], word: str) -> int:
    return len(words) - 1 - list(words)[::-1].index(word)


def options_heard(sentences: Iterable[Sentence], tongue: Tongue) -> tuple[Option, ...]:
    return tuple(option for sentence in sentences if (option := _option(sentence, tongue)))


def _option(sentence: Sentence, tongue: Tongue) -> Option | None:
    said = [word.bare for word in sentence.words]
    for press, key in _presses(said, tongue):
        return Option(tongue.keys[said[key]], tuple(said[:press]), sentence, key + 1 == len(said))
    return None


def _presses(said: Sequence[str], tongue: Tongue) -> Iterator[tuple[int, int]]:
    """The indexes of the words that ask to press a key, each with that of the key's name."""
    for press in (at for at, word in enumerate(said) if word == tongue.press):
        behind = range(press + 1, min(press + 2 + tongue.gap, len(said)))
        if key := next((at for at in behind if said[at] in tongue.keys), None):
            yield press, key


def keys_named(text: str, tongue: Tongue) -> tuple[str, ...]:
    """The keys that the words ask to press, in order."""
    said = bare_words(text)
    return tuple(tongue.keys[said[key]] for _, key in _presses(said, tongue))
