"""C8, in words: a key that a phrase names does what the phrase says.

The walk of whole calls tries each key (`access/keys.py`), but does not reach every phrase: some are said only when a
text fails, when a call is returned or when the line is down. So this file lists, for each phrase, the keys that it may
name, in order; `tests/unit/audit/test_phrase_keys.py` compares the list with the dialogue.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ivr.audit.access.ear import keys_named, tongue_of
from ivr.dialogue.keys import EVERYWHERE
from ivr.library.phrases import CallPhrase
from ivr.library.rules.shelf import Shelf, at
from ivr.model import Problem

FILE = "phrases/call.md"

KEYS_OF: Mapping[str, str] = {
    **{row.offered: key for key, row in EVERYWHERE.items() if row.offered},
    CallPhrase.ARRIVED_MORE: "0",
    CallPhrase.RESUMING: "12",
    CallPhrase.TOUR_KEYS: "1*",
    CallPhrase.GO_ON: "1",
    CallPhrase.GO_ON_AGAIN: "1",
    CallPhrase.AGAIN_TOPIC: "2",
    CallPhrase.SILENT_2: "#",
    CallPhrase.SILENT_3: "0",
    CallPhrase.CONNECTING: "0",
    CallPhrase.CONNECTING_SIGNS: "0",
    CallPhrase.CONNECTING_TEAM: "0",
    CallPhrase.SIGNS_PERSON: "0",
    CallPhrase.SIGNS_TEAM: "0",
    CallPhrase.UNKNOWN_KEY_3: "0",
    CallPhrase.WAITING: "1",
    CallPhrase.STILL_WAITING: "1",
    CallPhrase.UNREACHED: "#",
    CallPhrase.CALLED: "1",
    CallPhrase.DICTATE_OFFER: "12",
    CallPhrase.KEYS_ALOUD: "".join(EVERYWHERE),
    CallPhrase.FORGET_KEY: "3",
    CallPhrase.DID_YOU_SAY: "12",
    CallPhrase.DID_YOU_SAY_EITHER: "123",
    CallPhrase.DID_YOU_SAY_GOODBYE: "12",
    CallPhrase.LACKING: "0",
    CallPhrase.LACKING_BUT: "12",
    CallPhrase.LACKING_URGENT: "0",
    CallPhrase.OTHER_LANGUAGE: "0",
    CallPhrase.FALLBACK_NUMBER: "0",
}
"""A phrase that is not listed names no key. A phrase may leave a key out, and name it again."""


def check_phrase_keys(shelf: Shelf) -> Iterator[Problem]:
    document = shelf.file(FILE)
    if document is None:
        return
    tongue = tongue_of(shelf.library)
    for name, paragraphs in document.sections.items():
        expected = KEYS_OF.get(name, "")
        begun = 0
        for words in paragraphs:
            for key in keys_named(words.text, tongue):
                if key not in expected[begun:]:
                    yield at(document, words.line, "C8", _remedy(key, expected, begun))
                else:
                    begun = expected.index(key, begun)


def _remedy(key: str, expected: str, begun: int) -> str:
    wrong = f"key {_said(key)} does not do what is said here"
    if key in expected[:begun]:
        return f"{wrong}: name the keys in the order {_listed(expected)}, each with what it does"
    return f"{wrong}: name {_listed(expected)}, or no key" if expected else f"{wrong}: name no key"


def _listed(keys: Sequence[str]) -> str:
    return ", then ".join(_said(key) for key in keys)


def _said(key: str) -> str:
    return f"`{key}`"
