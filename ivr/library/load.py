"""Turns content files into libraries, and collects every mistake that keeps a file from being understood."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from ivr.library.build import LibraryBuilder, Slots
from ivr.library.dictionary import Dictionary, read_dictionary
from ivr.library.document import Document, listed, path_of, unreadable
from ivr.library.folder import files_in, read_all, unread, version_of
from ivr.library.kinds import FACTS, check_kind
from ivr.library.library import HOME, NAME, Library
from ivr.library.likeness import Likeness, read_likeness
from ivr.library.names import FILE as NAMES
from ivr.library.names import names_in, with_names
from ivr.library.phone_number import number_as_said, number_as_written
from ivr.library.recordings import Audio, audio_in, recordings_of
from ivr.library.sent_words import normalised
from ivr.model import Problem

FACT = re.compile(r"(?P<name>[A-Z]+[0-9]+): (?P<fact>.+)")
BROKEN_FACT = re.compile(r"(?:^|\s)-(?P<joined>[A-Z]+[0-9]+):|^(?P<bare>[A-Z]+[0-9]+)\b(?!: )")
"""`joined`: no space after the hyphen, so it became part of the fact above; `bare`: no colon and space after the
name."""


@dataclass(frozen=True, slots=True, repr=False)
class Content:
    """All languages by tag, the one that a new caller hears first at the head; the documents they came from by path,
    with names filled in and as written; the facts that every language must deliver; the audio files of each
    language."""

    libraries: Mapping[str, Library]
    original: str
    """The tag of the language that the others are translated from; empty if there is none."""
    documents: Mapping[str, Document]
    as_written: Mapping[str, Document]
    facts: Mapping[str, str]
    outside: str
    """First letters of the names of facts that do not come from the source; empty if all do."""
    longer: frozenset[str]
    """Facts that may take longer to say."""
    audio: Mapping[str, tuple[Audio, ...]]
    version: str
    problems: tuple[Problem, ...]


def content_of(root: Path, helpline: str) -> Content:
    """Loads a content folder with the helpline's number (E.164) filled in."""
    return load_content(root, Slots({"helpline": number_as_said(helpline)}, {"helpline": number_as_written(helpline)}))


def load_content(root: Path, slots: Slots) -> Content:
    """Reads all files of a content folder. Never raises for a writer's mistake: it is in `problems`."""
    problems: list[Problem] = []
    files = list(files_in(root, root, problems))
    as_written = read_all(files, root, problems)
    problems.extend(unread(files, root, as_written))
    documents = dict(_named(as_written))
    facts = _facts(documents, root, problems)
    tags = _tags(root, documents, problems)
    original = _original(documents, root, tags, problems)
    audio = audio_in(files, root)
    libraries = {
        tag: build_library(root, tag, documents, slots, audio.get(tag, ()), tag != original, problems) for tag in tags
    }
    return Content(
        libraries,
        original,
        documents,
        as_written,
        facts,
        _of_facts(documents, root, "outside"),
        frozenset(listed(_of_facts(documents, root, "longer"))),
        audio,
        version_of(files, root, problems),
        tuple(_first_causes(problems)),
    )


def build_library(
    root: Path,
    tag: str,
    documents: Mapping[str, Document],
    slots: Slots,
    audio: tuple[Audio, ...],
    is_translation: bool,
    problems: list[Problem],
) -> Library:
    """One language's. Depends on nothing outside its folder, but for the slots and whether it is a translation."""
    return replace(
        LibraryBuilder(path_of(root, root), tag, documents, slots, problems, is_translation).library(),
        recordings=recordings_of(tag, audio),
        dictionary=_dictionary(root, tag, problems),
        likeness=_likeness(root, tag, problems),
    )


def _named(documents: Mapping[str, Document]) -> Iterator[tuple[str, Document]]:
    """The documents of each language with its names filled in."""
    for path, document in documents.items():
        base, tag, inside = (*path.split("/", 2), "", "")[:3]
        names = names_in(documents.get(f"{base}/{tag}/{NAMES}")) if inside else {}
        yield path, with_names(inside, document, names) if names else document


def _dictionary(root: Path, tag: str, problems: list[Problem]) -> Dictionary:
    try:
        return read_dictionary(root / tag)
    except ValueError as damaged:
        problems.append(_damaged(root, tag, str(damaged)))
        return Dictionary()


def _likeness(root: Path, tag: str, problems: list[Problem]) -> Likeness:
    try:
        return read_likeness(root / tag)
    except ValueError as damaged:
        problems.append(_damaged(root, tag, str(damaged)))
        return Likeness()


def _damaged(root: Path, tag: str, file: str) -> Problem:
    return unreadable(
        f"{path_of(root, root)}/{tag}/{file}",
        "this file is damaged: restore it from the repository, or remove it",
    )


def _first_causes(problems: list[Problem]) -> Iterator[Problem]:
    """Drops the other problems of a file that cannot be read."""
    lost = {problem.path for problem in problems if problem.code == "unreadable"}
    return (problem for problem in problems if problem.code == "unreadable" or problem.path not in lost)


# --- languages -----------------------------------------------------------------------------------------------


def _tags(root: Path, documents: Mapping[str, Document], problems: list[Problem]) -> list[str]:
    """The names of the languages' folders: the one with `first: yes`, then the others in alphabetical order."""
    try:
        folders = [path for path in root.iterdir() if path.is_dir() and not path.name.startswith(".")]
    except OSError:
        return []
    base = path_of(root, root)
    tags = sorted(path_of(folder, root).removeprefix(f"{base}/") for folder in folders)
    if not tags:
        problems.append(Problem(base, 1, "language", "make a folder for a language here, such as `en`"))
    strays = [
        tag for tag in tags if not documents.keys() & {f"{base}/{tag}/language.md", f"{base}/{tag}/menus/{HOME}.md"}
    ]
    for tag in strays:
        remedy = f"write `language.md` and `menus/{HOME}.md` into this folder if it is a language, or remove it"
        problems.append(Problem(f"{base}/{tag}", 1, "language", remedy))
    tags = [tag for tag in tags if tag not in strays]
    for tag in tags:
        problems.extend(_badly_named(base, tag, documents))
    first = _first(base, tags, documents, problems)
    return sorted(tags, key=lambda tag: tag != first)


def _first(base: str, tags: list[str], documents: Mapping[str, Document], problems: list[Problem]) -> str | None:
    first: str | None = None
    for tag in tags:
        document = documents.get(f"{base}/{tag}/language.md")
        entry = document.header.get("first") if document else None
        if document is None or entry is None or entry.words.text in ("", "no"):
            continue
        if entry.words.text != "yes":
            remedy = "write `first: yes` for the language that a new caller hears first, else leave this out"
            problems.append(Problem(document.path, entry.words.line, "language", remedy))
        elif first is not None:
            remedy = f"only one language can come first: keep `first: yes` here or in `{first}`"
            problems.append(Problem(document.path, entry.words.line, "language", remedy))
        else:
            first = tag
    return first


def _badly_named(base: str, tag: str, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """Names become parts of the URLs that the carrier requests."""
    rule = "small letters and digits, separated by hyphens"
    if not re.fullmatch(NAME, tag):
        yield Problem(f"{base}/{tag}", 1, "name", f"rename this folder: {rule}, such as `{_better(tag)}`")
    for path, document in documents.items():
        in_menus_or_topics = path.rpartition("/")[0] in (f"{base}/{tag}/menus", f"{base}/{tag}/topics")
        if in_menus_or_topics and not re.fullmatch(NAME, document.name):
            yield Problem(path, 1, "name", f"rename this file: {rule}, such as `{_better(document.name)}.md`")


def _better(name: str) -> str:
    better = "-".join(word for part in name.split("_") for word in normalised(part.replace("\\", "-"))).lower()
    return better if re.fullmatch(NAME, better) else "goals"


# --- facts ---------------------------------------------------------------------------------------------------


def _facts(documents: Mapping[str, Document], root: Path, problems: list[Problem]) -> dict[str, str]:
    path = f"{path_of(root, root)}/facts.md"
    document = documents.get(path)
    if document is None:
        problems.append(Problem(path, 1, "facts", "write the facts to deliver into this file, `- G1: ...` each"))
        return {}
    problems.extend(check_kind(document, FACTS))
    facts: dict[str, str] = {}
    for words in (words for section in document.sections.values() for words in section):
        match, broken = FACT.fullmatch(words.text), BROKEN_FACT.search(words.text)
        if broken:
            name = broken["joined"] or broken["bare"]
            remedy = f"begin a line for fact {name}, with its punctuation and spaces as here: `- {name}: ...`"
            problems.append(Problem(path, words.line, "facts", remedy))
        if match and match["name"] in facts:
            problems.append(Problem(path, words.line, "facts", f"fact {match['name']} is here twice: keep one"))
        elif match:
            facts[match["name"]] = match["fact"]
    return facts


def _of_facts(documents: Mapping[str, Document], root: Path, name: str) -> str:
    """An entry of the header of facts.md; empty if it is missing."""
    document = documents.get(f"{path_of(root, root)}/facts.md")
    entry = document.header.get(name) if document else None
    return entry.words.text if entry else ""


def _original(documents: Mapping[str, Document], root: Path, tags: list[str], problems: list[Problem]) -> str:
    """The language that the header of the facts names, else the one that a new caller hears first."""
    named = _of_facts(documents, root, "language")
    if named and named not in tags:
        path = f"{path_of(root, root)}/facts.md"
        remedy = f"name the folder of a language: {', '.join(f'`language: {tag}`' for tag in tags)}"
        problems.append(Problem(path, documents[path].header["language"].words.line, "language", remedy))
    return named if named in tags else next(iter(tags), "")
