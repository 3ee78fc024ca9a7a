"""Files and headings of `listening`: those that every language needs, and those that nothing reads."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from ivr.library.dictionary import FILE as DICTIONARY
from ivr.library.document import Document
from ivr.library.kinds import meant
from ivr.library.library import HOME, Library
from ivr.library.rules.shelf import Shelf, at
from ivr.library.sent_words import MOVES as MOVE_NAMES
from ivr.listening.classes import NOT, is_class
from ivr.listening.listening import listening_of
from ivr.listening.patterns import alternatives_of
from ivr.listening.reactions import FILE as REACTIONS
from ivr.listening.rules import (
    ANSWERS,
    ANYWHERE,
    ASK_FIRST,
    AUTOMATIC,
    BORROWED,
    BUT_NOT,
    CLASSES,
    CLUES,
    COURTESY,
    DANGER,
    DESPAIR,
    DICTATED,
    EXAMPLES,
    GRAMMAR,
    GUARDS,
    LACKS,
    MOVES,
    NAMED,
    OF_CLUES,
    OTHER_EXAMPLES,
    PATTERNS,
    PERHAPS,
    PLAIN,
    POLITE,
    SENTENCE,
    SOUNDS,
    SPOKEN,
    TEXTS,
    TOPICS,
    WHOLE,
    Listening,
    bare,
)
from ivr.listening.spoken import SAID_FOR_KEYS
from ivr.model import Position, Problem

CODE, FOLDER = "listening", "listening"
OF_EXAMPLES = frozenset({EXAMPLES, OTHER_EXAMPLES})
READ_BY_CODE = frozenset({name.strip("[]") for name in (POLITE, COURTESY, NOT)} | {DICTATED, GRAMMAR})
"""Classes that are used without a pattern that names them."""

NEEDED = {
    CLASSES: "the patterns name its classes",
    GUARDS: "without it, `no numbness` would be taken for danger",
    DESPAIR: "whoever gives up hope needs 988 and a person",
    TEXTS: "nobody could stop the texts in words of their own",
    ANSWERS: "nobody could answer a question of the line",
    MOVES: "nobody could go back or ask for the menu in words of their own",
    TOPICS: "no question would find its topic",
    LACKS: "the line would answer what it knows nothing about",
}
"""Why no language can do without these. It can do without `sounds`, and without `reactions` and `automatic`, which no
person writes: those of all languages are tried on every text, or the sender gets a menu that no person waits for."""


@dataclass(frozen=True, slots=True)
class Headings:
    """`names`: None if any name is allowed, as for subjects."""

    names: frozenset[str] | None
    suffixes: tuple[str, ...] = ()

    def read(self, heading: str) -> bool:
        name = next((heading.removesuffix(end) for end in self.suffixes if heading.endswith(end)), heading)
        return heading in OF_EXAMPLES or (bare(name) == name if self.names is None else name in self.names)


OF_SIGNS = Headings(frozenset({PATTERNS, PATTERNS + WHOLE, ASK_FIRST, BUT_NOT, CLUES}))
READ: Mapping[str, Headings] = {
    GUARDS: Headings(frozenset({BUT_NOT, ASK_FIRST, PLAIN})),
    DESPAIR: OF_SIGNS,
    AUTOMATIC: Headings(frozenset({PATTERNS})),
    TEXTS: Headings(
        frozenset({"stop", "wrong number", "start", "in doubt", NAMED, BUT_NOT}), (WHOLE, SENTENCE, OF_CLUES)
    ),
    ANSWERS: Headings(frozenset({"yes", "no", "first", "second", BUT_NOT}), (ANYWHERE,)),
    MOVES: Headings(frozenset({*MOVE_NAMES, "language", BUT_NOT}), (ANYWHERE,)),
    TOPICS: Headings(None, (PERHAPS, WHOLE, OF_CLUES)),
    LACKS: Headings(None, (SENTENCE,)),
    SPOKEN: Headings(SAID_FOR_KEYS | {BUT_NOT}, (ANYWHERE,)),
}


def check_headings(shelf: Shelf) -> Iterator[Problem]:
    missing = [*_missing(shelf), *_unanswered(shelf)]
    yield from missing
    for name, document in shelf.library.listening.items():
        if name not in (CLASSES, REACTIONS, SOUNDS, BORROWED):
            yield from _unread(name, document)
        yield from _misplaced_entries(name, document)
        yield from (at(document, line, CODE, remedy) for line, remedy in document.unlisted)
    if not any(not problem.warning for problem in missing):
        yield from _unnamed_classes(shelf)
    if BORROWED in shelf.library.listening:
        yield from _borrowed(shelf, shelf.library.listening[BORROWED])


def _borrowed(shelf: Shelf, document: Document) -> Iterator[Problem]:
    """Lines that name no word of this language, or one that no pattern knows."""
    knows = listening_of(shelf.library).knows
    for words in document.sections.get(BORROWED, ()):
        own = words.text.partition(":")[2].strip()
        if not own:
            remedy = f"write `{words.text}: ` and the word of this language that it is read as"
            yield at(document, words.line, CODE, remedy)
        elif not knows(own):
            yield at(document, words.line, CODE, f"write after the colon one word that a pattern has, not `{own}`")


def _missing(shelf: Shelf) -> Iterator[Problem]:
    """Files that every language needs."""
    here = shelf.library.listening
    for name, why in NEEDED.items():
        if name not in here:
            yield _absent(shelf, f"{FOLDER}/{name}.md", why)
    first = _first(shelf)
    for name in sorted(_dangers(first) - here.keys()):
        yield _absent(shelf, f"{FOLDER}/{name}.md", "danger of this kind would not be known in this language")
    if SPOKEN in first.listening and SPOKEN not in here:
        why = "where the line listens to words, nobody could say a key in this language"
        yield replace(_absent(shelf, f"{FOLDER}/{SPOKEN}.md", why), warning=True)
    if not _dangers(first) and first is shelf.library:
        yield _absent(shelf, f"{FOLDER}/{DANGER}emergency.md", "no sign of danger would be known")
    if not shelf.library.dictionary.bits:
        yield _absent(shelf, DICTIONARY, "without real words, each that the line does not know would be changed")


def _first(shelf: Shelf) -> Library:
    return next(iter(shelf.content.libraries.values()))


def _dangers(library: Library) -> set[str]:
    return {name for name in library.listening if name.startswith(DANGER)}


def _unanswered(shelf: Shelf) -> Iterator[Problem]:
    """Urgent facts that no kind of danger leads to, since no list says which kinds there have to be. Skipped where
    another problem names the file."""
    brings, files = listening_of(shelf.library).dangers, _dangers(shelf.library)
    if not files or brings.keys() != files or _dangers(_first(shelf)) - files:
        return
    urgent = shelf.library.topics.get(shelf.library.menus[HOME].urgent or "")
    brought = {fact for position in brings.values() for fact in _facts_at(shelf, position)}
    for part, segment in enumerate(urgent.segments if urgent else (), start=1):
        facts = [fact for fact in segment.facts if fact not in brought]
        if urgent and facts:
            yield _no_danger(shelf, f"{urgent.name}.{part}", ", ".join(filter(None, (*facts, segment.asked_as))))
            brought.update(facts)


def _no_danger(shelf: Shelf, place: str, about: str) -> Problem:
    why = f"nothing that people say brings `{place}` ({about})"
    remedy = f"put the file that did so back, correct its `brings:`, or write one, with `brings: {place}`"
    return _absent(shelf, f"{FOLDER}/{DANGER}NAME.md", f"{why}: {remedy}")


def _facts_at(shelf: Shelf, position: Position) -> Collection[str]:
    segment = shelf.library.segment(position)
    return segment.facts if segment else ()


def _absent(shelf: Shelf, file: str, why: str) -> Problem:
    return Problem(f"{shelf.base}/{file}", 1, "missing", f"this file is needed: {why}")


def _unread(name: str, document: Document) -> Iterator[Problem]:
    """Headings under which nothing is read, and files that no language has."""
    headings = OF_SIGNS if name.startswith(DANGER) else READ.get(name)
    if headings is None:
        close = meant([name], {*NEEDED, AUTOMATIC, REACTIONS, SPOKEN, f"{DANGER}..."})[name]
        better = f"`{close}.md`" if close else f"`{DANGER}...` for a kind of danger"
        yield at(document, 1, CODE, f"nothing reads a file of this name: call it {better}, or remove it")
        return
    known = headings.names or frozenset()
    for heading, line in document.lines.items():
        if not headings.read(heading):
            close = meant([heading], {*known, *OF_EXAMPLES})[heading] if known else bare(heading)
            remedy = f"write `## {close}`" if close else f"take one of these: {', '.join(sorted(known | OF_EXAMPLES))}"
            yield at(document, line, CODE, f"nothing reads the text under `{heading}`: {remedy}")


def _misplaced_entries(name: str, document: Document) -> Iterator[Problem]:
    """Header entries that nothing reads."""
    read = {"brings", "order"} if name.startswith(DANGER) or name == DESPAIR else set()
    for entry in ("brings", "order"):
        if entry in document.header and entry not in read:
            remedy = f"nothing reads `{entry}:` in this file: remove it"
            yield at(document, document.header[entry].words.line, "header", remedy)


def _unnamed_classes(shelf: Shelf) -> Iterator[Problem]:
    """Classes that no pattern names. Checked only once all patterns can be read, since a broken one may name the
    class."""
    document, listening = shelf.library.listening.get(CLASSES), listening_of(shelf.library)
    if document is None or listening.problems:
        return
    pending = [*READ_BY_CODE, *_classes_in_patterns(listening)]
    named = set[str]()
    while pending:
        name = pending.pop()
        if name not in named:
            named.add(name)
            pending.extend(entry[1:-1] for entry in listening.classes.get(name, ()) if is_class(entry))
    for name in document.lines.keys() - named:
        remedy = f"no pattern names `[{name}]`: name it in one, or remove this class"
        yield at(document, document.lines[name], CODE, remedy)


def _classes_in_patterns(listening: Listening) -> Iterator[str]:
    ways = [way for _, way in listening.rules]
    ways += [way for filed in listening.guards.values() for _, way in filed]
    for symbol in {symbol for way in ways for symbol in way.symbols}:
        yield from (option[1:-1] for option in alternatives_of(symbol) if is_class(option))
