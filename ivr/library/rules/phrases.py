"""Phrases: all there, with the slots that will be filled and no other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ivr.library.kinds import meant
from ivr.library.rules.shelf import Shelf, at
from ivr.library.rules.slots import NONE, SPOKEN, TEXTED, check_slots
from ivr.model import Pace, Problem

CALL_PHRASES: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(
        ("arrived", "arrived-more", "resuming", "again-key", "pace-key", "person-key", "back-key", "overview"), NONE
    ),
    "place": frozenset({"title", "part", "parts"}),
    "place-first": frozenset({"title", "parts"}),
    "place-again": frozenset({"title", "part"}),
    "place-single": frozenset({"title"}),
    **dict.fromkeys(("go-on", "go-on-again", "end-of-topic", "again-topic", "language-key"), NONE),
    **dict.fromkeys((f"silent-{tries}" for tries in (1, 2, 3)), NONE),
    **dict.fromkeys((f"unknown-key-{tries}" for tries in (1, 2, 3)), NONE),
    **dict.fromkeys((f"paced-{pace}" for pace in Pace), NONE),
    **dict.fromkeys(("waiting", "still-waiting", "talked", "moved"), NONE),
    **dict.fromkeys(("unreached", "goodbye", "fault", "called"), NONE),
    **dict.fromkeys(("text-key", "text-sent", "text-lost", "dictate-offer", "dictated", "keys-aloud"), NONE),
    **dict.fromkeys(("text-withheld", "text-no-texts", "text-stopped"), NONE),
    **dict.fromkeys(("text-no-credit", "text-too-many", "text-failed"), NONE),
    **dict.fromkeys(("forget-key", "forgotten", "not-forgotten"), NONE),
    **dict.fromkeys(("fallback", "fallback-number", "fallback-end"), NONE),
}
"""Every phrase of a call and the slots that are filled when it is said, besides those that may stand anywhere."""

TEXT_PHRASES: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(
        (
            "menu",
            "menu-end",
            "submenu-end",
            "keys",
            "keys-with-texts",
            "lost",
            "unclear",
            "picture",
            "fault",
            "tail-last",
        ),
        NONE,
    ),
    **dict.fromkeys(("lacks", "lacks-person", "one-language"), NONE),
    **dict.fromkeys(("calling", "not-called", "called-often", "no-calls", "forgotten", "not-forgotten"), NONE),
    **dict.fromkeys(
        ("stopped", "not-stopped", "started", "not-started", "help", "too-many", "to-stop", "fallback"), NONE
    ),
    "submenu": frozenset({"code"}),
    "segment": frozenset({"code", "part", "parts"}),
    "segment-single": frozenset({"code"}),
    "tail-more": frozenset({"next"}),
    "tail-next": frozenset({"next"}),
    "tail-before": frozenset({"code"}),
    "do-you-mean": frozenset({"thing", "code"}),
    "do-you-mean-either": frozenset({"thing", "code", "other", "other-code"}),
    "last-part": frozenset({"thing", "code"}),
    "lacks-but": frozenset({"thing", "code"}),
}


LEAFLET_PHRASES: Mapping[str, frozenset[str]] = dict.fromkeys(
    (
        *("about", "number", "emergency", "calls", "codes", "texts", "person", "advice"),
        *("key-person", "key-back", "key-again", "key-language", "key-pace", "key-wait", "key-text"),
    ),
    NONE,
)

PHRASES = {"phrases/call.md": CALL_PHRASES, "phrases/text.md": TEXT_PHRASES, "phrases/leaflet.md": LEAFLET_PHRASES}


def check_phrases(shelf: Shelf) -> Iterator[Problem]:
    for file, needed in PHRASES.items():
        document = shelf.file(file)
        if document is None:
            continue
        misspelt = meant(document.sections, needed)
        for name, slots in needed.items():
            if not document.sections.get(name) and name not in misspelt.values():
                remedy = f"write a paragraph under a heading `## {name}`: the line says it"
                yield at(document, document.lines.get(name, 1), "phrases", remedy)
            for words in document.sections.get(name, ()):
                yield from check_slots(document, words, slots | (SPOKEN if file == "phrases/call.md" else TEXTED))
        for name, instead in misspelt.items():
            remedy = f"the line never says `{name}`: {f'write `## {instead}`' if instead else 'take it away'}"
            yield at(document, document.lines[name], "phrases", remedy)
