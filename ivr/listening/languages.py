"""Which of the line's languages a text is in, and what it means: found from the words that each language knows, danger
first. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ivr.library.carrier_words import ANSWERED_BY_CARRIER
from ivr.library.library import HOME
from ivr.listening.meaning import Danger, Meaning, Unasked, Unclear, Understood
from ivr.listening.normalise import split_words
from ivr.listening.rules import Listening
from ivr.listening.understand import understand
from ivr.model import Goal, Position

ENOUGH = 0.6
"""Share of a text's words that a language has to know before a danger found in that language is believed."""
BORROWED = 0.5
"""How much a word counts that the patterns of a language know but that is not its own: `pain` in a Spanish text."""


def language_of(listenings: Mapping[str, Listening], present: str, written: str) -> str:
    """The tag of the text's language. `present`: the tag of the language in which this texter is answered so far."""
    return heard_in(listenings, present, written)[0]


def heard_in(
    listenings: Mapping[str, Listening], present: str, written: str, pending: tuple[Goal, ...] = ()
) -> tuple[str, Understood]:
    """The tag of the language that a text is in, and what it means. It is the one that more of its small words belong
    to (`grammar`), whatever it borrows: `tengo pain en la back` is Spanish; else the one that knows most of the words.
    What fits several stays in the `present` one: numbers, NO and OK, the words that carriers answer. Where a text tells
    of danger in some languages, that is what it means, and without grammar it is in one of these; words that say
    nothing in their own are danger if they are in any other. `pending`: as `understand` has it."""
    understood: dict[str, Understood] = {}

    def meant(tag: str) -> Understood:
        if tag not in understood:
            understood[tag] = understand(listenings[tag], written, pending)
        return understood[tag]

    words = split_words(written).words
    known = _known(listenings, words)
    built = _built(listenings, words, known)
    is_one_word = len(set(words)) == 1
    whole = [tag for tag, share in known.items() if share == 1 and built in ("", tag)]
    if not any(known.values()) or written.strip().upper() in ANSWERED_BY_CARRIER:
        return present, meant(present)
    if is_one_word and known.get(present) and _is_answer(meant(present).meaning, pending):
        return present, meant(present)
    if len(whole) == 1 and not is_one_word:
        return whole[0], meant(whole[0])
    alarmed = [tag for tag in known if known[tag] >= ENOUGH and isinstance(meant(tag).meaning, Danger)]
    heard = max(alarmed or known, key=lambda tag: (tag == built, known[tag], tag == present))
    found = built or heard
    if not isinstance(meant(heard).meaning, Unclear):
        return found, meant(heard)
    for tag in known:
        if isinstance(meant(tag).meaning, Danger):
            return found, meant(tag)
    clear = [tag for tag in known if known[tag] == known[found] and not isinstance(meant(tag).meaning, Unclear)]
    if clear:
        return built or clear[0], meant(clear[0])
    # One word that means nothing, a name for example, never changes the language.
    found = present if is_one_word else found
    return found, meant(found)


def _is_answer(meaning: Meaning, pending: tuple[Goal, ...]) -> bool:
    """Whether this is no more than an answer or thanks, such as OK, which no language has for itself."""
    return isinstance(meaning, Unasked) or meaning == Position(HOME) or meaning in pending


def _built(listenings: Mapping[str, Listening], words: Sequence[str], known: Mapping[str, float]) -> str:
    """The language that most of the text's small words belong to; of equals, the one that knows more of its words, then
    the first. Empty if there are none. Small words that two languages share are not counted."""
    small = [
        next(iter(tags))
        for word in words
        if len(tags := [tag for tag, listening in listenings.items() if word in listening.grammar]) == 1
    ]
    return max(small, key=lambda tag: (small.count(tag), known[tag]), default="")


def _known(listenings: Mapping[str, Listening], words: Sequence[str]) -> dict[str, float]:
    """The share of the words that each language knows. Numbers belong to no language, and neither do single letters: Y
    is YES, and also `and`."""
    plain = [word for word in words if word.isalpha() and len(word) > 1] if len(listenings) > 1 else []
    if not plain:
        return dict.fromkeys(listenings, 0.0)
    return {tag: sum(_counts(listening, word) for word in plain) / len(plain) for tag, listening in listenings.items()}


def _counts(listening: Listening, word: str) -> float:
    return 1.0 if word in listening.spelling.real else BORROWED if listening.knows(word) else 0.0
