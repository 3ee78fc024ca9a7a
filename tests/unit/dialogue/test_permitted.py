"""Who is answered what: tables over the toy library, whose pear is its person and whose salt its warning signs."""

import re
from dataclasses import replace

import pytest
from answered import answered
from toy import LIBRARIES

from ivr.dialogue.permitted import MOST_REPLIES, after_stop, is_confirmed, rationed
from ivr.dialogue.texts import answer as found_for
from ivr.model import CallBack, Consent, Move, Position, Prompt, Start, State, Texted, Texter, Understanding

LIBRARY = replace(LIBRARIES["en"], answers_carrier_words=True)
VITAL = ["danger", "my leg is in danger", "0", "pears", "2"]
HELP = ["HELP", "info"]
OTHERS = ["11", "MENU", "goodbye", "MORE", "ring me", "wipe me", "apples", "leave off", "STOP"]


def reply_to(written, *asked):
    return found_for({"en": LIBRARY}, Texter(question=asked), Texted(written))[1]


@pytest.mark.parametrize(
    ("consent", "answered"),
    [
        (Consent.WANTS, {*VITAL, *HELP, *OTHERS, "START"}),
        (Consent.STOPPED, {*VITAL, *HELP, "START"}),
        (Consent.BLOCKED, {"START"}),
    ],
)
def test_who_stopped_is_answered_what_could_save_a_life(consent, answered):
    every = [*VITAL, *HELP, *OTHERS, "START"]
    found = {written for written in every if after_stop(LIBRARY, reply_to(written), consent)}
    assert found == answered


def test_a_question_about_danger_is_vital_and_so_is_the_yes_to_it():
    offered = Position("salt", 1)
    assert after_stop(LIBRARY, reply_to("yes", offered), Consent.STOPPED)
    assert not after_stop(LIBRARY, reply_to("yes", Position("apple", 1)), Consent.STOPPED)


@pytest.mark.parametrize(
    ("written", "consent", "confirmed"),
    [
        ("START", Consent.STOPPED, True),
        ("YES", Consent.STOPPED, True),
        ("START", Consent.BLOCKED, False),
        ("START", Consent.WANTS, False),
        ("11", Consent.STOPPED, False),
    ],
)
def test_start_is_confirmed_where_nobody_else_would(written, consent, confirmed):
    assert is_confirmed(reply_to(written), consent) is confirmed


def test_after_many_answers_words_of_danger_are_told_apart_and_the_rest_is_not():
    assert rationed(LIBRARY, reply_to("danger"), "danger", MOST_REPLIES) is None
    one, same, other = (
        rationed(LIBRARY, reply_to(words), words, MOST_REPLIES + 1) for words in ("Danger!", "danger", "salt, danger")
    )
    assert one == same
    assert one != other
    quiet = [rationed(LIBRARY, reply_to(words), words, MOST_REPLIES + 9) for words in ("11", "goodbye")]
    assert quiet[0] == quiet[1]
    assert quiet[0].kind != one.kind


YES = ["yes", "Y", "OK", "Yes please", "YES!", "sure"]


@pytest.fixture(scope="module")
def library(content):
    return content.libraries["en"]


@pytest.mark.parametrize("written", [*YES, "SI", "s\u00ed", "ok please", "yes that one", "yep"])
def test_yes_takes_what_the_question_offered(library, written):
    for position in (Position("one-area", 1), Position("types")):
        taken = answered(library, written, None, (position,))
        assert taken == replace(answered(library, library.codes[position.name]), understanding=Understanding.ACCEPTED)
    call = answered(library, written, Position("goals", 1), (Move("call"),))
    there = State("en", Position("goals", 1), prompt=Prompt.CALLED, only_asked=True)
    assert (call.wish, call.at) == (CallBack(there), Position("goals", 1))


@pytest.mark.parametrize(
    ("written", "taken"),
    [(word, 0) for word in (*YES, "the first one", "first", "option 1", "hormones please", "121")]
    + [(word, 1) for word in ("the second one", "2nd", "the other one", "option 2", "surgery please", "131")],
)
def test_of_two_that_were_offered_one_is_taken(library, written, taken):
    offered = (Position("whole-body", 2), Position("one-area", 2))
    assert answered(library, written, None, offered).at == offered[taken]


@pytest.mark.parametrize("written", ["no", "N", "nope", "No thanks", "none of these", "neither", "something else"])
def test_no_brings_the_menu(library, written):
    for offered in ((Position("one-area", 1),), (Position("one-area", 1), Position("goals", 1))):
        assert answered(library, written, None, offered).text == answered(library, "MENU").text


@pytest.mark.parametrize("written", ["13", "chemo", "cant feel my legs", "STOP", "stop texting me", "FORGET", "0"])
def test_anything_else_means_what_it_always_means(library, written):
    for asked in (Position("goals", 1), Move("call")):
        assert answered(library, written, None, (asked,)) == answered(library, written)


def test_a_yes_to_what_is_no_longer_there_leads_near_it(library):
    assert answered(library, "yes", None, (Position("gone", 3),)).text == answered(library, "MENU").text
    assert answered(library, "yes", None, (Move("gone"),)).wish == Start(by_carrier=True)


def test_each_question_names_a_code_that_leads_to_what_a_yes_takes(library):
    """Of every hint: words of everyday life at which the line may ask."""
    asked = 0
    for topic in library.topics.values():
        for segment in topic.segments:
            for hint in segment.hints:
                reply = answered(library, hint)
                if reply.understanding is not Understanding.ASKED or not reply.asks:
                    continue
                asked += 1
                codes = re.findall(r"[Rr]eply (\d+)", reply.text)
                assert len(codes) == len(reply.asks), hint
                for code, answer in zip(codes, ("yes", "the second one"), strict=False):
                    taken = answered(library, answer, None, reply.asks)
                    assert taken.text == answered(library, code).text, hint
    assert asked > 100
