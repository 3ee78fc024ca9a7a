"""Words that texters send: how they are compared, and the headings of words.md that list them."""

import re
import unicodedata

MOVES = ("more", "back", "again", "menu", "keys", "call", "forget", "stop")
"""Words that a whole text may be; those of several words may also stand inside one."""
URGENT = "urgent"
"""Words of danger: they may stand anywhere in a text."""
ALONE = "alone"
"""Keywords that count only as a whole text."""
DISTRESS = "distress"
"""Words of despair: they may stand anywhere in a text."""
DANGER_WHERE, DANGER_WHAT = "danger-where", "danger-what"
"""Parts of the body, and complaints: danger where both stand side by side."""
ASK_FIRST = "ask-first"
"""Words beside which a keyword may mean something else."""
POLITE = "polite"
"""Words that add nothing to a text."""
DISCREET = "discreet"
"""Words that a locked screen must not show."""
SMALL = "small"
"""Words that do not tell two choices apart."""

STOP_OBJECTS = "stop-objects"
"""What a wish to stop is about, where its own words do not say so: texts, messages."""
COURTESY = "courtesy"
"""Words around a wish to stop that make no other wish of it."""

YES, NO = "yes", "no"
"""Words that take what a question offers, and that do not."""

OTHER_WORDS = (
    YES,
    NO,
    STOP_OBJECTS,
    COURTESY,
    ALONE,
    DISTRESS,
    DANGER_WHERE,
    DANGER_WHAT,
    ASK_FIRST,
    POLITE,
    DISCREET,
    SMALL,
)
"""Headings that a language may do without."""

LONGEST_TEXT = 1600
"""Signs of a text that are looked at: as many as a carrier delivers."""

Phrase = tuple[str, ...]


def normalised(written: str) -> Phrase:
    """Words in capitals, without accents, apostrophes or signs."""
    letters = unicodedata.normalize("NFKD", written[:LONGEST_TEXT])
    plain = "".join(sign for sign in letters if not unicodedata.combining(sign)).upper()
    return tuple(re.findall(r"[^\W_]+", re.sub(r"['\u2018\u2019`]", "", plain)))
