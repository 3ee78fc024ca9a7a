"""What is no request, on the real words: reactions of phones, quotes, the line's own replies sent back."""

import pytest
from answered import answered

from ivr.library.library import HOME
from ivr.library.naming import menu_text
from ivr.listening.reactions import request_in
from ivr.model import Position


@pytest.fixture(scope="module")
def library(content):
    return content.libraries["en"]


@pytest.fixture(scope="module")
def request_of(content):
    return lambda written: request_in(content.libraries.values(), written)


def replies(library):
    """Every reply that a text of the line's own can be."""
    for topic in library.topics.values():
        for part in range(1, len(topic.segments) + 1):
            yield answered(library, "AGAIN", Position(topic.name, part)).text
    yield from (menu_text(library, name, "menu" if name == HOME else "submenu") for name in library.menus)
    yield from ("\n".join(words) for name, words in library.text.items() if len(" ".join(words)) > 80)


MENU = "Bone Info Line. Text a number:\n1 for types of treatment\n4 for warning signs that need help today"
SEGMENT = "Bone Info Line 13 (1 of 4).\nWords of that part"

REACTIONS = [
    "Loved \u201c{}\u201d",
    'Liked "{}"',
    "Laughed at \u201c{}\u201d",
    "Emphasized \u201c{}\u2026\u201d",
    "Questioned \u201c{}",
    "Removed a heart from \u201c{}\u201d",
    "Removed an exclamation from \u201c{}\u201d",
    "Reacted \U0001f62e to \u201c{}\u201d",
    "\U0001f44d to \u201c{}\u201d",
    "\u200b\u2764\ufe0f\u200b to \u201c {} \u201d",
    "\U0001f44d\U0001f3fd removed from \u201c{}\u201d",
    "Le encant\u00f3 \u201c{}\u201d",
    "Reaccion\u00f3 con \U0001f602 a \u201c{}\u201d",
    "A aim\u00e9 \u00ab {} \u00bb",
    "Hat \u00fcber \u201e{}\u201c gelacht",
    "Gostou de \u201c{}\u201d",
    "Ha messo mi piace a \u201c{}\u201d",
    "\u8d5e\u4e86\u201c{}\u201d",
    "Hj\u00e4rtade \u201c{}\u201d",
    "> {}",
    "{}",
]
QUOTED = [MENU, SEGMENT, "Bone Info Line. You will get no more texts from us. Text START to get them again."]


@pytest.mark.parametrize("reaction", REACTIONS)
@pytest.mark.parametrize("quoted", QUOTED, ids=["menu", "segment", "stopped"])
def test_a_reaction_asks_for_nothing(request_of, reaction, quoted):
    assert request_of(reaction.format(quoted.replace("\n", "\n> " if reaction.startswith(">") else "\n"))) is None


def test_every_reply_sent_back_asks_for_nothing(request_of, library):
    """Whole, quoted, or cut where a phone cuts it."""
    for reply in replies(library):
        for sent in (reply, f"\u201c{reply}\u201d", f"Loved \u201c{reply[:60]}\u2026\u201d", reply.replace("\n", " ")):
            assert request_of(sent) is None, sent


@pytest.mark.parametrize(
    "empty", ["", "  \n", "\u200b\u200d", "\ufeff", "\U0001f44d", "\u2764\ufe0f\u2764\ufe0f", "\U0001f64f\U0001f3fe"]
)
def test_nothing_and_a_thumb_ask_for_nothing(request_of, empty):
    assert request_of(empty) is None


REQUESTS = [
    "?",
    "13",
    "\U0001f198",
    "Loved ones are worried",
    "Liked the doctor but she stopped my chemo",
    'My mom said "I cant feel my legs"',
    'what does "metastasis" mean',
    "questioned my doctor, no answer",
    "New or worse back or neck pain",
    "numb, tingling",
    "Bone Info Line",
    "Bone Info Line 13",
    "hi Bone Info Line. my legs are weak",
    'is "Bone Info Line" run by doctors?',
    "4 for warning signs that need help today",
    "Emergency: call 911",
    "'numb'",
    "'cant walk'",
    "laughed at the idea of surgery",
]


@pytest.mark.parametrize("written", REQUESTS)
def test_what_a_person_writes_is_a_request(request_of, written):
    assert request_of(written) == written


def test_what_stands_below_a_quote_is_the_request(request_of):
    assert request_of("> Bone Info Line 13 (1 of 4).\n> Text MORE for part 2.\nMORE") == "MORE"


@pytest.mark.parametrize(
    "written",
    [
        "fiebre de 38.9",
        "Fever of 100.4 F",
        "llame al 911. fiebre",
        "Numbness or tingling. Weak",
        "Trouble passing or holding pee or poop. Numb",
    ],
)
def test_a_sign_in_words_that_the_line_also_uses_is_a_request(request_of, written):
    assert request_of(written) == written
