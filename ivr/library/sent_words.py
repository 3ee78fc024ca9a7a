"""Words that texters send: how they are compared, and the headings of words.md that list them."""

import re
import unicodedata

MOVES = ("more", "back", "again", "menu", "keys")
"""Words that a whole text may be."""
URGENT = "urgent"
"""Words of danger: they may stand anywhere in a text."""
ALONE = "alone"
"""Keywords that count only as a whole text."""
DISCREET = "discreet"
"""Words that a locked screen must not show."""
SMALL = "small"
"""Words that do not tell two choices apart."""

LONGEST_TEXT = 1600
"""Signs of a text that are looked at: as many as a carrier delivers."""

Phrase = tuple[str, ...]


def normalised(written: str) -> Phrase:
    """Words in capitals, without accents, apostrophes or signs."""
    letters = unicodedata.normalize("NFKD", written[:LONGEST_TEXT])
    plain = "".join(sign for sign in letters if not unicodedata.combining(sign)).upper()
    return tuple(re.findall(r"[^\W_]+", re.sub(r"['\u2018\u2019`]", "", plain)))
