"""What a text means and what is written back, with a toy library; real words are walked in tests/integration/web."""

from dataclasses import replace

import pytest
from answered import Answered, answered
from hypothesis import given
from hypothesis import strategies as st
from toy import LIBRARIES

from ivr.dialogue.text_replies import called, texts_of
from ivr.dialogue.texts import answer
from ivr.dialogue.url import texter_from, to_basis, to_open
from ivr.library.measures import gsm_units
from ivr.library.sent_words import normalised
from ivr.listening.listening import listening_of
from ivr.listening.meaning import Ask, CarrierWord, Danger, Lacks, StopInDoubt, Unclear
from ivr.listening.understand import understand
from ivr.model import (
    CallBack,
    Consent,
    Forget,
    Listed,
    Move,
    Outcome,
    Position,
    Prompt,
    Start,
    State,
    Stop,
    Texted,
    Texter,
    Understanding,
    Warned,
)

LIBRARY = LIBRARIES["en"]


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("", ()),
        (" 1. ", ("1",)),
        ("ONE!", ("ONE",)),
        ("can't", ("CANT",)),
        ("can\u2019t  feel", ("CANT", "FEEL")),
        ("Médecin", ("MEDECIN",)),
        ("a_b-c", ("A", "B", "C")),
        ("\x00\ud800 hi \U0001f600", ("HI",)),
        ("x" * 5000, ("X" * 1600,)),
    ],
)
def test_normalised(written, words):
    assert normalised(written) == words


def test_the_toys_words_are_in_order():
    assert listening_of(LIBRARY).problems == ()


APPLE, PEEL, CORE = (Position("apple", part) for part in (1, 2, 3))
PEAR, SALT = Position("pear", 1), Position("salt", 1)
FRUIT = Position("fruit")
MENU, UNASKED = (f"<{opening}>\n1 fruit\n2 salt\n<menu-end>" for opening in ("menu", "unasked"))


@pytest.mark.parametrize(
    ("written", "meaning"),
    [
        ("stop", CarrierWord("stop")),
        ("Stop.", Move("stop")),
        ("yes", CarrierWord("start")),
        ("INFO", CarrierWord("help")),
        ("Help!", PEAR),
        ("leave off", Move("stop")),
        ("stop the texts", Move("stop")),
        ("stop the pears", PEAR),
        ("please stop it", StopInDoubt()),
        ("text me again", Move("start")),
        ("stop salt", SALT),
        ("salt", SALT),
        ("SALT!", SALT),
        ("peel", PEEL),
        ("how do I peel it", PEEL),
        ("eat apples", APPLE),
        ("Apple", APPLE),
        ("the core", CORE),
        ("Fruit", FRUIT),
        ("basket", Ask((FRUIT,))),
        ("11", APPLE),
        ("111", PEEL),
        ("1", FRUIT),
        (" 1.", FRUIT),
        ("one", FRUIT),
        ("one one", APPLE),
        ("press 12 please", PEAR),
        ("two please", SALT),
        ("too", SALT),
        ("one too", PEAR),
        ("thanks, it too", Unclear()),
        ("ELEVEN!", APPLE),
        ("0", PEAR),
        ("99", Unclear()),
        ("\u0661", Unclear()),
        ("\uff11\uff11", APPLE),
        ("all", SALT),
        ("tell me it all", Ask((SALT,))),
        ("more", Move("more")),
        ("More please", Move("more")),
        ("more about it", Unclear()),
        ("in french please", Move("language")),
        ("peel it, help me", Danger("salt", SALT)),
        ("danger, I am dizzy", Danger("salt", SALT)),
        ("I am dizzy", Danger("sugar", Position("salt", 2))),
        ("out of danger", Unclear()),
        ("film of danger", Unclear()),
        ("why danger", Ask((SALT,))),
        ("risky", Ask((SALT,))),
        ("risky peel", Ask((SALT, PEEL))),
        ("hopeless", Danger("despair", PEAR)),
        ("hopeless at cooking", Unclear()),
        ("a pie", Lacks("recipes", PEEL, False)),
        ("what does it cost", Lacks("prices", None, False)),
        ("will it rot", Lacks("end", None, True)),
        ("pears and salt", Ask((PEAR, SALT))),
        ("aples", APPLE),
        ("eatapples", APPLE),
        ("peak", Unclear()),
        ("pearl", Unclear()),
        ("xyzzy", Unclear()),
        ("", Unclear()),
        ("?!", Unclear()),
    ],
)
def test_understand(written, meaning):
    assert understand(listening_of(LIBRARY), written).meaning == meaning


@pytest.mark.parametrize(
    ("written", "meaning"),
    [
        ("yes", PEAR),
        ("Sure!", PEAR),
        ("that one", PEAR),
        ("first", PEAR),
        ("the other", SALT),
        ("second please", SALT),
        ("pears please", PEAR),
        ("salt", SALT),
        ("peel", PEEL),
        ("no", Position("main")),
        ("no, peel", PEEL),
        ("no, not pears", Position("main")),
        ("2", SALT),
        ("11", APPLE),
        ("danger", Danger("salt", SALT)),
        ("stop", CarrierWord("stop")),
        ("leave off", Move("stop")),
        ("more", Move("more")),
        ("xyzzy", Unclear()),
    ],
)
def test_an_answer_to_a_question(written, meaning):
    assert understand(listening_of(LIBRARY), written, (PEAR, SALT)).meaning == meaning


@pytest.mark.parametrize(
    ("asked", "written", "meaning"),
    [
        ((PEEL,), "apple", PEEL),
        ((PEEL,), "peel", PEEL),
        ((PEEL,), "core", CORE),
        ((PEEL, CORE), "core", CORE),
        ((FRUIT, APPLE), "basket", FRUIT),
        ((PEEL, SALT), "pears and apples", PEEL),
    ],
)
def test_who_names_one_thing_that_was_offered_takes_it(asked, written, meaning):
    assert understand(listening_of(LIBRARY), written, asked).meaning == meaning


@pytest.mark.parametrize(
    ("written", "at", "text", "there"),
    [
        ("11", None, "<segment> 11 1 3\nText apple 1.\n<tail-more> 2", Position("apple", 1)),
        ("MORE", Position("apple", 1), "<segment> 11 2 3\nText apple 2.\n<tail-more> 3", Position("apple", 2)),
        ("MORE", Position("apple", 2), "<segment> 11 3 3\nText apple 3.\n<tail-next> 12", Position("apple", 3)),
        ("MORE", Position("apple", 3), "<last-part> 12 pear", None),
        ("MORE", Position("salt", 1), "<segment> 2 2 2\nText salt 2.\n<tail-help>", Position("salt", 2)),
        ("MORE", Position("salt", 2), "<menu>\n1 fruit\n2 salt\n<menu-end>", None),
        ("MORE", None, "<lost>\n1 fruit\n2 salt\n<menu-end>", None),
        ("MORE", Position("apple", 9), "<lost>\n1 fruit\n2 salt\n<menu-end>", None),
        ("AGAIN", Position("apple", 2), "<segment> 11 2 3\nText apple 2.\n<tail-more> 3", Position("apple", 2)),
        ("AGAIN", None, "<lost>\n1 fruit\n2 salt\n<menu-end>", None),
        ("BACK", Position("apple", 2), "<segment> 11 1 3\nText apple 1.\n<tail-more> 2", Position("apple", 1)),
        ("BACK", Position("apple", 1), "<submenu> 1\n11 apple\n12 pear\n<submenu-end>", None),
        ("BACK", Position("salt", 1), "<menu>\n1 fruit\n2 salt\n<menu-end>", None),
        ("BACK", None, "<menu>\n1 fruit\n2 salt\n<menu-end>", None),
        ("MENU", Position("apple", 1), "<menu>\n1 fruit\n2 salt\n<menu-end>", None),
        ("KEYS", Position("apple", 1), "<keys>", None),
        ("aples", None, "<segment> 11 1 3\nText apple 1.\n<tail-more> 2", Position("apple", 1)),
        ("core", None, "<segment> 11 3 3\nText apple 3.\n<tail-before> 11 <tail-next> 12", Position("apple", 3)),
        ("1111", None, "<segment> 11 3 3\nText apple 3.\n<tail-before> 11 <tail-next> 12", Position("apple", 3)),
        ("basket", None, "<do-you-mean> 1 fruit", None),
        ("pears and salt", None, "<do-you-mean-either> 12 salt 2 pear\n<meaning-despair>", None),
        ("danger", None, "<segment> 2 1 2\nText salt 1.\n<tail-more> 2", Position("salt", 1)),
        ("dizzy", None, "<segment> 2 2 2\nText salt 2.\n<tail-help>", Position("salt", 2)),
        ("pie", None, "<lacks-but> 111 apple", None),
        ("cost", None, "<lacks>", None),
        ("rot", None, "<lacks-person>", None),
        ("burns", None, "<lacks-urgent>", None),
        ("stop it", None, "<to-stop>", None),
        ("in french", None, "<lacks-language>", None),
        ("?!", None, "<unclear>\n1 fruit\n2 salt\n<menu-end>", None),
        ("xyzzy", None, "<unclear>\n1 fruit\n2 salt\n<menu-end>", None),
        ("STOP", Position("apple", 1), None, None),
    ],
)
def test_take_text(written, at, text, there):
    reply = answered(LIBRARY, written, at)
    assert (reply.text, reply.at) == (text, there)


@pytest.mark.parametrize(
    ("written", "reading", "asks", "shows"),
    [
        ("pear", Understanding.UNDERSTOOD, (), None),
        ("salt", Understanding.UNDERSTOOD, (), Warned()),
        ("danger", Understanding.DANGER, (), Warned()),
        ("basket", Understanding.ASKED, (FRUIT,), None),
        ("pears and salt", Understanding.ASKED, (PEAR, SALT), None),
        ("pie", Understanding.LACKING, (PEEL,), None),
        ("rot", Understanding.LACKING, (), None),
        ("burns", Understanding.LACKING, (), None),
        ("stop it", Understanding.ASKED, (), None),
        ("xyzzy", Understanding.UNCLEAR, (), Listed("main")),
    ],
)
def test_how_a_text_was_read_and_what_it_is_asked_and_shown(written, reading, asks, shows):
    reply = answered(LIBRARY, written)
    assert (reply.understanding, reply.asks, reply.shows) == (reading, asks, shows)


@pytest.mark.parametrize(
    ("asked", "written"), [((PEAR, SALT), "salt and pears"), ((SALT, PEAR), "pears and salt"), ((SALT,), "why danger")]
)
def test_a_question_is_not_asked_twice_in_a_row(asked, written):
    reply = answered(LIBRARY, written, None, asked)
    assert reply.understanding is Understanding.UNCLEAR
    assert reply.asks == asked, "it is on offer still"
    assert reply.text == "<unclear>\n1 fruit\n2 salt\n<menu-end>"


def test_who_says_the_same_again_gets_the_one_thing_that_was_asked_about():
    assert answered(LIBRARY, "basket", None, (FRUIT,)).understanding is Understanding.ACCEPTED


def test_who_says_more_again_behind_the_last_part_goes_on():
    (offered,) = answered(LIBRARY, "MORE", CORE).asks
    reply = answered(LIBRARY, "MORE", CORE, (offered,))
    assert (offered, reply.at, reply.understanding) == (PEAR, PEAR, Understanding.ACCEPTED)
    assert answered(LIBRARY, "MORE", PEEL, (PEAR,)).at == CORE, "but not within a topic"


def test_what_takes_what_a_question_offered_is_counted_as_that():
    assert answered(LIBRARY, "yes", None, (PEAR,)).understanding is Understanding.ACCEPTED
    assert answered(LIBRARY, "12", None, (PEAR,)).understanding is Understanding.ACCEPTED
    assert answered(LIBRARY, "salt", None, (PEAR,)).understanding is Understanding.UNDERSTOOD


@pytest.mark.parametrize(
    ("written", "left_to_carrier", "answered_by_line", "wish"),
    [
        ("STOP", None, "<stopped>", Stop),
        ("unsubscribe", None, "<stopped>", Stop),
        ("leave off", "<stopped>", "<stopped>", Stop),
        ("HELP", None, "<help>", None),
    ],
)
def test_who_answers_the_carrier_words(written, left_to_carrier, answered_by_line, wish):
    by_carrier = left_to_carrier is None
    assert answered(LIBRARY, written) == Answered(left_to_carrier, None, wish and wish(by_carrier))
    assert answered(LIBRARY, written, answers_carrier_words=True) == Answered(answered_by_line, None, wish and wish())


@pytest.mark.parametrize(
    ("written", "consent", "left_to_carrier", "answered_by_line"),
    [
        ("START", Consent.WANTS, MENU, "<started>"),
        ("START", Consent.BLOCKED, None, "<started>"),
        ("YES", Consent.WANTS, None, UNASKED),
        ("Yes!", Consent.WANTS, UNASKED, UNASKED),
        ("YES", Consent.BLOCKED, None, "<started>"),
    ],
)
def test_start_is_confirmed_by_the_carrier_to_whom_it_had_blocked(written, consent, left_to_carrier, answered_by_line):
    """To anyone else it may say nothing: the line does, but for YES, which is the carrier's."""
    for by_line, text in ((False, left_to_carrier), (True, answered_by_line)):
        library = replace(LIBRARY, answers_carrier_words=by_line)
        _, found = answer({"en": library}, Texter(consent=consent), Texted(written))
        assert (found.reply.text, found.wish) == (text, Start(not by_line))


TYPES = Listed("fruit")


@pytest.mark.parametrize(
    ("shown", "written", "at"),
    [
        (TYPES, "second", PEAR),
        (TYPES, "second, please", PEAR),
        (TYPES, "first", Position("apple", 1)),
        (TYPES, "2", SALT),
        (TYPES, "two", SALT),
        (TYPES, "third", None),
        (Listed("main"), "second", SALT),
        (Listed("gone"), "second", SALT),
        (None, "second", SALT),
    ],
)
def test_an_ordinal_after_a_list_is_of_that_list(shown, written, at):
    """A number means the same always."""
    _, found = answer({"en": LIBRARY}, Texter(shown=shown), Texted(written))
    assert found.reply.at == at


def test_an_ordinal_after_a_choice_of_two_is_of_that_choice():
    assert answered(LIBRARY, "second", None, (PEAR, SALT)).at == SALT


@pytest.mark.parametrize(
    ("stored", "question", "shown"),
    [
        ("", (), None),
        ("pear.1+salt.1", (PEAR, SALT), None),
        ("call", (Move("call"),), None),
        ("listed+fruit.0", (), TYPES),
        ("warned", (), Warned()),
        ("listed+fruit.0+pear.1", (PEAR,), TYPES),
    ],
)
def test_what_is_open_is_stored_as_one_value(stored, question, shown):
    texter = texter_from(to_basis("en/salt.1", stored))
    assert (texter.position, texter.question, texter.shown) == (SALT, question, shown)
    assert (to_open(question, shown) or "") == stored


@pytest.mark.parametrize(
    ("shown", "at", "written", "begins"),
    [
        (None, None, "sure", "<unasked>"),
        (None, None, "no", "<unasked>"),
        (None, Position("apple", 1), "sure", "<unasked-more>"),
        (TYPES, Position("apple", 1), "sure", "<unasked>"),
        (Warned(), SALT, "sure", "<after-warning>"),
        (Warned(), SALT, "YES", "<after-warning>"),
        (Warned(), SALT, "xyzzy", "<after-warning>"),
        (Warned(), SALT, "102", "<after-warning>"),
        (Warned(), SALT, "99", "<unclear>"),
        (Warned(), SALT, "???", "<after-warning>"),
        (Warned(), SALT, "menu", "<menu>"),
        (Warned(), SALT, "pie", "<after-warning>"),
        (Warned(), PEAR, "no", "<after-despair>"),
    ],
)
def test_yes_and_no_where_nothing_was_asked(shown, at, written, begins):
    """After danger nothing else is offered to whoever asks for nothing."""
    _, found = answer({"en": LIBRARY}, Texter(position=at, shown=shown), Texted(written))
    assert found.reply.text.startswith(begins)
    assert (found.reply.shows == Warned()) == begins.startswith("<after")


CALL_HOME = CallBack(State("en", Position("main"), prompt=Prompt.CALLED, only_asked=True))


@pytest.mark.parametrize(("written", "wish"), [("ring me", CALL_HOME), ("wipe me", Forget())])
def test_what_has_to_be_done_first_is_answered_later(written, wish):
    assert answered(LIBRARY, written).wish == wish
    assert answered(LIBRARY, written).text is None


@pytest.mark.parametrize(
    ("outcome", "phrase"),
    [
        (Outcome.SENT, "<calling>"),
        (Outcome.TOO_MANY, "<called-often>"),
        (Outcome.WITHHELD, "<no-calls>"),
        (Outcome.FAILED, "<not-called>"),
        (Outcome.NO_CREDIT, "<not-called>"),
    ],
)
def test_what_became_of_a_call(outcome, phrase):
    assert called(LIBRARY, outcome).text == phrase


def test_what_a_caller_is_texted():
    assert texts_of(LIBRARY, Position("apple", 2)) == answered(LIBRARY, "AGAIN", Position("apple", 2)).texts
    assert texts_of(LIBRARY, Position("fruit")) == ("<keys>",)
    assert texts_of(replace(LIBRARY, can_text=True), Position("fruit")) == ("<keys-with-texts>",)
    same_pace = replace(LIBRARY, can_change_pace=False)
    assert texts_of(same_pace, Position("fruit")) == ("<keys-one-pace>",)
    assert texts_of(replace(same_pace, can_text=True), Position("fruit")) == ("<keys-one-pace-with-texts>",)


def test_what_does_not_fit_into_one_text_is_two():
    salt = LIBRARY.topics["salt"]
    first = replace(salt.segments[0], text="Text salt é.", follow_up="Then this ü.")
    library = replace(LIBRARY, topics={**LIBRARY.topics, "salt": replace(salt, segments=(first, *salt.segments[1:]))})
    sent = answered(library, "danger").texts
    assert [text.splitlines()[1] for text in sent[:1]] == ["Text salt é."]
    assert sent[1].splitlines()[0] == "Then this ü."
    assert len(sent) == 2
    assert len(sent[1].splitlines()) > 1, "what to text next stands at the end of the second"
    assert texts_of(library, Position("salt", 1)) == sent


@given(
    st.text(max_size=200),
    st.one_of(st.none(), st.builds(Position, st.sampled_from(["apple", "gone"]), st.integers(0, 5))),
)
def test_every_text_gets_a_plain_short_answer(written, at):
    reply = answered(LIBRARY, written, at)
    if reply.text is not None:
        assert 0 < (gsm_units(reply.text) or 0) <= 306
