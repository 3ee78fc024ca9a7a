"""Which files a new line gets: its own words from a folder of `examples/`, and what people say on any line from this
repository's own content, without the words of its subject."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from ivr.desk.new_line.general import Subject, classes, general, joined, named_in, only_known, sections, unsigned
from ivr.library.document import listed
from ivr.library.library import HOME
from ivr.library.names import FORMER
from ivr.library.sent_words import SUBJECT, every_word
from ivr.settings import CONTENT, CannotStart

EXAMPLES = CONTENT.parent / "examples"
NEUTRAL = "start"
BRINGS = {"despair": "person.3", "danger-emergency": "urgent.1"}
"""The segment of each example that a kind of danger leads to."""
TAKEN = ("answers", "automatic", "guards", "moves", "reactions", "spoken", "texts", *BRINGS)
AS_THEY_ARE = ("dictionary.txt.gz", "dictionary.bits", "dictionary.LICENCE.txt", "medical.md")
SOUNDS_ALIKE, BORROWED = "sounds", "borrowed"
"""Files of listening that only some languages have."""
ALWAYS_READ = ("not", "polite", "courtesy", "dictated")
"""Classes that are used even if no pattern names them."""
ALONE = "alone"
"""The folder of an example with the words that replace others in a line of only one language."""


def examples() -> tuple[str, ...]:
    """The names of the lines that a new one can start from."""
    return tuple(sorted(one.name for one in EXAMPLES.iterdir() if (one / "facts.md").is_file()))


def languages(example: str = NEUTRAL) -> tuple[str, ...]:
    """The languages that a new line can have from the start."""
    folders = (one for one in (EXAMPLES / example).iterdir() if one.is_dir())
    return tuple(sorted(one.name for one in folders if (CONTENT / one.name).is_dir()))


def files_of_new_line(tags: Sequence[str], today: date, example: str = NEUTRAL) -> dict[str, bytes]:
    """The files by their path inside the new folder. Raises CannotStart."""
    for tag in tags:
        if tag not in languages(example):
            known = ", ".join(languages(example))
            raise CannotStart(
                f"A new line can begin in {known}, not in {tag}: docs/writers.md says how to add a language."
            )
    start = EXAMPLES / example
    facts = (start / "facts.md").read_text("utf-8").replace("language: en", f"language: {tags[0]}", 1)
    found = {"facts.md": facts.encode()}
    for tag in tags:
        of_tag = {**_taken(start, tag), **_phrases(start, tag, is_alone=len(tags) == 1), **_own(start, tag, today)}
        found |= {f"{tag}/{path}": text.encode() for path, text in of_tag.items()}
        for name in AS_THEY_ARE:
            found[f"{tag}/{name}"] = (CONTENT / tag / name).read_bytes()
    return found


def _read(path: Path) -> str:
    return path.read_text("utf-8") if path.exists() else ""


def _own(start: Path, tag: str, today: date) -> dict[str, str]:
    """The example's own words; the rest of topics.md is what people ask any line about itself."""
    found = {}
    for file in sorted((start / tag).rglob("*.md")):
        inside = file.relative_to(start / tag).as_posix()
        if not inside.startswith((f"{ALONE}/", "phrases/", "listening/topics")):
            found[inside] = re.sub(r"^(origin: source\n(?:.*\n)*?reviewed:)$", rf"\1 {today}", _read(file), flags=re.M)
    found["names.md"] = _names(found["names.md"])
    found["language.md"] = unsigned(_read(CONTENT / tag / "language.md"))
    return found


def _names(text: str) -> str:
    """The text with the names of the line that words are taken from, which `check` searches for from then on."""
    written = [_read(CONTENT / one / "names.md") for one in languages()]
    found = (re.findall(r"^(?:line|helpline_name|publisher): (.+)$", names, re.M) for names in written)
    former = ", ".join(dict.fromkeys(name for names in found for name in names))
    return text.replace("\ncare_team:", f"\n{FORMER}: {former}\ncare_team:", 1)


def _phrases(start: Path, tag: str, is_alone: bool) -> dict[str, str]:
    """This line's phrases, with the number of the new line's warning signs."""
    was, now = _code_of_signs(CONTENT / tag), _code_of_signs(start / tag)
    found = {}
    for name in ("call.md", "text.md", "leaflet.md"):
        above, parts = sections(_read(CONTENT / tag / "phrases" / name))
        for folder in ("phrases", *([ALONE] if is_alone else [])):
            parts |= sections(_read(start / tag / folder / name))[1]
        written = {heading: "\n".join(lines) for heading, lines in parts.items()}
        if name == "text.md":
            written = {heading: _with_code(text, was, now) for heading, text in written.items()}
        found[f"phrases/{name}"] = joined(unsigned(above), {heading: [text] for heading, text in written.items()})
    return found


def _with_code(text: str, was: str, now: str) -> str:
    """Replaces the number in a sentence that ends with that of the warning signs."""
    return re.sub(rf"(?<=[:] ){was}(?=\.)", now, text)


def _code_of_signs(folder: Path) -> str:
    menu = _read(folder / "menus" / f"{HOME}.md")
    urgent = re.search(r"^urgent: (.+)$", menu, re.M)
    choice = re.search(rf"^  (\d): {re.escape(urgent[1])}$", menu, re.M) if urgent else None
    return choice[1] if choice else ""


def _taken(start: Path, tag: str) -> dict[str, str]:
    folder = CONTENT / tag
    words = sections(_read(folder / "words.md"))[1]
    subject = Subject(listed(" ".join(words.get(SUBJECT, ()))))
    known = classes(_read(folder / "listening/classes.md"), subject)
    gone = frozenset(name for name, entries in known.items() if not entries)
    found = {}
    for name in (*TAKEN, SOUNDS_ALIKE):
        if text := _read(folder / f"listening/{name}.md"):
            brings = {"brings": BRINGS[name]} if name in BRINGS else {}
            found[f"listening/{name}.md"] = general(text, subject, gone, **brings)
    found["listening/topics.md"] = _topics(start, tag, subject, gone)
    patterns = [*found.values(), _read(start / tag / "listening/lacks.md")]
    above, _ = sections(_read(folder / "listening/classes.md"))
    listed_classes = {name: [", ".join(known[name])] for name in named_in(patterns, known, ALWAYS_READ)}
    found["listening/classes.md"] = joined(unsigned(above), listed_classes)
    if text := _read(folder / f"listening/{BORROWED}.md"):
        found[f"listening/{BORROWED}.md"] = only_known(general(text, subject), every_word(" ".join(found.values())))
    return found


def _topics(start: Path, tag: str, subject: Subject, gone: frozenset[str]) -> str:
    """What people ask about the line itself, for positions that both lines have, followed by the new line's own."""
    above, parts = sections(_read(CONTENT / tag / "listening/topics.md"))
    places = {file.stem for file in (start / tag).glob("*/*.md") if file.parent.name in ("topics", "menus")}
    about = {
        heading: lines
        for heading, lines in parts.items()
        if heading.partition(",")[0].partition(".")[0] in places
        and heading.partition(",")[0].partition(".")[2] in ("", "1")
    }
    own = sections(_read(start / tag / "listening/topics.md"))[1]
    return general(joined(unsigned(above), {**about, **own}), subject, gone)
