"""What can be learned from a text that was not understood: the words in it that the line does not know."""

from __future__ import annotations

from functools import lru_cache

from ivr.dialogue.lexicon import FAMILIES, lexicon_of, stem
from ivr.library.library import Library
from ivr.library.sent_words import normalised

SHORTEST, LONGEST = 3, 20
MOST_WORDS = 5
"""Of one text: enough to learn from, too few to be a letter."""


def unknown_words(library: Library, written: str) -> tuple[str, ...]:
    """The first few, each once. Letters only: nothing that holds a digit gets through, so no number does."""
    known, subjects = _known(library), lexicon_of(library).subjects
    plain = (word for word in normalised(written) if word.isalpha() and SHORTEST <= len(word) <= LONGEST)
    new = dict.fromkeys(word for word in plain if word not in known and stem(word) not in subjects)
    return tuple(new)[:MOST_WORDS]


@lru_cache(maxsize=64)
def _known(library: Library) -> frozenset[str]:
    """Each word of what texters may send, whatever heading lists it."""
    lexicon = lexicon_of(library)
    listed = {word for phrases in library.words.values() for phrase in phrases for word in normalised(phrase)}
    keywords = {word for phrase in lexicon.keywords for word in phrase}
    return frozenset(listed | keywords | {word for words in FAMILIES.values() for word in words})
