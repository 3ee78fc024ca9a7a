"""What can be said, as content holds it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Language:
    """`tag`: the name of the content folder; `speech` and `voice`: the carrier's names."""

    tag: str
    name: str
    speech: str
    voice: str
    in_texts: tuple[tuple[str, str], ...] = ()
    """Characters that plain texts lack, each with its replacement."""
    reading: str = ""
    """The name of the formula for reading ease; empty: there is none for this language."""
    longest_menu: float = 36.0
    last_choice_by: float = 24.0
    """Seconds of audio: how long a menu may be, and when at the latest its last choice has been named."""
    abbreviations: tuple[str, ...] = ()
    """Abbreviations that a voice would misread; a digit in one stands for any number."""
    called: tuple[str, ...] = ()
    """Names that texters, in whatever language, use for it: sending one asks for answers in it. The first is the one
    that the line tells them to send."""
    espeak: str = ""
    """The espeak-ng voice used to time speech; empty: the one named like the folder."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One stretch of speech and the text that says the same. `keywords` lead here; at `hints`, everyday words, a texter
    is asked whether this was meant; `asked_as`: its name in such a question; `signs`: words of symptoms in `voice` that
    have to be understood on a bad line."""

    voice: str
    text: str
    facts: tuple[str, ...]
    keywords: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    asked_as: str = ""
    signs: tuple[str, ...] = ()
    follow_up: str = ""
    """A second text, sent right after `text`, where warning signs do not fit into one."""

    @property
    def texted(self) -> str:
        """All that is texted, without what is put around it."""
        return f"{self.text} {self.follow_up}".strip()


@dataclass(frozen=True, slots=True)
class Recording:
    """A recording of a segment. `name`: what the carrier asks for; `file`: where it is stored."""

    name: str
    file: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Topic:
    """One thing to learn. `offer`: the sentence that offers it with key 1. `origin`: `source`, `outside`, or `line` for
    topics about the line itself. `reviewed`: for the source, the date of its own last review; for outside content, the
    date of the signature. `checked`: when the reviewer last compared the words with present practice. `signed`: the
    code of the words that the reviewer read; `words_code`: the code of the present words."""

    name: str
    title: str
    offer: str
    segments: tuple[Segment, ...]
    origin: str
    source: str
    reviewed: str
    reviewer: str
    checked: str = ""
    signed: str = ""
    words_code: str = ""
    translator: str = ""
    is_translation: bool = False
    """Whether the words are a translation, which needs a translator's name and a signature."""


@dataclass(frozen=True, slots=True)
class Choice:
    """`key` 1 to 5 leads to the menu or topic `leads_to`; `voice` and `text` offer it."""

    key: str
    leads_to: str
    voice: str
    text: str


@dataclass(frozen=True, slots=True)
class Menu:
    """`silent`: what is read, in order, to a caller who stays silent here: topics, or single segments (`urgent.1`).
    `person`: the topic that a texter gets for 0, the key that connects a caller to a person. `urgent`: the topic that
    words of danger lead to. `privacy`: the topic about what is remembered, which ends with the offer to erase it.
    `practice`: the topic for trying out keys, which ends with the offer of the key for the pace, if there is one."""

    name: str
    title: str
    choices: tuple[Choice, ...]
    keywords: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    person: str | None = None
    urgent: str | None = None
    privacy: str | None = None
    practice: str | None = None

    @property
    def overview(self) -> str | None:
        """The topic that a silent caller hears first."""
        return self.silent[0].partition(".")[0] if self.silent else None


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the content to fix: where, a stable code, and what to do about it."""

    path: str
    line: int
    code: str
    remedy: str
    warning: bool = False

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.remedy} [{self.code}]"
