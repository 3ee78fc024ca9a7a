"""What a text adds around the words of a segment or a menu."""

from collections.abc import Mapping

from ivr.library.library import HOME, Library, fill
from ivr.library.phrases import TextPhrase
from ivr.library.sent_text import as_sent
from ivr.model import Position, Segment

ONWARD = "1"
"""The key that goes on to the next part."""

HOME_OPENINGS = (TextPhrase.MENU, TextPhrase.LOST, TextPhrase.UNCLEAR, TextPhrase.PICTURE)
SUBMENU_OPENINGS = (TextPhrase.SUBMENU,)
"""The phrases that may open the text of the main menu, and of any other menu."""


def named(library: Library, position: Position) -> str:
    """The first line of the text that holds this segment: service, code, part."""
    parts = len(library.topics[position.name].segments)
    phrase = library.text[TextPhrase.SEGMENT if parts > 1 else TextPhrase.SEGMENT_SINGLE]
    slots = {"code": library.codes.get(position.name, ""), "part": str(position.part), "parts": str(parts)}
    return "\n".join(fill(words, slots) for words in phrase)


def texts_below_name(library: Library, position: Position) -> tuple[str, ...]:
    """The segment's texts, all accents kept, the first below the line that names it."""
    segment = library.topics[position.name].segments[position.part - 1]
    return named_texts(library, position, segment)


def named_texts(library: Library, position: Position, segment: Segment) -> tuple[str, ...]:
    first = f"{named(library, position)}\n{segment.text}"
    return (first, segment.follow_up) if segment.follow_up else (first,)


def code_of(library: Library, position: Position) -> str:
    """The keys that lead to a position from the main menu: 131 is the second part of 13."""
    return library.codes.get(position.name, "") + ONWARD * (position.part - 1)


def asked_as(library: Library, position: Position) -> str:
    """The position's name in a question: the plain words of `asked-as`, otherwise its title."""
    segment = library.segment(position)
    if segment is not None:
        return segment.asked_as or _uncapitalised(library.topics[position.name].title)
    return _uncapitalised(library.menus[position.name].title)


def _uncapitalised(title: str) -> str:
    """The title as it stands inside a sentence."""
    return title[:1].lower() + title[1:]


def languages_offered(libraries: Mapping[str, Library], tag: str) -> tuple[str, ...]:
    """The end of a new texter's main menu: how to get each other language, in that language."""
    others = (library for other, library in libraries.items() if other != tag)
    return tuple(as_sent(one.language, "\n".join(one.text[TextPhrase.LANGUAGE_TEXT])) for one in others)


def menu_text(library: Library, name: str, opening: TextPhrase) -> str:
    """The text of a menu: opening, choices, ending."""
    choices = (choice.text for choice in library.menus[name].choices)
    ending = TextPhrase.MENU_END if name == HOME else TextPhrase.SUBMENU_END
    lines = (*library.text[opening], *choices, *library.text[ending])
    return "\n".join(fill(words, {"code": library.codes.get(name, "")}) for words in lines)
