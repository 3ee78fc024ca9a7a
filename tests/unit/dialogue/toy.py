"""A small library whose every sentence is its own name, so that what is said tells what it is."""

from typing import Any

from ivr.library.dictionary import dictionary_of
from ivr.library.document import Document, Field, Words
from ivr.library.library import Library
from ivr.library.phrases import CallPhrase, TextPhrase
from ivr.model import Choice, Language, Menu, Segment, Topic


def topic(name: str, parts: int, keywords: dict[int, tuple[str, ...]] | None = None) -> Topic:
    segments = tuple(
        Segment(f"Say {name} {part}.", f"Text {name} {part}.", (f"F{part}",), (keywords or {}).get(part, ()))
        for part in range(1, parts + 1)
    )
    return Topic(name, name.title(), f"Offer {name}.", segments, "source", "a book", "2020-01-01", "")


def menu(name: str, code: str, *leads_to: str, **special: Any) -> Menu:
    choices = tuple(
        Choice(str(key), target, f"Choose {target}.", f"{code}{key} {target}")
        for key, target in enumerate(leads_to, start=1)
    )
    return Menu(name, name.title(), choices, **special)


def heard(name: str, sections: dict[str, str], **header: str) -> Document:
    """A file of listening: under each heading its patterns, separated by semicolons."""
    listed = {
        heading: tuple(Words(pattern.strip(), 1) for pattern in patterns.split(";"))
        for heading, patterns in sections.items()
    }
    entries = {entry: Field(Words(words, 1)) for entry, words in header.items()}
    return Document(f"toy/listening/{name}.md", name, entries, listed, dict.fromkeys(listed, 1))


LISTENING = {
    document.name: document
    for document in (
        heard("classes", {"not": "no, not", "polite": "please, thanks, it, press, too", "texting": "texts, texting"}),
        heard("guards", {"but not": "film ... [it]", "ask first": "why ... [it]"}),
        heard(
            "danger-salt",
            {"patterns": "help me/him; danger", "ask first": "risky", "but not": "out of [it]"},
            brings="salt.1",
            order="1",
        ),
        heard("danger-sugar", {"patterns": "dizzy"}, brings="salt.2", order="2"),
        heard("despair", {"patterns": "hopeless", "but not": "hopeless at cooking"}, brings="pear.1"),
        heard("texts", {"stop": "leave off; stop/end .. [texting]", "in doubt": "stop it", "start": "text me again"}),
        heard(
            "answers",
            {
                "yes": "yes/sure; that .. one",
                "no": "no",
                "no, anywhere": "no not",
                "first": "first",
                "second": "second; the other",
            },
        ),
        heard("moves", {"language": "in french"}),
        heard(
            "lacks",
            {
                "recipes": "offers: apple.2; cake/pie",
                "prices": "cost",
                "end": "person only; rot/rotten",
                "burns": "care team now; burn/burns",
            },
        ),
        heard("topics", {"apple.3": "core", "fruit, perhaps": "basket"}),
    )
}
"""One word or two of each kind that the line listens for."""


def spoken(language: str) -> Document:
    """What is said instead of keys. `language`: what this one is called."""
    return heard(
        "spoken",
        {
            "person": "a person; human",
            "wait": "wait; hold on",
            "ready": "ready; still here",
            "text": "text me",
            "slower": "slower",
            "faster": "faster",
            "pace": "speed",
            "another language": "another language",
            "this language": language,
            "goodbye": "goodbye/bye",
            "nothing": "hello; oh; thank you",
            "star": "star",
            "pound": "hash",
        },
    )


def library(tag: str = "en") -> Library:
    """Main menu: 1 fruit (11 apple, three parts; 12 pear, one), 2 salt (two parts)."""
    return Library(
        Language(tag, tag, f"{tag}-XX", f"voice-{tag}"),
        menus={
            "main": menu("main", "", "fruit", "salt", silent=("apple",), person="pear", urgent="salt"),
            "fruit": menu("fruit", "1", "apple", "pear"),
        },
        topics={
            "apple": topic("apple", 3, {1: ("APPLES", "EAT APPLES"), 2: ("PEEL",)}),
            "pear": topic("pear", 1, {1: ("PEARS",)}),
            "salt": topic("salt", 2, {1: ("SALT", "ALL")}),
        },
        call={
            phrase: (f"<{phrase}>" + "".join(f" {{{slot}}}" for slot in sorted(phrase.slots)),) for phrase in CallPhrase
        },
        text={
            phrase: (f"<{phrase}>" + "".join(f" {{{slot}}}" for slot in sorted(phrase.slots)),) for phrase in TextPhrase
        },
        words={
            "more": ("MORE",),
            "back": ("BACK",),
            "again": ("AGAIN",),
            "menu": ("MENU",),
            "keys": ("KEYS",),
            "call": ("RING ME",),
            "forget": ("WIPE ME",),
            "alone": ("ALL",),
            "small": ("HOW", "DO", "I", "IT", "TELL", "ME"),
            "1": ("ONE", "FIRST"),
            "2": ("TWO", "TOO", "SECOND"),
            "11": ("ELEVEN",),
        },
        listening={**LISTENING, "spoken": spoken({"en": "english", "fr": "french"}.get(tag, tag))},
        dictionary=dictionary_of(["peak", "pearl"]),
    )


LIBRARIES = {"en": library("en"), "fr": library("fr")}
ENGLISH_ONLY = {"en": LIBRARIES["en"]}
