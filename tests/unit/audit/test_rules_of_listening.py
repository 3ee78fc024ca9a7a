"""What `check` says of the files under `listening`: a row is an edit, where problems are found, what they name."""

import shutil

import pytest
from small_content import append, copy_language, edits, line_of, loaded, remove, swap, write
from small_listening import LISTENING, problems_after, small_listening

from ivr.audit import check
from ivr.settings import CONTENT

pytestmark = pytest.mark.slow

CLASSES, GUARDS, WORM, DESPAIR, TEXTS, ANSWERS, MOVES, TOPICS, LACKS, AUTOMATIC = (
    f"en/listening/{name}.md"
    for name in (
        *("classes", "guards", "danger-worm", "despair", "texts", "answers", "moves", "topics", "lacks", "automatic"),
    )
)
APPLES, FRUIT, MAIN, WORDS, TEXT, LEAFLET = (
    "en/topics/apples.md",
    "en/menus/fruit.md",
    "en/menus/main.md",
    "en/words.md",
    "en/phrases/text.md",
    "en/phrases/leaflet.md",
)


BORROWED = """\
---
title: Words of French
---

## borrowed

- {}
- {}
"""


def example(path, text):
    return swap(path, "## examples\n\n", f"## examples\n\n- {text}\n")


def other(path, text):
    return swap(path, "## other examples\n\n", f"## other examples\n\n- {text}\n")


def keyword(words):
    return swap(APPLES, "  2: PEARS", f"  2: {words}")


def hint(words):
    return swap(APPLES, "origin:", f"hints:\n  2: {words}\norigin:")


def text_says(words):
    return swap(TEXT, "Sorry, I did not understand.", f"Sorry. {words}")


ROWS = {
    # --- borrowed words
    "a borrowed word that is read as none": (
        write("en/listening/borrowed.md", BORROWED.format("peau: skin", "pomme")),
        [("en/listening/borrowed.md", "- pomme", "listening")],
        ["write `pomme: `"],
    ),
    "a borrowed word that is read as one that no pattern has": (
        write("en/listening/borrowed.md", BORROWED.format("pomme: plomb", "peau: skin")),
        [("en/listening/borrowed.md", "- pomme: plomb", "listening")],
        ["plomb"],
    ),
    # --- examples
    "an example that no pattern finds": (
        example(WORM, "a blue snake"),
        [(WORM, "- a blue snake", "example")],
        ["no pattern here comes near"],
    ),
    "an example that a pattern nearly finds": (
        example(WORM, "a bitter stone"),
        [(WORM, "- a bitter stone", "example")],
        [(WORM, "- [sour] .. [skin]"), "lacks `[skin]`"],
    ),
    "an example in which words stand too far apart": (
        example(WORM, "bitter things that grow under a peel"),
        [(WORM, "- bitter things", "example")],
        [(WORM, "- [sour] .. [skin]"), "too far apart"],
    ),
    "an example that a guard of its file cancels": (
        example(WORM, "a worm made a hole"),
        [(WORM, "- a worm made a hole", "example")],
        [(WORM, "- worm .. hole"), "cancels", (WORM, "- worm/worms")],
    ),
    "an example that a guard of all dangers cancels": (
        example(WORM, "there are no worms"),
        [(WORM, "- there are no worms", "example")],
        [(GUARDS, "- no .. [it]"), "cancels", (WORM, "- worm/worms")],
    ),
    "an example that a guard makes doubtful": (
        example(WORM, "if i see worms"),
        [(WORM, "- if i see worms", "example")],
        [(GUARDS, "- if .. [it]"), "only asks"],
    ),
    "an example that is only asked about": (
        example(WORM, "a maggot"),
        [(WORM, "- a maggot", "example")],
        [(WORM, "- maggot"), "only asks"],
    ),
    "an example that means something else": (
        example(DESPAIR, "i hate this fruit worm"),
        [(DESPAIR, "- i hate this fruit worm", "example")],
        [(WORM, "- worm/worms"), "something else", (DESPAIR, "- hate .. fruit")],
    ),
    "an example of a wish that a guard cancels": (
        example(TEXTS, "in doubt: end this game now"),
        [(TEXTS, "- in doubt: end this game now", "example")],
        [(TEXTS, "- end this game"), "cancels"],
    ),
    "an example of a move that another heading has": (
        example(MOVES, "more: now start over"),
        [(MOVES, "- more: now start over", "example")],
        [(MOVES, "- start over")],
    ),
    "an example of a subject that is a topic": (
        example(LACKS, "carrots: crunchy"),
        [(LACKS, "- carrots: crunchy", "example")],
        [(TOPICS, "- crunchy")],
    ),
    "an example of a subject that a guard cancels": (
        example(LACKS, "carrots: a carrot cake"),
        [(LACKS, "- carrots: a carrot cake", "example")],
        [(LACKS, "- carrot cake"), "cancels", (LACKS, "- carrot")],
    ),
    "an example of a topic that another topic shares": (
        example(TOPICS, "apples.1: crunchy and what fruit"),
        [(TOPICS, "- apples.1: crunchy and", "example")],
        [(TOPICS, "- crunchy"), (TOPICS, "- what fruit"), "equal weight"],
    ),
    "an example of a topic for which a hint speaks": (
        example(TOPICS, "apples.2: drip"),
        [(TOPICS, "- apples.2: drip", "example")],
        [(TOPICS, "- drip"), "make it ask"],
    ),
    "an example of an answer": (
        example(ANSWERS, "yes: nope"),
        [(ANSWERS, "- yes: nope", "example")],
        [(ANSWERS, "- nope")],
    ),
    "an example of what phones send": (
        example(AUTOMATIC, "out of town"),
        [(AUTOMATIC, "- out of town", "example")],
        [(AUTOMATIC, "- out of office"), "lacks `office`"],
    ),
    "an example without its heading": (
        example(TEXTS, "no more notes"),
        [(TEXTS, "- no more notes", "example")],
        ["write the heading"],
    ),
    "an example with a heading that is not there": (
        example(TEXTS, "halt: no more notes"),
        [(TEXTS, "- halt: no more", "example")],
        ["write the heading"],
    ),
    "another example that is danger": (
        other(WORM, "a worm again"),
        [(WORM, "- a worm again", "example")],
        [(WORM, "- worm/worms")],
    ),
    "another example of guards that is danger": (
        other(GUARDS, "a bitter peel, no worms"),
        [(GUARDS, "- a bitter peel, no", "example")],
        [(WORM, "- [sour] .. [skin]")],
    ),
    "another example that stops the texts": (
        other(TEXTS, "no more notes today"),
        [(TEXTS, "- no more notes today", "example")],
        [(TEXTS, "- no more notes")],
    ),
    "another example that is a subject": (
        other(LACKS, "carrot pie"),
        [(LACKS, "- carrot pie", "example")],
        [(LACKS, "- carrot")],
    ),
    "another example that is not to mean one heading": (
        other(LACKS, "nuts: a nut cake"),
        [(LACKS, "- nuts: a nut cake", "example")],
        [(LACKS, "- nut/nuts")],
    ),
    # --- patterns and classes
    "a sign that no pattern has": (
        swap(WORM, "- green ...", "- green & .. ..."),
        [(WORM, "- green &", "listening")],
        ["green"],
    ),
    "a pattern of which all may be left out": (
        swap(WORM, "- green ... bites back", "- green?"),
        [(WORM, "- green?", "listening")],
        ["left out"],
    ),
    **{
        f"a pattern that no text can match: {pattern}": (
            swap(WORM, "- green ... bites back", f"- {pattern}"),
            [(WORM, f"- {pattern}", "listening")],
            [remedy],
        )
        for pattern, remedy in {
            "[sour] AND [skin]": "`WITH`",
            "[sour] OR [skin]": "`leg/arm`",
            "sour NOT skin": "`but not`",
            "(sour OR bitter) peel": "`leg/arm`",
            "[sour] NEAR": "both sides",
            "NEAR [sour]": "both sides",
            "[sour] near [skin]": "`NEAR` in capitals",
            "(90 to 3) worms": "`3 to 90`",
            "*": "`*`",
            "* [sour]": "`*`",
            "sour *": "right after the letters",
            "(sour//bitter)": "(sour//bitter)",
            "(a [sour]/bitter)": "`a [sour]`",
            "(sour & bitter)": "`sour & bitter`",
            "[sour peel": "`[`",
            "(sour peel": "close the bracket",
            "sour) peel": "open this bracket",
            "[Sour] peel": "small letters",
            "sour, bitter": "`,`",
            '"sour peel"': "quotation marks",
            "sour peel!": "exclamation mark",
            "a worm ?": "question mark",
            "sour peel.": "full stop",
            "sour… peel": "three full stops",
            "sour – peel": "dash",
            "sour-peel": "hyphen",
            "sour / peel": "slash",
            "sour_peel": "`_`",
        }.items()
    },
    "an empty line of a list": (swap(WORM, "- green ... bites back", "- "), [(WORM, 11, "listening")], ["hyphen"]),
    **{
        f"a line without a hyphen and a blank: {line}": (
            edits(swap(path, above, f"{above}\n{line}"), *more),
            [(path, line, "listening")],
            [f"`- {line.lstrip('-–*• ')}`"],
        )
        for path, above, line, *more in (
            (WORM, "- worm/worms", "peel moves"),
            (WORM, "- worm/worms", "-peel moves"),
            (WORM, "- worm/worms", "– peel moves"),
            (WORM, "- worm/worms", "* peel moves"),
            (WORM, "- worm/worms", "• peel moves"),
            (WORM, "- worm .. hole", "hole again"),
            (WORM, "- a bitter peel", "two worms"),
            (WORM, "- a bitter lemon", "a lemon"),
            (GUARDS, "- no .. [it]", "-never .. [it]"),
            (TOPICS, "- what fruit", "-which fruit"),
        )
    },
    "a range of a class that ends before it begins": (
        swap(CLASSES, "sour, bitter", "sour, bitter, 90 to 3"),
        [(CLASSES, "sour,", "listening")],
        ["`3 to 90`"],
    ),
    "near twice": (
        swap(WORM, "- green ... bites back", "- a NEAR b NEAR c"),
        [(WORM, "- a NEAR", "listening")],
        ["once"],
    ),
    "a range without brackets": (
        swap(WORM, "- green ... bites back", "- 3 to 90 of them"),
        [(WORM, "- 3 to", "listening")],
        ["`(3 to 90)`"],
    ),
    "a gap behind which nothing stands": (
        swap(WORM, "- green ... bites back", "- green ..."),
        [(WORM, "- green", "listening")],
        ["after it"],
    ),
    "a pattern that names a class that is not there": (
        swap(WORM, "- green ... bites back", "- a [leaf]"),
        [(WORM, "- a [leaf]", "listening")],
        ["`leaf`"],
    ),
    "a guard that names a class that is not there": (
        swap(GUARDS, "- no .. [it]\n", "- no .. [it]\n- small/[leaf] [it]\n"),
        [(GUARDS, "- small", "listening")],
        ["`leaf`"],
    ),
    "what was found, in a pattern that finds": (
        swap(WORM, "- green ... bites back", "- a [it]"),
        [(WORM, "- a [it]", "listening")],
        ["`[it]`"],
    ),
    "a class in a class that is not there": (
        swap(CLASSES, "sour, bitter", "sour, bitter, [tart]"),
        [(CLASSES, "sour,", "listening")],
        ["`tart`"],
    ),
    "a class that contains itself": (
        swap(CLASSES, "sour, bitter", "sour, bitter, [sour]"),
        [(CLASSES, "sour,", "listening")],
        ["`[sour]`"],
    ),
    "two classes that contain each other": (
        swap(CLASSES, "shell, outer side", "shell, outer side, [skin]"),
        [(CLASSES, "shell,", "listening"), (CLASSES, "peel,", "listening")],
        ["`[skin]`"],
    ),
    "an entry that is a pattern": (
        swap(CLASSES, "sour, bitter", "sour/bitter, bitter"),
        [(CLASSES, "sour/", "listening")],
        ["commas"],
    ),
    "an entry without letters": (
        swap(CLASSES, "sour, bitter", "sour, bitter, &"),
        [(CLASSES, "sour,", "listening")],
        ["`&`"],
    ),
    "a class that nothing names": (
        append(CLASSES, "\n## stone\n\nstone, pit\n"),
        [(CLASSES, "## stone", "listening")],
        ["`[stone]`"],
    ),
    "a class that only a class that nothing names has": (
        append(CLASSES, "\n## stone\n\nstone, [pit]\n\n## pit\n\npit\n"),
        [(CLASSES, "## stone", "listening"), (CLASSES, "## pit", "listening")],
        ["`[pit]`"],
    ),
    # --- headings, headers and files
    "a heading that no danger has": (
        append(WORM, "\n## butnot\n\n- worm food\n"),
        [(WORM, "## butnot", "listening")],
        ["`## but not`"],
    ),
    "a heading that no wish has": (
        append(TEXTS, "\n## halt\n\n- halt\n"),
        [(TEXTS, "## halt", "listening")],
        ["stop"],
    ),
    "an ending that no wish has": (
        append(TEXTS, "\n## stop, perhaps\n\n- halt\n"),
        [(TEXTS, "## stop, perhaps", "listening")],
        ["stop"],
    ),
    "an ending that no subject has": (
        append(LACKS, "\n## nuts, perhaps\n\n- acorn\n"),
        [(LACKS, "## nuts, perhaps", "listening")],
        ["`## nuts`"],
    ),
    "a move that is none": (
        append(MOVES, "\n## upwards\n\n- go up\n"),
        [(MOVES, "## upwards", "listening")],
        ["more"],
    ),
    "a guard where none is read": (
        append(AUTOMATIC, "\n## but not\n\n- out of order\n"),
        [(AUTOMATIC, "## but not", "listening")],
        ["patterns"],
    ),
    "examples of guards": (
        append(GUARDS, "\n## patterns\n\n- a\n"),
        [(GUARDS, "## patterns", "listening")],
        ["ask first"],
    ),
    "a place that is not there": (
        append(TOPICS, "\n## apples.9\n\n- mellow\n"),
        [(TOPICS, "## apples.9", "listening")],
        ["`apples.9`"],
    ),
    "brings: nowhere": (
        swap(WORM, "brings: plums.1", "brings: plums.7"),
        [(WORM, "brings:", "listening")],
        ["`brings:`"],
    ),
    "brings: a segment that is not there": (
        swap(WORM, "brings: plums.1", "brings: plums.9"),
        [(WORM, "brings:", "listening")],
        ["there is no segment `plums.9`"],
    ),
    "a kind of danger that nothing brings": (
        edits(
            write("en/listening/danger-wasp.md", "---\ntitle: A toy\nbrings: cherries.1\norder: 2\n---\n"),
            remove(WORM),
        ),
        [("en/listening/danger-NAME.md", 1, "missing")],
        ["`plums.1` (X1)", "put the file"],
    ),
    "brings: nothing": (swap(DESPAIR, "brings: cherries.1\n", ""), [(DESPAIR, 1, "listening")], ["`brings:`"]),
    "brings: in another file": (
        swap(TOPICS, "title: A toy", "title: A toy\nbrings: apples.1"),
        [(TOPICS, "brings:", "header")],
        ["`brings:`"],
    ),
    "order: no number": (swap(WORM, "order: 1", "order: first"), [(WORM, "order:", "listening")], ["`order:`"]),
    "order: none": (swap(WORM, "order: 1\n", ""), [(WORM, 1, "listening")], ["`order:`"]),
    "offers: nowhere": (
        swap(LACKS, "offers: apples.2", "offers: figs.1"),
        [(LACKS, "offers:", "listening")],
        ["`figs.1`"],
    ),
    "a file that nothing reads": (
        write("en/listening/topic.md", "---\ntitle: A toy\n---\n"),
        [("en/listening/topic.md", 1, "listening")],
        ["`topics.md`"],
    ),
    "a danger without its hyphen": (
        write("en/listening/bones.md", "---\ntitle: A toy\n---\n"),
        [("en/listening/bones.md", 1, "listening")],
        ["danger-"],
    ),
    "no dictionary": (
        remove("en/dictionary.txt.gz"),
        [("en/dictionary.txt.gz", 1, "missing")],
        ["real words"],
    ),
    # --- names lead to what they name
    "a keyword that another pattern has": (
        keyword("PEARS, CARROT"),
        [(APPLES, "  2: PEARS, CARROT", "L11")],
        [(LACKS, "- carrot")],
    ),
    "a keyword that is danger": (
        keyword("PEARS, WORM"),
        [(APPLES, "  2: PEARS, WORM", "L11")],
        [(WORM, "- worm/worms")],
    ),
    "a hint that is another topic's": (hint("WHAT FRUIT"), [(APPLES, "  2: WHAT", "L11")], [(TOPICS, "- what fruit")]),
    "a title that is a move": (
        swap(FRUIT, "title: Kinds of fruit", "title: Go on"),
        [(FRUIT, "title:", "L11")],
        [(MOVES, "- go on")],
    ),
    "a word for a move that is danger": (
        swap(WORDS, "## keys\n\nKEYS", "## keys\n\nKEYS, WORMS"),
        [(WORDS, "KEYS", "L11")],
        [(WORM, "- worm/worms")],
    ),
    "a word for a number that is danger": (
        append(WORDS, "\n## 1\n\nONE, WORM\n"),
        [(WORDS, "ONE,", "L11")],
        [(WORM, "- worm/worms")],
    ),
    "a word for tens that does not lead to its numbers": (
        append(WORDS, "\n## 1\n\nONE\n\n## 10\n\nTEN, WORM\n"),
        [(WORDS, "TEN,", "L11")],
        ["`WORM one`"],
    ),
    # --- what is recommended is there
    "a word that nobody understands": (
        text_says("Text XYLOPHONE."),
        [(TEXT, "{line}. Sorry. Text", "L11")],
        ["`XYLOPHONE`"],
    ),
    "a number that is no code": (
        text_says("Text 87 to play."),
        [(TEXT, "{line}. Sorry. Text", "L11")],
        ["`87`"],
    ),
    "a number that leads elsewhere": (
        text_says("For something crunchy, text 2."),
        [(TEXT, "{line}. Sorry. For", "L11")],
        ["`plums`", "`apples`"],
    ),
    "a word that leads elsewhere": (
        text_says("For something crunchy, text CHERRIES."),
        [(TEXT, "{line}. Sorry. For", "L11")],
        ["`cherries`", "`apples`"],
    ),
    "a wish that is the other one": (
        text_says("For no more notes, text START."),
        [(TEXT, "{line}. Sorry. For", "L11")],
        ["`start`", "`stop`"],
    ),
    "a number of the leaflet that is no code": (
        swap(LEAFLET, "Call or text this number:", "Call or text this number, then 87:"),
        [(LEAFLET, "Call or text this number,", "L11")],
        ["`87`"],
    ),
    "a word of a segment that nobody understands": (
        swap(APPLES, "You like apples.", "Text XYLOPHONE."),
        [(APPLES, "Apples are red. Text", "L11")],
        ["`XYLOPHONE`"],
    ),
    "a number of a segment that leads elsewhere": (
        swap(APPLES, "You like apples.", "For what fruit, text 2."),
        [(APPLES, "Apples are red. For", "L11")],
        ["`plums`", "`fruit`"],
    ),
}
NEEDED = sorted(LISTENING.keys() - {"automatic"})


@pytest.mark.parametrize(("edit", "expected", "named"), ROWS.values(), ids=ROWS)
def test_an_edit_is_answered_with_its_problem(tmp_path, edit, expected, named):
    root = small_listening(tmp_path)
    found = problems_after(root, edit)
    assert sorted((problem.path, problem.line, problem.code) for problem in found) == sorted(
        (f"content/{path}", line_of(root, path, where) if (root / path).is_file() else where, code)
        for path, where, code in expected
    ), [str(problem) for problem in found]
    told = "\n".join(problem.remedy for problem in found)
    for words in named:
        assert (words if isinstance(words, str) else f"content/{words[0]}:{line_of(root, *words)}") in told
    assert not any(problem.warning for problem in found)


@pytest.mark.parametrize("name", NEEDED)
def test_a_language_needs_its_files(tmp_path, name):
    """Of the kinds of danger, those of the first language."""
    root = small_listening(tmp_path)
    found = problems_after(root, remove(f"en/listening/{name}.md"))
    assert (f"content/en/listening/{name if name != 'danger-worm' else 'danger-emergency'}.md", "missing") in {
        (problem.path, problem.code) for problem in found
    }


@pytest.mark.parametrize(
    ("name", "named"),
    [
        *((f"danger-{kind}", f"`urgent.{part}`") for part, kind in enumerate(("spine", "emergency", "fever"), start=1)),
        *(("danger-bone", "`urgent.5`"), ("texts", "stop"), ("topics", "topic")),
    ],
)
def test_a_file_that_this_line_lacks_is_named_first(tmp_path, name, named):
    """And not the classes that only its patterns name."""
    root = shutil.copytree(CONTENT, tmp_path / "content")
    remove(f"en/listening/{name}.md")(root)
    first, *others = [problem for problem in check(loaded(root)) if not problem.warning]
    assert (first.code, named in first.remedy) == ("missing", True), str(first)
    assert not [str(other) for other in others if "no pattern names" in other.remedy]


@pytest.mark.parametrize("name", ["automatic"])
def test_a_language_can_do_without_what_no_person_writes(tmp_path, name):
    assert problems_after(small_listening(tmp_path), remove(f"en/listening/{name}.md")) == []


FINE = {
    "an example in capitals, misspelt": example(WORM, "A BITER PEEL"),
    "an example of another danger's counter-example": other(WORM, "the carrot"),
    "a counter-example that the line asks about": other(WORM, "if a worm comes"),
    "a counter-example about which nobody can tell": other(TEXTS, "end this now"),
    "an apostrophe in a pattern": edits(
        swap(WORM, "- green ... bites back", "- won't ripen\n- isn’t ripe"),
        example(WORM, "it isnt ripe"),
        example(WORM, "wont ripen"),
    ),
    "a hint that is asked about": hint("MELLOW"),
    "a keyword that is part of a pattern": keyword("PEARS, CRUNCH"),
    "a key of a call": text_says("On a call, press # or 87."),
    "a number that others answer": edits(
        append("facts.md", "- T9: Call 988.\n"), text_says("Call 988, or text AYUDA to 988.")
    ),
    "a number in a segment that is an amount": swap(APPLES, "You like apples.", "Eat 87 of them."),
    "a word in capitals of two letters": swap(APPLES, "You like apples.", "Go to the ER."),
}


@pytest.mark.parametrize("edit", FINE.values(), ids=FINE)
def test_an_edit_that_is_fine(tmp_path, edit):
    found = [
        problem
        for problem in problems_after(small_listening(tmp_path), edit)
        if problem.code in ("L11", "example", "listening")
    ]
    assert found == []


def test_a_second_language_needs_the_same_kinds_of_danger(tmp_path):
    root = small_listening(tmp_path)
    copy_language("fr")(root)
    swap("en/language.md", "voice:", "first: yes\nvoice:")(root)
    found = problems_after(root, remove("fr/listening/danger-worm.md"))
    assert ("content/fr/listening/danger-worm.md", "missing") in {(problem.path, problem.code) for problem in found}


def test_the_toys_are_sound_but_for_what_the_real_phrases_recommend(tmp_path):
    found = {(problem.path, problem.code) for problem in check(loaded(small_listening(tmp_path)))}
    assert {path for path, code in found if code in ("listening", "example", "header", "missing")} == set()
