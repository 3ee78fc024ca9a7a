"""Who stops the texts and who does not, and which words the line offers: tables read by its own words."""

import re

import pytest

from ivr.dialogue.keywords import understand
from ivr.dialogue.meaning import CarrierWord, Move, Near
from ivr.dialogue.text import take_text
from ivr.library.carrier_words import ANSWERED_BY_CARRIER
from ivr.library.sent_words import normalised
from ivr.model import Act, Spot, Texted


@pytest.fixture(scope="module")
def library(content):
    return content.libraries["en"]


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
]


@pytest.mark.parametrize("written", NO_WISH_TO_STOP)
def test_what_is_no_wish_about_texts_stops_none(library, written):
    assert take_text(library, Texted(written)).act is not Act.STOP


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
]


@pytest.mark.parametrize("written", WISH_TO_STOP)
def test_a_wish_about_texts_stops_them(library, written):
    assert take_text(library, Texted(written)).act is Act.STOP


@pytest.mark.parametrize("written", ["stpo", "stopp", "STOP this is not Linda", "could they please stop sending bills"])
def test_where_a_wish_to_stop_is_in_doubt_the_way_is_said(library, written):
    reply = take_text(library, Texted(written))
    assert reply.act is None
    assert reply.text == "\n".join(library.text["to-stop"])


@pytest.mark.parametrize(
    "written", ["please help", "I need help", "help!", "Help me please", "HELP?", "can you help me"]
)
def test_who_asks_for_help_in_their_own_words_gets_a_person(library, written):
    assert understand(library, written) == library.at("person")


def misspelt(word):
    """One letter left out, doubled, or swapped with the next."""
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]
        yield word[: at + 1] + word[at:]
        yield word[:at] + word[at + 1 : at + 2] + word[at : at + 1] + word[at + 2 :]


def stopping(library):
    return ANSWERED_BY_CARRIER | {" ".join(normalised(word)) for word in library.words["stop"]}


def test_no_question_offers_a_word_that_stops_or_that_the_carrier_keeps(library):
    """Every misspelling of those words, every word that content speaks, and some that came near before."""
    never = stopping(library)
    spoken = {word for topic in library.topics.values() for part in topic.segments for word in normalised(part.voice)}
    listed = {word for phrases in library.words.values() for phrase in phrases for word in normalised(phrase)}
    wrong = {wrong for word in never for one in word.split() for wrong in misspelt(one)}
    tried = spoken | listed | wrong | {"cancer", "CAUSE", "CAPSULE", "please help", "yes please", "cancel it", "yess"}
    offered = {meant.word for words in tried if isinstance(meant := understand(library, words), Near)}
    assert len(offered) > 20
    assert offered & never <= {"STOP"}, "of which only the sentence that says how to stop is made"
    told = "\n".join(library.text["to-stop"])
    asked = [take_text(library, Texted(words)).text for words in tried if isinstance(understand(library, words), Near)]
    assert not [text for text in asked if text != told and re.search(r"mean (STOP|YES|HELP|INFO|CANCEL|CEASE)\b", text)]


def test_each_keyword_and_hint_leads_to_its_own_topic(library):
    for topic in library.topics.values():
        for part, segment in enumerate(topic.segments, start=1):
            for word in segment.keywords:
                assert understand(library, word) == Spot(topic.name, part), word
            for word in segment.hints:
                found = understand(library, word)
                meant = found.meaning if isinstance(found, Near) else found
                assert isinstance(meant, Spot), word
                assert meant.name == topic.name, word


@pytest.mark.parametrize("word", sorted(ANSWERED_BY_CARRIER))
@pytest.mark.parametrize("written", ["{}", " {}\n"])
def test_the_carriers_words_are_its_own_only_as_it_reads_them(library, word, written):
    assert isinstance(understand(library, written.format(word.lower())), CarrierWord)


def test_a_whole_hint_beats_a_shorter_keyword_in_it(library):
    assert understand(library, "hormone positive").meaning.name == "depends"
    assert understand(library, "stop it") == Move("stop")
