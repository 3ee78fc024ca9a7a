"""Mistakes that writers make with a text editor, each with all that the check says of it: the line, and what to do.

A row is an edit of the small content, and its answers: a path below the content folder, a line, words of the remedy.
"""

import pytest
from small_content import (
    APPLES,
    edits,
    loaded,
    problems_after,
    remove,
    small_content,
    swap,
    write,
)

from ivr.library.lint import check

APPLE, PLUM, FRUITS, MAIN = "en/topics/apples.md", "en/topics/plums.md", "en/menus/fruit.md", "en/menus/main.md"
FIG, CALL, WORDS, GLOSSARY = "en/topics/figs.md", "en/phrases/call.md", "en/words.md", "en/glossary.md"
SAID, TEXTED = "Apples are red. I like apples.", "Apples are red. You like apples."
FIRST_LINE = "begin this file with a line of `---`, then `title: ...`"
NOT_GSM = ": it is not in the GSM-7 alphabet of plain texts"


def apple(old, new):
    return swap(APPLE, old, new)


def says(words):
    return apple(SAID, words)


def texts(words):
    return apple(TEXTED, words)


def written(change):
    """The apples' file as something else has saved it."""
    return write(APPLE, change(APPLES))


def renamed(name):
    return lambda root: (root / APPLE).rename(root / name)


def saved_as(name):
    return [(name, 1, "save this as plain text under the name `apples.md`, suffix included")]


ROWS = {
    # --- the header
    "no colon": (apple("title: Apples", "title Apples"), [(APPLE, 2, "as `name: words`, not `title Apples")]),
    "no blank behind the colon": (
        apple("title: Apples", "title:Apples"),
        [(APPLE, 2, "as `name: words`, not `title:Apples")],
    ),
    "nothing behind the colon": (
        apple("title: Apples and pears", "title:"),
        [(APPLE, 2, "write after `title:` what the topic is called")],
    ),
    "no first line": (apple("---\ntitle", "title"), [(APPLE, 1, FIRST_LINE)]),
    "no dashes at all": (written(lambda text: text.replace("---\n", "")), [(APPLE, 1, FIRST_LINE)]),
    "two dashes": (written(lambda text: text.replace("---\n", "--\n")), [(APPLE, 1, FIRST_LINE)]),
    "dashes of a word processor": (written(lambda text: text.replace("---\n", "\u2014\n")), [(APPLE, 1, FIRST_LINE)]),
    "a note above the header": (written(lambda text: "My note\n" + text), [(APPLE, 1, FIRST_LINE)]),
    "no last line": (apple("reviewer:\n---\n", "reviewer:\n"), [(APPLE, 1, "with a line `---`, above line 15")]),
    "a list that is not moved in": (
        apple("  1: T1\n  2: T2", "1: T1\n2: T2"),
        [(APPLE, 5, "put two spaces before `1:`"), (APPLE, 6, "so that it belongs to `facts:`")],
    ),
    "a list that is moved in by tabs": (apple("  1: T1\n  2: T2", "\t1: T1\n\t2: T2"), []),
    "a number under an entry that is no list": (
        apple("offer:", "7: seven\noffer:"),
        [(APPLE, 3, "nothing reads `7`: remove it")],
    ),
    "a segment that is not there": (
        apple("  2: T2", "  3: T2"),
        [(APPLE, 6, "give a segment from 1 to 2, as many as paragraphs under Voice: there is no 3")],
    ),
    "facts separated by a semicolon": (
        apple("  1: T1", "  1: T1; T2"),
        [(APPLE, 5, "separated by commas, not `T1; T2`"), ("en/topics", 1, "no topic delivers fact T1")],
    ),
    "keywords separated by a semicolon": (
        apple("1: APPLES", "1: APPLES; RED"),
        [(APPLE, 8, "separate these words with commas")],
    ),
    "a date as people write it": (
        apple("2020-01-31", "January 31, 2020"),
        [(APPLE, 12, "write this date as year, month and day, like `reviewed: 2012-05-03`")],
    ),
    # --- headings and paragraphs
    "a heading with an s": (apple("## Text", "## Texts"), [(APPLE, 22, "under `texts`: write `## Text`")]),
    "another heading": (
        apple("## Text", "## SMS"),
        [
            (APPLE, 1, "add paragraphs under a heading `## Text`"),
            (APPLE, 22, "write `## Voice` or `## Text`, or remove"),
        ],
    ),
    "a heading without number signs": (apple("## Text", "Text:"), [(APPLE, 22, "write this as a heading: `## Text`")]),
    "a heading in bold": (apple("## Text", "**Text**"), [(APPLE, 22, "write this as a heading: `## Text`")]),
    "a heading without its blank": (apple("## Text", "##Text"), [(APPLE, 22, "number signs: `## Text`")]),
    "a first heading without its blank": (apple("## Voice", "##Voice"), [(APPLE, 16, "number signs: `## Voice`")]),
    "two segments made one": (
        apple("I like apples.\n\n", "I like apples.\n"),
        [(APPLE, 21, "under Text (2) as under Voice (1), separated by blank lines")],
    ),
    "an empty file": (write(FIG, ""), [(FIG, 1, "this file is empty")]),
    # --- how the file is saved
    "Windows line ends": (written(lambda text: text.replace("\n", "\r\n")), []),
    "line ends of an old Macintosh": (written(lambda text: text.replace("\n", "\r")), []),
    "a byte order mark": (written(lambda text: "\ufeff" + text), []),
    "UTF-16": (write(APPLE, APPLES.encode("utf-16")), [(APPLE, 1, "save this file as plain text in UTF-8")]),
    "Latin-1": (
        write(APPLE, APPLES.replace("I like pears", "I like caf\xe9s").encode("latin-1")),
        [(APPLE, 20, "save this file as plain text in UTF-8")],
    ),
    "RTF": (written(lambda text: "{\\rtf1 " + text), [(APPLE, 1, "in UTF-8: a word processor wrote it")]),
    "two endings": (renamed("en/topics/apples.md.txt"), saved_as("en/topics/apples.md.txt")),
    "another ending": (renamed("en/topics/apples.txt"), saved_as("en/topics/apples.txt")),
    "an ending in capitals": (renamed("en/topics/apples.MD"), saved_as("en/topics/apples.MD")),
    "a word processor's file": (renamed("en/topics/apples.docx"), saved_as("en/topics/apples.docx")),
    "the language file with two endings": (
        lambda root: (root / "en/language.md").rename(root / "en/language.md.txt"),
        [("en/language.md.txt", 1, "under the name `language.md`"), ("en/language.md", 1, "name the language")],
    ),
    "the facts with two endings": (
        lambda root: (root / "facts.md").rename(root / "facts.md.txt"),
        [("facts.md.txt", 1, "under the name `facts.md`"), ("facts.md", 1, "write the facts")],
    ),
    "a copy beside its file": (write("en/topics/apples.txt", APPLES), []),
    "a copy with an editor's ending": (write("en/topics/apples.md~", APPLES), []),
    "pictures and tables beside the words": (
        edits(write("en/topics/desktop.ini", ""), write("notes.txt", ""), write("en/notes.txt", "")),
        [],
    ),
    "a copy under another name": (
        write("en/topics/apples-2.md", APPLES),
        [("en/topics/apples-2.md", 1, "no menu leads here: add it to the choices of a menu, or remove this file")],
    ),
    "a file beside the languages": (
        write("apples.md", APPLES),
        [("apples.md", 1, "nothing reads this file here: move it into a language's folder, or remove it")],
    ),
    "a folder beside the languages": (
        write("old/apples.md", APPLES),
        [("old", 1, "write `language.md` and `menus/main.md` into this folder if it is a language, or remove it")],
    ),
    # --- signs
    "a curly apostrophe": (texts("It\u2019s red."), [(APPLE, 24, f"replace `\u2019` with `'`{NOT_GSM}")]),
    "curly quotes": (
        texts("\u201cRed\u201d, you say."),
        [(APPLE, 24, f'replace `\u201c` with `"`{NOT_GSM}'), (APPLE, 24, f'replace `\u201d` with `"`{NOT_GSM}')],
    ),
    "a long dash": (texts("Red \u2014 so it is."), [(APPLE, 24, f"replace `\u2014` with `-`{NOT_GSM}")]),
    "three dots in one": (texts("Red\u2026"), [(APPLE, 24, f"replace `\u2026` with `...`{NOT_GSM}")]),
    "an accent that texts have not": (texts("Red for \u00e1ll."), [(APPLE, 24, f"replace `\u00e1` with `a`{NOT_GSM}")]),
    "a picture": (texts("Red \U0001f34e."), [(APPLE, 24, f"remove `\U0001f34e`{NOT_GSM}")]),
    "a sign that nobody sees": (
        texts("Red ap\u00adples."),
        [(APPLE, 24, "type this again, without the invisible character in it (soft hyphen)")],
    ),
    "a tab and a hard blank": (texts("Apples\tare\u00a0red."), []),
    "a curly apostrophe in what is explained": (
        edits(swap(GLOSSARY, "- what a fruit hangs on", "- a fruit's hook"), says("A stem is a fruit\u2019s hook.")),
        [],
    ),
    "quotes to say": (says("\u201cRed\u201d, I say."), [(APPLE, 18, "remove the quotation marks")]),
    "a dash to say": (says("Red \u2013 so it is."), [(APPLE, 18, "a comma or a full stop in place of `\u2013`")]),
    "brackets to say": (says("Apples (all) are red."), [(APPLE, 18, "remove the brackets")]),
    "bold to say": (
        says("Apples are **red**."),
        [(APPLE, 18, "remove `*`: marks for bold and the like do nothing")],
    ),
    "a sign to say": (says("Apples are 5% red."), [(APPLE, 18, "say `%` in words")]),
    "a phone number to say": (says("Call 1-800-555-0123."), [(APPLE, 18, "write `1-800-555-0123` as it is said")]),
    # --- sentences
    "a long sentence": (
        says("I am red. He is red. " + "If it is red and " * 4 + "so."),
        [(APPLE, 18, "make two sentences of `If it is red ...`: 21 words, 20 at most")],
    ),
    "sentences that are all long": (
        says("It is as red as red can be when all of it is. " * 2),
        [(APPLE, 18, "use shorter sentences here: 13.0 words on average, 12 at most")],
    ),
    "a word without its explanation": (
        says("Apples have seeds."),
        [(APPLE, 18, "explain `seeds` here in words that glossary.md gives, such as `small things in a fruit`")],
    ),
    # --- names
    "a choice that is misspelt": (
        swap(FRUITS, "1: apples", "1: appels"),
        [(FRUITS, 5, "there is no file appels.md to lead to: write `apples`"), (APPLE, 1, "no menu leads here")],
    ),
    "a choice whose topic is gone": (
        edits(remove(PLUM), swap("facts.md", "- X1: Plums are blue.\n", "")),
        [(MAIN, line, "there is no file plums.md to lead to: make it, or name another") for line in (5, 7, 8)],
    ),
    "a phrase whose heading is misspelt": (
        swap(CALL, "## waiting\n", "## wating\n"),
        [(CALL, "## wating", "the line never says `wating`: write `## waiting`")],
    ),
    "a phrase that is gone": (
        swap(CALL, "## goodbye\n", "## x\n"),
        [(CALL, 1, "a heading `## goodbye`"), (CALL, "## x", "the line never says `x`: remove it")],
    ),
    "words whose heading is misspelt": (swap(WORDS, "## more", "## mor"), [(WORDS, 5, "`mor`: write `## more`")]),
    "a glossary word with nothing under it": (
        swap(GLOSSARY, "- what a fruit hangs on\n", ""),
        [(GLOSSARY, 9, "write an explanation below `stem`: `- ...`")],
    ),
    # --- facts
    "a fact without its colon": (
        swap("facts.md", "- T2: Pears", "- T2 Pears"),
        [("facts.md", 9, "begin a line for fact T2, with its punctuation and spaces as here: `- T2: ...`")],
    ),
    "a fact without the blank before it": (
        swap("facts.md", "- T2: Pears", "-T2: Pears"),
        [("facts.md", 8, "begin a line for fact T2, with its punctuation and spaces as here: `- T2: ...`")],
    ),
}


@pytest.mark.parametrize(("edit", "expected"), ROWS.values(), ids=ROWS)
def test_a_mistake_is_answered_with_what_to_do(tmp_path, edit, expected):
    root = small_content(tmp_path)
    found = problems_after(root, edit)
    for problem, (path, line, remedy) in zip(found, expected, strict=True):
        assert remedy in problem.remedy
        assert problem.path == f"content/{path}"
        assert problem.line == (line if isinstance(line, int) else place(root, path, line))


def place(root, path, written):
    return (root / path).read_text(encoding="utf-8").split("\n").index(written) + 1


def test_line_ends_of_an_old_macintosh_are_line_ends(tmp_path):
    root = small_content(tmp_path)
    before = loaded(root).libraries["en"].topics["apples"]
    written(lambda text: text.replace("\n", "\r"))(root)
    assert loaded(root).libraries["en"].topics["apples"] == before
    assert {problem.code for problem in check(loaded(root))} == {"unsigned"}
