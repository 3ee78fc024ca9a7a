"""Which language a text is in, told from the words that each language knows, on two toy languages: danger first, and a
text that fits both stays where the texter is. And what a language without a model of words makes of clues."""

import shutil
from dataclasses import replace

import pytest
from small_content import append, loaded, write
from small_listening import document, small_listening

from ivr.audit import check
from ivr.library.dictionary import packed
from ivr.listening.languages import heard_in, language_of
from ivr.listening.listening import listening_of
from ivr.listening.meaning import Ask, Danger, Unclear
from ivr.listening.understand import understand

WORM = """\
brings: plums.1
order: 1

## patterns

- gusano/gusanos
- bicho .. fruta

## clues

- muerd*
- agujero

## but not

- agujero del queso
"""
GRAMMAR = {"en": "in, the, my, con", "es": "en, la, mi, con"}
"""`con` tells nothing, since it is of both."""
SOUNDS = """\
## sounds

- ch: ch
- h:
- qu: k
- c: k
- v: b
"""


@pytest.fixture(scope="module")
def listenings(tmp_path_factory):
    root = small_listening(tmp_path_factory.mktemp("two"))
    shutil.copytree(root / "en", root / "es")
    write("es/listening/danger-worm.md", document(WORM))(root)
    write("es/listening/sounds.md", document(SOUNDS))(root)
    write("es/listening/borrowed.md", document("## borrowed\n\n- insect insects: gusano\n"))(root)
    (root / "en/dictionary.txt.gz").write_bytes(packed(["a", "there", "is", "in", "my", "fruit", "one", "no", "house"]))
    for tag, small in GRAMMAR.items():
        append(f"{tag}/listening/classes.md", f"\n## grammar\n\n{small}\n")(root)
    words = "un una hay en mi la fruta bicho gusano no casa queso agujero muerde vaca quiero"
    (root / "es/dictionary.txt.gz").write_bytes(packed(words.split()))
    return {tag: listening_of(library) for tag, library in loaded(root).libraries.items()}


@pytest.mark.parametrize(
    ("present", "written", "told"),
    [
        ("en", "hay un gusano en mi fruta", "es"),
        ("es", "there is a worm in my fruit", "en"),
        ("en", "there is a gusano in my house", "en"),
        ("en", "una casa", "es"),
        ("en", "no", "en"),
        ("es", "no", "es"),
        ("es", "12", "es"),
        ("en", "xyzzy", "en"),
        ("es", "", "es"),
        ("en", "un bicho in la fruta", "es"),
        ("es", "STOP", "es"),
        # small words outweigh what is borrowed
        ("en", "house en mi fruit", "es"),
        ("es", "hay un gusano in my casa", "en"),
        ("en", "fruit mi fruit", "es"),
        ("en", "hay un gusano con my casa", "en"),
        # as many of each: who knows more words, then the first
        ("en", "la fruta in casa", "es"),
        ("en", "la fruit in house", "en"),
        ("es", "en fruit in casa", "es"),
        ("en", "en in xyzzy", "es"),
        ("es", "in en xyzzy", "en"),
    ],
)
def test_the_language_of_a_text(listenings, present, written, told):
    assert language_of(listenings, present, written) == told


def test_danger_in_another_language_is_heard_in_a_text_that_both_half_know(listenings):
    assert language_of(listenings, "en", "gusano no") == "es"
    assert language_of(listenings, "es", "worm no") == "en"


@pytest.mark.parametrize("written", ["hay un insect en mi fruta", "insects en mi casa"])
def test_borrowed_words_are_read_as_those_of_the_language(listenings, written):
    tag, understood = heard_in(listenings, "en", written)
    assert (tag, type(understood.meaning)) == ("es", Danger)


def test_danger_that_another_language_tells_is_answered_in_the_one_the_sentence_is_built_in(listenings):
    tag, understood = heard_in(listenings, "en", "a gusano in my fruit")
    assert (tag, type(understood.meaning)) == ("en", Danger)


@pytest.mark.parametrize(("written", "meant"), [("ghusano", "gusano"), ("keso", "queso"), ("vicho", "bicho")])
def test_words_are_spelled_by_ear(listenings, written, meant):
    assert listenings["es"].spelling.mend((written,)) == ((meant,),)


def test_a_known_word_that_sounds_the_same_is_meant(listenings):
    assert isinstance(understand(listenings["es"], "hay un ghusano").meaning, Danger)
    assert understand(listenings["en"], "a wormh").read_as == ("a", "worm")


def test_without_a_model_of_words_two_clues_are_asked_about(listenings):
    spanish = listenings["es"]
    assert not spanish.has_model
    place = next(iter(spanish.dangers.values()))
    assert understand(spanish, "muerde en un agujero").meaning == Ask((place,))
    assert understand(spanish, "un agujero").meaning == Unclear()
    assert understand(spanish, "muerde un agujero del queso").meaning == Unclear()


def test_with_a_model_clues_alone_ask_nothing(listenings):
    modelled = replace(listenings["es"], has_model=True)
    assert understand(modelled, "muerde en un agujero").meaning == Unclear()


def test_a_file_of_sounds_is_read_and_needs_no_pattern_of_its_own(tmp_path):
    root = small_listening(tmp_path)
    write("en/listening/sounds.md", document(SOUNDS))(root)
    assert not [problem for problem in check(loaded(root)) if "sounds.md" in problem.path and not problem.warning]
    write("en/listening/sounds.md", document("## sound\n\n- v: b\n"))(root)
    assert [problem.line for problem in check(loaded(root)) if "sounds.md" in problem.path and not problem.warning]


@pytest.mark.parametrize(("first", "second"), [(1, 2), (0, 1)])
def test_despair_comes_where_its_file_says_so(tmp_path, first, second):
    root = small_listening(tmp_path)
    worm = understand(listening_of(loaded(root).libraries["en"]), "i hate all fruit. a worm").meaning
    path = root / "en/listening/despair.md"
    path.write_text(path.read_text().replace("brings: cherries.1", f"brings: cherries.1\norder: {first}"))
    path = root / "en/listening/danger-worm.md"
    path.write_text(path.read_text().replace("order: 1", f"order: {second}"))
    despair = understand(listening_of(loaded(root).libraries["en"]), "i hate all fruit. a worm").meaning
    assert isinstance(worm, Danger)
    assert isinstance(despair, Danger)
    assert (worm.kind, despair.kind) == ("worm", "despair")
    assert not [problem for problem in check(loaded(root)) if "despair.md" in problem.path and not problem.warning]
