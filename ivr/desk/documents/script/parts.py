"""The contents of the script, collected and measured once; its HTML and its text are printed from these values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ivr.model import Utterance


@dataclass(frozen=True, slots=True)
class Spoken:
    """What is heard without a break. `seconds`: at the normal pace, pauses included."""

    lines: tuple[Utterance, ...]
    seconds: float


@dataclass(frozen=True, slots=True)
class Written:
    """A text as it is sent. `units` are GSM-7; None if it leaves that alphabet."""

    text: str
    units: int | None
    fragments: int


@dataclass(frozen=True, slots=True)
class FactWording:
    """`wording` is None for a fact that facts.md does not have."""

    name: str
    wording: str | None


@dataclass(frozen=True, slots=True)
class SegmentScript:
    """`opening`: names the position; `said`: the segment sentence by sentence; `after`: what is offered then.
    The measures are of `said` only. `ease`: how easy it is to read, by the formula of the language; empty where none
    is named. `recordings`: files played in place of a voice."""

    anchor: str
    part: int
    opening: tuple[Utterance, ...]
    said: tuple[Utterance, ...]
    after: tuple[Utterance, ...]
    text: Written
    facts: tuple[FactWording, ...]
    seconds: float
    words: int
    ease: str
    recordings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TopicScript:
    """`path`: the file to write a reviewer's name into."""

    path: str
    origin: str
    source: str
    reviewed: str
    reviewer: str
    checked: str
    words_code: str
    unsigned: bool
    segments: tuple[SegmentScript, ...]


@dataclass(frozen=True, slots=True)
class MenuScript:
    path: str
    spoken: Spoken
    text: Written


@dataclass(frozen=True, slots=True)
class Entry:
    """A menu or a topic, under its number code; without a code for the main menu and for what no menu leads to."""

    anchor: str
    code: str
    title: str
    menu: MenuScript | None = None
    topic: TopicScript | None = None


@dataclass(frozen=True, slots=True)
class Phrase:
    name: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PhraseGroup:
    moment: str
    phrases: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Keyword:
    """`alone`: counts only as the whole text."""

    word: str
    alone: bool


@dataclass(frozen=True, slots=True)
class KeywordRow:
    """Words that lead to one position; `part` 0 is a menu."""

    anchor: str
    code: str
    title: str
    part: int
    words: tuple[Keyword, ...]


@dataclass(frozen=True, slots=True)
class WordGroup:
    """Words under one heading of words.md, such as those for moves or for urgency."""

    name: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Where:
    anchor: str
    code: str
    title: str
    part: int


@dataclass(frozen=True, slots=True)
class FactRow:
    name: str
    wording: str
    places: tuple[Where, ...]


@dataclass(frozen=True, slots=True)
class OtherWords:
    """The words of a file that no other section holds: what each is called, and the words."""

    path: str
    title: str
    words: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file to sign; values are empty where its header has none. `on_paper`: its header needs no signature.
    `unsigned`: a signature is needed, and is missing or is for other words. `own_sheet`: its words are not in the
    script, so neither is their code: they have a sheet of their own."""

    path: str
    words_code: str
    on_paper: bool
    origin: str
    source: str
    reviewed: str
    reviewer: str
    translator: str
    unsigned: bool
    own_sheet: bool


@dataclass(frozen=True, slots=True)
class LanguageScript:
    """`arrival` and `returning`: the first words for a new caller and for one who may carry on where they stopped;
    `overview`: for a caller who stays silent at the main menu. `is_translation`: of another language of this line."""

    tag: str
    is_translation: bool
    name: str
    line_name: str
    arrival: Spoken
    returning: Spoken
    overview: Spoken
    stops: tuple[Entry, ...]
    call_phrases: tuple[PhraseGroup, ...]
    text_phrases: tuple[Phrase, ...]
    keywords: tuple[KeywordRow, ...]
    words: tuple[WordGroup, ...]
    carrier_words: tuple[str, ...]
    others: tuple[OtherWords, ...]
    facts: tuple[FactRow, ...]
    files: tuple[FileRow, ...]

    @property
    def topics(self) -> tuple[TopicScript, ...]:
        return tuple(stop.topic for stop in self.stops if stop.topic)

    @property
    def unsigned(self) -> tuple[Entry, ...]:
        return tuple(stop for stop in self.stops if stop.topic and stop.topic.unsigned)

    @property
    def other_unsigned(self) -> tuple[FileRow, ...]:
        """Files other than topics."""
        topics = {topic.path for topic in self.topics}
        return tuple(file for file in self.files if file.unsigned and file.path not in topics)


@dataclass(frozen=True, slots=True)
class Script:
    """`helpline`: as it is written, and as it is said. `short`: contains only files that wait for a signature."""

    version: str
    revision: str | None
    printed: date | None
    helpline: str
    helpline_said: str
    languages: tuple[LanguageScript, ...]
    short: bool = False
