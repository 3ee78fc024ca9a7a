"""The rules for content, each with an edit that breaks it: a row is an edit, and what the check then says.

A place is a path below the content folder, and a line: its number, or the words that it begins with.
"""

import ast
import re
import shutil
from pathlib import Path

import pytest
from answered import answered
from small_content import (
    APPLES,
    FRUIT,
    append,
    copy_language,
    edits,
    line_of,
    loaded,
    problems_after,
    remove,
    signed,
    small_content,
    swap,
    write,
)
from sounds import mp3

import ivr.library
from ivr.dialogue.say import say
from ivr.library.limits import BETWEEN_CHOICES
from ivr.library.lint import check
from ivr.library.lint.menus import plain_menu
from ivr.library.measures import gsm_units
from ivr.library.naming import HOME_OPENINGS, SUBMENU_OPENINGS, menu_text, named
from ivr.library.rules.shelf import Shelf
from ivr.library.signing import code_of_words, is_unsigned, signature_in
from ivr.model import Position, State
from ivr.settings import CONTENT

MAIN, FRUITS = "en/menus/main.md", "en/menus/fruit.md"
APPLE, PLUM, CHERRY = "en/topics/apples.md", "en/topics/plums.md", "en/topics/cherries.md"
CALL, TEXT, WORDS, GLOSSARY = "en/phrases/call.md", "en/phrases/text.md", "en/words.md", "en/glossary.md"
NAMES = "en/names.md"
LEAFLET = "en/phrases/leaflet.md"
NAMED = "reviewer: Me\nchecked: 2020-01-31"
SAID, TEXTED = "Apples are red. I like apples.", "Apples are red. You like apples."


def says(words):
    return swap(APPLE, SAID, words)


def texts(words):
    return swap(APPLE, TEXTED, words)


def header(old, new):
    return swap(APPLE, old, new)


def heading_only(path, name):
    """Takes away what stands under a heading."""

    def edit(root):
        text = (root / path).read_text(encoding="utf-8")
        write(path, re.sub(rf"(?ms)^(## {name}\n).*?(?=^## |\Z)", r"\1\n", text))(root)

    return edit


def first_paragraph(path, name, words):
    """Puts words after the first paragraph's under a heading."""

    def edit(root):
        text = (root / path).read_text(encoding="utf-8")
        write(path, re.sub(rf"(?m)^(## {name}\n\n.*)$", rf"\1 {words}", text))(root)

    return edit


def instead(path, name, words):
    """Puts words in place of all that stands under a heading."""

    def edit(root):
        text = (root / path).read_text(encoding="utf-8")
        write(path, re.sub(rf"(?ms)^(## {name}\n).*?(?=^## |\Z)", rf"\1\n{words}\n\n", text))(root)

    return edit


def topic_of(name):
    """A sound topic that can stand anywhere; it repeats a fact."""
    text = re.sub(r"(?m)^  2: T2\n|^keywords:\n  1: APPLES\n  2: PEARS\n|^Pears.*\n\n?", "", APPLES)
    return text.replace("Apples and pears", name.title()).replace("For apples", f"For {name}")


def fruit_menu(*labels):
    """The fruit menu with these labels instead, and a topic for each behind the first two."""
    names = ["apples", "cherries", *("figs", "dates", "limes", "kiwis")[: len(labels) - 2]]
    choices = "".join(f"  {key}: {name}\n" for key, name in enumerate(names, start=1))
    voice = "".join(f"For {label}, press {key}.\n\n" for key, label in enumerate(labels, start=1))
    text = "".join(f"1{key} {name}\n\n" for key, name in enumerate(names, start=1))
    menu = f"---\ntitle: Kinds of fruit\nchoices:\n{choices}---\n\n## Voice\n\n{voice}## Text\n\n{text}"
    return edits(write(FRUITS, menu), *(write(f"en/topics/{name}.md", topic_of(name)) for name in names[2:]))


def append_to_header(path, line):
    return swap(path, "emergency: 999\n", f"emergency: 999\n{line}\n")


EMERGENCY = swap("facts.md", "- X1: Plums are blue.", "- X1: In an emergency, call 999.")

LANGUAGE_LINE = ("en/language.md", 5, "language")
"""Where `in_language` writes."""


def in_language(line):
    return swap("en/language.md", "voice: A-Voice", f"voice: A-Voice\n{line}")


ROWS = {
    # --- menus
    "B1 six choices": (
        fruit_menu("apples", "cherries", "figs", "dates", "limes", "kiwis"),
        [(FRUITS, "choices:", "B1")],
    ),
    "B2 a topic three keys away": (
        edits(
            swap(FRUITS, "2: cherries", "2: basket"),
            write(
                "en/menus/basket.md",
                FRUIT.replace("KINDS", "BASKET")
                .replace("Kinds of fruit", "Basket")
                .replace("1: apples", "1: cherries")
                .replace("  2: cherries\n", "")
                .replace("For apples, press 1.\n\n", "")
                .replace("cherries, press 2", "cherries, press 1")
                .replace("11 apples\n\n12 cherries", "121 cherries"),
            ),
        ),
        [(CHERRY, 1, "B2")],
    ),
    "B3 the key first": (
        swap(FRUITS, "For apples, press 1.", "Press 1 for apples."),
        [(FRUITS, "Press 1", "B3")],
    ),
    "B3 another key than the choice's": (
        swap(FRUITS, "For cherries, press 2.", "For cherries, press 3."),
        [(FRUITS, "For cherries", "B3")],
    ),
    "B3 no full stop after the key": (
        swap(FRUITS, "For apples, press 1.", "For apples, press 1"),
        [(FRUITS, "For apples", "B3")],
    ),
    "B3 an offer that ends in another key": (
        header("offer: For apples, press 1.", "offer: For apples, press 2."),
        [(APPLE, "offer:", "B3")],
    ),
    "B3 an offer that does not name a key": (
        header("offer: For apples, press 1.", "offer: Apples come next."),
        [(APPLE, "offer:", "B3")],
    ),
    "B5 the last choice comes late": (
        edits(
            fruit_menu(*(f"{name}. It is so so" for name in ("apples", "cherries", "figs", "dates", "limes"))),
            *(instead(CALL, f"{name}-key", "So.") for name in ("back", "person", "again")),
        ),
        [(FRUITS, "## Voice", "B5")],
    ),
    "B5 the keys said with a menu make it long": (
        instead(CALL, "back-key", "So, to go back, press star. " * 8),
        [(FRUITS, "## Voice", "B5")],
    ),
    "B5 the whole menu is long": (
        fruit_menu(*(f"{name}. So. So. So. So it is" for name in ("apples", "cherries", "figs", "dates", "limes"))),
        [(FRUITS, "## Voice", "B5"), (FRUITS, "## Voice", "B5")],
    ),
    "B3 two keys at the end": (
        swap(FRUITS, "For apples, press 1.", "For apples, press 2 or 1."),
        [(FRUITS, "For apples", "B3")],
    ),
    "B6 a label of nine words": (
        swap(FRUITS, "For apples,", "For apples that are as red as can be,"),
        [(FRUITS, "For apples", "B6")],
    ),
    "B6 labels that share their words": (
        swap(FRUITS, "For cherries,", "For the red apples,"),
        [(FRUITS, "For the red apples", "B6")],
    ),
    "B7 a treatment that no menu names": (
        swap(GLOSSARY, "title: Words", "treatments: cherries, melons\ntitle: Words"),
        [(MAIN, "## Voice", "B7")],
    ),
    "H4 a line that begins with another number": (
        swap(FRUITS, "12 cherries", "2 cherries"),
        [(FRUITS, "2 cherries", "H4")],
    ),
    "H4 a number with a dot, which would make a list": (
        swap(FRUITS, "12 cherries", "12. cherries"),
        [(FRUITS, "12. cherries", "H4")],
    ),
    "H4 a line without a number": (swap(MAIN, "\n2 plums", "\nplums"), [(MAIN, "plums", "H4")]),
    "choices: one that leads nowhere": (
        swap(FRUITS, "2: cherries", "2: melons"),
        [(FRUITS, "  2: melons", "choices"), (CHERRY, 1, "choices")],
    ),
    "choices: a topic that no menu leads to": (
        write("en/topics/figs.md", topic_of("figs")),
        [("en/topics/figs.md", 1, "choices")],
    ),
    "choices: a menu that no menu leads to": (
        edits(
            write(
                "en/menus/basket.md",
                FRUIT.replace("KINDS", "BASKET").replace("11 apples", "1 apples").replace("12 cherries", "2 cherries"),
            ),
            swap("en/menus/basket.md", "title: Kinds of fruit", "title: Basket"),
        ),
        [("en/menus/basket.md", 1, "choices")],
    ),
    "choices: two that lead to one topic": (
        swap(FRUITS, "2: cherries", "2: apples"),
        [(FRUITS, "  2: apples", "choices"), (CHERRY, 1, "choices")],
    ),
    "choices: one that leads back to the main menu": (
        swap(FRUITS, "2: cherries", "2: main"),
        [(FRUITS, "  2: main", "choices"), (CHERRY, 1, "choices")],
    ),
    "choices: one that does not say where": (
        swap(FRUITS, "2: cherries", "2:"),
        [(FRUITS, "  2:", "choices")],
    ),
    "choices: fewer than paragraphs": (swap(FRUITS, "  2: cherries\n", ""), [(FRUITS, "choices:", "choices")]),
    "choices: more than paragraphs": (
        swap(FRUITS, "  2: cherries\n", "  2: cherries\n  3: plums\n"),
        [(FRUITS, "choices:", "choices")],
    ),
    "choices: not in the order of their keys": (
        swap(FRUITS, "  1: apples\n  2: cherries", "  2: apples\n  1: cherries"),
        [(FRUITS, "choices:", "choices")],
    ),
    "choices: none": (
        swap(FRUITS, "choices:\n  1: apples\n  2: cherries\n", ""),
        [(FRUITS, 1, "choices")],
    ),
    "silent: not named": (swap(MAIN, "silent: apples\n", ""), [(MAIN, 1, "silent")]),
    "silent: no such topic": (swap(MAIN, "silent: apples", "silent: apples, fruit"), [(MAIN, "silent:", "silent")]),
    "silent: no such segment": (swap(MAIN, "silent: apples", "silent: apples.9"), [(MAIN, "silent:", "silent")]),
    "silent: no number": (swap(MAIN, "silent: apples", "silent: apples.x"), [(MAIN, "silent:", "silent")]),
    "person: not named": (swap(MAIN, "person: plums\n", ""), [(MAIN, 1, "person")]),
    "person: no such topic": (swap(MAIN, "person: plums", "person: melons"), [(MAIN, "person:", "person")]),
    "urgent: not named": (swap(MAIN, "urgent: plums\n", ""), [(MAIN, 1, "urgent")]),
    "urgent: no such topic": (swap(MAIN, "urgent: plums", "urgent: melons"), [(MAIN, "urgent:", "urgent")]),
    "name: a menu and a topic of one name": (
        edits(
            write(
                "en/menus/plums.md",
                "---\ntitle: More fruit\nchoices:\n  1: figs\n---\n\n"
                "## Voice\n\nFor figs, press 1.\n\n## Text\n\n21 figs\n",
            ),
            write("en/topics/figs.md", topic_of("figs")),
        ),
        [("en/menus/plums.md", 1, "name"), (PLUM, 1, "name")],
    ),
    "name: signs and capitals in files' names": (
        edits(
            *(write(f"en/topics/{name}.md", topic_of("figs")) for name in ("a_b", "Figs", "a b", "f\u00efgs", "-figs")),
            write("en/menus/my.menu.md", FRUIT),
        ),
        [
            *((f"en/topics/{name}.md", 1, "name") for name in ("a_b", "Figs", "a b", "f\u00efgs", "-figs")),
            ("en/menus/my.menu.md", 1, "name"),
        ],
    ),
    "name: a language's folder with an underscore": (copy_language("pt_BR"), [("pt_BR", 1, "name")]),
    "name: a language's folder with capitals": (copy_language("en-GB"), [("en-GB", 1, "name")]),
    "misplaced: a topic in a folder of its own": (
        write("en/topics/sub/apples.md", APPLES),
        [("en/topics/sub/apples.md", 1, "misplaced")],
    ),
    "misplaced: a file that nothing reads": (write("en/topic.md", APPLES), [("en/topic.md", 1, "misplaced")]),
    # --- segments
    "E1 more than 30 seconds": (says("Apples are red, so red. " * 12), [(APPLE, "Apples are red, so", "E1")]),
    "E1 more than 90 words of warning signs": (
        edits(swap(CHERRY, "Cherries can be sour.", "Cherries can be as sour as can be to me. " * 10), signed(CHERRY)),
        [(CHERRY, "Cherries can be as", "E1")],
    ),
    "E1 more than 75 words in the segment behind the warning signs": (
        edits(
            append("facts.md", "- X6: Figs.\n"),
            swap(CHERRY, "1: X2\n", "1: X2\n  2: X6\n"),
            swap(CHERRY, "Cherries can be sour.", "They are sour.\n\n" + "Figs can be as sweet as can be to me. " * 9),
            swap(CHERRY, "Cherries may be sour.", "They are sour.\n\nFigs are sweet."),
            signed(CHERRY),
        ),
        [(CHERRY, "Figs can be as", "E1"), (CHERRY, "Figs can be as", "E1")],
    ),
    "E1 more than 55 seconds of warning signs": (
        edits(swap(CHERRY, "Cherries can be sour.", "They can be sour. " * 22), signed(CHERRY)),
        [(CHERRY, "They can", "E1")],
    ),
    "E2 four facts in a segment": (
        edits(append("facts.md", "- T3: Figs.\n- T4: Dates.\n"), header("1: T1", "1: T1, T2, T3, T4")),
        [(APPLE, "  1: T1", "E2")],
    ),
    "B5 a menu in a language that takes longer to say the same": (
        in_language("longest-menu: 4"),
        [("en/menus/main.md", "## Voice", "B5"), (FRUITS, "## Voice", "B5")],
    ),
    "B5 the last choice in such a language": (
        in_language("last-choice-by: 3.5"),
        [("en/menus/main.md", "## Voice", "B5"), (FRUITS, "## Voice", "B5")],
    ),
    "G2 an accent that texts of the language lose": (
        edits(in_language("in-texts: á a, ő ö"), texts("A pár KŐ is nő.")),
        [],
    ),
    "G2 an accent that texts of the language do not lose": (
        edits(in_language("in-texts: á a"), texts("Alma ő.")),
        [(APPLE, "Alma", "G2")],
    ),
    "G5 a word without its accent": (
        edits(in_language("in-texts: á a"), swap(WORDS, "SECRET", "CÁNCER"), texts("Cáncer is red.")),
        [(APPLE, "Cáncer", "G5")],
    ),
    "language: a formula that nobody knows": (
        swap("en/language.md", "Flesch-Kincaid", "Flesh"),
        [("en/language.md", "reading:", "language")],
    ),
    "language: seconds that are no number": (in_language("longest-menu: soon"), [LANGUAGE_LINE]),
    "language: a character without what stands for it": (in_language("in-texts: á"), [LANGUAGE_LINE]),
    "language: two characters at once": (in_language("in-texts: áé ae"), [LANGUAGE_LINE]),
    "language: a character that plain texts have": (in_language("in-texts: ñ n"), [LANGUAGE_LINE]),
    "language: a character for one that they lack": (in_language("in-texts: á â"), [LANGUAGE_LINE]),
    "language: a date without its year": (in_language("date: {day} de {month}"), [LANGUAGE_LINE]),
    "language: a date with another slot": (in_language("date: {day} {month} {year} {hour}"), [LANGUAGE_LINE]),
    "E3 long words to hear": (says("Education information."), [(APPLE, "Education", "E3")]),
    "E3 long words to read": (texts("Educational examination information."), [(APPLE, "Educational", "E3")]),
    "E4 a sentence of 21 words": (
        says("I am red. He is red. " + "If it is red and " * 4 + "so."),
        [(APPLE, "I am red", "E4")],
    ),
    "E4 sentences of 13 words": (
        says("It is as red as red can be when all of it is. " * 2),
        [(APPLE, "It is as red", "E4")],
    ),
    "E4 one sentence that is hard to take in": (
        says("I see it here. " * 6 + "Remember yellow bananas, yellow tomatoes, yellow papayas, yellow potatoes. "),
        [(APPLE, "I see it", "E4")],
    ),
    "E4 sentences that are hard to take in": (
        says("Any yellow apple under the yellow paper is my very big apple. " * 2),
        [(APPLE, "Any yellow", "E3"), (APPLE, "Any yellow", "E4")],
    ),
    "E5 a word that is not explained where it is heard": (says("Apples have seeds."), [(APPLE, "Apples have", "E5")]),
    "E5 a word that is not explained where it is read": (texts("Apples have seeds."), [(APPLE, "Apples have", "E5")]),
    "E5 a word that is explained only later": (
        edits(says("Apples have seeds."), swap(APPLE, "I like pears.", "Seeds are small things in a fruit.")),
        [(APPLE, "Apples have", "E5")],
    ),
    "E5 three new words at once": (
        says("Seeds are small things in a fruit. The core is the hard part inside. A stem is what a fruit hangs on."),
        [(APPLE, "Seeds are", "E5")],
    ),
    "E5 an explanation of eleven words": (
        swap(GLOSSARY, "- the hard part inside", "- the hard part of it that is inside of the fruit"),
        [(GLOSSARY, "- the hard", "E5")],
    ),
    "E6 a sign": (says("Apples & pears are red."), [(APPLE, "Apples &", "E6")]),
    "E6 an underscore": (says("Apples are_ red."), [(APPLE, "Apples are_", "E6")]),
    "E6 brackets": (says("Apples (all of them) are red."), [(APPLE, "Apples (", "E6")]),
    "E6 capitals": (says("Apples are OK."), [(APPLE, "Apples are OK", "E6")]),
    "E6 a short title": (says("I like Dr. Apple."), [(APPLE, "I like Dr", "E6")]),
    "E6 a number written short": (says("It is No. 5 of them."), [(APPLE, "It is No", "E6")]),
    "E6 no abbreviation but an answer": (says("Is it red? No. It is so."), []),
    "E6 what this language does not write short": (says("I see Sra. Apple."), []),
    "E6 what this language writes short": (
        edits(swap("en/language.md", "Dr.,", "Sra.,"), says("I see Sra. Apple.")),
        [(APPLE, "I see Sra", "E6")],
    ),
    "E6 letters with dots": (says("I like red, e.g. apples."), [(APPLE, "I like red", "E6")]),
    "E6 a long number": (says("I like 12345 apples."), [(APPLE, "I like 12345", "E6")]),
    "E6 a decimal": (says("I like 2.5 apples."), [(APPLE, "I like 2.5", "E6")]),
    "E6 a thousand with a comma": (says("I like 1,000 apples."), [(APPLE, "I like 1,000", "E6")]),
    "E6 a phone number": (says("Call 555-1234."), [(APPLE, "Call 555", "E6")]),
    "E6 a number for emergencies": (says("Call 911 now."), [(APPLE, "Call 911", "E6")]),
    "E6 the short word for a number": (says("I like No. 1 most."), [(APPLE, "I like No", "E6")]),
    "E6 in a menu": (
        swap(FRUITS, "For apples, press 1.", "For apples & pears, press 1."),
        [(FRUITS, "For apples &", "E6")],
    ),
    "E6 in a menu's title": (swap(FRUITS, "title: Kinds of", "title: Kinds &"), [(FRUITS, "title:", "E6")]),
    "E6 in a topic's title": (header("title: Apples and", "title: Apples &"), [(APPLE, "title:", "E6")]),
    "E6 in an offer": (header("offer: For apples", "offer: For A.B. apples"), [(APPLE, "offer:", "E6")]),
    "E6 in a phrase of a call": (
        first_paragraph(CALL, "goodbye", "Bye & bye."),
        [(CALL, "FIRST:goodbye", "E6")],
    ),
    "slot: one that topics do not have": (
        edits(says("Apples are {color}."), texts("Apples are {color}.")),
        [(APPLE, "Apples are {color}", "slot"), (APPLE, "FIRST:Voice", "slot")],
    ),
    "slot: one that this phrase does not have": (
        first_paragraph(CALL, "goodbye", "{title}."),
        [(CALL, "FIRST:goodbye", "slot")],
    ),
    "slot: one that this text does not have": (
        first_paragraph(TEXT, "menu", "{part}"),
        [(TEXT, "FIRST:menu", "slot")],
    ),
    "slot: the helpline's number in a menu": (
        edits(swap(FRUITS, "For apples,", "For {helpline},"), swap(FRUITS, "12 cherries", "12 {helpline}")),
        [(FRUITS, "For {helpline}", "slot"), (FRUITS, "12 {helpline}", "slot")],
    ),
    "slot: in titles and an offer": (
        edits(
            swap(FRUITS, "title: Kinds", "title: Kinds {a}"),
            header("title: Apples", "title: Apples {a}"),
            header("offer: For apples", "offer: For {pen}"),
        ),
        [(FRUITS, "title:", "slot"), (APPLE, "title:", "slot"), (APPLE, "offer:", "slot")],
    ),
    "slot: time for a pen in a text": (texts("Apples. {pen}"), [(APPLE, "Apples. {pen}", "slot")]),
    "slot: time for a pen in what the line texts": (
        first_paragraph(TEXT, "keys", "{pen}"),
        [(TEXT, "FIRST:keys", "slot")],
    ),
    "slot: two words in one": (
        edits(says("Call {help line}."), texts("Call {help line}.")),
        [(APPLE, "Call {help", "slot"), (APPLE, "FIRST:Voice", "slot")],
    ),
    "slot: braces that are not a pair": (
        edits(says("Call {helpline."), texts("Call helpline}.")),
        [(APPLE, "Call {helpline", "slot"), (APPLE, "Call helpline}", "slot")],
    ),
    "slot: in what a question calls a segment": (
        header("origin:", "asked-as:\n  1: red {fruit}\norigin:"),
        [(APPLE, "  1: red", "slot")],
    ),
    "slot: in an explanation": (
        swap(GLOSSARY, "- what a fruit hangs on", "- what a {fruit} hangs on"),
        [(GLOSSARY, "- what a {fruit}", "slot")],
    ),
    "slot: the name of a name, misspelt": (
        edits(says("This is {lines}."), texts("This is {lines}.")),
        [(APPLE, "This is {lines}", "slot"), (APPLE, "FIRST:Voice", "slot")],
    ),
    "names: one that is needed is missing": (
        swap(NAMES, "helpline_hours: by day\n", ""),
        [(NAMES, 1, "names")],
    ),
    "names: one without words": (swap(NAMES, "line: Fruit Line", "line:"), [(NAMES, "line:", "names")]),
    "names: called like what the line fills in": (
        append_to_header(NAMES, "code: 12"),
        [(NAMES, "code:", "names")],
    ),
    "names: called what no slot can be called": (
        append_to_header(NAMES, "Our Town: Kent"),
        [(NAMES, "Our Town:", "names")],
    ),
    "names: a slot in a name": (
        swap(NAMES, "Gardeners of Kent", "Gardeners of {line}"),
        [(NAMES, "helpline_name:", "names")],
    ),
    "names: more than the emergency number": (
        swap(NAMES, "emergency: 999", "emergency: call 999"),
        [(NAMES, "emergency:", "names")],
    ),
    "slot: braces in braces": (first_paragraph(CALL, "goodbye", "{{helpline}"), [(CALL, "FIRST:goodbye", "slot")]),
    # --- texts
    "G1 three fragments": (texts("You do like it. " * 20), [(APPLE, "You do", "G1")]),
    "G1 two texts where one must do": (
        texts("Apples are red. // You like apples."),
        [(APPLE, "Apples are red. //", "G1")],
    ),
    "G1 three texts of warning signs": (
        edits(swap(CHERRY, "Cherries may be sour.", "Cherries may be sour. // They may. // They can."), signed(CHERRY)),
        [(CHERRY, "Cherries may be sour. //", "G1")],
    ),
    "G1 a second text of three fragments": (
        edits(
            swap(CHERRY, "Cherries may be sour.", "Cherries may be sour. // " + "You do like it. " * 20), signed(CHERRY)
        ),
        [(CHERRY, "Cherries may be sour. //", "G1")],
    ),
    "G2 a curly quote in a second text": (
        edits(swap(CHERRY, "Cherries may be sour.", "Cherries may be sour. // They\u2019re red."), signed(CHERRY)),
        [(CHERRY, "Cherries may be sour. //", "G2")],
    ),
    "G1 a whole menu": (
        swap(FRUITS, "12 cherries", "12 cherries " + "and more " * 40),
        [(FRUITS, "## Text", "G1")],
    ),
    "G1 a whole menu with what may stand before it": (
        first_paragraph(TEXT, "lost", "I do not know it. " * 16),
        [(MAIN, "## Text", "G1"), (TEXT, "## lost", "G1")],
    ),
    "G1 a phrase": (first_paragraph(TEXT, "keys", "You do it. " * 30), [(TEXT, "## keys", "G1")]),
    "G1 phrases with a long title in them": (
        header("title: Apples and pears", f"title: {'Apple ' * 26}pears"),
        [(TEXT, f"## {name}", "G1") for name in ("do-you-mean-either", "lacks-but")],
    ),
    "G2 in a menu": (swap(FRUITS, "11 apples", "11 apple\u2019s"), [(FRUITS, "11 apple", "G2")]),
    "G2 a curly quote": (texts("Apples aren\u2019t blue."), [(APPLE, "Apples aren", "G2")]),
    "G2 a picture": (texts("Apples \U0001f34e are red."), [(APPLE, "Apples \U0001f34e", "G2")]),
    "G2 a curly quote in what the line texts": (
        first_paragraph(TEXT, "menu", "It\u2019s so"),
        [(TEXT, "FIRST:menu", "G2")],
    ),
    "G5 a word that a locked screen would show": (texts("Secrets are red."), [(APPLE, "Secrets are", "G5")]),
    "G5 in small letters": (texts("A secret."), [(APPLE, "A secret.", "G5")]),
    # --- words that are sent
    "G3 a keyword that the carrier answers": (header("1: APPLES", "1: APPLES, STOP"), [(APPLE, "  1: APPLES", "G3")]),
    "G3 in small letters": (header("1: APPLES", "1: info, APPLES"), [(APPLE, "  1: info", "G3")]),
    "G3 a keyword of a menu": (swap(FRUITS, "KINDS", "KINDS, HELP"), [(FRUITS, "keywords:", "G3")]),
    "G3 a word that moves": (swap(WORDS, "\nBACK\n", "\nBACK, QUIT\n"), [(WORDS, "BACK, QUIT", "G3")]),
    "G3 with a sign behind it": (header("1: APPLES", "1: APPLES, STOP!"), [(APPLE, "  1: APPLES", "G3")]),
    "G3 with an accent": (swap(FRUITS, "KINDS", "KINDS, h\u00e9lp."), [(FRUITS, "keywords:", "G3")]),
    "G3 a title": (header("title: Apples and pears", "title: Info"), [(APPLE, "title:", "G3")]),
    "keywords: one of another segment": (header("2: PEARS", "2: PEARS, apples"), [(APPLE, "  2: PEARS", "keywords")]),
    "keywords: one of a menu": (header("1: APPLES", "1: APPLES, KINDS"), [(APPLE, "  1: APPLES", "keywords")]),
    "keywords: one that moves": (header("1: APPLES", "1: APPLES, MORE"), [(WORDS, "MORE", "keywords")]),
    "keywords: one that differs by signs": (
        edits(header("1: APPLES", "1: APPLES, RED-ONE"), header("2: PEARS", "2: PEARS, r\u00e9d one!")),
        [(APPLE, "  2: PEARS", "keywords")],
    ),
    "keywords: a title that is one of another topic": (
        edits(swap(CHERRY, "title: Cherries", "title: Pears"), signed(CHERRY)),
        [(CHERRY, "title:", "keywords")],
    ),
    "keywords: a number": (header("1: APPLES", "1: APPLES, 12"), [(APPLE, "  1: APPLES", "keywords")]),
    "keywords: nothing but signs": (header("1: APPLES", "1: APPLES, !!"), [(APPLE, "  1: APPLES", "keywords")]),
    "keywords: a word that moves of nothing but signs": (
        swap(WORDS, "\nMENU\n", "\nMENU, ?!\n"),
        [(WORDS, "MENU,", "keywords")],
    ),
    "keywords: a word that moves": (
        edits(header("2: PEARS", "2: PEARS, GREEN"), swap(WORDS, "\nMENU\n", "\nMENU, gr\u00e9en!\n")),
        [(WORDS, "MENU,", "keywords")],
    ),
    "keywords: a word that moves that is a number of the menu": (
        swap(WORDS, "\nMENU\n", "\nMENU, 12\n"),
        [(WORDS, "MENU,", "keywords")],
    ),
    "keywords: a number as a word": (
        append(WORDS, "\n## 2\n\nTWO, PEARS\n"),
        [(WORDS, "TWO, PEARS", "keywords")],
    ),
    "words: a number that leads nowhere": (
        append(WORDS, "\n## 15\n\nFIFTEEN\n"),
        [(WORDS, "## 15", "words")],
    ),
    "keywords: of a segment that is not there": (
        header("2: PEARS", "3: PEARS"),
        [(APPLE, "  3: PEARS", "keywords")],
    ),
    "keywords: of something that is no segment": (
        header("2: PEARS", "pears: PEARS"),
        [(APPLE, "  pears:", "keywords")],
    ),
    # --- facts
    "H1 a fact that nobody delivers": (append("facts.md", "- T3: Figs.\n"), [("en/topics", 1, "H1")]),
    "H1 a segment without facts": (
        edits(header("1: T1", "1: T1, T2"), header("  2: T2\n", "")),
        [(APPLE, "facts:", "H1")],
    ),
    "H1 a segment with an empty list of facts": (
        edits(header("1: T1", "1: T1, T2"), header("  2: T2\n", "  2:\n")),
        [(APPLE, 6, "H1")],
    ),
    "facts: one that does not exist": (header("1: T1", "1: T1, T9"), [(APPLE, "  1: T1, T9", "facts")]),
    "facts: of a segment that is not there": (header("  2: T2", "  3: T2"), [(APPLE, "  3: T2", "facts")]),
    "facts: of a segment that is numbered in another way": (
        header("  2: T2", "  2: T2\n  01: T1"),
        [(APPLE, "  01: T1", "facts")],
    ),
    "facts: no list of them": (remove("facts.md"), [("facts.md", 1, "facts")]),
    "facts: one that stands twice": (append("facts.md", "- T1: Again.\n"), [("facts.md", "- T1: Again", "facts")]),
    "origin: neither of the two words": (
        header("origin: source", "origin: a book"),
        [(APPLE, "origin:", "origin")],
    ),
    # --- danger
    "J3 words of danger that name no emergency number": (
        EMERGENCY,
        [(PLUM, "Plums are", "J3"), (PLUM, "Plums look", "J3")],
    ),
    "J3 words of danger that begin with something else": (
        edits(
            EMERGENCY,
            swap(PLUM, "Plums are blue. Call", "Plums are blue. In danger, call {emergency}. Call"),
            swap(PLUM, "Plums look blue. Text", "Danger: {emergency}. Text"),
        ),
        [(PLUM, "Plums are", "J3")],
    ),
    "J4 a sign that is not said": (
        swap(CHERRY, "facts:", "signs:\n  1: sour, bitter\nfacts:"),
        [(CHERRY, "  1: sour", "J4")],
    ),
    "signs: of a segment that there is not": (
        swap(CHERRY, "facts:", "signs:\n  9: sour\nfacts:"),
        [(CHERRY, "  9: sour", "signs")],
    ),
    "origin: a fact from outside among others": (header("1: T1", "1: T1, X1"), [(APPLE, "origin:", "origin")]),
    "origin: a fact of the source marked as outside": (
        edits(header("origin: source", "origin: outside"), header("reviewer:", "reviewer: A. Gardener"), signed(APPLE)),
        [(APPLE, "origin:", "origin")],
    ),
    "origin: a fact of the source among those from outside": (
        swap(CHERRY, "1: X2", "1: X2, T1"),
        [(CHERRY, "origin:", "origin")],
    ),
    "origin: facts from outside marked as of the source": (
        swap(CHERRY, "origin: outside", "origin: source"),
        [(CHERRY, "origin:", "origin"), (CHERRY, "reviewer:", "unsigned")],
    ),
    "reviewed: another kind of date": (
        header("reviewed: 2020-01-31", "reviewed: 31 January 2020"),
        [(APPLE, "reviewed:", "reviewed")],
    ),
    "reviewed: a day that never was": (
        header("reviewed: 2020-01-31", "reviewed: 2020-13-45"),
        [(APPLE, "reviewed:", "reviewed")],
    ),
    "reviewed: no date for the source": (
        header("reviewed: 2020-01-31", "reviewed:"),
        [(APPLE, "reviewed:", "reviewed")],
    ),
    "unsigned: no reviewer": (
        swap(CHERRY, "reviewer: A. Gardener", "reviewer:"),
        [(CHERRY, "reviewer:", "unsigned")],
    ),
    "unsigned: no date": (
        swap(CHERRY, "reviewed: 2020-01-31", "reviewed:"),
        [(CHERRY, "reviewer:", "unsigned")],
    ),
    "unsigned: no code of the words": (
        swap(CHERRY, "signed: ac6c7beb\n", ""),
        [(CHERRY, "reviewer:", "unsigned")],
    ),
    "unsigned: other words to say": (
        swap(CHERRY, "Cherries can be sour.", "Cherries can be sweet."),
        [(CHERRY, "signed:", "unsigned")],
    ),
    "unsigned: other words to text": (
        swap(CHERRY, "Cherries may be sour.", "Cherries may be sweet."),
        [(CHERRY, "signed:", "unsigned")],
    ),
    "unsigned: another title": (
        swap(CHERRY, "title: Cherries", "title: Sour cherries"),
        [(CHERRY, "signed:", "unsigned")],
    ),
    "unsigned: another offer": (
        swap(CHERRY, "offer: For cherries,", "offer: For sour cherries,"),
        [(CHERRY, "signed:", "unsigned")],
    ),
    "unsigned: other words of the source than were signed": (
        edits(header("reviewer:", NAMED), signed(APPLE), says("Apples are red. I like red.")),
        [(APPLE, "signed:", "unsigned")],
    ),
    # --- files
    "header: a topic without a title": (header("title: Apples and pears\n", ""), [(APPLE, 1, "header")]),
    "header: a topic with an empty offer": (
        header("offer: For apples, press 1.", "offer:"),
        [(APPLE, "offer:", "header")],
    ),
    "header: a topic without a source": (header("source: A book of fruit\n", ""), [(APPLE, 1, "header")]),
    "header: a menu without a title": (swap(FRUITS, "title: Kinds of fruit\n", ""), [(FRUITS, 1, "header")]),
    "header: a language without a voice": (
        swap("en/language.md", "voice: A-Voice\n", ""),
        [("en/language.md", 1, "header")],
    ),
    "header: a line that names nothing": (
        header("source: A book", "and so on\nsource: A book"),
        [(APPLE, "and so on", "header")],
    ),
    "header: no blank after the colon": (
        header("reviewed: 2020", "note:well\nreviewed: 2020"),
        [(APPLE, "note:well", "header")],
    ),
    "header: an entry that stands twice": (
        header("source: A book of fruit\n", "source: A book of fruit\nsource: Another\n"),
        [(APPLE, "source: Another", "header")],
    ),
    "header: an entry under another that stands twice": (
        header("  1: T1\n", "  1: T1\n  1: T9\n"),
        [(APPLE, "  1: T9", "header")],
    ),
    "header: an entry that nothing reads": (header("reviewer:", "reviewr:"), [(APPLE, "reviewr:", "header")]),
    "header: an entry that is needed, misspelt": (
        header("origin: source", "Origin: source"),
        [(APPLE, "Origin:", "header")],
    ),
    "header: an entry of another kind of file": (
        swap(PLUM, "offer:", "silent: plums\noffer:"),
        [(PLUM, "silent:", "header")],
    ),
    "header: keywords of a topic on one line": (
        header("keywords:\n  1: APPLES\n  2: PEARS", "keywords: APPLES, PEARS"),
        [(APPLE, "keywords:", "header")],
    ),
    "header: facts on one line": (
        header("facts:\n  1: T1\n  2: T2", "facts: T1, T2"),
        [(APPLE, "facts:", "header")],
    ),
    "header: keywords of a menu below each other": (
        swap(FRUITS, "keywords: KINDS", "keywords:\n  1: KINDS"),
        [(FRUITS, "  1: KINDS", "header")],
    ),
    "header: a title on a line of its own": (
        header("title: Apples and pears", "title:\n  1: Apples and pears"),
        [(APPLE, "  1: Apples", "header")],
    ),
    "header: not ended": (swap(PLUM, "reviewer:\n---", "reviewer:"), [(PLUM, 1, "header")]),
    "header: a blank line above it": (swap(CHERRY, "---\ntitle", "\n---\ntitle"), [(CHERRY, 1, "header")]),
    "heading: one of a topic that nothing reads": (swap(CHERRY, "## Text", "## Txt"), [(CHERRY, "## Txt", "heading")]),
    "heading: one of a menu that nothing reads": (
        append(FRUITS, "\n## Notes\n\nApples first.\n"),
        [(FRUITS, "## Notes", "heading")],
    ),
    "heading: one of the words that nothing reads": (
        swap(WORDS, "## discreet", "## discrete"),
        [(WORDS, "## discrete", "heading")],
    ),
    "heading: one without a name": (append(CHERRY, "\n##\n\nWords.\n"), [(CHERRY, "##", "heading")]),
    "heading: one that stands twice": (
        append(APPLE, "\n## Text\n\nApples are red.\n\nPears are green.\n"),
        [(APPLE, "## Text", "heading")],
    ),
    "sections: more to say than to text": (
        swap(APPLE, "Pears are green. You like pears.\n", ""),
        [(APPLE, "## Text", "sections")],
    ),
    "sections: more to text than to say": (append(CHERRY, "\nThey may.\n"), [(CHERRY, "## Text", "sections")]),
    "sections: nothing to text": (
        heading_only(CHERRY, "Text"),
        [(CHERRY, "## Text", "sections")],
    ),
    "sections: no heading for what is said": (
        swap(CHERRY, "## Voice\n", ""),
        [(CHERRY, 1, "sections")],
    ),
    "sections: fewer choices to text than to say": (
        swap(FRUITS, "\n12 cherries\n", ""),
        [(FRUITS, "## Text", "sections")],
    ),
    "unreadable: not UTF-8": (
        write(GLOSSARY, "## caf\xe9\n\n- a place\n".encode("latin-1")),
        [(GLOSSARY, 1, "unreadable")],
    ),
    "language: a folder that does not say which": (
        remove("en/language.md"),
        [("en/language.md", 1, "language")],
    ),
    "menu: no main menu": (remove(MAIN), [(MAIN, 1, "menu")]),
    "missing: phrases of a call": (remove(CALL), [(CALL, 1, "missing")]),
    "missing: phrases of texts": (remove(TEXT), [(TEXT, 1, "missing")]),
    "missing: words of the leaflet": (remove(LEAFLET), [(LEAFLET, 1, "missing")]),
    "language: two that want to come first": (
        edits(
            copy_language("fr"),
            *(swap(f"{tag}/language.md", "voice:", "first: yes\nvoice:") for tag in ("en", "fr")),
        ),
        [("fr/language.md", "first:", "language")],
    ),
    "language: first, or what else": (
        swap("en/language.md", "voice:", "first: of all\nvoice:"),
        [("en/language.md", "first:", "language")],
    ),
    "missing: a glossary": (remove(GLOSSARY), [(GLOSSARY, 1, "missing")]),
    "missing: words": (remove(WORDS), [(WORDS, 1, "missing")]),
    "phrases: one without words": (heading_only(CALL, "goodbye"), [(CALL, "## goodbye", "phrases")]),
    "phrases: a text without words": (heading_only(TEXT, "lost"), [(TEXT, "## lost", "phrases")]),
    "phrases: a part of the leaflet without words": (
        heading_only(LEAFLET, "advice"),
        [(LEAFLET, "## advice", "phrases")],
    ),
    "slot: one that a leaflet does not fill": (
        instead(LEAFLET, "about", "{pen} Here."),
        [(LEAFLET, "{pen}", "slot")],
    ),
    "phrases: one that is never said": (
        append(CALL, "\n## never\n\nNever.\n"),
        [(CALL, "## never", "phrases")],
    ),
    "phrases: a text that is never sent": (
        append(TEXT, "\n## never\n\nNever.\n"),
        [(TEXT, "## never", "phrases")],
    ),
    "phrases: one under another name": (
        swap(CALL, "## goodbye\n", "## good-bye\n"),
        [(CALL, "## good-bye", "phrases")],
    ),
    "audio: a recording of no segment": (
        edits(*(write(f"en/audio/{name}.mp3", mp3(2)) for name in ("apples-1", "apples-2", "cherries-1", "bananas-1"))),
        [("en/audio/bananas-1.mp3", 1, "audio")],
    ),
    "words: none for a move": (swap(WORDS, "## keys\n\nKEYS\n\n", ""), [(WORDS, 1, "words")]),
}


def state(root, path, where, code):
    """`FIRST:name` is the first paragraph under that heading."""
    if isinstance(where, str) and where.startswith("FIRST:"):
        return f"content/{path}", line_of(root, path, "## " + where.removeprefix("FIRST:")) + 2, code
    return f"content/{path}", line_of(root, path, where) if (root / path).is_file() else where, code


@pytest.mark.parametrize(("edit", "expected"), ROWS.values(), ids=ROWS)
def test_an_edit_is_answered_with_its_problem(tmp_path, edit, expected):
    root = small_content(tmp_path)
    found = problems_after(root, edit)
    assert sorted((problem.path, problem.line, problem.code) for problem in found) == sorted(
        state(root, *where) for where in expected
    )
    for problem in found:
        assert problem.warning is (problem.code == "unsigned")
        speaks_to_a_writer(problem.remedy)


HALVES = {
    "a name": header("reviewer:", "reviewer: Me"),
    "a name and a code, and no date": edits(header("reviewer:", "reviewer: Me"), signed(APPLE)),
    "a code": header("reviewer:", "signed: ac6c7beb"),
    "a name, a date and a code of other words": header("reviewer:", NAMED + "\nsigned: ac6c7beb"),
}


@pytest.mark.parametrize("edit", HALVES.values(), ids=HALVES)
def test_half_a_signature_is_none(tmp_path, edit):
    root = small_content(tmp_path)
    edit(root)
    assert (f"content/{APPLE}", "unsigned") in {(problem.path, problem.code) for problem in check(loaded(root))}


def test_the_check_does_not_tell_the_code_that_only_a_signed_sheet_has(tmp_path):
    root = small_content(tmp_path)
    edits(swap(CHERRY, "signed: ac6c7beb\n", ""), header("reviewer:", "reviewer: Me\nsigned: ac6c7beb"))(root)
    content = loaded(root)
    found = {problem.path: problem.remedy for problem in check(content) if problem.code == "unsigned"}
    codes = [code_of_words(document) for document in content.documents.values()]
    assert found.keys() >= {f"content/{path}" for path in (APPLE, CHERRY, PLUM, "en/phrases/call.md")}
    assert not [code for code in codes if code in "".join(found.values())]


@pytest.mark.parametrize(("path", "date"), [(APPLE, "checked"), (CHERRY, "reviewed")])
def test_the_date_of_a_signature_has_the_line_that_is_its_own(tmp_path, path, date):
    """Of the source, `reviewed:` is the date of its own last review."""
    root = small_content(tmp_path)
    edits(swap(CHERRY, "signed: ac6c7beb\n", ""), header("reviewer:", "signed: ac6c7beb"))(root)
    (remedy,) = (problem.remedy for problem in check(loaded(root)) if problem.path == f"content/{path}")
    assert f"the date after `{date}:`" in remedy
    assert "the name after `reviewer:`" in remedy


@pytest.mark.parametrize("typed", ["ac6c7be", "ac6c7bebb", "ac6c-7beb", "sheet 4"])
def test_a_code_that_is_mistyped_is_no_change_of_words(tmp_path, typed):
    (problem,) = problems_after(small_content(tmp_path), swap(CHERRY, "signed: ac6c7beb", f"signed: {typed}"))
    assert problem.remedy.startswith("a code of words has 8 characters")


def speaks_to_a_writer(remedy):
    assert re.search(r"\w+[ :`]+\w+", remedy)
    assert not re.search(
        r"Traceback|Exception|Error\b|\bNone\b|\bTrue\b|\bFalse\b|<class|object at|\w\(|``|\['|\\", remedy
    )


def test_every_code_has_a_row():
    """The third argument of what makes a Problem, wherever the library's source makes one. What days bring
    has tests of its own."""
    made = {
        call.args[2].value
        for file in Path(ivr.library.__file__).parent.rglob("*.py")
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and len(call.args) > 3 and isinstance(call.args[2], ast.Constant)
        if getattr(call.func, "id", getattr(call.func, "attr", "")) in ("at", "Problem", "_note")
    }
    assert "B1" in made
    assert made - {"review"} <= {code for _, expected in ROWS.values() for _, _, code in expected}


SIGNED = edits(swap(PLUM, "reviewed:", "reviewed: 2020-01-31"), swap(PLUM, "reviewer:", "reviewer: Me"), signed(PLUM))
CHECKED = edits(header("reviewer:", "reviewer: Me\nchecked: 2020-02-02"), signed(APPLE))

FINE = {
    "a label of eight words": swap(FRUITS, "For apples,", "For apples as red as can be,"),
    "five choices": fruit_menu("apples", "cherries", "figs", "dates", "limes"),
    "warning signs in two texts": edits(
        swap(CHERRY, "Cherries may be sour.", "Cherries may be sour. " * 13 + "// They may be sour."), signed(CHERRY)
    ),
    "labels that share only small words": swap(FRUITS, "For cherries,", "For the cherries,"),
    "more than 45 seconds of warning signs": edits(
        swap(CHERRY, "Cherries can be sour.", "They can be sour. " * 20), signed(CHERRY)
    ),
    "90 words of warning signs": edits(
        swap(CHERRY, "Cherries can be sour.", "Cherries can be as sour as lemons to me. " * 10), signed(CHERRY)
    ),
    "words of danger with the emergency number first": edits(
        EMERGENCY,
        swap(PLUM, "Plums are blue. Call", "In danger, call {emergency}. Call"),
        swap(PLUM, "Plums look blue. Text", "Danger: {emergency}. Text"),
    ),
    "three facts in a segment": edits(append("facts.md", "- T3: Figs.\n"), header("1: T1", "1: T1, T2, T3")),
    "a sentence of 20 words": says("I am red. He is red. " + "If it is red and " * 3 + "I am so very red."),
    "a word that is explained where it is used": says("Seeds are small things in a fruit."),
    "a word that an earlier segment explained": edits(
        says("Seeds are small things in a fruit."), swap(APPLE, "I like pears.", "I like seeds.")
    ),
    "part of a longer word is another word": says("A hardcore apple."),
    "two new words at once": says("Seeds are small things in a fruit. The core is the hard part inside."),
    "an explanation of ten words": swap(
        GLOSSARY, "- the hard part inside", "- the hard part of it that is inside a fruit"
    ),
    "signs that a voice knows": says("Apples: red, round; the gardener\u2019s? It's well-known! It is."),
    "a year and a date": says("It was May 3, 2012."),
    "signs of the plain alphabet": texts("Apples (red) & pears: 50% [you] @ home?"),
    "a word hidden below what a locked screen shows": texts("Apples are red. You like apples so much. Secret."),
    "part of a word that is not to be shown": texts("It is so topsecret."),
    "a keyword twice in one segment": header("1: APPLES", "1: APPLES, apples"),
    "a keyword that only begins like a carrier's": header("1: APPLES", "1: APPLES, STOPS, STOP PEARS"),
    "{helpline} in any phrase": first_paragraph(CALL, "waiting", "Call {helpline}."),
    "a question and an exclamation in Spanish": says(
        "\u00bfApples are red? \u00a1So it is! Apples are cafe\u0301 n\u0304."
    ),
    "no, as a whole sentence": says("Are apples blue? No. I like apples."),
    "a number of three digits that people say so": says("I like 100 apples."),
    "the key as it is said in French": edits(
        swap(FRUITS, "For apples, press 1.", "Pour apples, appuyez sur 1."),
        header("offer: For apples, press 1.", "offer: For apples, dr\u00fccken Sie bitte die 1."),
    ),
    "a number as a word": append(WORDS, "\n## 11\n\nELEVEN\n\n## 0\n\nZERO\n"),
    "the title of the main menu as a word for it": swap(WORDS, "\nMENU\n", "\nMENU, MAIN MENU\n"),
    "notes and names of other things among the facts": append("facts.md", "\nNote: well.\n\n- a1: no fact\n"),
    "blank lines in a header": header("origin: source", "\norigin: source\n"),
    "a signed topic": SIGNED,
    "a signed topic of the source": CHECKED,
    "a code in capital letters": swap(CHERRY, "signed: ac6c7beb", "signed: AC6C7BEB"),
    "signed words in a file that is laid out anew": edits(
        swap(CHERRY, "title: Cherries\n", ""),
        swap(CHERRY, "signed:", "title: Cherries\nsigned:"),
        swap(CHERRY, "Cherries can be sour.", "Cherries can\nbe sour."),
        lambda root: write(CHERRY, (root / CHERRY).read_bytes().replace(b"\n", b"\r\n"))(root),
    ),
    "signed words that are found by more words": swap(
        CHERRY, "facts:", "keywords:\n  1: SOUR\nhints:\n  1: TASTE\nfacts:"
    ),
    "signed words with another source, looked at again": edits(
        swap(CHERRY, "source: A gardener", "source: A book"),
        swap(CHERRY, "signed:", "checked: 2020-02-02\nsigned:"),
    ),
}


def test_a_language_s_folder_may_have_a_hyphen(tmp_path):
    """Its words are a translation, so they wait to be signed."""
    found = problems_after(small_content(tmp_path), copy_language("pt-br"))
    assert {(problem.path.split("/")[1], problem.code) for problem in found} == {("pt-br", "unsigned")}


@pytest.mark.parametrize("edit", FINE.values(), ids=FINE)
def test_an_edit_that_is_fine(tmp_path, edit):
    assert problems_after(small_content(tmp_path), edit) == []


def test_a_languages_folder_may_have_a_hyphen_and_waits_for_its_signatures_alone(tmp_path):
    found = problems_after(small_content(tmp_path), copy_language("pt-br"))
    assert {(problem.code, problem.warning) for problem in found} == {("unsigned", True)}
    assert all(problem.path.startswith("content/pt-br/") for problem in found)


@pytest.mark.parametrize(("left", "codes"), [(0, []), (-1, ["G1"])], ids=["fits just so", "one sign too long"])
def test_a_text_with_its_first_line_fits_two_fragments(tmp_path, left, codes):
    root = small_content(tmp_path)
    room = 306 - gsm_units(named(loaded(root).libraries["en"], Position("apples", 1)) + "\n") - left
    found = problems_after(root, texts(("You do it now. " * 30)[: room - 1].rstrip().ljust(room, ".")))
    assert [problem.code for problem in found] == codes


def test_a_sign_of_two_units_on_the_edge_of_a_fragment_makes_a_text_too_long(tmp_path):
    root = small_content(tmp_path)
    before = gsm_units(named(loaded(root).libraries["en"], Position("apples", 1)) + "\n")
    to_the_edge = ("You do it now. " * 20)[: 152 - before]
    found = problems_after(root, texts(to_the_edge + "[" + ("You do it now. " * 20)[:151] + "."))
    assert [problem.code for problem in found] == ["G1"]
    assert "cut 1 character:" in found[0].remedy


@pytest.mark.parametrize(
    ("words", "grade", "limit"),
    [("Education information.", "reading grade", "6 at most"), ("Stem and chemotherapy.", "with them", "8 at most")],
    ids=["hard words", "medical words alone"],
)
def test_the_grade_that_is_too_high_is_named(tmp_path, words, grade, limit):
    root = small_content(tmp_path)
    write(GLOSSARY, "## chemotherapy\n\n- chemotherapy\n")(root)
    (problem,) = (problem for problem in problems_after(root, says(words)) if problem.code == "E3")
    assert grade in problem.remedy
    assert limit in problem.remedy
    found, at_most = map(float, re.findall(r"\d+(?:\.\d)?", problem.remedy))
    assert found > at_most


def test_problems_of_one_line_have_an_order(tmp_path):
    found = problems_after(small_content(tmp_path), texts("{f} {c} {a} {e} {b} {d} are red."))
    assert len(found) == 6
    assert [problem for problem in check(loaded(tmp_path / "content")) if problem in found] == found


def test_a_problem_of_structure_hides_the_rest(tmp_path):
    root = small_content(tmp_path)
    edits(says("Apples & pears."), remove(CALL))(root)
    assert [problem.code for problem in check(loaded(root))] == ["missing"]


def test_problems_come_by_file_and_line(tmp_path):
    root = small_content(tmp_path)
    edits(says("Apples & pears."), texts("Apples \u2019 pears."), swap(FRUITS, "12 cherries", "cherries"))(root)
    found = [(problem.path, problem.line) for problem in check(loaded(root))]
    assert len(set(found)) > 4
    assert found == sorted(found)


# --- a second language -----------------------------------------------------------------------------------------


def phrase_of(tag, name, words):
    """Puts words in place of a phrase of calls, whatever it says."""
    path = f"{tag}/phrases/call.md"

    def edit(root):
        text = (root / path).read_text(encoding="utf-8")
        write(path, re.sub(rf"(?<=\n## {name}\n\n).*?(?=\n\n## )", words, text, flags=re.DOTALL))(root)

    return edit


SECOND = {
    "the same in every file": (lambda _root: None, []),
    "a language that nobody can ask for": (
        swap("fr/language.md", "called: FR\n", ""),
        [("fr/language.md", 1, "language")],
    ),
    "two languages of one name": (
        swap("fr/language.md", "called: FR", "called: FR, \u00e9nglish"),
        [(f"{tag}/language.md", "called:", "language") for tag in ("en", "fr")],
    ),
    "a language called like a word of the carrier, or like nothing": (
        swap("fr/language.md", "called: FR", "called: FR, Stop, ?"),
        [("fr/language.md", "called:", "G3")] * 2,
    ),
    "a text to a new texter that is too long with the other language": (
        swap("fr/phrases/text.md", "English: text ENGLISH.", "Text FR to have all of this in French. " * 7),
        [("en/menus/main.md", "## Text", "G1")],
    ),
    "hard words in a language that no formula is made for, which only its readers can judge": (
        edits(
            swap("fr/language.md", "reading: Flesch-Kincaid\n", ""),
            swap("fr/topics/apples.md", TEXTED, "Educational examination information."),
        ),
        [],
    ),
    "hard words by the formula that the language names": (
        swap("fr/topics/apples.md", TEXTED, "Educational examination information."),
        [("fr/topics/apples.md", "Educational", "E3")],
    ),
    "hard words by the formula of Spanish": (
        edits(
            swap("fr/language.md", "Flesch-Kincaid", "inflesz"),
            swap("fr/topics/apples.md", TEXTED, "Consideraciones farmacológicas multidisciplinarias."),
            swap("fr/language.md", "voice:", "in-texts: ó o\nvoice:"),
        ),
        [("fr/topics/apples.md", "Consideraciones", "E3")],
    ),
    "a topic is not there": (
        remove("fr/topics/apples.md"),
        [
            ("fr/menus/fruit.md", "  1: apples", "choices"),
            ("fr/menus/main.md", "silent:", "silent"),
            ("fr/topics", 1, "H1"),
            ("fr/topics", 1, "H1"),
            ("fr/topics/apples.md", 1, "H1"),
        ],
    ),
    "choices in another order": (
        swap("fr/menus/fruit.md", "  1: apples\n  2: cherries\n", "  1: cherries\n  2: apples\n"),
        [("fr/menus/fruit.md", "  1: cherries", "H1"), ("fr/menus/fruit.md", "  2: apples", "H1")],
    ),
    "another topic for those who press nothing": (
        swap("fr/menus/main.md", "silent: apples", "silent: cherries"),
        [("fr/menus/main.md", "silent:", "H1")],
    ),
    "another topic for a person": (
        swap("fr/menus/main.md", "person: plums", "person: cherries"),
        [("fr/menus/main.md", "person:", "H1")],
    ),
    "another topic of danger": (
        swap("fr/menus/main.md", "urgent: plums", "urgent: cherries"),
        [("fr/menus/main.md", "urgent:", "H1")],
    ),
    "a topic about what is kept, which the other has not": (
        swap("fr/menus/main.md", "urgent: plums", "urgent: plums\nprivacy: cherries"),
        [("fr/menus/main.md", "privacy:", "H1")],
    ),
    "a topic too many": (
        write("fr/topics/figs.md", topic_of("figs")),
        [("fr/topics/figs.md", 1, code) for code in ("H1", "choices", "unsigned")],
    ),
    "a menu is not there": (
        edits(
            remove("fr/menus/fruit.md"),
            swap("fr/menus/main.md", "1: fruit", "1: apples"),
            swap("fr/menus/main.md", "2: plums", "2: cherries"),
        ),
        [
            ("fr/menus/fruit.md", 1, "H1"),
            ("fr/menus/main.md", "  1: apples", "H1"),
            ("fr/menus/main.md", "  2: cherries", "H1"),
            ("fr/topics/plums.md", 1, "choices"),
        ],
    ),
    "facts in another order": (
        edits(swap("fr/topics/apples.md", "  1: T1", "  1: T2"), swap("fr/topics/apples.md", "  2: T2", "  2: T1")),
        2 * [("fr/topics/apples.md", "  1: T2", "H1"), ("fr/topics/apples.md", "  2: T1", "H1")],
    ),
    "a fact less in one segment": (
        swap("fr/topics/apples.md", "  1: T1\n", "  1: X9\n"),
        [
            ("fr/topics", 1, "H1"),
            ("fr/topics/apples.md", "  1: X9", "H1"),
            ("fr/topics/apples.md", "  1: X9", "H1"),
            ("fr/topics/apples.md", "  1: X9", "facts"),
            ("fr/topics/apples.md", "origin:", "origin"),
        ],
    ),
    "two segments made one": (
        edits(
            swap("fr/topics/apples.md", "  1: T1\n  2: T2\n", "  1: T1, T2\n"),
            swap("fr/topics/apples.md", "  2: PEARS\n", ""),
            swap("fr/topics/apples.md", "Pears are green. I like pears.\n", ""),
            swap("fr/topics/apples.md", "Pears are green. You like pears.\n", ""),
        ),
        [
            ("fr/topics/apples.md", "## Voice", "H1"),
            ("fr/topics/apples.md", "  1: T1, T2", "H1"),
            ("fr/topics/apples.md", "keywords:", "H1"),
        ],
    ),
    "nothing but its name": (
        lambda root: [file.unlink() for file in sorted(root.glob("fr/**/*.md")) if file.name != "language.md"],
        [
            ("fr/glossary.md", 1, "missing"),
            ("fr/menus/main.md", 1, "menu"),
            ("fr/names.md", 1, "missing"),
            ("fr/phrases/call.md", 1, "missing"),
            ("fr/phrases/leaflet.md", 1, "missing"),
            ("fr/phrases/text.md", 1, "missing"),
            ("fr/words.md", 1, "missing"),
        ],
    ),
}


ASKED = {
    "a number less in a segment": (
        swap(APPLE, "Apples are red. I like", "9 apples are red. I like"),
        [("fr/topics/apples.md", "Apples are red. I like", "H1")],
    ),
    "the helpline's number left out of a text": (
        swap("fr/topics/plums.md", "Plums look blue. Text {helpline}.", "Plums look blue."),
        [("fr/topics/plums.md", "Plums look blue.", "H1")],
    ),
    "another key in a phrase": (
        phrase_of("fr", "person-key", "For a person, press 9."),
        2 * [("fr/phrases/call.md", "## person-key", "H1")],
    ),
    "no keywords for a segment": (
        swap("fr/topics/apples.md", "  2: PEARS\n", ""),
        [("fr/topics/apples.md", "keywords:", "H1")],
    ),
    "a list of words left out": (
        swap("fr/words.md", "## discreet\n\nSECRET\n", ""),
        [("fr/words.md", 1, "H1")],
    ),
    "no list of treatments": (
        edits(swap("en/glossary.md", "title:", "treatments: Apples\ntitle:")),
        [("fr/glossary.md", 1, "H1")],
    ),
    "nothing on what medical words look like": (
        write("en/medical.md", "## words\n\nrot\n"),
        [("fr/medical.md", 1, "H1")],
    ),
}
"""What a line could serve, and a writer is asked about."""


@pytest.mark.parametrize(("edit", "expected"), (SECOND | ASKED).values(), ids=SECOND | ASKED)
def test_a_second_language_says_the_same(tmp_path, edit, expected):
    root = small_content(tmp_path)
    copy_language("fr")(root)
    found = problems_after(root, edit)
    assert sorted((problem.path, problem.line, problem.code) for problem in found) == sorted(
        state(root, *where) for where in expected
    )
    for problem in found:
        speaks_to_a_writer(problem.remedy)


def test_what_only_a_second_language_has_is_named_there_where_it_is_missing(tmp_path):
    root = small_content(tmp_path)
    copy_language("fr")(root)
    remove(CHERRY)(root)
    found = {(problem.path, problem.code) for problem in check(loaded(root))}
    assert ("content/fr/topics/cherries.md", "H1") in found


def test_what_differs_is_named_and_is_a_question_where_a_writer_may_mean_it(tmp_path):
    root = small_content(tmp_path)
    copy_language("fr")(root)
    facts = swap("fr/topics/apples.md", "  1: T1\n  2: T2\n", "  1: T1\n  2: T1\n")
    found = problems_after(root, edits(facts, swap("fr/topics/plums.md", "Text {helpline}.", "Text us.")))
    named = [(problem.warning, "T2" in problem.remedy, "{helpline}" in problem.remedy) for problem in found]
    assert sorted(named) == [(False, False, False), (False, True, False), (False, True, False), (True, False, True)]


def test_languages_are_compared_with_the_one_that_the_facts_name(tmp_path):
    root = small_content(tmp_path)
    with_header("facts.md", "language: en\n")(root)
    edits(copy_language("fr"), swap("fr/language.md", "voice:", "first: yes\nvoice:"))(root)
    found = problems_after(root, swap("en/menus/main.md", "silent: apples", "silent: cherries"))
    assert [(problem.path, problem.code) for problem in found] == [("content/fr/menus/main.md", "H1")]
    assert "`en`" in found[0].remedy


def test_the_facts_name_a_language_that_there_is(tmp_path):
    root = small_content(tmp_path)
    with_header("facts.md", "language: eng\n")(root)
    (problem,) = check(loaded(root))
    assert (problem.path, problem.line, problem.code) == ("content/facts.md", 2, "language")
    assert "`language: en`" in problem.remedy


# --- signatures of a translation -------------------------------------------------------------------------------------

SIGNER = "translator: B. Translator\nreviewer: A. Gardener\nreviewed: 2020-01-31\n"


def unsigned_in(root, tag="fr"):
    found = {problem for problem in check(loaded(root)) if problem.code == "unsigned"}
    return {problem.path.removeprefix(f"content/{tag}/"): problem for problem in found if f"/{tag}/" in problem.path}


def test_every_file_of_a_translation_waits_for_a_translator_and_a_clinician(tmp_path):
    root = small_content(tmp_path)
    before = {problem.path for problem in check(loaded(root)) if problem.code == "unsigned"}
    copy_language("fr")(root)
    found = unsigned_in(root)
    assert found.keys() == {file.relative_to(root / "fr").as_posix() for file in root.glob("fr/**/*.md")}
    assert all(problem.warning and "translator:" in problem.remedy for problem in found.values())
    assert {path for path in before if "/en/" in path} == {
        problem.path for problem in check(loaded(root)) if problem.code == "unsigned" and "/en/" in problem.path
    }


def with_header(path, lines):
    """Puts lines into a header, in place of those of the same name."""

    def edit(root):
        text = (root / path).read_text(encoding="utf-8")
        for name in re.findall(r"(?m)^([a-z]+):", lines):
            text = re.sub(rf"(?m)^{name}:.*\n", "", text)
        text = text if text.startswith("---\n") else f"---\n---\n{text}"
        write(path, text.replace("---\n", f"---\n{lines}", 1))(root)

    return edit


def code_now(root, path):
    return code_of_words(loaded(root).documents[f"content/{path}"])


def drop_a_pattern(text):
    return re.sub(r"(?m)^- .*\n", "", text, count=1)


TO_SIGN = [
    *("menus/fruit.md", "names.md", "topics/apples.md", "topics/plums.md", "glossary.md", "listening/automatic.md"),
    *("phrases/call.md", "phrases/text.md", "phrases/leaflet.md"),
]


@pytest.mark.parametrize("name", TO_SIGN)
def test_every_file_is_signed_for_its_words(tmp_path, name):
    """In the language that was there first, too: what stands in a phrase is heard like what stands in a topic."""
    root, path = small_content(tmp_path), f"en/{name}"
    assert "a clinician has to read and sign" in unsigned_in(root, "en")[name].remedy
    date = "checked" if name == "topics/apples.md" else "reviewed"
    named = f"reviewer: A. Gardener\n{date}: 2020-01-31\n"
    with_header(path, named)(root)
    assert "code" in unsigned_in(root, "en")[name].remedy
    with_header(path, f"signed: {code_now(root, path)}\n")(root)
    assert name not in unsigned_in(root, "en")
    text = (root / path).read_text(encoding="utf-8")
    others = {"names.md": text.replace("Fruit Line", "Stop Line"), "listening/automatic.md": drop_a_pattern(text)}
    write(path, others.get(name, f"{text.rstrip()} Stop all medicine.\n"))(root)
    assert "the words have changed since this code" in unsigned_in(root, "en")[name].remedy


def test_examples_are_no_words_to_sign(tmp_path):
    """Whoever adds an example to a pattern changes nothing that the line does."""
    root, path = small_content(tmp_path), "en/listening/automatic.md"
    before = code_now(root, path)
    for heading in ("examples", "other examples"):
        append(path, f"\n## {heading}\n\n- my knees wont lock\n")(root)
    assert code_now(root, path) == before
    append(path, "\n## patterns\n\n- knees\n")(root)
    assert code_now(root, path) != before


@pytest.mark.parametrize("name", ["menus/fruit.md", "phrases/text.md", "names.md", "topics/apples.md"])
def test_a_translation_names_who_translated_it_before_it_is_signed(tmp_path, name):
    root, path = small_content(tmp_path), f"fr/{name}"
    edits(copy_language("fr"), with_header(path, "translator: B. Translator\n"))(root)
    assert "reviewer:" in unsigned_in(root)[name].remedy
    dates = SIGNER if name != "topics/apples.md" else SIGNER.replace("reviewed", "checked")
    with_header(path, dates)(root)
    assert "code" in unsigned_in(root)[name].remedy
    with_header(path, "signed: 01234567\n")(root)
    assert "the words have changed since this code" in unsigned_in(root)[name].remedy
    with_header(path, f"signed: {code_now(root, path)}\n")(root)
    assert name not in unsigned_in(root)


@pytest.mark.parametrize("name", ["words.md", "language.md"])
def test_what_nobody_hears_names_people_alone(tmp_path, name):
    root = small_content(tmp_path)
    edits(copy_language("fr"), with_header(f"fr/{name}", "translator: B. Translator\n"))(root)
    assert "reads English" in unsigned_in(root)[name].remedy
    with_header(f"fr/{name}", "reviewer: A. Gardener\n")(root)
    assert name not in unsigned_in(root)


def test_names_of_people_are_no_names_that_sentences_say(tmp_path):
    root = small_content(tmp_path)
    found = problems_after(root, with_header("en/names.md", SIGNER + "signed: 01234567\n"))
    assert [(problem.path, problem.code) for problem in found] == [("content/en/names.md", "unsigned")]
    assert not loaded(root).libraries["en"].names.keys() & {"translator", "reviewer", "reviewed", "signed"}


def test_languages_are_compared_with_the_one_that_comes_first(tmp_path):
    root = small_content(tmp_path)
    edits(copy_language("fr"), swap("fr/language.md", "voice:", "first: yes\nvoice:"))(root)
    found = problems_after(root, swap("en/menus/main.md", "silent: apples", "silent: cherries"))
    assert [(problem.path, problem.code) for problem in found] == [("content/en/menus/main.md", "H1")]
    assert "`fr`" in found[0].remedy


# --- what the rules measure is what is said and sent ------------------------------------------------------------


def test_a_plain_menu_is_measured_as_it_is_said(tmp_path):
    libraries = loaded(small_content(tmp_path)).libraries
    for name, menu in libraries["en"].menus.items():
        said = say(libraries, State("en", Position(name))).spoken
        assert plain_menu(libraries["en"], menu) == [line.words for line in said]
        assert {line.pause for line in said} == {BETWEEN_CHOICES}


@pytest.mark.parametrize(
    ("sent", "at", "name", "opening"),
    [
        ("menu", None, "main", "menu"),
        ("again", None, "main", "lost"),
        ("@", None, "main", "unclear"),
        ("1", None, "fruit", "submenu"),
    ],
)
def test_a_text_of_a_menu_is_measured_as_it_is_sent(tmp_path, sent, at, name, opening):
    library = loaded(small_content(tmp_path)).libraries["en"]
    assert answered(library, sent, at).text == menu_text(library, name, opening)
    assert opening in (HOME_OPENINGS if name == "main" else SUBMENU_OPENINGS)


# --- the real content --------------------------------------------------------------------------------------------


def test_real_content_waits_for_nothing_but_signatures():
    content = loaded(CONTENT)
    unsigned = [
        f"content/{tag}/topics/{topic.name}.md"
        for tag, library in content.libraries.items()
        for topic in library.topics.values()
        if is_unsigned(topic)
    ]
    for shelf in (Shelf(content, tag) for tag in content.libraries):
        for inside, file in shelf.files():
            is_waiting = signature_in(inside, file, shelf.is_translation).lack is not None
            unsigned += [file.path] if is_waiting and not inside.startswith("topics/") else []
    found = check(content)
    assert [(problem.path, problem.code, problem.warning) for problem in found] == [
        (path, "unsigned", True) for path in sorted(unsigned)
    ]


REAL_TOPICS = sorted(file.relative_to(CONTENT).as_posix() for file in CONTENT.glob("*/topics/*.md"))


@pytest.mark.parametrize("path", REAL_TOPICS)
def test_a_sign_in_any_real_segment_is_found_on_its_line(tmp_path, path):
    """Line by line under Voice, the same sign is put at the end of each paragraph."""
    root = tmp_path / "content"
    shutil.copytree(CONTENT, root)
    lines = (root / path).read_text(encoding="utf-8").split("\n")
    said = [n for n in range(lines.index("## Voice") + 1, lines.index("## Text")) if lines[n]]
    marked = [f"{line} &" if number in said else line for number, line in enumerate(lines)]
    found = problems_after(root, write(path, "\n".join(marked)))
    assert [problem.line for problem in found if problem.code == "E6"] == [number + 1 for number in said]
    assert {problem.path for problem in found} == {f"content/{path}"}
