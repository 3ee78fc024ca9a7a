"""What to do about a character that may not stand in a pattern."""

from __future__ import annotations

import re

REMEDIES = (
    (r"\[[^\[\]]*\]", "write the name of a class in small letters, digits and hyphens: `[upper-arm]`"),
    (r"\[", "close the bracket: `[arm]`"),
    (r"\(.*\(", "put no bracket within a bracket, and close each"),
    (r"\(\s*\)", "write words between these brackets, or remove them"),
    (r"\(", "close the bracket: `(no one/nobody)`"),
    (r"[\])]", "open this bracket, `[` or `(`, or remove it"),
    (r"[,;]", "write `leg/arm` where either will do, or give each a line of its own"),
    (r"[\"\u201c-\u201f\u00ab\u00bb]", "write the words without quotation marks"),
    (r"\?", "write `so?`, without a space, for a word that may be left out, and no question mark"),
    (r"!", "write the words without an exclamation mark"),
    (r"\u2026", "write `...` as three full stops"),
    (r"\.\d", "write a number with a point as a range: `(100.4 to 109)`"),
    (r"\.", "write no full stop, and two or three of them, `..` or `...`, for other words between"),
    (r"[-\u2010-\u2015\u2212]", "write a space in place of a hyphen or dash"),
    (r"/", "write no space before or after a slash, and a word on both sides: `leg/arm`"),
    (r"\*", "write a star right after the letters that a word begins with: `cough*`"),
    (r"&", "write `and`"),
    (r"[+|]", "write `and` for the word, or `leg/arm` where either will do"),
)


def remedy_of(rest: str) -> str:
    """What the author should do. `rest`: the pattern from the first invalid character on."""
    return next((remedy for sign, remedy in REMEDIES if re.match(sign, rest)), "write words, or remove it")
