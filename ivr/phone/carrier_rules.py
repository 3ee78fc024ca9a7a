"""Which verbs, attributes and nesting the carrier accepts, and the code it logs otherwise. As tables.

Codes are the carrier's own where its dictionary has one for the case, otherwise 12200 (schema). Only what other
carriers accept too is allowed: so no Pause in a Gather, which Somleng refuses. GET is allowed for Gather only: a
document hosted as a static file needs it.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element

from ivr.phone.refused import Refused

SCHEMA = 12200


class AttributeRule(NamedTuple):
    pattern: str
    code: int = SCHEMA


_ANY = AttributeRule(r".*")
_BOOLEAN = AttributeRule(r"true|false")
_LANGUAGE = AttributeRule(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_RATE = AttributeRule(r"\d{1,4}(\.\d+)?%|x-slow|slow|medium|fast|x-fast|default")
_TIME = AttributeRule(r"(10(\.0+)?|\d(\.\d+)?)s|(10000|\d{1,4})ms")
_VOICE = AttributeRule(r"man|woman|alice|Polly\.\w+(-Neural|-Generative|-Long-Form)?|Google\.[\w-]+", 13511)
_HINTS = AttributeRule(r"(?s:[^,]{1,100}(,[^,]{1,100}){0,499})?")
_STRENGTH = AttributeRule(r"none|x-weak|weak|medium|strong|x-strong")

ATTRIBUTES: dict[str, dict[str, AttributeRule]] = {
    "Response": {},
    "Say": {"voice": _VOICE, "language": _LANGUAGE, "loop": AttributeRule(r"\d+", 13510)},
    "Play": {"loop": AttributeRule(r"\d+", 13410), "digits": AttributeRule(r"[0-9A-D#*w]+")},
    "Pause": {"length": AttributeRule(r"[1-9]\d*", 13910)},
    "Gather": {
        "action": _ANY,
        "actionOnEmptyResult": _BOOLEAN,
        "bargeIn": _BOOLEAN,
        "enhanced": _BOOLEAN,
        "finishOnKey": AttributeRule(r"[0-9#*]*", 13310),
        "hints": _HINTS,
        "input": AttributeRule(r"dtmf|speech|dtmf speech|speech dtmf"),
        "language": _LANGUAGE,
        "method": AttributeRule(r"(?i:post|get)", 13312),
        "numDigits": AttributeRule(r"[1-9]\d*", 13314),
        "profanityFilter": _BOOLEAN,
        "speechModel": _ANY,
        "speechTimeout": AttributeRule(r"auto|[1-9]\d*", 13327),
        "timeout": AttributeRule(r"[1-9]\d*", 13313),
    },
    "Dial": {
        "action": _ANY,
        "answerOnBridge": _BOOLEAN,
        "callerId": AttributeRule(r"\+?\d{3,15}", 13214),
        "hangupOnStar": AttributeRule(r"true|false", 13213),
        "method": AttributeRule(r"(?i:post)", 13210),
        "record": AttributeRule(r"do-not-record|false", 13217),
        "ringTone": AttributeRule(r"[a-z]{2}(-old)?"),
        "timeLimit": AttributeRule(r"[1-9]\d*", 13216),
        "timeout": AttributeRule(r"[1-9]\d*", 13212),
    },
    "Number": {"sendDigits": AttributeRule(r"[0-9#*wW]+", 13222)},
    "Redirect": {"method": AttributeRule(r"(?i:post)", 13710)},
    "Hangup": {},
    "Reject": {"reason": AttributeRule(r"rejected|busy")},
    "Message": {
        "action": _ANY,
        "from": AttributeRule(r"\+?\d{3,15}", 14102),
        "method": AttributeRule(r"(?i:post)", 14104),
        "statusCallback": _ANY,
        "to": AttributeRule(r"\+?\d{3,15}", 14101),
    },
    "Body": {},
    "Media": {},
    "break": {"strength": _STRENGTH, "time": _TIME},
    "emphasis": {"level": AttributeRule(r"strong|moderate|reduced")},
    "lang": {"xml:lang": _LANGUAGE},
    "p": {},
    "phoneme": {"alphabet": AttributeRule(r"ipa|x-sampa"), "ph": AttributeRule(r".+")},
    "prosody": {"rate": _RATE, "volume": _ANY, "pitch": _ANY},
    "s": {},
    "say-as": {"interpret-as": AttributeRule(r"[a-z-]+"), "format": _ANY, "role": _ANY},
    "sub": {"alias": AttributeRule(r"(?s:.+)")},
    "w": {"role": _ANY},
}

_AUDIO = frozenset({"Say", "Play", "Pause"})
_SPOKEN = frozenset({"break", "emphasis", "lang", "p", "phoneme", "prosody", "s", "say-as", "sub", "w"})
_VOICE_VERBS = _AUDIO | {"Gather", "Dial", "Redirect", "Hangup", "Reject"}
_TEXT_VERBS = frozenset({"Message", "Redirect"})
_NO_CHILDREN: frozenset[str] = frozenset()

NESTED: dict[str, tuple[frozenset[str], int]] = {
    "Gather": (_AUDIO - {"Pause"}, 13320),
    "Dial": (frozenset({"Number"}), 13215),
    "Message": (frozenset({"Body", "Media"}), SCHEMA),
    **dict.fromkeys(("Say", "emphasis", "lang", "p", "prosody", "s", "w"), (_SPOKEN, SCHEMA)),
}
_HOLDS_TEXT = {"Say", "Play", "Dial", "Number", "Redirect", "Message", "Body", "Media", *_SPOKEN} - {"break"}


def check_voice(response: Element) -> None:
    _check(response, _VOICE_VERBS, SCHEMA)


def check_texting(response: Element) -> None:
    _check(response, _TEXT_VERBS, SCHEMA)


def _check(element: Element, allowed: frozenset[str], code: int) -> None:
    for problem in _problems(element):
        raise problem
    for child in element:
        if child.tag not in allowed:
            raise Refused(code, f"<{child.tag}> is not taken inside <{element.tag}>")
        _check(child, *NESTED.get(child.tag, (_NO_CHILDREN, SCHEMA)))


def _problems(element: Element) -> Iterator[Refused]:
    known = ATTRIBUTES[element.tag]
    for name, value in attributes(element).items():
        if name not in known:
            yield Refused(SCHEMA, f"<{element.tag}> has no attribute {name}")
        elif not re.fullmatch(known[name].pattern, value):
            yield Refused(known[name].code, f"<{element.tag} {name}={value!r}> is not taken")
    between = [element.text, *(child.tail for child in element)]
    if element.tag not in _HOLDS_TEXT and any((text or "").strip() for text in between):
        yield Refused(SCHEMA, f"<{element.tag}> holds text of its own")


def attributes(element: Element) -> dict[str, str]:
    """The attributes, with `{http://www.w3.org/XML/1998/namespace}lang` as `xml:lang`."""
    return {name.replace("{http://www.w3.org/XML/1998/namespace}", "xml:"): v for name, v in element.items()}
