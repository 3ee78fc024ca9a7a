"""What can be learned from a text that was not understood: which of its words the line does not know."""

from __future__ import annotations

from ivr.library.library import Library
from ivr.listening.listening import listening_of
from ivr.listening.normalise import split_words

SHORTEST, LONGEST = 3, 20
MOST_WORDS = 5
"""Most words taken from one text: enough to learn from, too few to give away a letter."""


def unknown_words(library: Library, written: str) -> tuple[str, ...]:
    """The first unknown words, each once, in capitals. Only words made of letters: nothing with a digit gets
    through."""
    listening = listening_of(library)
    plain = (word for word in split_words(written).words if word.isalpha() and SHORTEST <= len(word) <= LONGEST)
    new = dict.fromkeys(word.upper() for word in plain if not listening.knows(word))
    return tuple(new)[:MOST_WORDS]
