"""Words that texters send: how they are compared, and the headings of words.md that list them."""

import re
import unicodedata

MOVES = ("more", "back", "again", "menu", "keys", "call", "forget")
"""Words that can be a whole text. The first of each is the one that the line itself names."""
ALONE = "alone"
"""Keywords that count only as a whole text."""
DISCREET = "discreet"
"""Words that a locked screen must not show."""
SMALL = "small"
"""Words that do not distinguish two choices."""

OTHER_WORDS = (ALONE, DISCREET, SMALL)
"""Optional headings."""

LONGEST_TEXT = 1600
"""How many characters of a text are read: as many as a carrier delivers."""

Phrase = tuple[str, ...]


def normalised(written: str) -> Phrase:
    """Words in capitals, without accents, apostrophes or punctuation."""
    letters = unicodedata.normalize("NFKD", written[:LONGEST_TEXT])
    plain = "".join(character for character in letters if not unicodedata.combining(character)).upper()
    return tuple(re.findall(r"[^\W_]+", re.sub(r"['\u2018\u2019`]", "", plain)))
