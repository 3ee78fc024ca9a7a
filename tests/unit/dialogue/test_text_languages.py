"""In which language a text is answered, what is kept of that, and what leaves the line: two toy languages."""

from dataclasses import replace

import pytest
from toy import LISTENING, heard, library

from ivr.dialogue.permitted import MOST_REPLIES
from ivr.dialogue.step import step
from ivr.dialogue.url import texter_from, to_basis, to_open, to_text_path
from ivr.library.dictionary import Dictionary, packed
from ivr.library.phrases import TextPhrase
from ivr.model import (
    Allowed,
    CallBack,
    CalledBack,
    Consent,
    Failed,
    Forgotten,
    Listed,
    Outcome,
    Position,
    Prompt,
    RememberText,
    State,
    Stop,
    Texted,
    Texter,
    Warned,
    WishKept,
)


class Exactly(Dictionary):
    """So few words leave a filter that takes others for its own."""

    def __contains__(self, word):
        return word in self.words()


def real(words):
    return Exactly(often=packed(words.split()))


ENGLISH = replace(
    library("en"),
    language=replace(library("en").language, called=("ENGLISH", "ANGLAIS")),
    listening={
        **LISTENING,
        "moves": heard(
            "moves", {"language, anywhere": "in english/french/greek; other language; speak english/french"}
        ),
    },
    dictionary=real(
        "a help my i is the there hello tell about pear pears in english french other language speak not no please"
    ),
)
FRENCH = replace(
    library("fr"),
    language=replace(library("fr").language, called=("FRANÇAIS", "FRENCH"), in_texts=(("ç", "c"), ("â", "a"))),
    topics={
        **library("fr").topics,
        "pear": replace(
            library("fr").topics["pear"],
            title="Poire",
            segments=(replace(library("fr").topics["pear"].segments[0], text="Pâte ça été.", keywords=("POIRES",)),),
        ),
    },
    listening={
        **{name: LISTENING[name] for name in ("guards", "despair", "lacks", "topics", "texts")},
        "classes": heard("classes", {"not": "ne, pas", "polite": "merci", "texting": "messages"}),
        "danger-salt": heard("danger-salt", {"patterns": "au secours; jambes"}, brings="salt.1", order="1"),
        "answers": heard("answers", {"yes": "oui", "no": "no/non"}),
        "moves": heard("moves", {"language, anywhere": "en anglais/francais; autre langue; parle .. anglais/francais"}),
    },
    words={
        **library("fr").words,
        "more": ("SUITE",),
        "menu": ("ACCUEIL",),
        "forget": ("OUBLIER",),
        "call": ("APPELER",),
    },
    dictionary=real(
        "a au secours mes jambes je parle pas ne en anglais francais autre langue non no bonjour merci poires la"
    ),
)
BOTH = {"en": ENGLISH, "fr": FRENCH}
MENU = "<menu>\n1 fruit\n2 salt\n<menu-end>"
MAIN = Listed("main")
PEAR, APPLE = Position("pear", 1), Position("apple", 2)
HERE = "<segment-single> 12\nText pear 1.\n<tail-help>"
THERE = "<segment-single> 12\nPate ca été.\n<tail-help>"
"""The same in French, as it is sent."""


def spoken(texter, written, libraries=BOTH):
    """The language of the answer, as the texter's state has it, and the answer."""
    turn = step(libraries, texter, Texted(written))
    return turn.state.language or turn.state.call_language or "en", turn.reply.text


@pytest.mark.parametrize(
    ("present", "written", "language"),
    [
        ("", "francais", "fr"),
        ("", "Français!", "fr"),
        ("en", "FRENCH", "fr"),
        ("fr", "English", "en"),
        ("fr", "anglais", "en"),
        ("en", "in french please", "fr"),
        ("en", "speak french", "fr"),
        ("fr", "en anglais", "en"),
        ("en", "en francais", "fr"),
        ("en", "je parle pas anglais", "fr"),
        ("en", "je ne parle pas anglais, parle francais", "fr"),
        ("fr", "i speak no french", "en"),
        ("en", "in english", "en"),
        ("fr", "please, my english", "en"),
        # written in it
        ("", "au secours", "fr"),
        ("en", "bonjour la", "fr"),
        ("en", "poires", "fr"),
        ("fr", "hello, tell my pears", "en"),
        ("en", "suite", "fr"),
        # danger in either
        ("fr", "danger", "en"),
        ("en", "mes jambes", "fr"),
        # both, or neither
        ("fr", "no", "fr"),
        ("en", "no", "en"),
        ("fr", "12", "fr"),
        ("", "12", "en"),
        ("fr", "", "fr"),
        ("fr", "xyzzy", "fr"),
        ("en", "langue", "en"),
        ("fr", "a", "fr"),
        # the carrier's
        ("fr", "STOP", "fr"),
        ("fr", "yes", "fr"),
        ("fr", "HELP", "fr"),
    ],
)
def test_the_language_of_the_answer(present, written, language):
    assert spoken(Texter(language=present), written)[0] == language


@pytest.mark.parametrize(
    ("written", "position", "question", "text"),
    [
        ("francais", PEAR, (), THERE),
        ("francais", None, (), MENU),
        ("francais", Position("main"), (), MENU),
        ("francais", PEAR, (Position("salt", 1),), "<do-you-mean> 2 salt"),
        ("suite", APPLE, (), "<segment> 11 3 3\nText apple 3.\n<tail-next> 12"),
        ("oui", None, (PEAR,), THERE),
        ("in greek", PEAR, (), "<lacks-language>"),
        ("other language", PEAR, (), "<lacks-language>"),
        ("au secours", PEAR, (), "<segment> 2 1 2\nText salt 1.\n<tail-more> 2"),
    ],
)
def test_the_place_is_kept(written, position, question, text):
    assert spoken(Texter(language="en", position=position, question=question), written)[1] == text


def test_a_menu_that_was_shown_last_is_shown_in_the_new_language():
    texter = Texter(language="en", position=PEAR, shown=Listed("fruit"))
    assert spoken(texter, "francais")[1] == "<submenu> 1\n11 apple\n12 pear\n<submenu-end>"


def test_with_one_language_no_word_changes_it():
    assert spoken(Texter(language="en", position=PEAR), "in french", {"en": ENGLISH})[1] == "<lacks-language>"
    assert spoken(Texter(), "francais", {"en": ENGLISH})[1].startswith("<unclear>")


@pytest.mark.parametrize(
    ("texter", "written", "kept"),
    [
        (Texter(), "francais", RememberText("fr", Position("main"), shown=MAIN)),
        (Texter(language="en", position=PEAR), "francais", RememberText("fr", PEAR)),
        (Texter(language="en", position=PEAR), "au secours", RememberText("fr", Position("salt", 1), shown=Warned())),
        (Texter(language="en", position=PEAR), "accueil", RememberText("fr", PEAR, shown=MAIN)),
        (Texter(call_language="en"), "bonjour la", RememberText("fr", Position("main"), shown=MAIN)),
        (Texter(call_language="fr"), "accueil", RememberText("fr", None, shown=MAIN)),
        (Texter(language="fr", position=PEAR), "hello there", RememberText("en", PEAR, shown=MAIN)),
        (Texter(language="en", position=PEAR), "menu", RememberText("en", None, shown=MAIN)),
    ],
)
def test_a_new_language_is_remembered_with_the_place(texter, written, kept):
    assert kept in step(BOTH, texter, Texted(written)).effects


@pytest.mark.parametrize("written", ["francais", "au secours", "accueil", "bonjour la"])
def test_what_is_remembered_is_gone_on_from_in_that_language(written):
    """Through the store's own words for it."""
    (kept,) = (e for e in step(BOTH, Texter(), Texted(written)).effects if isinstance(e, RememberText))
    basis = to_basis(to_text_path(kept.language, kept.at) if kept.at else None, to_open(kept.question, kept.shown))
    assert spoken(texter_from(basis), "12") == ("fr", THERE)


def test_a_call_that_is_asked_for_is_made_in_the_language_of_the_text():
    turn = step(BOTH, Texter(), Texted("appeler"))
    assert CallBack(State("fr", Position("main"), prompt=Prompt.CALLED, only_asked=True)) in turn.effects
    assert step(BOTH, turn.state, CalledBack(Outcome.SENT)).state.language == "fr"


OWN = {
    tag: replace(one, text={phrase: (f"{tag} {phrase}",) for phrase in TextPhrase}, answers_carrier_words=True)
    for tag, one in BOTH.items()
}
"""Each phrase tells its language."""


@pytest.mark.parametrize(("tag", "of_late"), [("en", 0), ("fr", 0)])
@pytest.mark.parametrize(
    ("written", "outcome", "phrase"),
    [
        ("STOP", WishKept(True), "stopped"),
        ("STOP", WishKept(False), "not-stopped"),
        ("START", WishKept(True), "started"),
        ("START", WishKept(False), "not-started"),
        ("HELP", None, "help"),
        ("xyzzy", None, "unclear"),
    ],
)
def test_stop_start_and_help_are_the_carriers_in_every_language_and_answered_in_the_texters(
    tag, of_late, written, outcome, phrase
):
    turn = step(OWN, Texter(language=tag, texts_of_late=of_late), Texted(written))
    turn = step(OWN, turn.state, outcome) if outcome else turn
    assert turn.reply.text.startswith(f"{tag} {phrase}")


def test_stop_stops_whatever_the_language():
    assert Stop(by_carrier=True) in step(BOTH, Texter(language="fr"), Texted("Unsubscribe")).effects


def test_what_became_of_a_wish_is_told_in_the_language_in_which_it_was_made():
    asked = step(OWN, Texter(language="en"), Texted("oublier"))
    assert step(OWN, asked.state, Forgotten(True)).reply.text == "fr forgotten"
    many = step(OWN, Texter(language="en", texts_of_late=MOST_REPLIES + 1), Texted("accueil"))
    assert step(OWN, many.state, Allowed(False)).reply.text is None
    assert step(OWN, many.state, Allowed(True)).reply.text == "fr too-many"
    assert step(OWN, Texter(language="fr"), Failed()).reply.text == "fr fault"


def test_danger_is_answered_after_a_stop_in_the_language_in_which_it_is_told():
    turn = step(BOTH, Texter(language="en", consent=Consent.STOPPED), Texted("au secours"))
    assert turn.reply.at == Position("salt", 1)
    assert turn.state.language == "fr"


@pytest.mark.parametrize(
    ("texter", "written", "ends"),
    [
        (Texter(), "menu", True),
        (Texter(), "xyzzy", True),
        (Texter(), None, True),
        (Texter(), "more", True),
        (Texter(), "12", False),
        (Texter(), "1", False),
        (Texter(language="en"), "menu", False),
        (Texter(call_language="en"), "menu", False),
    ],
)
def test_the_menu_of_a_new_texter_ends_in_how_to_get_the_other_language(texter, written, ends):
    assert spoken(texter, written)[1].endswith("<menu-end>\n<language-text>") is ends
    assert not spoken(texter, written, {"en": ENGLISH})[1].endswith("<language-text>")


def test_the_way_to_the_other_language_is_said_in_that_language():
    assert spoken(Texter(), "menu", OWN)[1].endswith("en menu-end\nfr language-text")
    assert spoken(Texter(), "accueil", OWN)[1].endswith("fr menu-end\nen language-text")


def test_a_text_loses_what_plain_texts_lack_in_its_own_language_and_only_there():
    accents = {tag: replace(one, text=dict.fromkeys(TextPhrase, ("Façade",))) for tag, one in BOTH.items()}
    assert spoken(Texter(language="fr"), "merci xyzzy", accents)[1].startswith("Facade")
    assert spoken(Texter(language="en"), "xyzzy xyzzy", accents)[1].startswith("Façade")
