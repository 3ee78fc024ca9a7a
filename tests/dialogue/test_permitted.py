"""Who is answered what: tables over the toy library, whose pear is its person and whose salt its warning signs."""

import re
from dataclasses import replace

import pytest
from toy import LIBRARIES

from ivr.dialogue.permitted import MOST_REPLIES, Standing, after_stop, is_confirmed, rationed
from ivr.dialogue.text import take_text
from ivr.model import Act, Move, Position, Reading, Texted

LIBRARY = LIBRARIES["en"]
VITAL = ["danger", "my leg is in danger", "0", "pears", "2"]
HELP = ["HELP", "info"]
OTHERS = ["11", "MENU", "goodbye", "MORE", "ring me", "wipe me", "apples", "leave off", "STOP"]


def reply_to(written, *asked):
    return take_text(LIBRARY, Texted(written, None, asked), answers_carrier_words=True)


@pytest.mark.parametrize(
    ("standing", "answered"),
    [
        (Standing.WANTS, {*VITAL, *HELP, *OTHERS, "START"}),
        (Standing.STOPPED, {*VITAL, *HELP, "START"}),
        (Standing.BLOCKED, {"START"}),
    ],
)
def test_who_stopped_is_answered_what_could_save_a_life(standing, answered):
    every = [*VITAL, *HELP, *OTHERS, "START"]
    found = {written for written in every if after_stop(LIBRARY, reply_to(written), standing)}
    assert found == answered


def test_a_question_about_danger_is_vital_and_so_is_the_yes_to_it():
    offered = Position("salt", 1)
    assert after_stop(LIBRARY, reply_to("yes", offered), Standing.STOPPED)
    assert not after_stop(LIBRARY, reply_to("yes", Position("apple", 1)), Standing.STOPPED)


@pytest.mark.parametrize(
    ("written", "standing", "confirmed"),
    [
        ("START", Standing.STOPPED, True),
        ("YES", Standing.STOPPED, True),
        ("START", Standing.BLOCKED, False),
        ("START", Standing.WANTS, False),
        ("11", Standing.STOPPED, False),
    ],
)
def test_start_is_confirmed_where_nobody_else_would(written, standing, confirmed):
    assert is_confirmed(reply_to(written), standing) is confirmed


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
        taken = take_text(library, Texted(written, None, (position,)))
        assert taken == replace(take_text(library, Texted(library.codes[position.name])), reading=Reading.ACCEPTED)
    call = take_text(library, Texted(written, Position("goals", 1), (Move("call"),)))
    assert (call.act, call.at) == (Act.CALL, Position("goals", 1))


@pytest.mark.parametrize(
    ("written", "taken"),
    [(word, 0) for word in (*YES, "the first one", "first", "option 1", "hormones please", "121")]
    + [(word, 1) for word in ("the second one", "2nd", "the other one", "option 2", "surgery please", "131")],
)
def test_of_two_that_were_offered_one_is_taken(library, written, taken):
    offered = (Position("whole-body", 2), Position("one-area", 2))
    assert take_text(library, Texted(written, None, offered)).at == offered[taken]


@pytest.mark.parametrize("written", ["no", "N", "nope", "No thanks", "none of these", "neither", "something else"])
def test_no_brings_the_menu(library, written):
    for offered in ((Position("one-area", 1),), (Position("one-area", 1), Position("goals", 1))):
        assert take_text(library, Texted(written, None, offered)).text == take_text(library, Texted("MENU")).text


@pytest.mark.parametrize("written", ["13", "chemo", "cant feel my legs", "STOP", "stop texting me", "FORGET", "0"])
def test_anything_else_means_what_it_always_means(library, written):
    for asked in (Position("goals", 1), Move("call")):
        assert take_text(library, Texted(written, None, (asked,))) == take_text(library, Texted(written))


def test_a_yes_to_what_is_no_longer_there_leads_near_it(library):
    assert (
        take_text(library, Texted("yes", None, (Position("gone", 3),))).text == take_text(library, Texted("MENU")).text
    )
    assert take_text(library, Texted("yes", None, (Move("gone"),))).act is Act.START


def test_each_question_names_a_code_that_leads_to_what_a_yes_takes(library):
    """Of every hint: words of everyday life at which the line may ask."""
    asked = 0
    for topic in library.topics.values():
        for segment in topic.segments:
            for hint in segment.hints:
                reply = take_text(library, Texted(hint))
                if reply.reading is not Reading.ASKED or not reply.asks:
                    continue
                asked += 1
                codes = re.findall(r"[Rr]eply (\d+)", reply.text)
                assert len(codes) == len(reply.asks), hint
                for code, answer in zip(codes, ("yes", "the second one"), strict=False):
                    taken = take_text(library, Texted(answer, None, reply.asks))
                    assert taken.text == take_text(library, Texted(code)).text, hint
    assert asked > 100
