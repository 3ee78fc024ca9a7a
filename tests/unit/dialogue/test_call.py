"""Where a caller goes next, as a table, and what holds at every place."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from toy import ENGLISH_ONLY, LIBRARIES

from ivr.dialogue.say import say
from ivr.dialogue.step import step
from ivr.dialogue.transitions import LONGEST_WAIT
from ivr.dialogue.url import from_path, from_text_path, to_path, to_text_path
from ivr.library.library import Library
from ivr.model import (
    Arrived,
    Dial,
    DialEnded,
    Failed,
    Forgotten,
    HangUp,
    Listen,
    Outcome,
    Pace,
    Position,
    Pressed,
    Prompt,
    Remember,
    Reply,
    Segment,
    Silent,
    State,
    TextSent,
)

TOURING = "en/normal/patient-touring/0"
SILENT, NOBODY, TALKED = Silent(), DialEnded(talked=False), DialEnded(talked=True)


def state(path: str) -> State:
    found = from_path(path)
    assert found is not None, path
    return found


def step_to(libraries, here, heard) -> tuple[State, Reply]:
    turn = step(libraries, here, heard)
    return turn.state, turn.reply


def said(reply: Reply) -> str:
    return " ".join(line.words for line in reply.spoken if line.words)


@pytest.mark.parametrize(
    ("here", "heard", "there"),
    [
        # choices, and going on
        ("en/normal/new/0/plain.0/main.0", "1", "en/normal/new/0/plain.0/fruit.0"),
        ("en/normal/new/0/arrived.0/main.0", "2", "en/normal/new/0/plain.0/salt.1"),
        ("en/slow/patient/0/plain.0/fruit.0", "1", "en/slow/patient/0/plain.0/apple.1"),
        ("en/normal/new/0/plain.0/apple.1", "1", "en/normal/new/0/plain.0/apple.2"),
        ("en/normal/new/0/plain.0/apple.1", SILENT, "en/normal/new/0/naming.0/apple.2/after/apple.1"),
        ("en/normal/new/0/naming.0/apple.2/after/apple.1", SILENT, "en/normal/new/0/plain.0/apple.2"),
        ("en/normal/new/0/plain.0/apple.3", "1", "en/normal/new/0/plain.0/pear.1"),
        ("en/normal/new/0/plain.0/apple.3", "2", "en/normal/new/0/plain.0/apple.1"),
        ("en/normal/new/0/plain.0/pear.1", "1", "en/normal/new/0/plain.0/salt.1"),
        ("en/normal/new/0/plain.0/pear.1", "2", "en/normal/new/0/unknown-key.1/pear.1"),
        ("en/normal/new/0/plain.0/salt.2", "1", "en/normal/new/0/unknown-key.1/salt.2"),
        # back
        ("en/normal/new/0/plain.0/apple.3", "*", "en/normal/new/0/plain.0/fruit.0"),
        ("en/normal/new/0/plain.0/salt.1", "*", "en/normal/new/0/plain.0/main.0"),
        ("en/normal/new/0/plain.0/fruit.0", "*", "en/normal/new/0/plain.0/main.0"),
        ("en/normal/new/0/arrived.0/main.0", "*", "en/normal/new/0/plain.0/main.0"),
        ("en/normal/new/0/waiting.3/apple.2", "*", "en/normal/new/0/plain.0/fruit.0"),
        # again
        ("en/normal/new/0/silent.2/apple.2", "#", "en/normal/new/0/silent.2/apple.2"),
        ("en/normal/new/0/waiting.3/main.0", "#", "en/normal/new/0/waiting.3/main.0"),
        # pace
        ("en/normal/new/0/plain.0/apple.2", "7", "en/slow/new/0/paced.0/apple.2"),
        ("en/slow/new/0/paced.0/apple.2", "7", "en/slower/new/0/paced.0/apple.2"),
        ("en/slower/new/0/paced.0/apple.2", "7", "en/fast/new/0/paced.0/apple.2"),
        ("en/fast/new/0/paced.0/apple.2", "7", "en/normal/new/0/paced.0/apple.2"),
        # waiting
        ("en/normal/new/0/plain.0/apple.2", "8", "en/normal/new/0/waiting.1/apple.2"),
        ("en/normal/new/0/waiting.1/apple.2", SILENT, "en/normal/new/0/waiting.2/apple.2"),
        ("en/normal/new/0/waiting.9/apple.2", "8", "en/normal/new/0/waiting.1/apple.2"),
        ("en/normal/new/0/waiting.9/apple.2", "1", "en/normal/new/0/plain.0/apple.2"),
        ("en/normal/new/0/waiting.9/main.0", "5", "en/normal/new/0/plain.0/main.0"),
        (f"en/normal/new/0/waiting.{LONGEST_WAIT}/main.0", SILENT, "en/normal/patient/0/silent.3/main.0"),
        # a person
        ("en/normal/new/0/plain.0/apple.2", "0", "en/normal/new/0/calling.1/apple.2"),
        ("en/normal/new/0/calling.1/apple.2", NOBODY, "en/normal/new/0/unreached.1/apple.2"),
        ("en/normal/new/0/calling.1/apple.2", TALKED, "en/normal/new/0/talked.1/apple.2"),
        ("en/normal/new/0/calling.1/apple.2", SILENT, "en/normal/new/0/unreached.1/apple.2"),
        ("en/normal/new/0/unreached.1/apple.2", "1", "en/normal/new/0/plain.0/apple.3"),
        # silence
        ("en/normal/new/0/arrived.0/main.0", SILENT, TOURING + "/naming.0/apple.1/after/main.0"),
        ("en/normal/new/0/plain.0/main.0", SILENT, TOURING + "/naming.0/apple.1/after/main.0"),
        (TOURING + "/naming.0/apple.1/after/main.0", SILENT, TOURING + "/plain.0/apple.1"),
        ("en/normal/new/0/plain.0/fruit.0", SILENT, "en/normal/patient/0/silent.1/fruit.0"),
        ("en/normal/new/0/plain.0/apple.3", SILENT, "en/normal/patient/0/silent.1/apple.3"),
        ("en/normal/patient/0/silent.1/fruit.0", SILENT, "en/normal/patient/0/silent.2/fruit.0"),
        ("en/normal/patient/0/silent.2/fruit.0", SILENT, "en/normal/patient/0/silent.3/fruit.0"),
        ("en/normal/patient/0/silent.3/fruit.0", SILENT, "en/normal/patient/0/goodbye.1/fruit.0"),
        ("en/normal/patient/0/goodbye.1/fruit.0", SILENT, "en/normal/patient/0/ended.1/fruit.0"),
        ("en/normal/patient/0/silent.3/fruit.0", "2", "en/normal/patient/0/plain.0/fruit.0"),
        ("en/normal/patient/0/goodbye.1/fruit.0", "9", "en/normal/patient/0/plain.0/fruit.0"),
        ("en/normal/patient/0/silent.2/fruit.0", "2", "en/normal/patient/0/plain.0/pear.1"),
        # keys that lead nowhere
        ("en/normal/new/0/plain.0/main.0", "9", "en/normal/new/0/unknown-key.1/main.0"),
        ("en/normal/new/0/unknown-key.1/main.0", "5", "en/normal/new/0/unknown-key.2/main.0"),
        ("en/normal/new/0/unknown-key.3/main.0", "5", "en/normal/new/0/unknown-key.3/main.0"),
        ("en/normal/new/0/unknown-key.3/main.0", "1", "en/normal/new/0/plain.0/fruit.0"),
        ("en/normal/new/0/plain.0/main.0", "x", "en/normal/new/0/unknown-key.1/main.0"),
        # carrying on
        ("en/normal/new/0/arrived.0/resume.apple.2", "1", "en/normal/new/0/plain.0/apple.2"),
        ("en/normal/new/0/arrived.0/resume.apple.2", "2", "en/normal/new/0/plain.0/main.0"),
        ("en/normal/new/0/arrived.0/resume.apple.2", "*", "en/normal/new/0/plain.0/main.0"),
        ("en/normal/new/0/arrived.0/resume.apple.2", SILENT, TOURING + "/naming.0/apple.1/after/resume.apple.2"),
        ("en/normal/new/0/arrived.1/resume.apple.2", SILENT, TOURING + "/naming.0/apple.1/after/resume.apple.2"),
        ("en/normal/new/0/arrived.0/resume.apple.2", "7", "en/slow/new/0/paced.0/resume.apple.2"),
        ("en/normal/new/0/arrived.0/resume.apple.2", "3", "en/normal/new/0/unknown-key.1/resume.apple.2"),
        # places that are not there any more
        ("en/normal/new/0/plain.0/apple.9", "1", "en/normal/new/0/moved.0/fruit.0"),
        ("en/normal/new/0/plain.0/gone.1", SILENT, "en/normal/new/0/moved.0/main.0"),
        ("en/normal/new/0/plain.0/gone.1", "0", "en/normal/new/0/calling.1/main.0"),
        ("en/normal/new/0/plain.0/fruit.2", "1", "en/normal/new/0/moved.0/fruit.0"),
        ("de/fast/new/0/plain.0/salt.1", "1", "en/fast/new-reading_on/0/plain.0/salt.2"),
        # the other language
        ("en/normal/new/0/plain.0/salt.1", "6", "fr/normal/new/0/switched.0/salt.1"),
        ("fr/slow/new/0/plain.0/salt.1", "6", "en/slow/new/0/switched.0/salt.1"),
        ("en/normal/new/0/plain.0/fruit.0", "6", "fr/normal/new/0/switched.0/fruit.0"),
        ("en/normal/patient/0/silent.2/fruit.0", "6", "fr/normal/patient/0/switched.0/fruit.0"),
        ("en/normal/new/0/waiting.9/apple.2", "6", "fr/normal/new/0/switched.0/apple.2"),
        ("en/normal/new/0/called.1/apple.2", "6", "fr/normal/new/0/switched.0/apple.2"),
        ("en/normal/new/0/arrived.0/main.0", "6", "fr/normal/new/0/arrived.1/main.0"),
        ("en/normal/new/0/arrived.0/resume.apple.2", "6", "fr/normal/new/0/arrived.1/resume.apple.2"),
    ],
)
def test_where_each_event_leads(here, heard, there):
    heard = Pressed(heard) if isinstance(heard, str) else heard
    assert to_path(replace(step(LIBRARIES, state(here), heard).state, visited=0)) == there


@pytest.mark.parametrize(
    ("here", "heard", "visited"),
    [
        ("apple.1", Pressed("1"), {Position("apple", 1)}),
        ("apple.1", Pressed("9"), {Position("apple", 1)}),
        ("apple.1", Pressed("#"), set()),
        ("apple.3", Pressed("0"), {Position("apple", 3)}),
        ("main.0", Pressed("2"), set()),
        ("resume.apple.1", Pressed("1"), set()),
    ],
)
def test_a_segment_is_visited_once_it_is_left(here, heard, visited):
    there = step(LIBRARIES, state(f"en/normal/new/0/plain.0/{here}"), heard).state
    assert {position for position, number in LIBRARIES["en"].numbers.items() if there.visited >> number & 1} == visited


def test_a_segment_that_was_visited_is_named_shorter():
    here = state("en/normal/new/0/plain.0/apple.1")
    there, first = step_to(ENGLISH_ONLY, here, Pressed("1"))
    again = step(ENGLISH_ONLY, there, Pressed("7")).reply
    assert said(first).startswith("<place> 2 3 Apple Say")
    assert said(again).startswith("<paced-slow> <place-again> 2 Apple Say")


def test_who_has_been_silent_hears_the_choices_alone():
    reply = step(ENGLISH_ONLY, state("en/normal/patient/0/plain.0/main.0"), Pressed("#")).reply
    assert said(reply) == "Main. Choose fruit. Choose salt."


def test_a_number_is_said_slowly_and_there_is_time_for_a_pen():
    library = replace(
        LIBRARIES["en"],
        call={**LIBRARIES["en"].call, "goodbye": ("Get a pen. {pen}", "Call 1, 8 0 0, 5 5.", "On May 3, 2012.")},
    )
    reply = say({"en": library}, state("en/normal/new/0/goodbye.1/main.0"))
    assert [(line.words, line.slowly) for line in reply.spoken] == [
        ("Get a pen.", False),
        ("", False),
        ("Call 1, 8 0 0, 5 5.", True),
        ("On May 3, 2012.", False),
    ]
    assert reply.spoken[1].pause >= 5


HOME = replace(LIBRARIES["en"].menus["main"], privacy="pear")
CAN_TEXT = {"en": replace(LIBRARIES["en"], can_text=True, menus={**LIBRARIES["en"].menus, "main": HOME})}


@pytest.mark.parametrize(
    ("here", "heard", "there"),
    [
        ("plain.0/apple.1", "9", "texting.0/apple.1"),
        ("plain.0/main.0", "9", "texting.0/main.0"),
        ("waiting.1/apple.1", "9", "texting.0/apple.1"),
        ("texting.0/apple.1", TextSent(Outcome.SENT), "text-sent.0/apple.1"),
        ("texting.0/apple.1", TextSent(Outcome.NO_TEXTS), "text-no-texts.0/apple.1"),
        ("text-sent.0/apple.1", "1", "plain.0/apple.2"),
        ("text-sent.0/apple.1", SILENT, "naming.0/apple.2/after/apple.1"),
        ("text-failed.0/apple.1", "1", "dictated.0/apple.1"),
        ("text-failed.0/apple.1", SILENT, "text-failed.1/apple.1"),
        ("text-failed.1/apple.1", SILENT, "text-failed.2/apple.1"),
        ("text-failed.2/apple.1", SILENT, "silent.3/apple.1"),
        ("text-failed.0/apple.1", "2", "plain.0/apple.2"),
        ("plain.0/resume.pear.1", "3", "unknown-key.1/resume.pear.1"),
        ("text-failed.0/apple.1", "3", "unknown-key.1/apple.1"),
        ("text-failed.0/main.0", "1", "dictated.0/main.0"),
        ("dictated.0/apple.1", "1", "plain.0/apple.2"),
        ("dictated.0/apple.1", "#", "dictated.0/apple.1"),
        ("called.0/apple.2", SILENT, "called.1/apple.2"),
        ("called.1/apple.2", SILENT, "called.2/apple.2"),
        ("called.2/apple.2", SILENT, "called.3/apple.2"),
        ("called.3/apple.2", SILENT, "called.4/apple.2"),
        ("called.4/apple.2", SILENT, "ended.1/apple.2"),
        ("called.1/apple.2", "1", "plain.0/apple.2"),
        ("plain.0/salt.2", "3", "unknown-key.1/salt.2"),
        ("plain.0/pear.1", "3", "forgetting.0/pear.1"),
        ("forgetting.0/pear.1", Forgotten(done=True), "forgotten.0/pear.1"),
        ("forgetting.0/pear.1", Forgotten(done=False), "not-forgotten.0/pear.1"),
    ],
)
def test_texting_calling_back_and_forgetting(here, heard, there):
    heard = Pressed(heard) if isinstance(heard, str) else heard
    found = step(CAN_TEXT, state(f"en/normal/new/0/{here}"), heard).state
    patient = "patient" if found.patient else "new"
    plain = replace(found, visited=0, unkept=False, texted=False, only_asked=False)
    assert to_path(plain) == f"en/normal/{patient}/0/{there}"


def test_nine_is_no_key_where_texts_cannot_be_sent():
    assert step(LIBRARIES, state("en/normal/new/0/plain.0/apple.1"), Pressed("9")).state.prompt is Prompt.UNKNOWN_KEY


def test_who_is_forgotten_is_not_remembered_for_the_rest_of_the_call():
    there = step(LIBRARIES, state("en/normal/new/0/forgetting.0/pear.1"), Forgotten(done=True)).state
    assert there.unkept
    assert step(LIBRARIES, there, Pressed("1")).state.unkept


@pytest.mark.parametrize(
    ("here", "words"),
    [
        ("plain.0/apple.1", "<place-first> 3 Apple Say apple 1. <go-on> <text-key>"),
        ("text-sent.0/apple.1", "<text-sent> <go-on>"),
        ("text-withheld.0/apple.1", "<text-withheld> <dictate-offer>"),
        ("text-lost.0/apple.1", "<text-lost> <place-first> 3 Apple Say apple 1. <go-on> <text-key>"),
        ("dictated.0/apple.1", "<dictated> Say apple 1. <go-on> <text-key>"),
        (
            "dictated.0/fruit.0",
            "<dictated> <keys-aloud> <dictate-offer>",
        ),
        ("called.1/apple.1", "<called>"),
        (
            "plain.0/pear.1",
            "<place-single> Pear Say pear 1. <end-of-topic> Offer salt. <again-key> <forget-key> <text-key> <back-key>",
        ),
        ("forgotten.0/pear.1", "<forgotten> <end-of-topic> Offer salt. <again-key> <text-key> <back-key>"),
    ],
)
def test_what_is_said_of_texts(here, words):
    reply = step(CAN_TEXT, state(f"en/normal/new/0/{here}"), Pressed("#")).reply
    assert said(reply) == words


def test_what_is_dictated_is_slow():
    reply = step(CAN_TEXT, state("en/fast/new/0/dictated.0/apple.1"), Pressed("#")).reply
    (line,) = [line for line in reply.spoken if line.words == "Say apple 1."]
    assert line.slowly
    assert line.pause >= 2


def test_six_is_no_key_where_one_language_is_spoken():
    assert step(ENGLISH_ONLY, state("en/normal/new/0/plain.0/main.0"), Pressed("6")).state.prompt is Prompt.UNKNOWN_KEY


@pytest.mark.parametrize(
    ("remembered", "there"),
    [
        (None, "en/normal/new/0/arrived.0/main.0"),
        ("en/slow/patient/0/plain.0/apple.2", "en/slow/new/0/arrived.0/resume.apple.2"),
        ("fr/fast/new/0/waiting.7/salt.1", "fr/fast/new/0/arrived.0/resume.salt.1"),
        ("en/slow/new/0/plain.0/fruit.0", "en/slow/new/0/arrived.0/main.0"),
        ("en/slow/new/0/plain.0/apple.9", "en/slow/new/0/arrived.0/main.0"),
        ("en/slow/new/0/plain.0/gone.1", "en/slow/new/0/arrived.0/main.0"),
        ("xx/slow/new/0/plain.0/apple.1", "en/normal/new/0/arrived.0/main.0"),
        ("en/normal/new/0/arrived.0/resume.apple.2", "en/normal/new/0/arrived.0/resume.apple.2"),
    ],
)
def test_arrival(remembered, there):
    heard = Arrived(state(remembered) if remembered else None)
    assert to_path(step(LIBRARIES, State("en", Position("main")), heard).state) == there


def test_a_position_that_is_offered_is_not_said():
    reply = step(LIBRARIES, State("en", Position("main")), Arrived(state("en/normal/new/0/plain.0/apple.2"))).reply
    assert "<resuming>" in said(reply)
    assert "apple" not in said(reply).lower()


@pytest.mark.parametrize(("spoken", "offered"), [("en", "fr"), ("fr", "en")])
def test_the_greeting_offers_the_other_language_in_itself(spoken, offered):
    last = state(f"{spoken}/normal/new/0/plain.0/main.0")
    reply = step(LIBRARIES, State("en", Position("main")), Arrived(last)).reply
    assert [line.language for line in reply.spoken if "<language-key>" in line.words] == [offered]
    assert {line.language for line in reply.spoken if "<language-key>" not in line.words} == {spoken}


@pytest.mark.parametrize(
    ("last", "greeting"),
    [
        (None, "<arrived> <language-key> <arrived-more> Choose fruit. Choose salt. <pace-key>"),
        ("en/normal/new/0/plain.0/apple.2", "<arrived> <resuming> <language-key> <arrived-more>"),
    ],
)
def test_the_greeting_names_itself_then_offers_to_go_on_then_the_language_then_a_person(last, greeting):
    reply = step(LIBRARIES, State("en", Position("main")), Arrived(state(last) if last else None)).reply
    assert said(reply) == greeting


def test_whoever_changes_the_language_in_the_greeting_hears_it_whole_in_theirs():
    """The number for an emergency is in what they could not understand."""
    reply = step(LIBRARIES, state("en/normal/new/0/arrived.0/main.0"), Pressed("6")).reply
    assert said(reply) == "<arrived> <language-key> <arrived-more> Choose fruit. Choose salt. <pace-key>"
    assert [line.language for line in reply.spoken[:2]] == ["fr", "en"]


@pytest.mark.parametrize(
    ("here", "words"),
    [
        ("arrived.0/resume.apple.2", "<arrived> <language-key> <resuming> <arrived-more>"),
        ("silent.1/resume.apple.2", "<language-key> <resuming>"),
        ("plain.0/fruit.0", "Fruit. <language-key> Choose apple. Choose pear. <back-key> <person-key> <again-key>"),
        ("plain.0/apple.1", "<place-again> 1 Apple <language-key> Say apple 1. <go-on-again>"),
        ("plain.0/salt.1", "<place-again> 1 Salt Say salt 1. <language-key> <signs-person> <go-on-again> <back-key>"),
    ],
)
def test_whoever_changes_the_language_hears_in_their_own_how_to_come_back(here, words):
    """But not before the warning signs, which name the emergency number first."""
    reply = step(LIBRARIES, state(f"fr/normal/new/0/{here}"), Pressed("6")).reply
    assert said(reply) == words
    (way_back,) = [line for line in reply.spoken if line.words == "<language-key>"]
    assert way_back.language == "fr"


@pytest.mark.parametrize(
    ("last", "texted", "greeted"),
    [
        (None, "", "en"),
        (None, "fr", "fr"),
        (None, "xx", "en"),
        ("en/normal/new/0/plain.0/apple.2", "fr", "en"),
        ("xx/normal/new/0/plain.0/apple.2", "fr", "fr"),
    ],
)
def test_a_first_call_is_greeted_in_the_language_of_texts_any_other_in_that_of_the_last_call(last, texted, greeted):
    heard = Arrived(state(last) if last else None, text_language=texted)
    assert step(LIBRARIES, State("en", Position("main")), heard).state.language == greeted


def test_the_language_is_remembered_as_soon_as_it_is_changed():
    turn = step(LIBRARIES, state("en/slow/new/0/plain.0/apple.2"), Pressed("6"))
    assert Remember(state("fr/slow/new/0/plain.0/apple.2")) in turn.effects


@pytest.mark.parametrize(("here", "spoken"), [("fr/slow/new/0/plain.0/apple.2", "fr"), ("xx/new/0/plain", "en")])
def test_a_fault_is_told_in_the_language_of_the_call(here, spoken):
    turn = step(LIBRARIES, from_path(here) or State("en", Position("main")), Failed())
    assert {line.language for line in turn.reply.spoken} == {spoken}
    assert turn.state.language == spoken, "any key goes on in it"


@pytest.mark.parametrize(
    ("here", "words"),
    [
        ("arrived.0/main.0", "<arrived> <arrived-more> Choose fruit. Choose salt. <pace-key>"),
        ("plain.0/main.0", "Main. Choose fruit. Choose salt. <person-key> <again-key>"),
        ("plain.0/fruit.0", "Fruit. Choose apple. Choose pear. <back-key> <person-key> <again-key>"),
        ("plain.0/apple.1", "<place-first> 3 Apple Say apple 1. <go-on>"),
        ("plain.0/apple.3", "<place> 3 3 Apple Say apple 3. <end-of-topic> Offer pear. <again-topic> <back-key>"),
        ("plain.0/pear.1", "<place-single> Pear Say pear 1. <end-of-topic> Offer salt. <again-key> <back-key>"),
        ("plain.0/salt.1", "<place-first> 2 Salt Say salt 1. <signs-person> <go-on-again> <back-key>"),
        ("plain.0/salt.2", "<place> 2 2 Salt Say salt 2. <signs-person> <again-topic> <back-key>"),
        ("silent.1/apple.3", "<silent-1> Offer pear. <again-topic> <back-key>"),
        ("naming.0/apple.2/after/apple.1", "<place-first> 3 Apple Say apple 1. <go-on>"),
        ("unreached.1/salt.1", "<unreached-signs> <signs-person> <go-on-again> <back-key>"),
        ("silent.1/salt.2", "<signs-again> <place> 2 2 Salt Say salt 2. <signs-person> <again-topic> <back-key>"),
        ("connecting.0/salt.2", "<place> 2 2 Salt Say salt 2. <signs-person> <again-topic> <back-key>"),
        ("silent.3/apple.3", "<silent-3>"),
        ("unknown-key.2/apple.1", "<place-first> 3 Apple Say apple 1. <go-on>"),
        ("waiting.1/apple.1", "<waiting>"),
        ("waiting.2/apple.1", "<still-waiting>"),
        (
            "paced.0/pear.1",
            "<paced-normal> <place-single> Pear Say pear 1. <end-of-topic> Offer salt. <again-key> <back-key>",
        ),
        ("goodbye.1/apple.1", "<goodbye>"),
        ("moved.0/fruit.0", "<moved> Fruit. Choose apple. Choose pear. <back-key> <person-key> <again-key>"),
        ("paced.0/resume.apple.2", "<paced-normal> <resuming>"),
    ],
)
def test_what_is_said(here, words):
    reply = step(ENGLISH_ONLY, state(f"en/normal/new/0/{here}"), Pressed("#")).reply
    assert said(reply) == words


def heard_by_silence(libraries, here: State, most: int = 40) -> list[str]:
    """What is said to a caller who presses nothing, turn by turn; the last may be a number that is dialled."""
    said_then = []
    for _ in range(most):
        here, reply = step_to(libraries, here, DialEnded(talked=False) if here.prompt in CALLS else SILENT)
        said_then.append(said(reply) if isinstance(reply.then, Listen) else repr(reply.then))
        if isinstance(reply.then, HangUp):
            break
    return said_then


CALLS = (Prompt.CALLING, Prompt.CALLING_UNASKED)


def touring(*silent: str, **settings: object) -> dict[str, Library]:
    home = replace(LIBRARIES["en"].menus["main"], silent=silent)
    return {"en": replace(LIBRARIES["en"], menus={**LIBRARIES["en"].menus, "main": home}, **settings)}


def test_silence_brings_what_matters_most_then_a_warning_and_a_number():
    heard = heard_by_silence(touring("pear", "salt.1", "apple"), state("en/normal/new/0/arrived.0/main.0"))
    assert heard == [
        "<overview> <place-single> Pear",
        "Say pear 1.",
        "<place-first> 2 Salt",
        "Say salt 1. <person-key> <tour-keys>",
        "<place-first> 3 Apple",
        "Say apple 1.",
        "<place> 2 3 Apple",
        "Say apple 2.",
        "<place> 3 3 Apple",
        "Say apple 3.",
        "<silent-3>",
        "<goodbye>",
        "HangUp()",
    ]


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (("F1", "F1", "F3"), ["salt 1", "salt 2", "apple 1"]),
        (("F1", "F1, F2", "F1"), ["salt 1", "salt 2", "salt 3", "apple 1"]),
        (("F1", "F2", "F1"), ["salt 1", "apple 1"]),
        (("", "", ""), ["salt 1", "apple 1"]),
    ],
)
def test_a_fact_that_goes_on_in_the_next_segment_is_read_whole(facts, told):
    salt = LIBRARIES["en"].topics["salt"]
    segments = [
        Segment(f"Say salt {part}.", f"Text salt {part}.", tuple(filter(None, one.split(", "))), ())
        for part, one in enumerate(facts, 1)
    ]
    topics = {**LIBRARIES["en"].topics, "salt": replace(salt, segments=tuple(segments))}
    heard = heard_by_silence(touring("salt.1", "apple", topics=topics), state("en/normal/new/0/arrived.0/main.0"))
    assert [words.split(".")[0] for words in heard if words.startswith("Say")][: len(told)] == [
        f"Say {name}" for name in told
    ]


def test_what_was_heard_before_is_not_read_again():
    heard = heard_by_silence(touring("pear", "apple"), state("en/normal/new/0/plain.0/pear.1"))
    assert heard[:4] == [
        "<silent-1> Offer salt. <again-key> <back-key>",
        "<silent-2> Offer salt. <again-key> <back-key>",
        "<place-first> 3 Apple",
        "Say apple 1.",
    ]
    assert not [said for said in heard if "Say pear" in said]


def test_where_the_operator_chose_a_person_a_silent_caller_is_connected_once_from_the_lines_number():
    libraries = touring("pear", connects_silent=True, second_helpline="+12025550191")
    heard = heard_by_silence(libraries, state("en/normal/new/0/arrived.0/main.0"))
    assert heard == [
        "<overview> <place-single> Pear",
        "Say pear 1. <tour-keys>",
        "<connecting>",
        "Dial(number='', from_line=True)",
        "Dial(number='+12025550191', from_line=True)",
        "<unreached> Main. Choose fruit. Choose salt.",
        "<silent-1> Choose fruit. Choose salt.",
        "<silent-2> Choose fruit. Choose salt.",
        "<silent-3>",
        "<goodbye>",
        "HangUp()",
    ]


@pytest.mark.parametrize(
    ("key", "there"),
    [
        ("0", "calling.1/fruit.0"),
        ("1", "plain.0/apple.1"),
        ("*", "plain.0/main.0"),
        ("#", "plain.0/fruit.0"),
        ("8", "waiting.1/fruit.0"),
        ("7", "paced.0/fruit.0"),
        ("5", "unknown-key.1/fruit.0"),
    ],
)
def test_any_key_stops_the_line_from_connecting_and_does_what_it_always_does(key, there):
    assert to_path(step(LIBRARIES, state("en/normal/new/0/connecting.0/fruit.0"), Pressed(key)).state).endswith(there)


@pytest.mark.parametrize("connects", [True, False])
def test_signs_that_were_asked_for_are_repeated_once_and_then_a_person_is_connected(connects):
    heard = heard_by_silence(touring("pear", connects_silent=connects), state("en/normal/new/0/plain.0/salt.1"))
    again = "<signs-again> <place-again> 1 Salt Say salt 1. <signs-person> <go-on-again> <back-key>"
    assert heard == [
        again,
        "<connecting-signs>",
        "Dial(number='', from_line=True)",
        "<unreached-signs> <signs-person> <go-on-again> <back-key>",
        again,
        "<silent-3>",
        "<goodbye-signs>",
        "HangUp()",
    ]


def test_the_signs_that_a_caller_comes_to_first_are_repeated_whichever_they_are():
    """A word and the offer to go on lead to any part. What the caller went on to from the first leads on by silence."""
    english = LIBRARIES["en"]
    salt, pear = english.topics["salt"], english.topics["pear"]
    longer = replace(salt, segments=(*salt.segments, *pear.segments))
    libraries = {"en": replace(english, topics={**english.topics, "salt": longer})}

    def after(there: State, *events: object) -> State:
        for event in events:
            there = step(libraries, there, event).state
        return there

    came, visited = state("en/normal/new/0/plain.0/salt.2"), 1 << libraries["en"].numbers[Position("salt", 1)]
    for here in (
        came,
        replace(came, visited=visited),
        after(came, Pressed("7")),
        after(came, Pressed("8"), Pressed("1")),
    ):
        assert [after(here, *[SILENT] * times).prompt for times in (1, 2)] == ["silent", "connecting"]
    went_on = after(state("en/normal/new/0/plain.0/salt.1"), Pressed("1"))
    for here in (went_on, after(went_on, Pressed("7")), after(went_on, Pressed("8"), Pressed("1"))):
        there = after(here, SILENT, SILENT)
        assert (here.position, there.position) == (Position("salt", 2), Position("salt", 3))
        assert [after(there, *[SILENT] * times).prompt for times in (1, 2)] == ["silent", "connecting"]


def test_among_the_warning_signs_the_operators_own_number_is_dialled_and_named():
    libraries = touring("pear", urgent_number="+12025550192", second_helpline="+12025550191")
    signs = state("en/normal/new/0/plain.0/salt.1")
    assert "<signs-team> <go-on-again>" in said(say(libraries, signs))
    there, reply = step_to(libraries, signs, Pressed("0"))
    assert reply.then == Dial("+12025550192")
    assert said(step(libraries, there, NOBODY).reply).startswith("<unreached-signs>")
    assert "<connecting-team>" in heard_by_silence(libraries, signs)
    assert step(libraries, state("en/normal/new/0/plain.0/pear.1"), Pressed("0")).reply.then == Dial()


@pytest.mark.parametrize("key", "0123456789*#")
def test_a_late_key_means_what_it_meant_before(key):
    libraries = touring("pear", "salt.1", "apple")
    before = state("en/normal/new/0/plain.0/apple.1")
    named = step(libraries, before, SILENT).state
    assert named.prompt is Prompt.NAMING
    late, timely = (step(libraries, here, Pressed(key)).state for here in (named, before))
    assert (late.position, late.prompt) == (timely.position, timely.prompt)


@pytest.mark.parametrize(
    ("key", "there"),
    [
        ("1", "patient-touring/10/plain.0/apple.1"),
        ("7", "patient-touring/10/paced.0/salt.1"),
        ("*", "patient/10/plain.0/main.0"),
        ("2", "patient/10/plain.0/salt.1"),
        ("5", "patient/10/unknown-key.1/salt.1"),
    ],
)
def test_keys_while_the_line_reads_to_a_silent_caller(key, there):
    libraries = touring("salt.1", "apple")
    there_then = step(libraries, state("en/normal/patient-touring/0/plain.0/salt.1"), Pressed(key)).state
    after = to_path(there_then).replace("/slow/", "/normal/")
    assert after == f"en/normal/{there}".replace("patient/10/unknown", "patient-touring/10/unknown")


def test_who_leaves_what_is_read_to_the_silent_comes_back_to_where_it_stood():
    libraries = touring("pear", "salt.1", "apple")
    here = state("en/normal/new/0/plain.0/main.0")
    for event in (SILENT, SILENT, SILENT, SILENT, Pressed("*"), SILENT):
        here = step(libraries, here, event).state
    assert (here.position, here.touring) == (Position("apple", 1), True)


@pytest.mark.parametrize("connects", [True, False])
def test_key_8_never_leads_to_a_call(connects):
    libraries = touring("pear", connects_silent=connects)
    heard = heard_by_silence(libraries, state("en/normal/new/0/waiting.1/fruit.0"))
    assert heard[-3:] == ["<silent-3>", "<goodbye>", "HangUp()"]
    assert not [said for said in heard if said.startswith("Dial")]


def test_a_call_that_the_line_made_says_nothing_of_its_content_and_never_dials():
    libraries = touring("pear", connects_silent=True)
    called = State("en", Position("apple", 1), prompt=Prompt.CALLED, only_asked=True)
    assert heard_by_silence(libraries, called) == ["<called>", "<called>", "<silent-3>", "<goodbye>", "HangUp()"]
    answered = step(libraries, called, Pressed("1")).state
    assert not [said for said in heard_by_silence(libraries, answered) if said.startswith("Dial")]


def test_one_silence_makes_no_later_part_of_a_topic_wait_longer():
    waits = {
        path: say(LIBRARIES, state(f"en/normal/patient/0/{path}")).then.seconds
        for path in ("plain.0/apple.1", "plain.0/apple.3", "plain.0/fruit.0", "naming.0/apple.2/after/apple.1")
    }
    assert list(waits.values()) == [10, 20, 20, 1]


def test_where_the_carrier_knows_one_pace_key_7_says_so():
    libraries = {"en": replace(LIBRARIES["en"], can_change_pace=False)}
    there, reply = step_to(libraries, state("en/normal/new/0/plain.0/apple.1"), Pressed("7"))
    assert said(reply) == "<pace-fixed> <place-again> 1 Apple Say apple 1. <go-on-again>"
    assert there.pace is Pace.NORMAL
    assert "<pace-key>" not in said(say(libraries, state("en/normal/new/0/arrived.0/main.0")))


@pytest.mark.parametrize("can", [True, False])
def test_where_keys_are_tried_the_pace_is_offered_if_the_carrier_can_change_it(can):
    home = replace(LIBRARIES["en"].menus["main"], practice="apple")
    menus = {**LIBRARIES["en"].menus, "main": home}
    libraries = {"en": replace(LIBRARIES["en"], menus=menus, can_change_pace=can)}
    last, middle, other = (
        said(say(libraries, state(f"en/normal/new/0/plain.0/{at}"))) for at in ("apple.3", "apple.1", "pear.1")
    )
    assert ("<pace-key>" in last) is can
    assert "<pace-key>" not in middle + other


names = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)*", fullmatch=True)
positions = st.one_of(
    st.builds(
        Position, st.sampled_from(["main", "fruit", "apple", "pear", "salt", "gone"]), st.integers(0, 4), st.booleans()
    ),
    st.builds(Position, names, st.integers(0, 999), st.booleans()),
)
states = st.builds(
    State,
    st.sampled_from(["en", "fr", "de"]),
    positions,
    st.sampled_from(Pace),
    st.sampled_from(Prompt),
    st.integers(0, 99),
    st.booleans(),
    touring=st.booleans(),
    only_asked=st.booleans(),
    came_from=st.one_of(st.none(), positions),
)
anything_heard = st.one_of(
    st.just(SILENT),
    st.builds(Pressed, st.text(min_size=1, max_size=1)),
    st.builds(DialEnded, st.booleans()),
    st.builds(Pressed, st.sampled_from("0123456789*#")),
    st.builds(Arrived, st.one_of(st.none(), states)),
)


@given(states)
def test_a_path_brings_the_same_place_back(here):
    assert from_path(to_path(here)) == here


@given(states, anything_heard)
def test_every_turn_leads_to_a_place_that_can_be_heard(here, heard):
    there, reply = step_to(LIBRARIES, here, heard)
    assert from_path(to_path(there)) == there
    assert LIBRARIES[there.language].nearest(there.position) == there.position
    match reply.then:
        case Listen(seconds):
            assert seconds >= 10 or there.prompt is Prompt.NAMING
            assert said(reply)
        case Dial():
            assert there.prompt in CALLS
        case HangUp():
            assert there.prompt is Prompt.ENDED


@given(states, anything_heard)
def test_a_repeated_turn_leads_to_the_same_place(here, heard):
    assert step_to(LIBRARIES, here, heard) == step_to(LIBRARIES, here, heard)


@given(states)
def test_again_repeats_exactly(here):
    """What is heard by itself: a remark on a key, or that the line is about to dial, is none of it; and while the line
    names where it has gone on to, it is what came before."""
    there, reply = step_to(LIBRARIES, here, SILENT)
    if there.prompt not in (Prompt.UNKNOWN_KEY, Prompt.CONNECTING, Prompt.NAMING) and here.prompt is not Prompt.NAMING:
        assert step_to(LIBRARIES, there, Pressed("#")) == (there, reply)


@given(states)
def test_a_person_is_one_key_away(here):
    reply = step(LIBRARIES, here, Pressed("0")).reply
    assert reply.then == Dial()


@given(states)
def test_back_reaches_the_main_menu_in_two(here):
    there = step(LIBRARIES, step(LIBRARIES, here, Pressed("*")).state, Pressed("*")).state
    assert there.position == Position("main")


def test_the_warning_signs_have_their_key_in_every_segment():
    menus = {**LIBRARIES["en"].menus}
    extra = [replace(menus["main"].choices[1], key=key, leads_to=name) for key, name in (("3", "pear"), ("4", "salt"))]
    menus["main"] = replace(menus["main"], choices=(menus["main"].choices[0], *extra))
    menus["fruit"] = replace(menus["fruit"], choices=menus["fruit"].choices[:1])
    libraries = {"en": replace(LIBRARIES["en"], menus=menus)}
    here = state("en/normal/new/0/plain.0/apple.2")
    assert step(libraries, here, Pressed("4")).state.position == Position("salt", 1)
    among_them = replace(here, position=Position("salt", 2))
    assert step(libraries, among_them, Pressed("4")).state.position == Position("salt", 1)
    choice = menus["main"].choices[2].voice
    assert choice in [line.words for line in say(libraries, replace(here, position=Position("apple", 3))).spoken]
    assert choice not in [line.words for line in say(libraries, among_them).spoken]
    assert step(LIBRARIES, here, Pressed("4")).state.prompt is Prompt.UNKNOWN_KEY


@given(states)
def test_nobody_is_hung_up_on_within_a_minute(here):
    """From any place where the line listens, by silence alone."""
    there, reply = step_to(LIBRARIES, replace(here, prompt=Prompt.PLAIN), Pressed("8"))
    waited = 0
    while isinstance(reply.then, Listen) and waited < 60:
        waited += reply.then.seconds
        there, reply = step_to(LIBRARIES, there, SILENT)
    assert waited >= 60


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/",
        "en",
        "en/normal/new/0/plain.0/main",
        "en/normal/new/0/plain.0/main.0/",
        "EN/normal/new/0/plain.0/main.0",
        "en/normal/new/0/plain.0/../etc.0",
        "en/normal/new/0/plain.100/main.0",
        "en/normal/new/0/plain.0/main.0\n",
        "en/normal/new/0/plain.-1/main.0",
        "en/normal/new/0/plain.٣/main.0",
        "en/quick/new/0/plain.0/main.0",
    ],
)
def test_a_path_that_the_line_never_wrote_is_no_place(path):
    assert from_path(path) is None


@pytest.mark.parametrize(
    ("path", "position"), [("en/apple.1", Position("apple", 1)), ("zh-tw/salt.12", Position("salt", 12))]
)
def test_a_place_of_texts_comes_back_from_its_path(path, position):
    there = from_text_path(path)
    assert (there.position, to_text_path(there.language, position)) == (position, path)


@pytest.mark.parametrize("path", ["", "x", "en/apple", "en/apple.1/", "EN/apple.1", "en/apple.1\n", "../apple.1"])
def test_a_path_of_texts_that_nobody_wrote_is_no_place(path):
    assert from_text_path(path) is None
