"""A signature holds for the words that were read: their code stands beside it on paper, and then in the header."""

from __future__ import annotations

import hashlib
import json
import re

from ivr.library.document import Document
from ivr.model import Topic

NOT_WORDS = frozenset(
    {
        "facts",
        "keywords",
        "hints",
        "origin",
        "source",
        "reviewed",
        "reviewer",
        "checked",
        "signed",
        "outside",
        "longer",
    },
)
"""Header entries that nobody hears or reads: how words are found and counted, where they come from, who signed them."""
DIGITS = 8
CODE = re.compile(rf"[0-9a-f]{{{DIGITS}}}")


def code_of(document: Document) -> str:
    """Eight hexadecimal digits for the words of a file: of a topic title, offer, and all under Voice and Text; of other
    files all that is not in NOT_WORDS. Line ends, and the order of header lines, make no other code. Names
    count as they are heard; {helpline} as it is written: that number is a setting. A recording is no words."""
    header = {
        name: [entry.words.text, {key: words.text for key, words in entry.under.items()}]
        for name, entry in document.header.items()
        if name not in NOT_WORDS
    }
    sections = {name: [words.text for words in section] for name, section in document.sections.items()}
    return hashlib.sha256(json.dumps([header, sections], sort_keys=True).encode()).hexdigest()[:DIGITS]


def date_line(topic: Topic) -> str:
    """The header line that holds the date of the signature: of the source, `reviewed:` is its own last review."""
    return "checked" if topic.origin == "source" else "reviewed"


def is_unsigned(topic: Topic) -> bool:
    """Whether words from outside, or words that bear a name or a code, lack a signature that is theirs. Words of the
    source without either wait for none."""
    wanted = topic.origin == "outside" or topic.reviewer or topic.signed
    return bool(wanted) and not (has_name_and_date(topic) and topic.signed == topic.words_code)


def has_name_and_date(topic: Topic) -> bool:
    return bool(topic.reviewer and (topic.checked if date_line(topic) == "checked" else topic.reviewed))
