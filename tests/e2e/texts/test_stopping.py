"""Who stops the texts and who does not, and which words the line offers: tables read by its own words."""

import re

import pytest
from answered import answered

from ivr.library.carrier_words import ANSWERED_BY_CARRIER
from ivr.library.sent_words import normalised
from ivr.listening.listening import listening_of
from ivr.listening.meaning import Ask, CarrierWord, Danger, Lacks, StopInDoubt
from ivr.listening.understand import understand
from ivr.model import Move, Position, Start, Stop, Understanding


@pytest.fixture(scope="module")
def library(content):
    return content.libraries["en"]


@pytest.fixture(scope="module")
def meaning_of(library):
    return lambda written: understand(listening_of(library), written).meaning


NO_WISH_TO_STOP = [
    "my hip is bothering me",
    "please stop the cancer",
    "i cant get off my chair",
    "should i cancel this scan",
    "i dont want texts i want a call",
    "can i text my doctor to cancel this scan",
    "i want to end this",
    "i want to quit",
    "they will block this nerve, is it safe",
    "can they revoke my insurance",
    "the treatment plan, do they take this number of pills",
    "will it stop",
    "does radiation stop the tumor",
    "dont send me to hospital please",
    "the pain, make it stop",
    "at the end of this message it says 4",
    "is there a way to stop it growing",
    "quit smoking before surgery?",
    "did they remove me from the trial",
    "take me off my pills?",
    "could they please stop sending bills",
    "the hospital should quit mailing me letters",
    "at the end of these texts is a number",
]


@pytest.mark.parametrize("written", NO_WISH_TO_STOP)
def test_what_is_no_wish_about_texts_stops_none(library, written):
    assert not isinstance(answered(library, written).wish, Stop)


WISH_TO_STOP = [
    "stop please",
    "Please stop!",
    "Stop.",
    "STOP STOP STOP",
    "i said stop!!",
    "stop texting me",
    "pls stop these texts",
    "I don't want these messages",
    "do not text me again",
    "no more texts thanks",
    "take my name off your list",
    "remove my number please",
    "leave me alone",
    "quit sending me these",
    "unsubscribe",
    "how do I unsubscribe",
    "stop sending me messages",
    "cancel texts",
    "stpo",
    "stopp",
    "do not text me any more",
    "never text us again",
]


@pytest.mark.parametrize("written", WISH_TO_STOP)
def test_a_wish_about_texts_stops_them(library, written):
    assert isinstance(answered(library, written).wish, Stop)


@pytest.mark.parametrize(
    "written", ["START!", "start.", "Unstop!", "YES.", "start please", "please start the texts again"]
)
def test_a_wish_to_get_texts_again_is_met_whatever_mark_is_behind_it(library, written):
    assert isinstance(answered(library, written).wish, Start)


IN_DOUBT = ["STOP this is not Linda", "stop it", "cancel it", "cancel this", "i want to quit"]


@pytest.mark.parametrize("written", IN_DOUBT)
def test_where_a_wish_to_stop_is_in_doubt_the_way_is_said(library, written):
    reply = answered(library, written)
    assert reply.wish is None
    assert reply.text == "\n".join(library.text["to-stop"])


@pytest.mark.parametrize(
    "written", ["please help", "I need help", "help!", "Help me please", "HELP?", "can you help me"]
)
def test_who_asks_for_help_in_their_own_words_gets_a_person(library, meaning_of, written):
    assert meaning_of(written) == library.at("person")


def misspelt(word):
    """One letter left out, doubled, or swapped with the next."""
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]
        yield word[: at + 1] + word[at:]
        yield word[:at] + word[at + 1 : at + 2] + word[at : at + 1] + word[at + 2 :]


SWALLOWED = re.compile(r"\b(STOP|STOPALL|UNSUBSCRIBE|CANCEL|CEASE|END|QUIT|REVOKE|OPTOUT|START|YES|UNSTOP|HELP|INFO)\b")
"""In capitals, as the line writes what one may send."""


def test_no_question_offers_a_word_that_stops_or_that_the_carrier_keeps(library):
    """Every misspelling of those words, every word that content speaks, and some that came near before."""
    spoken = {word for topic in library.topics.values() for part in topic.segments for word in normalised(part.voice)}
    listed = {word for phrases in library.words.values() for phrase in phrases for word in normalised(phrase)}
    hints = {hint for topic in library.topics.values() for part in topic.segments for hint in part.hints}
    wrong = {wrong for word in ANSWERED_BY_CARRIER for wrong in misspelt(word)}
    near = {"cancer", "CAUSE", "CAPSULE", "please help", "yes please", "cancel it", "yess", *IN_DOUBT}
    replies = [answered(library, words) for words in spoken | listed | hints | wrong | near]
    asked = {reply.text for reply in replies if reply.understanding in (Understanding.ASKED, Understanding.LACKING)}
    assert len(asked) > 20
    told = "\n".join(library.text["to-stop"])
    assert told in asked, "the one sentence that says how to stop"
    assert not [text for text in asked - {told} if SWALLOWED.search(text)]


def test_each_keyword_and_hint_leads_to_its_own_topic(library, meaning_of):
    """A keyword to its own segment. Where it may be a sign of danger, that is asked about first."""
    for topic in library.topics.values():
        for part, segment in enumerate(topic.segments, start=1):
            for word in segment.keywords:
                first, *others = led_to(meaning_of(word))
                assert Position(topic.name, part) in (first, *others), word
                assert not others or first in listening_of(library).dangers.values(), word
            for word in segment.hints:
                assert topic.name in {position.name for position in led_to(meaning_of(word))}, word


def led_to(meaning):
    if isinstance(meaning, Danger):
        return (meaning.at,)
    goals = meaning.goals if isinstance(meaning, Ask) else (meaning.offer if isinstance(meaning, Lacks) else meaning,)
    return tuple(goal for goal in goals if isinstance(goal, Position))


@pytest.mark.parametrize("word", sorted(ANSWERED_BY_CARRIER))
@pytest.mark.parametrize("written", ["{}", " {}\n"])
def test_the_carriers_words_are_its_own_only_as_it_reads_them(meaning_of, word, written):
    assert isinstance(meaning_of(written.format(word.lower())), CarrierWord)


def test_stop_it_may_be_about_something_else(meaning_of):
    assert meaning_of("stop it") == StopInDoubt()
    assert meaning_of("stop it.") != Move("stop")
