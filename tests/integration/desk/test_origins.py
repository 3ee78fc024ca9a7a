"""Where words that were heard or read stand: asked for everything that the content's line can say and write."""

from dataclasses import replace

import pytest

from ivr.audit.origins import OriginsNow, origin_finder
from ivr.dialogue.prompts import SAID_BY_TRIES, SAID_ONCE
from ivr.dialogue.say import say
from ivr.dialogue.state import first_state
from ivr.dialogue.text_replies import texts_of
from ivr.dialogue.utterances import segment_spoken
from ivr.library.naming import menu_text
from ivr.library.phrases import TextPhrase
from ivr.model import Position, Prompt, State
from ivr.phone.origin import Origin


@pytest.fixture(scope="module")
def find(content):
    return origin_finder(content)


def heard(libraries, state):
    return [line.words for line in say(libraries, state).spoken if line.words]


def states(libraries):
    for tag, library in libraries.items():
        for position in [*map(Position, library.menus), *library.numbers]:
            for prompt in [Prompt.PLAIN, Prompt.PACED, *SAID_ONCE, *SAID_BY_TRIES]:
                yield from (State(tag, position, prompt=prompt, tries=tries, patient=True) for tries in (1, 2, 3))


def test_nothing_is_said_that_comes_from_nowhere(content, find):
    words = {words for state in states(content.libraries) for words in heard(content.libraries, state)}
    assert len(words) > 100
    assert [stretch for stretch in words if find([stretch]) == [None]] == []


def test_every_segment_is_found_said_and_texted(content, find):
    for tag, library in content.libraries.items():
        for position in library.numbers:
            here = Origin(f"content/{tag}/topics/{position.name}.md", f"segment {position.part}")
            said = [line.words for line in segment_spoken(library, position) if line.words]
            assert find(said) == [here] * len(said)
            texted = [line for text in texts_of(library, position) for line in text.splitlines()]
            assert None not in find(texted)
            assert here in find(texted)


def test_menus_are_found_said_and_texted(content, find):
    here = Origin("content/en/menus/main.md", "choices")
    assert find(heard(content.libraries, first_state(content.libraries))).count(here) == 5
    assert find(menu_text(content.libraries["en"], "main", TextPhrase.MENU).splitlines()).count(here) == 5


def test_neighbours_decide_between_two_places_of_one_sentence(find):
    both = "For a person, press 0."
    phrases = "content/en/phrases/call.md"
    assert find([both, "General information, not medical advice."])[0] == Origin(phrases, "arrived-more")
    assert find([both])[0] == Origin(phrases, "person-key")


def test_slots_hold_what_belongs_there_and_no_more(find):
    phrases = "content/en/phrases/call.md"
    assert find(["Treating one area. Part 2 of 4."]) == [Origin(phrases, "place")]
    assert find(["Something else. Part 2 of 4.", "Something else.", ""]) == [None, None, None]


def test_changed_content_is_looked_up_once_taken(content):
    origins = OriginsNow(replace(content, documents={}))
    words = ["To talk with a person, press 0."]
    assert origins(words) == [None]
    origins.take(content)
    assert origins(words) == origin_finder(content)(words) != [None]


def test_no_words_have_no_origins(find):
    assert find([]) == []
