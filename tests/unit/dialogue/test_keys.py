"""The table of keys is whole: what lists keys elsewhere lists those of the table."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from toy import ENGLISH_ONLY, LIBRARIES

from ivr.audit.access.keys import MEANINGS, OWN_MEANINGS, says_its_prompt
from ivr.audit.access.turns import ObservedTurn
from ivr.dialogue.keys import EVERYWHERE, NUMBERS, live_keys
from ivr.dialogue.step import step
from ivr.dialogue.url import to_path
from ivr.model import Position, Pressed, Prompt, State
from ivr.phone.handset import Moment, Speech

CHOICES = "12345"
"""Keys that menus and segments offer: what was just heard decides what they mean."""
HOME = State("en", Position("main"))


def test_the_audit_measures_each_key():
    assert set(MEANINGS) == set(EVERYWHERE)
    assert set(OWN_MEANINGS) <= set(EVERYWHERE)


@pytest.mark.parametrize(
    ("there", "words", "did"),
    [
        (State("en", HOME.position, prompt=Prompt.WAITING, tries=1), "Take your time.", True),
        (State("en", HOME.position, prompt=Prompt.WAITING, tries=1), "", False),
        (State("en", HOME.position, prompt=Prompt.UNKNOWN_KEY, tries=1), "That key does nothing.", False),
        (State("en", Position("goals", 1), prompt=Prompt.WAITING, tries=1), "Take your time.", False),
        (None, "Goodbye.", False),
    ],
    ids=["as in the table", "silence", "unknown key", "somewhere else", "hung up"],
)
def test_a_key_that_only_says_something_is_measured_by_the_table(there, words, did):
    moments = (Moment(0.0, 1.0, Speech(words, "", "en-US", 1.0, True, 1.0)),) if words else ()
    turn = ObservedTurn(to_path(HOME), "8", to_path(there) if there else None, moments)
    assert says_its_prompt(SimpleNamespace(libraries=LIBRARIES), turn) is did


def test_each_key_is_one_of_a_phone_and_none_is_named_twice():
    assert set(EVERYWHERE) <= {*NUMBERS, "0", "*", "#"} - set(CHOICES)
    assert len({row.printed for row in EVERYWHERE.values()}) == len(EVERYWHERE)


@pytest.mark.parametrize("libraries", [LIBRARIES, ENGLISH_ONLY], ids=["two languages", "one language"])
def test_a_key_does_something_exactly_where_it_is_live(libraries):
    live = {row.key for row in live_keys(libraries["en"], len(libraries))}
    heeded = {key for key in EVERYWHERE if step(libraries, HOME, Pressed(key)).state.prompt is not Prompt.UNKNOWN_KEY}
    assert heeded == live
