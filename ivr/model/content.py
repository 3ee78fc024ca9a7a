"""What can be said, as content holds it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Language:
    """`tag` names the content folder; `speech` and `voice` are what the carrier calls them."""

    tag: str
    name: str
    speech: str
    voice: str
    in_texts: tuple[tuple[str, str], ...] = ()
    """Characters that plain texts lack, each with what a text has in its place."""
    reading: str = ""
    """The formula for how hard words are to read; empty: none is made for this language."""
    longest_menu: float = 36.0
    last_choice_by: float = 24.0
    """Seconds of audio that a menu may take, and until its last choice has been named."""
    abbreviations: tuple[str, ...] = ()
    """What is written shorter than it is said; a digit in one stands for any number."""
    called: tuple[str, ...] = ()
    """What texters call it, in whatever language: it is what they send to be answered in it. The first is what the line
    tells them to send."""
    espeak: str = ""
    """The voice of espeak-ng that speech is timed with; empty: the one that is called like the folder."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One stretch of speech and the text that says the same. `keywords` lead here; `hints` are words of everyday life
    at which a texter is asked whether this was meant; `asked_as`: what such a question calls it; `signs`: words of
    symptoms in `voice`, which have to be heard on a bad line."""

    voice: str
    text: str
    facts: tuple[str, ...]
    keywords: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    asked_as: str = ""
    signs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Recording:
    """A segment as somebody has spoken it. `name` is what the carrier asks for, `file` where it lies."""

    name: str
    file: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Topic:
    """One thing to learn. `offer` invites to it with key 1; `origin` is `source`, `outside`, or `line` for what is
    about the line itself. `reviewed`: of the source, the date of its own last review; of what comes from outside, the
    date of its signature. `checked`: when the reviewer last compared the words with present practice. `signed`: the
    code of the words that the reviewer read; `words_code`: that of the words as they are."""

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
    """Whether the words are translated from another language: then they need a translator's name, and a signature."""


@dataclass(frozen=True, slots=True)
class Choice:
    """`key` 1 to 5 leads to the menu or topic `leads_to`; `voice` and `text` offer it."""

    key: str
    leads_to: str
    voice: str
    text: str


@dataclass(frozen=True, slots=True)
class Menu:
    """`silent`: what is read to a caller who stays silent here, in this order: topics, or single segments (`urgent.1`).
    `person`: the topic that a texter gets for 0, the key that connects a caller to a person. `urgent`: the topic that
    words of danger lead to. `privacy`: the topic about what is remembered, whose end offers to erase it. `practice`:
    the topic in which keys are tried, whose end offers the key that changes the pace, where there is one."""

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
