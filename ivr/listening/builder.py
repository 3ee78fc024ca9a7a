"""Reads a language's rules of listening from content/<language>/listening/."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import Any

from ivr.library.document import Document, Words
from ivr.library.library import Library
from ivr.library.sent_words import ALONE
from ivr.library.sent_words import MOVES as NAMED_MOVES
from ivr.listening.classes import is_class, sound_classes
from ivr.listening.normalise import split_words
from ivr.listening.patterns import IT, Pattern, PatternError, alternatives_of, parse, with_shared_steps
from ivr.listening.rules import (
    ANSWERS,
    ANYWHERE,
    ASK_FIRST,
    AUTOMATIC,
    BORROWED,
    BUT_NOT,
    CALL_NOW,
    CLASSES,
    CLUES,
    DANGER,
    DESPAIR,
    GUARDS,
    LACKS,
    MOVES,
    NO_PATTERNS,
    OF_CLUES,
    OFFERS,
    PERHAPS,
    PERSON_ONLY,
    PLAIN,
    SENTENCE,
    SOUNDS,
    SPOKEN,
    TEXTS,
    TOPICS,
    WHOLE,
    PatternRule,
    Subject,
    bare,
)
from ivr.listening.sounds import pairs_in
from ivr.model import Position, Problem

LAST = 99
"""The rank of a kind of danger whose file gives none."""


class ListeningBuilder:
    """The rules in content/<language>/listening/. Whatever is wrong with them is in `problems`."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.documents: Mapping[str, Document] = library.listening
        self.base = next((one.path.rpartition("/listening/")[0] for one in self.documents.values()), "")
        self.problems: list[Problem] = []
        self.steps: dict[Hashable, Any] = {}
        self.classes, wrong = sound_classes(self._sections(CLASSES))
        for line, remedy in wrong:
            self._note(CLASSES, line, remedy)

    def _sections(self, name: str) -> Mapping[str, tuple[Words, ...]]:
        document = self.documents.get(name)
        return document.sections if document else {}

    def _note(self, name: str, line: int, remedy: str) -> None:
        document = self.documents.get(name)
        self.problems.append(Problem(document.path if document else name, line, "listening", remedy))

    def _parsed(self, written: str, path: str, line: int = 0) -> Pattern:
        return with_shared_steps(parse(written, path, line), self.steps)

    def pattern(self, file: str, words: Words, is_guard: bool = False) -> Pattern | None:
        try:
            pattern = self._parsed(words.text, self.documents[file].path, words.line)
            self._check_classes(pattern, is_guard)
        except PatternError as wrong:
            self._note(file, words.line, str(wrong))
            return None
        return pattern

    def _check_classes(self, pattern: Pattern, is_guard: bool) -> None:
        """Raises PatternError."""
        symbols = {symbol for way in pattern.ways for symbol in way.symbols if "[" in symbol}
        for named in sorted({option for symbol in symbols for option in alternatives_of(symbol) if is_class(option)}):
            if named == IT and not is_guard:
                raise PatternError(f"`{IT}` stands for what was found: only a pattern under `{BUT_NOT}` can name it")
            if named != IT and named[1:-1] not in self.classes:
                raise PatternError(
                    f"there is no class `{named[1:-1]}`: write its words into classes.md, or name another"
                )

    def rules(self) -> Iterator[PatternRule]:
        for file in self.documents:
            if file in (CLASSES, GUARDS) or not self._is_of_patterns(file):
                continue
            for section, listed in self._sections(file).items():
                if section not in NO_PATTERNS and self._leads_somewhere(file, section):
                    yield from self._section(file, section, listed)
        yield from self._keywords()
        yield from self._moves()

    def _leads_somewhere(self, file: str, section: str) -> bool:
        """Whether the section leads anywhere. A heading of topics.md names a position; if that does not exist, nothing
        under it can be used."""
        name = bare(section)
        if file != TOPICS or self.position(name):
            return True
        self._note(
            file,
            self.documents[file].lines[section],
            f"there is no `{name}`: name a menu, or a topic and a segment, such as `## goals.1`",
        )
        return False

    @staticmethod
    def _is_of_patterns(file: str) -> bool:
        return file.startswith(DANGER) or file in (DESPAIR, TEXTS, ANSWERS, MOVES, SPOKEN, TOPICS, LACKS, AUTOMATIC)

    def _section(self, file: str, section: str, listed: Iterable[Words]) -> Iterator[PatternRule]:
        weak = section == ASK_FIRST or section.endswith(PERHAPS)
        whole = section.endswith(WHOLE) or (file in (MOVES, ANSWERS, SPOKEN) and not section.endswith(ANYWHERE))
        of_sentence = section.endswith(SENTENCE)
        is_clue = section == CLUES or section.endswith(OF_CLUES)
        name = bare(section)
        for words in listed:
            if file == LACKS and (words.text.startswith(OFFERS) or words.text in (PERSON_ONLY, CALL_NOW)):
                continue
            pattern = self.pattern(file, words)
            if pattern:
                yield PatternRule(pattern, file, name, weak, whole, is_clue, of_sentence)

    def _keywords(self) -> Iterator[PatternRule]:
        """Rules made of titles, keywords and hints in the headers of menus and topics."""
        alone = {" ".join(split_words(word).words) for word in self.library.words.get(ALONE, ())}
        for menu in self.library.menus.values():
            for word in (menu.title, *menu.keywords):
                yield from self._keyword(word, f"menus/{menu.name}.md", menu.name, alone)
        for topic in self.library.topics.values():
            yield from self._keyword(topic.title, f"topics/{topic.name}.md", f"{topic.name}.1", alone)
            for part, segment in enumerate(topic.segments, start=1):
                for word in segment.keywords:
                    yield from self._keyword(word, f"topics/{topic.name}.md", f"{topic.name}.{part}", alone)
                for word in segment.hints:
                    yield from self._keyword(word, f"topics/{topic.name}.md", f"{topic.name}.{part}", alone, weak=True)

    def _moves(self) -> Iterator[PatternRule]:
        for name in NAMED_MOVES:
            for word in self.library.words.get(name, ()):
                if plain := " ".join(split_words(word).words):
                    yield PatternRule(self._parsed(plain, f"{self.base}/words.md"), MOVES, name, whole=True)

    def _keyword(self, word: str, path: str, goal: str, alone: set[str], weak: bool = False) -> Iterator[PatternRule]:
        plain = " ".join(split_words(word).words)
        if plain:
            pattern = self._parsed(plain, f"{self.base}/{path}")
            yield PatternRule(pattern, TOPICS, goal, weak, whole=True)
            if not weak:
                yield PatternRule(pattern, TOPICS, goal, weak=plain in alone)

    def guards(self) -> Mapping[tuple[str, str], tuple[Pattern, ...]]:
        found: defaultdict[tuple[str, str], list[Pattern]] = defaultdict(list)
        for file in self.documents:
            for section, listed in self._sections(file).items():
                if section == BUT_NOT or (section in (ASK_FIRST, PLAIN) and file == GUARDS):
                    patterns = (self.pattern(file, words, is_guard=True) for words in listed)
                    found[file, section].extend(pattern for pattern in patterns if pattern)
        return {key: tuple(patterns) for key, patterns in found.items()}

    def position(self, name: str) -> Position | None:
        """The position for `one-area.2`, or for the name of a menu or topic."""
        topic, _, part = name.partition(".")
        if topic in self.library.menus and not part:
            return Position(topic)
        position = Position(topic, int(part) if part.isdecimal() else 1)
        return position if self.library.segment(position) else None

    def brings(self, file: str) -> Position | None:
        entry = self.documents[file].header.get("brings") if file in self.documents else None
        named = entry.words.text if entry else ""
        position = self.position(named)
        if position is None and file in self.documents:
            wrong = f"there is no segment `{named}`: " if named else ""
            remedy = f"{wrong}write `brings:` and the segment to send, like `urgent.2`"
            self._note(file, entry.words.line if entry else 1, remedy)
        return position

    def dangers(self) -> dict[str, Position]:
        files = sorted((file for file in self.documents if file.startswith(DANGER)), key=self._urgency)
        return {file: position for file in files if (position := self.brings(file))}

    def kinds(self) -> dict[str, Position]:
        """The kinds of danger, and despair, in the order that their files give; kinds whose file gives none come
        last."""
        despair = self.brings(DESPAIR)
        found = {**self.dangers(), DESPAIR: despair} if despair else self.dangers()
        return dict(sorted(found.items(), key=lambda one: LAST if (order := self._order(one[0])) is None else order))

    def _order(self, file: str) -> int | None:
        entry = self.documents[file].header.get("order")
        return int(entry.words.text) if entry and entry.words.text.isdecimal() else None

    def _urgency(self, file: str) -> tuple[int, str]:
        order = self._order(file)
        if order is not None:
            return order, file
        entry = self.documents[file].header.get("order")
        remedy = "write `order:` and a number: 1 for the kind of danger that is read first"
        self._note(file, entry.words.line if entry else 1, remedy)
        return LAST, file

    def subjects(self) -> dict[str, Subject]:
        found = {}
        for name, listed in self._sections(LACKS).items():
            if name in NO_PATTERNS:
                continue
            marks = {words.text for words in listed}
            subject = bare(name)
            found[subject] = Subject(subject, self._offer(listed), PERSON_ONLY in marks, CALL_NOW in marks)
        return found

    def _offer(self, listed: Iterable[Words]) -> Position | None:
        for words in listed:
            if words.text.startswith(OFFERS):
                name = words.text.removeprefix(OFFERS).strip()
                position = self.position(name)
                if position is None:
                    self._note(LACKS, words.line, f"there is no `{name}` to offer: name a topic and a segment")
                return position
        return None

    def sounds(self) -> dict[str, str]:
        """Groups of letters, and how each sounds."""
        return pairs_in(words.text for words in self._sections(SOUNDS).get(SOUNDS, ()))

    def borrowed(self) -> dict[str, str]:
        """Words of another language, each with the word of this language that it is read as."""
        lines = pairs_in(words.text for words in self._sections(BORROWED).get(BORROWED, ()))
        return {word: own for listed, own in lines.items() for word in split_words(listed).words}

    def numbers(self) -> dict[str, str]:
        return {word: name for name, words in self._number_words().items() for word in words}

    def sound_alikes(self) -> frozenset[str]:
        return frozenset(word for words in self._number_words().values() for word in words[1:])

    def _number_words(self) -> dict[str, list[str]]:
        """The words for each number, by its digits."""
        listed = {name: words for name, words in self.library.words.items() if name.isdecimal()}
        plain = {name: [" ".join(split_words(word).words) for word in words] for name, words in listed.items()}
        return {name: [word for word in words if word] for name, words in plain.items()}

    def codes(self) -> dict[str, Position]:
        """The position for each code: the keys that lead to a menu or topic, then one 1 for each segment further on."""
        codes = {}
        for name, code in self.library.codes.items():
            if not code:
                continue
            if name in self.library.menus:
                codes[code] = Position(name)
                continue
            for part in range(1, len(self.library.topics[name].segments) + 1):
                codes[code + "1" * (part - 1)] = Position(name, part)
        return codes
