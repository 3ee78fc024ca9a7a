"""Names: put into every sentence of content once, when the library is built."""

import pytest
from small_content import edits, loaded, remove, small_content, swap, write

from ivr.library.lint import check
from ivr.library.phrases import CallPhrase, LeafletPhrase, TextPhrase

NAMES, APPLES, FRUIT = "en/names.md", "en/topics/apples.md", "en/menus/fruit.md"
FIRST_SAID, FIRST_TEXTED = "Apples are red. I like apples.", "Apples are red. You like apples."


def english(root):
    return loaded(root).libraries["en"]


def warnings(root):
    return [problem for problem in check(loaded(root)) if problem.code == "names"]


def says(words):
    return swap(APPLES, FIRST_SAID, words)


def test_names_are_put_into_all_that_is_heard_and_read(tmp_path):
    root = small_content(tmp_path)
    edits(
        swap(APPLES, "title: Apples and pears", "title: Apples of the {line}"),
        swap(APPLES, "offer: For apples, press 1.", "offer: For the {line}, press 1."),
        swap(APPLES, "origin: source", "asked-as:\n  1: when to call {emergency}\norigin: source"),
        swap(FRUIT, "title: Kinds of fruit", "title: Kinds of the {line}"),
        swap(FRUIT, "For apples, press 1.", "For {emergency}, press 1."),
        swap(FRUIT, "11 apples", "11 for {emergency}"),
        says("Call {emergency}, {helpline_hours}."),
        swap(APPLES, FIRST_TEXTED, "Call {emergency}, {helpline_hours}."),
        write("en/phrases/call.md", "## place-single\n\n{line}. {emergency}. {title}\n"),
        write("en/phrases/text.md", "## submenu\n\n{line}. {emergency}. {code}\n"),
        write("en/phrases/leaflet.md", "## person\n\n{line}. {emergency}. {helpline}\n"),
    )(root)
    library = english(root)
    apples, fruit = library.topics["apples"], library.menus["fruit"]
    assert (apples.title, apples.offer) == ("Apples of the Fruit Line", "For the Fruit Line, press 1.")
    assert (apples.segments[0].voice, apples.segments[0].text) == ("Call 9 9 9, by day.", "Call 999, by day.")
    assert apples.segments[0].asked_as == "when to call 999"
    assert fruit.title == "Kinds of the Fruit Line"
    assert (fruit.choices[0].voice, fruit.choices[0].text) == ("For 9 9 9, press 1.", "11 for 999")
    assert library.call[CallPhrase.PLACE_SINGLE] == ("Fruit Line. 9 9 9. {title}",)
    assert library.text[TextPhrase.SUBMENU] == ("Fruit Line. 999. {code}",)
    assert library.leaflet[LeafletPhrase.PERSON] == ("Fruit Line. 999. 1-800-227-2345",)
    assert library.line_name == "Fruit Line"


def test_another_name_is_heard_wherever_the_first_one_was(tmp_path):
    root = small_content(tmp_path)
    before = english(root)
    swap(NAMES, "line: Fruit Line", "line: Orchard Info")(root)
    after = english(root)
    assert any("Fruit Line" in words for phrase in before.text.values() for words in phrase)
    for was, now in ((before.call, after.call), (before.text, after.text), (before.leaflet, after.leaflet)):
        for name, phrase in was.items():
            assert now[name] == tuple(words.replace("Fruit Line", "Orchard Info") for words in phrase)


def test_names_are_those_of_the_language(tmp_path):
    root = small_content(tmp_path)
    for file in [path for path in (root / "en").rglob("*") if path.is_file()]:
        write(f"es/{file.relative_to(root / 'en').as_posix()}", file.read_bytes())(root)
    swap("es/names.md", "line: Fruit Line", "line: Linea Fruta")(root)
    assert loaded(root).libraries["es"].call["arrived"][0] == "Linea Fruta."
    assert english(root).call["arrived"][0] == "Fruit Line."


def test_a_signature_is_for_the_words_with_their_names(tmp_path):
    root = small_content(tmp_path)
    code = english(root).topics["apples"].words_code
    says("Apples are {colour}. I like apples.")(root)
    swap(NAMES, "emergency: 999\n", "emergency: 999\ncolour: red\n")(root)
    assert english(root).topics["apples"].words_code == code
    swap(NAMES, "colour: red", "colour: green")(root)
    assert english(root).topics["apples"].words_code != code


def test_a_language_without_names_is_told_so_and_nothing_else(tmp_path):
    root = small_content(tmp_path)
    remove(NAMES)(root)
    assert [(problem.path, problem.code) for problem in check(loaded(root))] == [(f"content/{NAMES}", "missing")]


def test_the_name_that_no_sentence_has_is_told(tmp_path):
    root = small_content(tmp_path)
    swap(NAMES, "emergency: 999\n", "emergency: 999\ntown: Kent\nhelpline_number: 1-800-227-2345\n")(root)
    (problem,) = warnings(root)
    assert (problem.path, problem.line, problem.warning) == (f"content/{NAMES}", 6, True)
    assert "{town}" in problem.remedy


@pytest.mark.parametrize(
    ("words", "slots"),
    [
        ("This is the Fruit Line.", ["{line}"]),
        ("Call 9 9 9 now.", ["{emergency}"]),
        ("Ask the Gardeners of Kent.", ["{helpline_name}"]),
        ("The Gardeners of Kent know Kent.", ["{helpline_name}"]),
        ("You can call {helpline} by day.", ["{helpline_hours}"]),
        ("You can ask {helpline_name}, by day.", ["{helpline_hours}"]),
        ("Call {helpline}. Apples are picked by day.", []),
        ("Apples are picked by day.", []),
        ("The fruit line is long. 19 9 9 apples.", []),
        ("Call {emergency} now. This is the {line}.", []),
    ],
)
def test_a_name_that_is_written_out_in_a_sentence_is_told(tmp_path, words, slots):
    root = small_content(tmp_path)
    says(words)(root)
    assert warnings(root) == [problem for problem in warnings(root) if problem.warning]
    assert [problem.remedy.split()[1] for problem in warnings(root)] == slots
    assert {problem.path for problem in warnings(root)} <= {f"content/{APPLES}"}


def test_what_people_say_may_hold_names(tmp_path):
    root = small_content(tmp_path)
    swap(APPLES, "1: APPLES", "1: APPLES, FRUIT LINE, Fruit Line 999")(root)
    write("en/listening/other.md", "- Fruit Line\n")(root)
    assert not [problem for problem in check(loaded(root)) if problem.code == "names"]


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        (APPLES, "1: APPLES", "1: APPLES, NUT LINE"),
        (APPLES, "title: Apples", "title: Apples of the nut line"),
        ("facts.md", "Apples are red", "Apples are red"),
    ],
)
def test_no_name_of_another_line_is_left(tmp_path, path, before, after):
    root = small_content(tmp_path)
    swap(NAMES, "emergency: 999\n", "emergency: 999\nformer: Nut Line, Nut Growers\n")(root)
    swap(path, before, after)(root)
    found = [problem for problem in check(loaded(root)) if "another line" in problem.remedy]
    assert [problem.path for problem in found] == ([f"content/{path}"] if before != after else [])
    assert not any(problem.warning for problem in found)
