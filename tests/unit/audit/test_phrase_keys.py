"""Keys that phrases name, beside what the keys do."""

import re
from dataclasses import replace
from types import SimpleNamespace

import pytest

from ivr.audit.access.ear import keys_named, tongue_of
from ivr.audit.phrase_keys import FILE, KEYS_OF, check_phrase_keys
from ivr.dialogue.keys import EVERYWHERE, pressed
from ivr.dialogue.say import say
from ivr.library.document import Words
from ivr.library.library import HOME
from ivr.library.load import content_of
from ivr.library.phrases import CallPhrase, TextPhrase
from ivr.model import Position, Prompt, State
from ivr.settings import CONTENT, DEFAULT_HELPLINE

CONTENTS = content_of(CONTENT, DEFAULT_HELPLINE)
LIBRARIES = CONTENTS.libraries
ENGLISH = LIBRARIES["en"]
TONGUES = {tag: tongue_of(library) for tag, library in LIBRARIES.items()}


def problems(tag, change=lambda _name, text: text):
    """What is found in a language's phrases once each paragraph was changed."""
    document = CONTENTS.documents[f"content/{tag}/{FILE}"]
    sections = {
        name: tuple(Words(change(name, words.text), words.line) for words in section)
        for name, section in document.sections.items()
    }
    shelf = SimpleNamespace(library=LIBRARIES[tag], file=lambda _: replace(document, sections=sections))
    return list(check_phrase_keys(shelf))


@pytest.mark.parametrize("tag", LIBRARIES)
def test_every_key_that_is_named_does_what_is_said(tag):
    assert problems(tag) == []


KEY_LAST = re.compile(r"(press|marque el|marque la tecla) (\d|pound|star|numeral|asterisco)\b")
WRONG = {"press": "press 4", "marque el": "marque el 4", "marque la tecla": "marque la tecla 4"}


@pytest.mark.parametrize("tag", LIBRARIES)
@pytest.mark.parametrize("phrase", KEYS_OF)
def test_a_wrong_key_is_found_in_every_phrase(tag, phrase):
    def wrong(name, text):
        return KEY_LAST.sub(lambda found: WRONG[found[1]], text) if name == phrase else text

    document = CONTENTS.documents[f"content/{tag}/{FILE}"]
    changed = {words.line for words in document.sections[phrase] if wrong(phrase, words.text) != words.text}
    assert changed, "this phrase names no key, so it is not to be in the list"
    found = problems(tag, wrong)
    assert {problem.line for problem in found} == changed
    assert all(problem.code == "C8" and not problem.warning for problem in found)


@pytest.mark.parametrize("tag", LIBRARIES)
def test_whoever_asks_for_the_keys_is_told_of_each(tag):
    aloud = [key for words in LIBRARIES[tag].call[CallPhrase.KEYS_ALOUD] for key in keys_named(words, TONGUES[tag])]
    assert set(aloud) == set(EVERYWHERE) - {"9"}, "said where key 9 could not send them"
    texted = " ".join(LIBRARIES[tag].text[TextPhrase.KEYS_WITH_TEXTS])
    assert set(EVERYWHERE) <= set(re.findall(r"[0-9*#]+", texted))


def test_a_key_in_a_phrase_that_has_none_is_found():
    (found,) = problems("en", lambda name, text: f"{text} To go back, press 0." if name == "text-sent" else text)
    assert "name no key" in found.remedy


def test_two_keys_that_are_exchanged_are_found():
    other = {"press 1": "press 2", "press 2": "press 1"}

    def exchanged(name, text):
        return re.sub("press [12]", lambda one: other[one[0]], text) if name == "resuming" else text

    found = problems("en", exchanged)
    assert "in the order `1`, then `2`" in found[0].remedy


FIRST, LAST = Position("goals", 1), Position("goals", len(ENGLISH.topics["goals"].segments))
PRIVACY = ENGLISH.menus[HOME].privacy
STATES = {
    CallPhrase.RESUMING: State("en", replace(FIRST, resuming=True), prompt=Prompt.ARRIVED),
    CallPhrase.TOUR_KEYS: State("en", Position(ENGLISH.menus[HOME].urgent, 1), touring=True),
    CallPhrase.GO_ON: State("en", FIRST),
    CallPhrase.AGAIN_TOPIC: State("en", LAST),
    CallPhrase.WAITING: State("en", FIRST, prompt=Prompt.WAITING, tries=1),
    CallPhrase.STILL_WAITING: State("en", FIRST, prompt=Prompt.WAITING, tries=2),
    CallPhrase.CALLED: State("en", Position(HOME), prompt=Prompt.CALLED),
    CallPhrase.DICTATE_OFFER: State("en", FIRST, prompt=Prompt.TEXT_FAILED),
    CallPhrase.FORGET_KEY: State("en", Position(PRIVACY, len(ENGLISH.topics[PRIVACY].segments))),
    CallPhrase.DID_YOU_SAY: State("en", FIRST, prompt=Prompt.DID_YOU_SAY, asked=(LAST,)),
    CallPhrase.DID_YOU_SAY_EITHER: State("en", FIRST, prompt=Prompt.DID_YOU_SAY, asked=(LAST, Position("about", 1))),
    CallPhrase.LACKING_BUT: State("en", FIRST, prompt=Prompt.LACKING, asked=(LAST,)),
}


@pytest.mark.parametrize("phrase", STATES)
def test_the_list_is_what_the_dialogue_does(phrase):
    """Where the phrase is said, each of its keys leads somewhere of its own."""
    state = STATES[phrase]
    heard = " ".join(one.words for one in say(LIBRARIES, state).spoken)
    assert any(KEY_LAST.search(words) and words.split("{")[0] in heard for words in ENGLISH.call[phrase])
    led = [pressed(LIBRARIES, state, key) for key in KEYS_OF[phrase]]
    assert None not in led
    assert len(set(led)) == len(led)
