"""The small content of tests/unit/library, with toys for all that it listens to. Tests put mistakes into it."""

import gzip
import shutil

from small_content import problems_after as found_after
from small_content import small_content, write

from ivr.audit import check

LISTENING = {
    "classes": """\
## not

no, not, never

## polite

please

## courtesy

please

## skin

peel, skin*, [shell]

## shell

shell, outer side

## sour

sour, bitter
""",
    "guards": """\
## but not

- no .. [it]

## ask first

- if .. [it]

## other examples

- no worms
""",
    "danger-worm": """\
brings: plums.1
order: 1

## patterns

- worm/worms
- [sour] .. [skin]
- green ... bites back

## ask first

- maggot

## but not

- worm .. hole

## examples

- a worm
- a bitter peel

## other examples

- a worm hole
- a bitter lemon
""",
    "despair": """\
brings: cherries.1

## patterns

- hate .. fruit

## examples

- i hate all fruit
""",
    "texts": """\
## stop

- no more notes

## start

- notes again

## in doubt

- end this

## but not

- end this game

## examples

- stop: no more notes
- start: notes again please
- in doubt: end this

## other examples

- now end this game
- i want no more fruit
""",
    "answers": """\
## yes

- yup

## no

- nope

## first

- the former

## second

- the latter

## examples

- yes: yup
- no: nope
- first: the former
- second: the latter
""",
    "moves": """\
## more

- go on

## menu, anywhere

- start over

## examples

- more: go on please
- menu: now start over
""",
    "topics": """\
## fruit

- what fruit

## apples.1

- crunchy

## apples.2

- juicy
- [sour] .. juice

## apples.2, perhaps

- drip

## examples

- fruit: what fruit is there
- apples.2: a bitter juice
""",
    "lacks": """\
## nuts

offers: apples.2

- nut/nuts

## carrots

- carrot

## but not

- carrot cake

## examples

- nuts: do you have nuts

## other examples

- one carrot cake
""",
    "automatic": """\
## patterns

- out of office

## examples

- I am out of office
""",
}


def document(text):
    """Entries above the first heading go into the header."""
    entries, heading, rest = text.partition("## ")
    return f"---\ntitle: A toy\n{entries.strip()}\n---\n\n{heading}{rest}"


def small_listening(folder):
    """Of what is not its own (the real phrases), it has problems too."""
    root = small_content(folder)
    shutil.rmtree(root / "en" / "listening")
    for name, text in LISTENING.items():
        write(f"en/listening/{name}.md", document(text))(root)
    write("en/dictionary.txt.gz", gzip.compress(b"apple\nfruit\nhouse\n"))(root)
    return root


def problems_after(root, edit):
    return found_after(root, edit, check)
