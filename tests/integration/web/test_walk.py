"""Every key at every place of the real content, through the handset: the walk itself, and what no rule of
accessibility says. The rules are measured on the same walk in tests/integration/ruler."""

import pytest

from ivr.audit.access.text_walk import words_of
from ivr.audit.access.turns import KEYS, SILENCE
from ivr.model import Position, Prompt


@pytest.fixture
def walk(survey):
    return survey.walk


ELSEWHERE = {
    *(Prompt.MOVED, Prompt.ENDED, Prompt.CALLED, Prompt.TEXTING, Prompt.FORGETTING, Prompt.NOT_FORGOTTEN),
    *(Prompt.DID_YOU_SAY, Prompt.LACKING, Prompt.LACKING_URGENT, Prompt.CHOICES, Prompt.OTHER_LANGUAGE),
    *(Prompt.NAMING, Prompt.PACE_FIXED),
    *(prompt for prompt in Prompt if prompt.startswith("text-") and prompt is not Prompt.TEXT_WITHHELD),
}
"""Prompts that nobody comes to by keys alone from a withheld number, and stays in: some are of what is said, the naming
goes on by itself, and this carrier can change the pace. Tests of their own go there."""


def test_the_walk_went_everywhere(walk, content):
    library = content.libraries["en"]
    positions = {turn.position for turn in walk.every}
    assert {Position(name) for name in library.menus} <= positions
    assert {
        Position(t.name, part) for t in library.topics.values() for part in range(1, len(t.segments) + 1)
    } <= positions
    assert {turn.prompt for turn in walk.every} >= set(Prompt) - ELSEWHERE


def test_every_place_found_was_walked_with_every_key(walk):
    here = walk.arrivals[0].state.language
    assert all(walk.at(turn.there) for turn in walk.every if turn.state is not None and turn.state.language == here)
    assert all(acts.keys() == {SILENCE, *KEYS} for acts in walk.listening.values())


def test_the_carrier_has_nothing_to_log(walk):
    assert [turn.warnings for turn in walk.every if turn.warnings] == []


def test_only_silence_after_goodbye_ends_a_call(walk):
    ended = {(turn.before.prompt, turn.act) for turn in walk.every if turn.there is None}
    assert ended == {(Prompt.GOODBYE, SILENCE)}


def test_every_keyword_leads_to_its_segment(survey, content):
    for topic in content.libraries["en"].topics.values():
        for part, segment in enumerate(topic.segments, start=1):
            for keyword in segment.keywords:
                read = words_of(survey.texts.keywords[keyword.lower()])
                assert segment.text in read, f"{keyword} does not lead to {topic.name}.{part}"


def test_no_text_is_refused(survey):
    assert [answer.refused for answer in survey.texts.every if answer.refused] == []


PROMISED = ["TYPES", "SYSTEMIC", "CHEMO", "HORMONE", "LOCAL", "RADIATION", "SURGERY", "FACTORS", "QUESTIONS", "URGENT"]


@pytest.mark.parametrize("word", [*PROMISED, "ABOUT", "KEYS", "PERSON"])
def test_the_promised_keywords_are_known(new_caller, content, word):
    opening = content.libraries["en"].text["unclear"][0]
    assert not words_of(new_caller().text(word)).startswith(opening)


def test_all_facts_can_be_texted_by_number_alone(survey, content):
    """A topic's number, and MORE for what follows: nobody has to write a word of medicine."""
    answers = [answer for chain in survey.texts.chains.values() for answer in chain]
    assert {fact for answer in answers for fact in survey.facts_read(answer)} == set(content.facts)


def test_all_facts_can_be_texted_by_keyword_alone(survey, content):
    answers = survey.texts.keywords.values()
    assert {fact for answer in answers for fact in survey.facts_read(answer)} == set(content.facts)


def test_all_facts_are_heard_by_keys_alone(survey, walk, content):
    heard = survey.facts_at(position for turn in walk.different for position in survey.heard(turn))
    assert set(heard) == set(content.facts)
    assert len(content.facts) == 43
