"""What a caller says instead of pressing keys, as a table, and what holds whatever is said."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from toy import LIBRARIES

from ivr.dialogue.step import step
from ivr.dialogue.url import from_path, to_path
from ivr.library.limits import LEAST_CONFIDENCE
from ivr.model import Dial, Move, Pace, Position, Pressed, Prompt, Said, SendText, Silent, State

ENGLISH = replace(
    LIBRARIES["en"],
    can_hear=True,
    can_text=True,
    words={**LIBRARIES["en"].words, "0": ("ZERO",), "4": ("FOUR",), "8": ("EIGHT",)},
    menus={**LIBRARIES["en"].menus, "main": replace(LIBRARIES["en"].menus["main"], privacy="pear")},
)
HEARING = {"en": ENGLISH, "fr": replace(LIBRARIES["fr"], can_hear=True)}
SURE, UNSURE = LEAST_CONFIDENCE + 0.5, LEAST_CONFIDENCE - 0.01
HOME, MENU, FIRST, LAST, SHORT = (
    "plain.0/main.0",
    "plain.0/fruit.0",
    "plain.0/apple.1",
    "plain.0/apple.3",
    "plain.0/pear.1",
)


def state(written: str, pace: str = "normal") -> State:
    found = from_path(f"en/{pace}/new/0/{written}")
    assert found is not None, written
    return found


def after(here: State, event: Said | Pressed | Silent) -> State:
    return replace(step(HEARING, here, event).state, visited=0)


def said(here: State, words: str, confidence: float | None = SURE) -> State:
    return after(here, Said(words, confidence))


@pytest.mark.parametrize(
    ("here", "words", "key"),
    [
        *((HOME, words, "1") for words in ("one", "One.", "1", "press one", "one please")),
        *((HOME, words, "2") for words in ("two", "2.", "press 2 please")),
        (FIRST, "one", "1"),
        (FIRST, "more", "1"),
        (LAST, "two", "2"),
        *((here, "a person", "0") for here in (HOME, MENU, FIRST, LAST, "silent.2/main.0", "waiting.3/apple.2")),
        (HOME, "zero", "0"),
        *((here, words, "*") for here in (MENU, FIRST, "plain.0/resume.apple.2") for words in ("back", "star")),
        *((here, words, "#") for here in (HOME, LAST, "silent.2/apple.2") for words in ("again", "hash", "Again!")),
        (FIRST, "another language", "6"),
        (FIRST, "French", "6"),
        (FIRST, "speed", "7"),
        *((here, words, "8") for here in (HOME, FIRST) for words in ("wait", "hold on please", "eight")),
        (FIRST, "text me", "9"),
        (SHORT, "wipe me", "3"),
        ("arrived.0/resume.apple.2", "yes", "1"),
        ("arrived.0/resume.apple.2", "no", "2"),
        ("text-failed.0/apple.2", "sure", "1"),
        ("text-failed.0/apple.2", "more", "2"),
        ("waiting.3/apple.2", "ready", "1"),
        ("silent.3/apple.2", "still here", "1"),
        ("silent.3/apple.2", "hello", "1"),
        ("did-you-say.0/apple.1/salt.1", "yes", "1"),
        ("did-you-say.0/apple.1/salt.1", "one", "1"),
        ("did-you-say.0/apple.1/salt.1", "no", "2"),
        ("did-you-say.0/apple.1/salt.1+pear.1", "the other", "2"),
        ("did-you-say.0/apple.1/salt.1+pear.1", "no", "3"),
        ("did-you-say.0/apple.1/goodbye", "yes", "1"),
        ("lacking.0/apple.1/salt.1", "yes please", "1"),
    ],
)
def test_words_do_what_a_key_does(here, words, key):
    assert said(state(here), words) == after(state(here), Pressed(key))
    assert after(state(here), Pressed(key)).prompt is not Prompt.UNKNOWN_KEY
    assert said(state(here), words, confidence=None) == after(state(here), Pressed(key))


@pytest.mark.parametrize(
    ("here", "words", "there"),
    [
        (HOME, "peel", "plain.0/apple.2"),
        (HOME, "tell me about the pears please", "plain.0/pear.1"),
        (LAST, "menu", "plain.0/main.0"),
        (FIRST, "eleven", "plain.0/apple.1"),
        (HOME, "danger", "plain.0/salt.1"),
        ("waiting.3/apple.2", "danger", "plain.0/salt.1"),
        ("goodbye.1/main.0", "I feel hopeless", "plain.0/pear.1"),
        (HOME, "keys", "choices.0/main.0"),
        (HOME, "how much does it cost", "lacking.0/main.0"),
        (HOME, "cake", "lacking.0/main.0/apple.2"),
        (HOME, "in french", "other-language.0/main.0"),
        (HOME, "basket", "did-you-say.0/main.0/fruit.0"),
        (HOME, "risky", "did-you-say.0/main.0/salt.1"),
        (HOME, "ring me", "did-you-say.0/main.0/pear.1"),
        (HOME, "Goodbye.", "did-you-say.0/main.0/goodbye"),
        (FIRST, "wipe me", "plain.0/pear.1"),
        ("did-you-say.0/apple.1/goodbye", "yes", "goodbye.0/apple.1"),
        ("did-you-say.0/apple.1/salt.1", "peel", "plain.0/apple.2"),
    ],
)
def test_where_words_lead(here, words, there):
    assert to_path(said(state(here), words)) == f"en/normal/new/0/{there}"


@pytest.mark.parametrize(
    ("before", "words", "then"),
    [
        *(("normal", "slower", "slow"), ("fast", "slower", "normal"), ("slow", "slower", "slower")),
        *(("slower", "slower", "slower"), ("slower", "faster", "slow")),
        *(("normal", "faster", "fast"), ("slow", "faster", "normal"), ("fast", "faster", "fast")),
    ],
)
def test_the_pace_is_said_by_its_direction(before, words, then):
    there = said(state(FIRST, before), words)
    assert (there.pace, there.prompt, there.position) == (Pace(then), Prompt.PACED, Position("apple", 1))


NOISE = ("hello", "oh", "thank you", "no", "yes", "mumble mumble", "leave off", "stop texting", "nine", "!")
AT_LENGTH = "and then she said we would all go back to the peel again and again tomorrow"
PLACES = [HOME, MENU, FIRST, LAST, "silent.2/main.0", "waiting.3/apple.2", "goodbye.1/main.0", "plain.1/main.0"]


@pytest.mark.parametrize("here", PLACES)
@pytest.mark.parametrize("words", NOISE)
def test_noise_is_silence(here, words):
    assert said(state(here), words) == after(state(here), Silent())


@pytest.mark.parametrize("here", PLACES)
@pytest.mark.parametrize("words", ["one", "peel", "a person", "wait", "goodbye", "basket", "yes", "cake"])
def test_what_the_carrier_has_guessed_is_silence(here, words):
    assert said(state(here), words, UNSURE) == after(state(here), Silent())


@pytest.mark.parametrize("here", PLACES)
def test_danger_that_was_heard_badly_is_asked_about(here):
    there = said(state(here), "danger", UNSURE)
    assert (there.prompt, there.asked, there.position) == (
        Prompt.DID_YOU_SAY,
        (Position("salt", 1),),
        state(here).position,
    )
    assert said(there, "yes").position == Position("salt", 1)


def test_what_is_said_at_length_is_asked_about_at_most():
    there = said(state(HOME), AT_LENGTH)
    assert (there.position, there.prompt) == (Position("main"), Prompt.DID_YOU_SAY)


@pytest.mark.parametrize("words", ["one", "peel", "back", "again", "slower", "yes", "text me", "goodbye", "cake"])
def test_while_it_waits_people_may_talk_to_each_other(words):
    here = state("waiting.3/apple.2")
    assert (said(here, words) == after(here, Silent())) == (words != "one")


@pytest.mark.parametrize("words", ["one", "peel", "a person", "danger", "goodbye"])
def test_a_machine_that_answers_a_call_of_the_line_moves_nothing(words):
    here = state("called.1/apple.2")
    assert said(here, words) == after(here, Silent())
    assert step(HEARING, here, Silent()).reply.then.hears == ""


@pytest.mark.parametrize("here", PLACES)
@pytest.mark.parametrize("words", ["one", "peel", "danger", "goodbye"])
def test_a_line_that_does_not_listen_hears_silence(here, words):
    deaf = {tag: replace(library, can_hear=False) for tag, library in HEARING.items()}
    assert step(deaf, state(here), Said(words, SURE)).state == step(deaf, state(here), Silent()).state
    assert "".join(getattr(step(deaf, state(here), Pressed("#")).reply.then, "hears", "")) == ""


def test_a_person_is_dialled_for_a_word_and_never_for_despair():
    assert step(HEARING, state(HOME), Said("a person", SURE)).reply.then == Dial()
    assert step(HEARING, state(HOME), Said("hopeless", SURE)).reply.then != Dial()


def test_a_text_that_is_asked_for_by_word_is_sent():
    assert any(isinstance(effect, SendText) for effect in step(HEARING, state(FIRST), Said("text me", SURE)).effects)


def test_a_question_is_open_until_anything_else_is_heard():
    asked = said(state(HOME), "basket")
    assert after(asked, Pressed("#")) == asked
    assert after(asked, Silent()) == replace(asked, tries=1, patient=True)
    for event in (Pressed("7"), Pressed("8"), Pressed("*"), Pressed("9"), Said("cost", SURE)):
        assert after(asked, event).asked == ()


def test_a_question_names_its_keys_and_what_it_asks_about():
    reply = step(HEARING, state(HOME), Said("basket", SURE)).reply
    assert [line.words for line in reply.spoken] == ["<did-you-say> fruit"]
    either = step(HEARING, state("did-you-say.0/main.0/salt.1+pear.1"), Pressed("#")).reply
    assert [line.words for line in either.spoken] == ["<did-you-say-either> pear salt"]
    goodbye = step(HEARING, state(HOME), Said("bye", SURE)).reply
    assert [line.words for line in goodbye.spoken] == ["<did-you-say-goodbye>"]
    assert goodbye.then.hears == "en"


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("did-you-say.0/apple.1/pear.1", ("silent", 3, "apple")),
        ("did-you-say.0/salt.1/pear.1", ("connecting", 0, "salt")),
        ("lacking.0/fruit.0/pear.1", ("silent", 3, "fruit")),
        ("did-you-say.0/main.0/goodbye", ("naming", 0, "apple")),
    ],
)
def test_three_silences_at_a_question_end_it(here, there):
    """Two ask once more. At the main menu a noise may have been taken for a word: there silence is read to."""
    asked, heard = state(here), []
    for _ in range(3):
        turn = step(HEARING, asked, Silent())
        asked = turn.state
        heard.append([line.words for line in turn.reply.spoken])
    assert (asked.prompt, asked.tries, asked.position.name) == there
    assert heard[0][0] == "<asked-again>" and heard[1][-1] == "<person-key>"
    assert heard[0][1:] == heard[1][:-1]


def test_a_question_that_nobody_answers_ends_nothing_that_is_read_to_a_silent_caller():
    here = replace(state("did-you-say.2/apple.1/pear.1"), touring=True)
    assert (after(here, Silent()).prompt, after(here, Silent()).touring) == (Prompt.NAMING, True)


def test_danger_in_doubt_is_asked_about_even_while_the_line_waits():
    there = said(state("waiting.3/apple.2"), "risky")
    assert (there.prompt, there.asked) == (Prompt.DID_YOU_SAY, (Position("salt", 1),))


@pytest.mark.parametrize("asked", ["gone.1", "apple.9", "gone.1+apple.9", "more"])
def test_a_question_about_what_the_content_no_longer_has_offers_the_choices(asked):
    here = state(f"did-you-say.0/apple.1/{asked}")
    assert "<choices>" in [line.words for line in step(HEARING, here, Pressed("#")).reply.spoken]
    assert after(here, Pressed("1")).position == Position("apple", 2)


def test_the_line_says_once_that_it_listens():
    def heard(here: str) -> int:
        reply = step(HEARING, state(here), Pressed("#")).reply
        return [line.words for line in reply.spoken].count("<speech>")

    assert [heard(here) for here in ("arrived.0/main.0", "arrived.0/resume.apple.2", HOME, FIRST)] == [1, 1, 0, 0]


@given(st.text(), st.sampled_from(PLACES), st.one_of(st.none(), st.floats(0, 1)))
def test_whatever_is_said_the_state_comes_back_from_its_path(words, here, confidence):
    there = said(state(here), words, confidence)
    assert from_path(to_path(there)) == there


def test_what_was_said_is_in_no_state():
    there = said(state(HOME), "xylophone basket")
    assert there.asked == (Position("fruit"),)
    assert "xylophone" not in repr(there) + repr(Said("xylophone"))
    assert Move("xylophone") not in there.asked
