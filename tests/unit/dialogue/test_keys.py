"""The table of keys is whole: what lists keys elsewhere lists those of the table."""

from __future__ import annotations

import pytest
from toy import ENGLISH_ONLY, LIBRARIES

from ivr.audit.access.keys import MEANINGS
from ivr.dialogue.keys import EVERYWHERE, NUMBERS, live_keys
from ivr.dialogue.step import step
from ivr.model import Position, Pressed, Prompt, State

CHOICES = "12345"
"""Keys that menus and segments offer: what was just heard decides what they mean."""
HOME = State("en", Position("main"))


def test_the_audit_knows_each_key_by_what_it_does():
    assert set(MEANINGS) == set(EVERYWHERE)


def test_each_key_is_one_of_a_phone_and_none_is_named_twice():
    assert set(EVERYWHERE) <= {*NUMBERS, "0", "*", "#"} - set(CHOICES)
    assert len({row.printed for row in EVERYWHERE.values()}) == len(EVERYWHERE)


@pytest.mark.parametrize("libraries", [LIBRARIES, ENGLISH_ONLY], ids=["two languages", "one language"])
def test_a_key_does_something_exactly_where_it_is_live(libraries):
    live = {row.key for row in live_keys(libraries["en"], len(libraries))}
    heeded = {key for key in EVERYWHERE if step(libraries, HOME, Pressed(key)).state.prompt is not Prompt.UNKNOWN_KEY}
    assert heeded == live
