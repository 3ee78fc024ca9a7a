"""Words that texters send: how they are compared, and the headings of words.md that list them."""

import re
import unicodedata
from collections.abc import Iterable

MOVES = ("more", "back", "again", "menu", "keys", "call", "forget")
"""Words that can be a whole text. The first of each is the one that the line itself names."""
ALONE = "alone"
"""Keywords that count only as a whole text."""
DISCREET = "discreet"
"""Words that a locked screen must not show."""
SMALL = "small"
"""Words that do not distinguish two choices."""

NEVER_SAID, STILL_SAID = "never said", "still said"
"""What would be a diagnosis or false comfort, and what may be said although it holds such words."""
SOOTHING = "soothing"
"""What is not said after warning signs."""

SUBJECT = "subject"
"""How words begin that only this line's subject has."""

NEVER_SENT = (ALONE, DISCREET, SMALL, NEVER_SAID, STILL_SAID, SOOTHING, SUBJECT)
"""Optional headings, of words that other rules need."""

APOSTROPHES, WORD = re.compile(r"['\u2018\u2019`]"), re.compile(r"[^\W_]+")

LONGEST_TEXT = 1600
"""How many characters of a text are read: as many as a carrier delivers."""

Phrase = tuple[str, ...]


def pattern_of(listed: Iterable[str]) -> re.Pattern[str]:
    """Finds any of these, each a few whole words, of which the last may end in a star; nothing if there are none."""
    either = "|".join(re.escape(words).replace(r"\*", r"\w*") for words in listed if words)
    return re.compile(rf"\b(?:{either})\b" if either else "(?!)", re.IGNORECASE)


def normalised(written: str) -> Phrase:
    """Words in capitals, without accents, apostrophes or punctuation."""
    return _normalised(written[:LONGEST_TEXT])


def every_word(written: str) -> frozenset[str]:
    """The same of a text of any length, each word once."""
    return frozenset(_normalised(written))


def _normalised(written: str) -> Phrase:
    letters = unicodedata.normalize("NFKD", written)
    bare = letters if letters.isascii() else "".join(one for one in letters if not unicodedata.combining(one))
    return tuple(WORD.findall(APOSTROPHES.sub("", bare.upper())))
