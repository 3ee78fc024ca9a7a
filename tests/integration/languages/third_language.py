"""Two more languages for the small content, each a folder and nothing else: French is a copy, Esperanto has words and
characters of its own, which plain texts lack."""

import re
import shutil

from small_content import copy_language, small_content, swap, write

LANGUAGE = """\
---
name: Esperanto
speech: pl-PL
voice: Polly.Ola-Neural
called: ESPERANTO
in-texts: ĉ cx, ĝ gx, ĥ hx, ĵ jx, ŝ sx, ŭ ux
translator: Z. Tradukanto
reviewer: L. Kuracisto
---
"""
FOLDER = {
    "language.md": LANGUAGE,
    "names.md": (
        "---\nline: Frukta Linio\nhelpline_name: La Ĝardeno\nhelpline_hours: ĉiam\n"
        "emergency: 999\ncare_team: gardeno\ncrisis_line: 777\n---\n"
    ),
    "glossary.md": "---\ntitle: Vortoj\n---\n\n## semo\n\n- eta aĵo en frukto\n",
    "words.md": "".join(
        f"## {name}\n\n{word}\n\n"
        for name, word in {
            **{"more": "PLU", "back": "REEN", "again": "DENOVE", "menu": "MENUO", "call": "VOKU MIN"},
            **{"forget": "FORGESU MIN", "keys": "KLAVOJ", "alone": "FRUKTO", "discreet": "SEKRETO", "small": "LA, POR"},
        }.items()
    ),
    "menus/main.md": """\
---
title: Ĉefa menuo
choices:
  1: fruit
  2: plums
silent: apples
person: plums
urgent: plums
---

## Voice

Por specoj de frukto, premu 1.

Por prunoj, premu 2.

## Text

1 specoj de frukto

2 prunoj
""",
    "menus/fruit.md": """\
---
title: Specoj de frukto
keywords: SPECOJ
choices:
  1: apples
  2: cherries
---

## Voice

Por pomoj, premu 1.

Por ĉerizoj, premu 2.

## Text

11 pomoj

12 ĉerizoj
""",
    "topics/apples.md": """\
---
title: Pomoj kaj piroj
offer: Por pomoj, premu 1.
facts:
  1: T1
  2: T2
keywords:
  1: POMOJ
  2: PIROJ
origin: source
source: Libro pri frukto
reviewed: 2020-01-31
---

## Voice

Ĉiuj pomoj estas ruĝaj.

Ĉiuj piroj estas verdaj.

## Text

Pomoj estas ruĝaj. Ŝi ŝatas ilin.

Piroj estas verdaj, ankaŭ ĥore.
""",
    "topics/cherries.md": """\
---
title: Ĉerizoj
offer: Por ĉerizoj, premu 1.
facts:
  1: X2
origin: outside
source: Ĝardenisto
---

## Voice

Ĉerizoj povas esti acidaj.

## Text

Ĉerizoj povas esti acidaj.
""",
    "topics/plums.md": """\
---
title: Prunoj
offer: Por prunoj, premu 1.
facts:
  1: X1
origin: outside
source: Ĝardenisto
---

## Voice

Por danĝero, voku {emergency}. Prunoj estas bluaj. Voku {helpline}.

## Text

Danĝero: {emergency}. Prunoj estas bluaj. Ĝardeno: {helpline}.
""",
}


def with_third_language(folder):
    """English, French, and Esperanto, in whose phrases every paragraph begins with a word that it alone has. The voices
    are such as a carrier has; the nearest that one has to Esperanto is Polish."""
    root = small_content(folder)
    swap("en/language.md", "A-Voice", "Polly.Joanna-Neural")(root)
    copy_language("fr")(root)
    swap("fr/language.md", "name: English", "name: Français")(root)
    swap("fr/language.md", "en-US\nvoice: Polly.Joanna-Neural", "fr-FR\nvoice: Polly.Lea-Neural")(root)
    for path, text in FOLDER.items():
        write(f"eo/{path}", text)(root)
    shutil.copytree(root / "en" / "listening", root / "eo" / "listening")
    for name in ("call", "text", "leaflet"):
        text = (root / f"en/phrases/{name}.md").read_text(encoding="utf-8").partition("\n---\n")[2]
        write(f"eo/phrases/{name}.md", re.sub(r"(?m)^(?=[A-Z{0-9])(?!\{\w+\}$)", "Ŝa. ", text))(root)
    return root
