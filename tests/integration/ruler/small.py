"""Toy survey: a small library, and turns, calls and texts made by hand. No word of the real content."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from ivr.audit.access.journeys import Journeys
from ivr.audit.access.survey import Survey
from ivr.audit.access.text_walk import Texts
from ivr.audit.access.turns import DIAL, SILENCE, Acts, Journey, ObservedTurn, Walk
from ivr.dialogue.url import to_path
from ivr.library.library import Library
from ivr.model import Choice, Language, Menu, Pace, Position, Prompt, Segment, State, Topic
from ivr.phone.handset import Gather, Moment, Silence, Sound, Speech, TextsReceived

NUMBER = "+12025550100"
SPOKEN = "1, 2 0 2, 5 5 5, 0 1 0 0"


def topic(name: str, *segments: Segment, origin: str = "source", **signed: str) -> Topic:
    signature = {"reviewed": "2020-01-01", "reviewer": "", **signed}
    return Topic(name, f"{name.title()}s", f"For {name}s, press 1.", segments, origin, "a book", **signature)


APPLE = topic(
    "apple",
    Segment("An apple is red. It is round.", "Red apple.", ("G1",), ("APPLE",)),
    Segment("An apple can be sweet.", "Sweet apple.", ("G2",)),
)
PEAR = topic("pear", Segment("A pear is green.", "Green pear.", ("G3",), ("PEAR",)))
SALT = topic(
    "salt",
    Segment("Salt is white.", "White salt.", ("X2", "X1"), ("URGENT",), signs=("white",)),
    origin="outside",
    reviewer="A. Doctor",
    signed="5a175a17",
    words_code="5a175a17",
)

LIBRARY = Library(
    Language("en", "English", "en-US", "Voice", reading="Flesch-Kincaid"),
    menus={
        "main": Menu(
            "main",
            "Main menu",
            (
                Choice("1", "fruit", "For fruit, press 1.", "1 fruit"),
                Choice("2", "salt", "For salt, press 2.", "2 salt"),
            ),
            silent=("apple",),
            person="pear",
            urgent="salt",
        ),
        "fruit": Menu(
            "fruit",
            "Fruit",
            (
                Choice("1", "apple", "For apples, press 1.", "11 apples"),
                Choice("2", "pear", "For pears, press 2.", "12 pears"),
            ),
        ),
    },
    topics={"apple": APPLE, "pear": PEAR, "salt": SALT},
    call={
        "arrived": ("Small Line.",),
        "back-key": ("To go back, press star.",),
        "again-key": ("To hear this again, press pound.",),
        **{f"silent-{n}": (f"Silence {n}.",) for n in (1, 2, 3)},
        **{f"unknown-key-{n}": (f"Other key {n}.",) for n in (1, 2, 3)},
        "fault": (f"Call {SPOKEN}.",),
        "language-key": ("For English, press 6.",),
    },
    text={},
    names={"line": "Small Line", "emergency": "911"},
    words={
        "more": ("MORE",),
        "keys": ("KEYS",),
        "discreet": ("TUMOR",),
        "small": ("THE", "FOR"),
        "1": ("ONE",),
        "never said": ("WAIT AND SEE", "YOU HAVE GOUT*"),
        "still said": ("SAY YOU HAVE GOUT",),
        "soothing": ("NO HURRY",),
    },
)
OTHER = replace(
    LIBRARY, language=Language("xx", "Other", "xx-XX", "Voix"), call={"language-key": ("Autrement, press 6.",)}
)
FACTS = {
    "G1": "Apples are red and round.",
    "G2": "Apples can be sweet.",
    "G3": "Pears are green.",
    "X1": "If it burns, call 911.",
    "X2": "Salt is white.",
}
PERSON, MENU = "For a person, press 0.", ("For fruit, press 1.", "For salt, press 2.")
GREETING = ("Small Line.", "If it burns, call 9 1 1.", PERSON, *MENU)


def at(name: str = "main", part: int = 0, prompt: Prompt = Prompt.PLAIN, tries: int = 0, **more: Any) -> str:
    """A place as a path."""
    resuming = more.pop("resuming", False)
    return to_path(State("en", Position(name, part, resuming), prompt=prompt, tries=tries, **more))


HOME, HELLO = at(), at(prompt=Prompt.ARRIVED)
FRUIT, SALTY = at("fruit"), at("salt", 1)
SLOW = Pace.SLOW


def speech(text: str, rate: float = 1.0, live: bool = True, language: str = "en-US") -> Speech:
    words, sentences = len(text.split()), text.count(".") + text.count("?")
    voice = "Voice" if language == "en-US" else "Voix"
    return Speech(text, voice, language, rate, live, words * 0.4 / rate + sentences * 0.35)


def gather(timeout: float = 10.0, **more: Any) -> Gather:
    given = {"num_digits": 1, "finish_on_key": "", "action_on_empty_result": True, "takes_keys": True, **more}
    return Gather(audio=(), action="/voice/somewhere", timeout=timeout, **given)


def moments(items: Sequence[Speech | Silence | Sound]) -> tuple[Moment, ...]:
    ends = [sum(item.seconds for item in items[: n + 1]) for n in range(len(items))]
    return tuple(Moment(end - item.seconds, end, item) for item, end in zip(items, ends, strict=True))


def turn(there: str | None, *said: str | Speech, act: str = "1", here: str | None = None, **more: Any) -> ObservedTurn:
    """Each sentence is followed by a `pause`; then the line listens for `wait` seconds, or dials, or is gone."""
    pause, wait, rate = more.pop("pause", 0.7), more.pop("wait", 10.0), more.pop("rate", 1.0)
    live, listening = more.pop("live", True), more.pop("listening", None)
    items: list[Speech | Silence | Sound] = [Sound(url, live) for url in more.pop("recordings", ())]
    for words in said:
        items += [words if isinstance(words, Speech) else speech(words, rate, live), Silence(pause, live)]
    if there and not more.get("dialling"):
        listening = listening or gather(wait)
    verbs = more.pop("verbs", ("Gather", "Redirect") if there else ("Hangup",))
    return ObservedTurn(here, act, there, moments(items), listening, verbs=verbs, **more)


def arrival(*said: str | Speech, **more: Any) -> ObservedTurn:
    return turn(more.pop("there", HELLO), *(said or GREETING), act=DIAL, **more)


def walk(*turns: ObservedTurn, arrivals: Sequence[ObservedTurn] = (), alike: dict[str, str] | None = None) -> Walk:
    """Turns by the place they start from."""
    found: dict[str, dict[str, ObservedTurn]] = {}
    for one in turns:
        found.setdefault(str(one.here), {})[one.act] = one
    acts: dict[str, Acts] = dict(found)
    return Walk(tuple(arrivals) or (arrival(),), acts, alike or {})


def silence(here: str, there: str | None, *said: str, **more: Any) -> ObservedTurn:
    return turn(there, *said, act=SILENCE, here=here, **more)


def journey(*turns: ObservedTurn, number: str = "anonymous") -> Journey:
    begins, now = [], 0.0
    for one in turns:
        begins.append(now)
        now += one.seconds + (one.listening.timeout if one.listening else 0.0)
    return Journey(turns, tuple(begins), now, number)


def journeys(**changes: Any) -> Journeys:
    calm = journey(arrival())
    names = ("silent", "hasty", "waiting", "resets", "again", "unreached", "paced", "paced_next", "left", "returned")
    more = ("carried_on", "forgotten", "withheld", "stranger", "withheld_next", "texted")
    return Journeys(**{**dict.fromkeys((*names, *more), calm), "odd": (), "stops_at": Position("apple", 2), **changes})


def answer(*texts: str) -> TextsReceived:
    return TextsReceived(texts)


def texts(**changes: Any) -> Texts:
    names = ("numbers", "keywords", "moves", "unknown", "carrier", "opted_out", "stop_in_a_sentence", "in_a_row")
    empty: dict[str, Any] = {name: {} for name in (*names, "chains", "alike")}
    return Texts(**{**empty, "after_forget": answer("Small Line"), **changes})


def survey(
    walked: Walk | None = None, calls: Journeys | None = None, letters: Texts | None = None, **more: Any
) -> Survey:
    given = {
        "libraries": {"en": LIBRARY},
        "facts": FACTS,
        "glossary": {},
        "longer": frozenset({"X2"}),
        "outside": "X",
        **more,
    }
    return Survey(walk=walked or walk(), journeys=calls or journeys(), texts=letters or texts(), **given)
