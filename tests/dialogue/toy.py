"""A small library whose every sentence is its own name, so that what is said tells what it is."""

from ivr.library.library import Library
from ivr.library.rules.phrases import CALL_PHRASES, TEXT_PHRASES
from ivr.model import Choice, Language, Menu, Segment, Topic


def topic(name: str, parts: int, keywords: dict[int, tuple[str, ...]] | None = None) -> Topic:
    segments = tuple(
        Segment(f"Say {name} {part}.", f"Text {name} {part}.", (f"F{part}",), (keywords or {}).get(part, ()))
        for part in range(1, parts + 1)
    )
    return Topic(name, name.title(), f"Offer {name}.", segments, "source", "a book", "2020-01-01", "")


def menu(name: str, code: str, *leads_to: str, **special: str) -> Menu:
    choices = tuple(
        Choice(str(key), target, f"Choose {target}.", f"{code}{key} {target}")
        for key, target in enumerate(leads_to, start=1)
    )
    return Menu(name, name.title(), choices, **special)


def library(tag: str = "en") -> Library:
    """Main menu: 1 fruit (11 apple, three parts; 12 pear, one), 2 salt (two parts)."""
    return Library(
        Language(tag, tag, f"{tag}-XX", f"voice-{tag}"),
        menus={
            "main": menu("main", "", "fruit", "salt", overview="apple", person="pear", urgent="salt"),
            "fruit": menu("fruit", "1", "apple", "pear"),
        },
        topics={
            "apple": topic("apple", 3, {1: ("APPLES", "EAT APPLES"), 2: ("PEEL",)}),
            "pear": topic("pear", 1, {1: ("PEARS",)}),
            "salt": topic("salt", 2, {1: ("SALT", "ALL")}),
        },
        call={
            name: (f"<{name}>" + "".join(f" {{{slot}}}" for slot in sorted(slots)),)
            for name, slots in CALL_PHRASES.items()
        },
        text={
            name: (f"<{name}>" + "".join(f" {{{slot}}}" for slot in sorted(slots)),)
            for name, slots in TEXT_PHRASES.items()
        },
        words={
            "more": ("MORE",),
            "back": ("BACK",),
            "again": ("AGAIN",),
            "menu": ("MENU",),
            "keys": ("KEYS",),
            "call": ("RING ME",),
            "forget": ("WIPE ME",),
            "stop": ("LEAVE OFF",),
            "yes": ("YES", "SURE"),
            "no": ("NO",),
            "urgent": ("HELP ME", "DANGER"),
            "alone": ("ALL",),
            "small": ("HOW", "DO", "I", "IT", "TELL", "ME"),
            "1": ("ONE",),
            "11": ("ELEVEN",),
        },
    )


LIBRARIES = {"en": library("en"), "fr": library("fr")}
ENGLISH_ONLY = {"en": LIBRARIES["en"]}
