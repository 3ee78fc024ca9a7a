"""Every key at every place of the real content, through the handset: what is heard is valid, leads home, and is all
of the facts. The same for texts, by number alone and by keyword alone."""

from collections import deque
from dataclasses import dataclass, field, replace
from functools import partial
from statistics import median

import pytest

from ivr.dialogue.path import from_path
from ivr.library.library import HOME
from ivr.library.measures import sentences
from ivr.model import Cue, Pace, Place, Spot
from ivr.phone.call import Call
from ivr.phone.handset import Handset

KEYS = "0123456789*#"
SILENCE = "silence"
NOBODY, TALK = "no-answer", "completed"


@dataclass
class Walk:
    """What was found: what each act at each place led to, by the place's path: (what was said, the path there)."""

    turns: dict[str, dict[str, tuple[str, str | None]]] = field(default_factory=dict)
    heard: set[Spot] = field(default_factory=set)


def place_of(call):
    """The path that says where the caller is; None once the call is over."""
    return call.action and call.action.removeprefix("/voice/")


def acts_at(call):
    """All that a person can do now, each to be done once."""
    if call.dialling:
        return {
            NOBODY: lambda call: call.dial_ends(NOBODY),
            TALK: lambda call: call.dial_ends(TALK),
            "*": lambda call: call.press("*"),
        }
    return {SILENCE: Call.wait, **{key: partial(Call.press, keys=key) for key in KEYS}}


def kind_of(path):
    """Places that differ only in how fast they are spoken, or in how long a wait has lasted, are walked once."""
    place = from_path(path)
    tries = min(place.tries, 3)
    return replace(place, pace=Pace.NORMAL, tries=tries)


def check_turn(call: Call):
    assert call.warnings == ()
    if call.listening:
        gather = call.listening
        assert (gather.num_digits, gather.finish_on_key, gather.action_on_empty_result) == (1, "", True)
        assert gather.timeout >= 10
        assert call.said
        assert call.document.count("<Gather") == 1
        before, _, inside = call.document.partition("<Gather")
        assert "<Say" not in before
        assert "<Say" not in inside.partition("</Gather>")[2]


def spots_heard(call, library):
    return {
        Spot(topic.name, part)
        for topic in library.topics.values()
        for part, segment in enumerate(topic.segments, start=1)
        if all(sentence in call.said for sentence in sentences(segment.voice))
    }


@pytest.fixture(scope="module")
def walk(line, line_env, content):
    """Begins at the greeting and at the offer to carry on; presses every key, and none, wherever that leads."""
    handset = Handset(line, line_env["TWILIO_AUTH_TOKEN"], "anonymous", status_callbacks=False)
    library = content.libraries["en"]
    found = Walk()
    waiting = deque([place_of(handset.call()), "en/normal/new/arrived.0/resume.one-area.2"])
    walked = set()
    while waiting:
        here = waiting.popleft()
        if kind_of(here) in walked:
            continue
        walked.add(kind_of(here))
        found.turns[here] = {}
        for name, act in acts_at(standing_at(handset, here)).items():
            call = standing_at(handset, here)
            act(call)
            check_turn(call)
            found.heard |= spots_heard(call, library)
            found.turns[here][name] = (call.said, place_of(call))
            waiting.extend([place_of(call)] if place_of(call) else [])
    return found


def standing_at(handset, path):
    """A call whose caller has just heard this place: `#` says it again."""
    call = replace(handset, voice_url=f"/voice/{path}").call(Digits="#")
    assert place_of(call) == path
    return call


def listening_places(walk):
    return {path: turns for path, turns in walk.turns.items() if from_path(path).cue is not Cue.CALLING}


def test_the_walk_went_everywhere(walk, content):
    library = content.libraries["en"]
    spots = {from_path(path).spot for path in walk.turns}
    assert {Spot(name) for name in library.menus} <= spots
    assert {Spot(t.name, part) for t in library.topics.values() for part in range(1, len(t.segments) + 1)} <= spots
    assert {from_path(path).cue for path in walk.turns} >= set(Cue) - {Cue.MOVED, Cue.ENDED}


def test_all_facts_are_heard(walk, content):
    library = content.libraries["en"]
    heard = {fact for spot in walk.heard for fact in library.segment(spot).facts}
    assert heard == set(content.facts)
    assert len(heard) == 39


def test_again_repeats_exactly_everywhere(walk):
    """`#` at a place says what was said when the caller came there, by whatever key."""
    said_at = {}
    for turns in walk.turns.values():
        for said, there in turns.values():
            if there is not None:
                said_at.setdefault(there, set()).add(said)
    for path, turns in listening_places(walk).items():
        said, there = turns["#"]
        assert there == path
        if path in said_at:
            assert said_at[path] == {said}


def test_a_person_is_one_key_away_everywhere(walk):
    for path, turns in listening_places(walk).items():
        assert from_path(turns["0"][1]).cue is Cue.CALLING, path


def test_home_is_two_keys_away_everywhere(walk):
    home = {}
    for path, turns in listening_places(walk).items():
        home.setdefault(from_path(path).spot, set()).add(from_path(turns["*"][1]).spot)
    for path, turns in listening_places(walk).items():
        above = from_path(turns["*"][1]).spot
        assert above == Spot(HOME) or home[above] == {Spot(HOME)}, path


def test_every_place_can_be_waited_at_and_spoken_slower(walk):
    for path, turns in listening_places(walk).items():
        assert from_path(turns["8"][1]).cue is Cue.WAITING, path
        assert from_path(turns["7"][1]).pace is not from_path(path).pace, path


def test_warning_signs_are_near_everywhere(walk):
    urgent = Spot("urgent", 1)
    for path, turns in listening_places(walk).items():
        if from_path(path) in (Place("en", Spot(HOME)), Place("en", Spot(HOME), cue=Cue.ARRIVED)):
            assert from_path(turns["4"][1]).spot == urgent


def test_every_fact_is_three_presses_away(walk, content):
    """Silence goes on through a topic, so only keys count."""
    library = content.libraries["en"]
    presses = fewest_presses(walk)
    needed = {fact: cost for spot, cost in presses.items() for fact in library.segment(spot).facts}
    for spot, cost in presses.items():
        for fact in library.segment(spot).facts:
            needed[fact] = min(needed[fact], cost)
    assert needed.keys() == set(content.facts)
    assert max(needed.values()) <= 3
    assert median(needed.values()) <= 2


def fewest_presses(walk):
    """How many keys lead from the greeting to each segment."""
    cost = {next(iter(walk.turns)): 0}
    pending = deque(cost)
    while pending:
        here = pending.popleft()
        for key, (_, there) in walk.turns.get(here, {}).items():
            step = cost[here] + (key != SILENCE)
            if there is not None and step < cost.get(there, 99):
                cost[there] = step
                pending.append(there)
    found = {}
    for path, presses in cost.items():
        place = from_path(path)
        if place.cue is Cue.PLAIN and place.spot.part:
            found[place.spot] = min(presses, found.get(place.spot, 99))
    return found


def test_only_silence_ends_a_call(walk):
    ended = {
        (from_path(path).cue, key)
        for path, turns in walk.turns.items()
        for key, (_, there) in turns.items()
        if there is None
    }
    assert ended == {(Cue.GOODBYE, SILENCE)}


def answer_to(handset, words):
    answer = handset.text(words)
    assert answer.refused is None
    assert answer.encoding == ("GSM-7",) * len(answer.texts)
    assert all(count <= 2 for count in answer.fragments)
    return "".join(answer.texts)


def facts_read(library, text):
    return {
        fact
        for topic in library.topics.values()
        for segment in topic.segments
        if segment.text in text
        for fact in segment.facts
    }


def test_all_facts_can_be_texted_by_number_alone(new_caller, content):
    """Numbers, and MORE for what follows: nobody has to write a word of medicine."""
    library, read = content.libraries["en"], set()
    handset = new_caller()
    for code in ["0", *(str(number) for number in range(1, 100))]:
        text = answer_to(handset, code)
        name = next((name for name, known in library.codes.items() if known == code), None)
        if name in library.topics:
            for _ in library.topics[name].segments[1:]:
                read |= facts_read(library, text)
                text = answer_to(handset, "MORE")
        read |= facts_read(library, text)
    assert read == set(content.facts)


def test_all_facts_can_be_texted_by_keyword_alone(new_caller, content):
    library, read = content.libraries["en"], set()
    for topic in library.topics.values():
        for part, segment in enumerate(topic.segments, start=1):
            for keyword in segment.keywords:
                text = answer_to(new_caller(), keyword.lower())
                assert segment.text in text, f"{keyword} does not lead to {topic.name}.{part}"
                read |= facts_read(library, text)
    assert read == set(content.facts)


def test_a_locked_screen_shows_no_diagnosis(new_caller, content):
    """Unless the texter's own word asked for it."""
    library = content.libraries["en"]
    discreet = library.words["discreet"]
    for words in ["hello", "qwerty", "MORE", "KEYS", *(code for code in library.codes.values() if code)]:
        shown = answer_to(new_caller(), words)[:40].upper()
        assert not [word for word in discreet if word in shown], words


@pytest.mark.parametrize(
    "word",
    [
        "TYPES",
        "SYSTEMIC",
        "CHEMO",
        "HORMONE",
        "LOCAL",
        "RADIATION",
        "SURGERY",
        "FACTORS",
        "QUESTIONS",
        "URGENT",
        "ABOUT",
        "KEYS",
        "PERSON",
    ],
)
def test_the_promised_keywords_are_known(new_caller, content, word):
    opening = content.libraries["en"].text["unclear"][0]
    assert not answer_to(new_caller(), word).startswith(opening)
