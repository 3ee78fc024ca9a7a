"""Rules of structure: content that keeps them is served whole, whatever the rules on words say of it."""

import itertools

import pytest
from small_content import copy_language, loaded, small_content
from test_rules import ROWS, SECOND

from ivr.carrier.twilio.render import Speaker, TwiML, messages_document
from ivr.dialogue.step import step
from ivr.dialogue.url import to_path
from ivr.library.lint import check
from ivr.library.rules import check_structure
from ivr.model import Arrived, Position, Pressed, Prompt, Silent, State, Texted, Texter
from ivr.settings import DEFAULT_HELPLINE
from ivr.web.ready import Ready

pytestmark = pytest.mark.slow

HEARD = (Arrived(), Silent(), *map(Pressed, "0123456789*#"))
SELDOM_HEARD = (Silent(), Pressed("1"))
"""Wherever the line has just said something of its own."""
BESIDE_NUMBERS = ("MORE", "back", "again", "menu", "keys", "danger", "apples please", "aples", "0", "14", "\u2019", "")
TRIES = {Prompt.SILENT: (1, 2, 3), Prompt.UNKNOWN_KEY: (1, 2, 3), Prompt.WAITING: (1, 24)}


def serve_all(content):
    """Says what there is to say at every position with every prompt, goes on from there with every key,
    and answers texts."""
    languages = {tag: library.language for tag, library in content.libraries.items()}
    ready = Ready(content.libraries, TwiML(), Speaker(languages, DEFAULT_HELPLINE), "")
    for tag, library in content.libraries.items():
        positions = [Position(name) for name in library.menus] + list(library.numbers)
        positions += [Position(position.name, position.part, resuming=True) for position in library.numbers]
        for position, prompt in itertools.product(positions, Prompt):
            for tries in TRIES.get(prompt, (0,)):
                here = State(tag, position, prompt=prompt, tries=tries)
                ready.document(ready.turn(to_path(here), Pressed("#")))
                for heard in HEARD if prompt is Prompt.PLAIN else SELDOM_HEARD:
                    ready.document(ready.turn(to_path(here), heard))
        for words, at in itertools.product((*library.codes.values(), *BESIDE_NUMBERS), (None, *positions)):
            messages_document(step(content.libraries, Texter(tag, position=at), Texted(words)).reply)


@pytest.mark.parametrize("edit", [edit for edit, _ in ROWS.values()], ids=ROWS)
def test_content_with_a_mistake_is_served_or_refused_and_the_check_says_why(tmp_path, edit):
    root = small_content(tmp_path)
    edit(root)
    content = loaded(root)
    refused = set(check_structure(content))
    assert refused <= set(check(content))
    if not refused:
        serve_all(content)


REFUSED = {
    "choices": "a choice that leads nowhere",
    "silent": "nothing for whoever presses nothing",
    "person": "nothing for 0",
    "urgent": "nothing for danger",
    "B2": "more keys than a path of a call foresees",
    "missing": "a file that is not there",
    "phrases": "a phrase that is not there",
    "words": "words of a move that are not there",
}


def test_what_the_line_could_fall_over_on_is_refused_and_most_mistakes_are_served(tmp_path):
    refused, served = set(), 0
    for number, (edit, expected) in enumerate(ROWS.values()):
        root = small_content(tmp_path / str(number))
        edit(root)
        found = {problem.code for problem in check_structure(loaded(root))}
        served += not found
        codes = {code for _, _, code in expected} & REFUSED.keys()
        assert not codes or codes & found
        refused |= codes
    assert refused == REFUSED.keys()
    assert served > len(ROWS) / 2, "else the trial above tries nothing"


@pytest.mark.parametrize(("edit", "expected"), SECOND.values(), ids=SECOND)
def test_a_language_that_leads_elsewhere_is_refused(tmp_path, edit, expected):
    root = small_content(tmp_path)
    copy_language("fr")(root)
    edit(root)
    content = loaded(root)
    refused = check_structure(content)
    assert refused or not any(code == "H1" for _, _, code in expected)
    if not refused:
        serve_all(content)
