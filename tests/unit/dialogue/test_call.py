"""Where a caller goes next, as a table, and what holds at every place."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from toy import ENGLISH_ONLY, LIBRARIES

from ivr.dialogue.prompts import say
from ivr.dialogue.step import step
from ivr.dialogue.transitions import LONGEST_WAIT
from ivr.dialogue.url import from_path, from_text_path, to_path, to_text_path
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
    Silent,
    State,
    TextSent,
)

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
        ("en/normal/new/0/overview.0/main.0", "2", "en/normal/new/0/plain.0/salt.1"),
        ("en/slow/patient/0/plain.0/fruit.0", "1", "en/slow/patient/0/plain.0/apple.1"),
        ("en/normal/new/0/plain.0/apple.1", "1", "en/normal/new/0/plain.0/apple.2"),
        ("en/normal/new/0/plain.0/apple.1", SILENT, "en/normal/new/0/plain.0/apple.2"),
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
        ("en/slow/new/0/paced.0/apple.2", "7", "en/fast/new/0/paced.0/apple.2"),
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
        ("en/normal/new/0/arrived.0/main.0", SILENT, "en/normal/patient/0/overview.0/main.0"),
        ("en/normal/new/0/plain.0/main.0", SILENT, "en/normal/patient/0/overview.0/main.0"),
        ("en/normal/patient/0/overview.0/main.0", SILENT, "en/normal/patient/0/silent.1/main.0"),
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
        ("en/normal/new/0/arrived.0/resume.apple.2", SILENT, "en/normal/patient/0/overview.0/main.0"),
        ("en/normal/new/0/arrived.0/resume.apple.2", "7", "en/slow/new/0/paced.0/resume.apple.2"),
        ("en/normal/new/0/arrived.0/resume.apple.2", "3", "en/normal/new/0/unknown-key.1/resume.apple.2"),
        # places that are not there any more
        ("en/normal/new/0/plain.0/apple.9", "1", "en/normal/new/0/moved.0/fruit.0"),
        ("en/normal/new/0/plain.0/gone.1", SILENT, "en/normal/new/0/moved.0/main.0"),
        ("en/normal/new/0/plain.0/gone.1", "0", "en/normal/new/0/calling.1/main.0"),
        ("en/normal/new/0/plain.0/fruit.2", "1", "en/normal/new/0/moved.0/fruit.0"),
        ("de/fast/new/0/plain.0/salt.1", "1", "en/fast/new/0/plain.0/salt.2"),
        # the other language
        ("en/normal/new/0/plain.0/salt.1", "6", "fr/normal/new/0/plain.0/salt.1"),
        ("fr/slow/new/0/plain.0/salt.1", "6", "en/slow/new/0/plain.0/salt.1"),
        ("en/normal/new/0/plain.0/fruit.0", "6", "fr/normal/new/0/plain.0/fruit.0"),
        ("en/normal/patient/0/silent.2/fruit.0", "6", "fr/normal/patient/0/plain.0/fruit.0"),
        ("en/normal/new/0/waiting.9/apple.2", "6", "fr/normal/new/0/plain.0/apple.2"),
        ("en/normal/new/0/called.1/apple.2", "6", "fr/normal/new/0/plain.0/apple.2"),
        ("en/normal/new/0/arrived.0/main.0", "6", "fr/normal/new/0/arrived.0/main.0"),
        ("en/normal/new/0/arrived.0/resume.apple.2", "6", "fr/normal/new/0/arrived.0/resume.apple.2"),
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
        ("text-sent.0/apple.1", SILENT, "plain.0/apple.2"),
        ("text-failed.0/apple.1", "1", "dictated.0/apple.1"),
        ("text-failed.0/apple.1", "2", "plain.0/apple.2"),
        ("plain.0/resume.pear.1", "3", "unknown-key.1/resume.pear.1"),
        ("text-failed.0/apple.1", "3", "unknown-key.1/apple.1"),
        ("text-failed.0/main.0", "1", "dictated.0/main.0"),
        ("dictated.0/apple.1", "1", "plain.0/apple.2"),
        ("dictated.0/apple.1", "#", "dictated.0/apple.1"),
        ("called.0/apple.2", SILENT, "called.1/apple.2"),
        ("called.1/apple.2", SILENT, "called.2/apple.2"),
        ("called.2/apple.2", SILENT, "silent.3/apple.2"),
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
    assert to_path(replace(found, visited=0, unkept=False, texted=False)) == f"en/normal/{patient}/0/{there}"


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
        ("forgotten.0/pear.1", "<forgotten> <end-of-topic> Offer salt. <again-key> <forget-key> <text-key> <back-key>"),
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
    assert reply.spoken[1].language == "fr"


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
        ("plain.0/salt.2", "<place> 2 2 Salt Say salt 2. <end-of-topic> <again-topic> <back-key>"),
        ("silent.1/apple.3", "<silent-1> <end-of-topic> Offer pear. <again-topic> <back-key>"),
        ("silent.3/apple.3", "<silent-3>"),
        ("unknown-key.2/apple.1", "<unknown-key-2> <place-first> 3 Apple Say apple 1. <go-on>"),
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


def test_the_overview_is_said_whole_and_then_the_menu():
    reply = step(ENGLISH_ONLY, state("en/normal/new/0/arrived.0/main.0"), SILENT).reply
    assert said(reply) == "<overview> Say apple 1. Say apple 2. Say apple 3. Choose fruit. Choose salt."


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
            assert seconds >= 10
            assert said(reply)
        case Dial():
            assert there.prompt is Prompt.CALLING
        case HangUp():
            assert there.prompt is Prompt.ENDED


@given(states, anything_heard)
def test_a_repeated_turn_leads_to_the_same_place(here, heard):
    assert step_to(LIBRARIES, here, heard) == step_to(LIBRARIES, here, heard)


@given(states)
def test_again_repeats_exactly(here):
    there, reply = step_to(LIBRARIES, here, SILENT)
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
