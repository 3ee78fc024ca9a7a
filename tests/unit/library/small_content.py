"""A small content folder on disk: the phrases are the real ones, every menu, topic, word and fact is a toy."""

import re
import shutil
from collections import Counter

from read_once import checked_once

from ivr.library.lint import check
from ivr.library.load import content_of
from ivr.settings import CONTENT, DEFAULT_HELPLINE

FACTS = """\
---
outside: X
longer: X2
---

# Facts

- T1: Apples are red.
- T2: Pears are green.
- X1: Plums are blue.
- X2: Cherries can be sour.
"""

LANGUAGE = """\
---
name: English
speech: en-US
voice: A-Voice
called: ENGLISH
reading: Flesch-Kincaid
abbreviations: Dr., etc., No. 1
---
"""

NAMES = """\
---
line: Fruit Line
helpline_name: Gardeners of Kent
helpline_hours: by day
emergency: 999
care_team: gardener
crisis_line: 777
---
"""

GLOSSARY = """\
---
title: Words that need explaining
---

## seeds

- small things in a fruit

## stem

- what a fruit hangs on

## core

- the hard part inside
"""

WORDS = """\
---
title: Words a texter may send
---

## more

MORE

## back

BACK

## again

AGAIN

## menu

MENU

## call

RING ME

## forget

WIPE ME

## keys

KEYS

## alone

FRUIT

## discreet

SECRET

## small

FOR, IS, IT, SO, THE
"""

MAIN = """\
---
title: Main menu
choices:
  1: fruit
  2: plums
silent: apples
person: plums
urgent: plums
---

## Voice

For kinds of fruit, press 1.

For plums, press 2.

## Text

1 kinds of fruit

2 plums
"""

FRUIT = """\
---
title: Kinds of fruit
keywords: KINDS
choices:
  1: apples
  2: cherries
---

## Voice

For apples, press 1.

For cherries, press 2.

## Text

11 apples

12 cherries
"""

APPLES = """\
---
title: Apples and pears
offer: For apples, press 1.
facts:
  1: T1
  2: T2
keywords:
  1: APPLES
  2: PEARS
origin: source
source: A book of fruit
reviewed: 2020-01-31
reviewer:
---

## Voice

Apples are red. I like apples.

Pears are green. I like pears.

## Text

Apples are red. You like apples.

Pears are green. You like pears.
"""

CHERRIES = """\
---
title: Cherries
offer: For cherries, press 1.
facts:
  1: X2
origin: outside
source: A gardener
reviewed: 2020-01-31
reviewer: A. Gardener
signed: ac6c7beb
---

## Voice

Cherries can be sour.

## Text

Cherries may be sour.
"""

PLUMS = """\
---
title: Plums
offer: For plums, press 1.
facts:
  1: X1
origin: outside
source: A gardener
reviewed:
reviewer:
---

## Voice

Plums are blue. Call {helpline}.

## Text

Plums look blue. Text {helpline}.
"""

TOYS = {
    "facts.md": FACTS,
    "en/language.md": LANGUAGE,
    "en/names.md": NAMES,
    "en/glossary.md": GLOSSARY,
    "en/words.md": WORDS,
    "en/menus/main.md": MAIN,
    "en/menus/fruit.md": FRUIT,
    "en/topics/apples.md": APPLES,
    "en/topics/cherries.md": CHERRIES,
    "en/topics/plums.md": PLUMS,
}


def small_content(folder):
    """Sound but for one thing: nobody has signed anything but cherries."""
    root = folder / "content"
    shutil.copytree(CONTENT / "en/phrases", root / "en/phrases")
    for name in ("reactions", "automatic"):
        write(f"en/listening/{name}.md", (CONTENT / f"en/listening/{name}.md").read_bytes())(root)
    for path, text in TOYS.items():
        write(path, text)(root)
    return root


# --- edits: each is made to the content folder that it is given --------------------------------------------


def write(path, text):
    def edit(root):
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())

    return edit


def swap(path, old, new):
    """Puts new words in place of old ones, which must stand there just once."""

    def edit(root):
        text = (root / path).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{path} has {text.count(old)} times {old!r}"
        write(path, text.replace(old, new))(root)

    return edit


def append(path, text):
    return lambda root: write(path, (root / path).read_text(encoding="utf-8") + text)(root)


def remove(path):
    return lambda root: (root / path).unlink()


def copy_language(tag):
    def edit(root):
        shutil.copytree(root / "en", root / tag)
        swap(f"{tag}/language.md", "called: ENGLISH", f"called: {tag.upper()}")(root)

    return edit


def edits(*each):
    def edit(root):
        for one in each:
            one(root)

    return edit


def signed(path):
    """Puts the code of the words, as they are, below the reviewer's name in a topic's header."""

    def edit(root):
        tag, _, file = path.split("/")
        code = loaded(root).libraries[tag].topics[file.removesuffix(".md")].words_code
        text = re.sub(r"(?m)^signed:.*\n", "", (root / path).read_text(encoding="utf-8"))
        write(path, re.sub(r"(?m)^(reviewer:.*\n)", rf"\1signed: {code}\n", text))(root)

    return edit


# --- what the check says -------------------------------------------------------------------------------------


def loaded(root):
    return content_of(root, DEFAULT_HELPLINE)


def problems_after(root, edit, check=check):
    """What is found after an edit and was not found before it. That a file which nobody has signed yet waits for its
    first signature is nothing new on another line, nor in a new file."""
    before = Counter(checked_once(check)(loaded(root)))
    files = {f"{root.name}/{file.relative_to(root).as_posix()}" for file in root.rglob("*.md")}
    was_signed = files - {one.path for one in before if one.code == "unsigned"}
    edit(root)
    found = sorted((Counter(check(loaded(root))) - before).elements(), key=str)
    return [one for one in found if one.path in was_signed or not waits_for_its_first_signature(one)]


def waits_for_its_first_signature(problem):
    return problem.code == "unsigned" and problem.remedy.startswith("a clinician has to read and sign this")


def line_of(root, path, beginning):
    """The line, from 1, of a file below the content folder that is these words, else begins with them; the last one."""
    if isinstance(beginning, int):
        return beginning
    lines = (root / path).read_text(encoding="utf-8").split("\n")
    whole = [number for number, line in enumerate(lines, start=1) if line == beginning]
    return max(whole or (number for number, line in enumerate(lines, start=1) if line.startswith(beginning)))
