"""Every phrase that the line says, texts or prints, each with the slots that are filled when it is used.

A member's value is its heading in `content/<language>/phrases/`. `check` holds these lists against content, and a
phrase that is not listed is a type error: there is no other way to a phrase than by its member. A slot that any phrase
of a kind may have, such as {helpline}, is not listed with each.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class _Phrase(StrEnum):
    """Its value is its heading; `slots` are filled when it is used."""

    slots: frozenset[str]

    def __new__(cls, heading: str, *slots: str) -> _Phrase:
        phrase = str.__new__(cls, heading)
        phrase._value_ = heading
        phrase.slots = frozenset(slots)
        return phrase


class CallPhrase(_Phrase):
    ARRIVED = "arrived"
    ARRIVED_MORE = "arrived-more"
    RESUMING = "resuming"
    AGAIN_KEY = "again-key"
    PACE_KEY = "pace-key"
    PERSON_KEY = "person-key"
    BACK_KEY = "back-key"
    LANGUAGE_KEY = "language-key"
    TEXT_KEY = "text-key"
    FORGET_KEY = "forget-key"
    OVERVIEW = "overview"
    TOUR_KEYS = "tour-keys"
    PLACE = "place", "title", "part", "parts"
    PLACE_FIRST = "place-first", "title", "parts"
    PLACE_AGAIN = "place-again", "title", "part"
    PLACE_SINGLE = "place-single", "title"
    GO_ON = "go-on"
    GO_ON_AGAIN = "go-on-again"
    END_OF_TOPIC = "end-of-topic"
    AGAIN_TOPIC = "again-topic"
    SILENT_1 = "silent-1"
    SILENT_2 = "silent-2"
    SILENT_3 = "silent-3"
    CONNECTING = "connecting"
    SIGNS_PERSON = "signs-person"
    SIGNS_TEAM = "signs-team"
    SIGNS_AGAIN = "signs-again"
    CONNECTING_SIGNS = "connecting-signs"
    CONNECTING_TEAM = "connecting-team"
    UNREACHED_SIGNS = "unreached-signs"
    GOODBYE_SIGNS = "goodbye-signs"
    UNKNOWN_KEY_1 = "unknown-key-1"
    UNKNOWN_KEY_2 = "unknown-key-2"
    UNKNOWN_KEY_3 = "unknown-key-3"
    PACED_SLOWER = "paced-slower"
    PACED_SLOW = "paced-slow"
    PACED_NORMAL = "paced-normal"
    PACED_FAST = "paced-fast"
    PACE_FIXED = "pace-fixed"
    WAITING = "waiting"
    STILL_WAITING = "still-waiting"
    TALKED = "talked"
    UNREACHED = "unreached"
    MOVED = "moved"
    CALLED = "called"
    TEXT_SENT = "text-sent"
    TEXT_LOST = "text-lost"
    TEXT_WITHHELD = "text-withheld"
    TEXT_NO_TEXTS = "text-no-texts"
    TEXT_STOPPED = "text-stopped"
    TEXT_NO_CREDIT = "text-no-credit"
    TEXT_TOO_MANY = "text-too-many"
    TEXT_FAILED = "text-failed"
    DICTATE_OFFER = "dictate-offer"
    DICTATED = "dictated"
    KEYS_ALOUD = "keys-aloud"
    FORGOTTEN = "forgotten"
    NOT_FORGOTTEN = "not-forgotten"
    SPEECH = "speech"
    DID_YOU_SAY = "did-you-say", "thing"
    DID_YOU_SAY_EITHER = "did-you-say-either", "thing", "other"
    DID_YOU_SAY_GOODBYE = "did-you-say-goodbye"
    ASKED_AGAIN = "asked-again"
    LACKING = "lacking"
    LACKING_BUT = "lacking-but", "thing"
    LACKING_URGENT = "lacking-urgent"
    OTHER_LANGUAGE = "other-language"
    CHOICES = "choices"
    GOODBYE = "goodbye"
    FAULT = "fault"
    FALLBACK = "fallback"
    FALLBACK_NUMBER = "fallback-number"
    FALLBACK_END = "fallback-end"


class TextPhrase(_Phrase):
    MENU = "menu"
    MENU_END = "menu-end"
    SUBMENU = "submenu", "code"
    SUBMENU_END = "submenu-end"
    KEYS = "keys"
    KEYS_WITH_TEXTS = "keys-with-texts"
    KEYS_ONE_PACE = "keys-one-pace"
    KEYS_ONE_PACE_WITH_TEXTS = "keys-one-pace-with-texts"
    LOST = "lost"
    UNCLEAR = "unclear"
    UNASKED = "unasked"
    UNASKED_MORE = "unasked-more"
    AFTER_WARNING = "after-warning"
    AFTER_DESPAIR = "after-despair"
    PICTURE = "picture"
    FAULT = "fault"
    SEGMENT = "segment", "code", "part", "parts"
    SEGMENT_SINGLE = "segment-single", "code"
    TAIL_MORE = "tail-more", "next"
    TAIL_NEXT = "tail-next", "next"
    TAIL_BEFORE = "tail-before", "code"
    TAIL_LAST = "tail-last"
    TAIL_HELP = "tail-help"
    DO_YOU_MEAN = "do-you-mean", "thing", "code"
    DO_YOU_MEAN_EITHER = "do-you-mean-either", "thing", "code", "other", "other-code"
    MEANING_DESPAIR = "meaning-despair"
    LAST_PART = "last-part", "thing", "code"
    LACKS = "lacks"
    LACKS_BUT = "lacks-but", "thing", "code"
    LACKS_PERSON = "lacks-person"
    LACKS_URGENT = "lacks-urgent"
    LACKS_LANGUAGE = "lacks-language"
    LANGUAGE_TEXT = "language-text"
    CALLING = "calling"
    NOT_CALLED = "not-called"
    CALLED_OFTEN = "called-often"
    NO_CALLS = "no-calls"
    FORGOTTEN = "forgotten"
    NOT_FORGOTTEN = "not-forgotten"
    STOPPED = "stopped"
    NOT_STOPPED = "not-stopped"
    TO_STOP = "to-stop"
    STARTED = "started"
    NOT_STARTED = "not-started"
    HELP = "help"
    TOO_MANY = "too-many"
    FALLBACK = "fallback"


class LeafletPhrase(_Phrase):
    ABOUT = "about"
    NUMBER = "number"
    EMERGENCY = "emergency"
    CALLS = "calls"
    CODES = "codes"
    TEXTS = "texts"
    PERSON = "person"
    ADVICE = "advice"
    FROM = "from"
    KEY_PERSON = "key-person"
    KEY_BACK = "key-back"
    KEY_AGAIN = "key-again"
    KEY_LANGUAGE = "key-language"
    KEY_PACE = "key-pace"
    KEY_WAIT = "key-wait"
    KEY_TEXT = "key-text"


PHRASES: Mapping[str, type[_Phrase]] = {
    "phrases/call.md": CallPhrase,
    "phrases/text.md": TextPhrase,
    "phrases/leaflet.md": LeafletPhrase,
}
"""By file, in the order in which a writer should write them."""

ARRIVAL_KEYS = (CallPhrase.PACE_KEY,)
"""Said after the choices on arrival. Few, so that a caller who presses nothing soon hears the overview; the greeting
has already named the key for a person."""
HOME_KEYS = (CallPhrase.PERSON_KEY, CallPhrase.AGAIN_KEY)
"""Said after the choices of the main menu."""
MENU_KEYS = (CallPhrase.BACK_KEY, CallPhrase.PERSON_KEY, CallPhrase.AGAIN_KEY)
"""Said after the choices of any other menu."""
