"""What a text means, in the order in which meanings are tried. Pure; every word it knows comes from content, but for
the words that carriers themselves answer."""

from __future__ import annotations

from collections.abc import Iterable

from ivr.dialogue.guesses import LONGEST_WORD, guess, subject, word_for
from ivr.dialogue.lexicon import FAMILIES, Lexicon, lexicon_of, plain_words
from ivr.dialogue.meaning import CarrierWord, Meaning, Move, Near, Unclear
from ivr.library.carrier_words import STOP
from ivr.library.library import Library
from ivr.library.sent_words import Phrase, normalised

SHORTEST_PREFIX = 3
SHORTEST_RUN_TOGETHER = 3
SIDE_BY_SIDE = 6
"""Words among which a part of the body and what is wrong with it belong together."""
FEW_WORDS = 6
LONG_STORY = 30
MOST_BESIDES = 3
"""Other telling words beside a keyword with which it is still taken for what the text is about."""
STOP_ANYWHERE = STOP - {"STOP", "CANCEL", "END", "QUIT"}
"""Words that nobody uses of anything but texts."""
WISHES = ("stop", "forget", "call")
"""Moves that are wishes, the most binding first."""


def understand(library: Library, written: str) -> Meaning:
    """The first of the readings below that knows what to make of the text."""
    words = normalised(written)
    for family, belonging in FAMILIES.items():
        if " ".join(words) in belonging:
            return CarrierWord(family)
    lexicon = lexicon_of(library)
    return _read(lexicon, words) or _run_together(lexicon, words) or guess(lexicon, words) or Unclear()


def _read(lexicon: Lexicon, words: Phrase) -> Meaning | None:
    """What the words say, or None."""
    readings = (_urgency, _distress, _whole, _number, _move, _wish, _inside, _move_inside, _prefix)
    return next((meaning for reading in readings if (meaning := reading(lexicon, words))), None)


# --- readings: each gives a meaning, or None to leave it to the next -----------------------------------------


def _urgency(lexicon: Lexicon, words: Phrase) -> Meaning | None:
    """Danger comes first, wherever in the text it stands. Only in a long story that is also about a treatment does it
    ask, where nothing but a part of the body and a complaint stand side by side."""
    pieces = (words[start : start + SIDE_BY_SIDE] for start in range(len(words)))
    told = any(_runs(piece, lexicon.danger_where) and _runs(piece, lexicon.danger_what) for piece in pieces)
    if _runs(words, lexicon.urgent):
        return lexicon.urgent_spot
    if not told or lexicon.urgent_spot is None:
        return None
    story = len(words) > LONG_STORY and _runs(words, lexicon.inside)
    word = word_for(lexicon, lexicon.urgent_spot) if story else None
    return Near(word, lexicon.urgent_spot) if word else lexicon.urgent_spot


def _distress(lexicon: Lexicon, words: Phrase) -> Meaning | None:
    """Words of despair bring a person to talk to."""
    return lexicon.person_spot if _runs(words, lexicon.distress) else None


def _whole(lexicon: Lexicon, words: Phrase) -> Meaning | None:
    return lexicon.keywords.get(words) or lexicon.keywords.get(plain_words(lexicon, words))


def _number(lexicon: Lexicon, words: Phrase) -> Meaning | None:
    """`13`, `press 1`, `1 2`, `fifty two`; of two numbers that are no code together, the first."""
    plain = plain_words(lexicon, words)
    digits = [word if word.isascii() and word.isdecimal() else lexicon.numbers.get(word) for word in plain]
    found = [digit for digit in digits if digit is not None]
    if not found or len(found) < len(digits):
        return None
    return lexicon.codes.get(_joined(found)) or lexicon.codes.get(found[0]) or Unclear()


def _joined(digits: Iterable[str]) -> str:
    """`fifty two` is 50 and 2, and means 52."""
    *tens, last = digits
    return "".join(digit.rstrip("0") or "0" for digit in tens) + last


def _move(lexicon: Lexicon, words: Phrase) -> Meaning | None:
    name = lexicon.moves.get(words) or lexicon.moves.get(plain_words(lexicon, words))
    return Move(name) if name else None


def _wish(lexicon: Lexicon, words: Phrase) -> Meaning | None:
    """To be left alone, forgotten or called, in several words. Beside words of treatment it may be something else, and
    is asked about: `my doctor wants to take me off chemo`."""
    found = [name for run in _runs(words, lexicon.moves) if len(run) > 1 and (name := lexicon.moves[run]) in WISHES]
    if found:
        wish = Move(min(found, key=WISHES.index))
        return Near(wish.name.upper(), wish) if _runs(words, lexicon.inside) else wish
    if set(words) & STOP_ANYWHERE or (words and set(plain_words(lexicon, words)) <= STOP and set(words) & STOP):
        return Move("stop")
    if words[:1] != ("STOP",):
        return None
    about_treatment = _runs(words, lexicon.inside) or subject(lexicon, words[1:])
    return None if about_treatment else Move("stop")


def _move_inside(lexicon: Lexicon, words: Phrase) -> Meaning | None:
    """Any other move in several words, if not much is said besides."""
    found = [run for run in _runs(words, lexicon.moves) if len(run) > 1]
    if not found or len(words) > FEW_WORDS:
        return None
    return Move(lexicon.moves[max(found, key=len)])


def _inside(lexicon: Lexicon, words: Phrase) -> Meaning | None:
    """The longest keyword in a sentence; two that lead apart are too many to choose from, so it asks."""
    found = sorted(_runs(words, lexicon.inside), key=len, reverse=True)
    if not found:
        return None
    spot = lexicon.inside[found[0]]
    apart = any(lexicon.inside[run].name != spot.name for run in found[1:])
    return Near(" ".join(found[0]), spot) if apart or _is_doubtful(lexicon, words, found[0]) else spot


def _is_doubtful(lexicon: Lexicon, words: Phrase, keyword: Phrase) -> bool:
    """Whether so much else is said beside a single word that the text may be about something else."""
    besides = set(plain_words(lexicon, words)) - lexicon.small - set(keyword)
    doubtful = lexicon.ask_first.intersection(words) - set(keyword)
    return len(keyword) == 1 and (bool(doubtful) or len(besides) > MOST_BESIDES)


def _prefix(lexicon: Lexicon, words: Phrase) -> Meaning | None:
    """The beginning of words that all lead to one place."""
    begun = "".join(words)
    if len(words) != 1 or len(begun) < SHORTEST_PREFIX:
        return None
    spots = {spot for phrase, spot in lexicon.keywords.items() if "".join(phrase).startswith(begun)}
    return spots.pop() if len(spots) == 1 else None


def _run_together(lexicon: Lexicon, words: Phrase) -> Meaning | None:
    """One long word that is made of known ones, as when nobody pressed the space key."""
    if len(words) != 1 or len(words[0]) > LONGEST_WORD:
        return None
    split = _split(words[0], _vocabulary(lexicon))
    return _read(lexicon, split) if len(split) > 1 else None


def _vocabulary(lexicon: Lexicon) -> frozenset[str]:
    phrases = (*lexicon.inside, *lexicon.urgent, *lexicon.danger_what, *lexicon.moves)
    known = (
        lexicon.polite
        | {word for phrase in lexicon.danger_where for word in phrase}
        | {word for phrase in phrases for word in phrase}
    )
    return frozenset(word for word in known if len(word) >= SHORTEST_RUN_TOGETHER)


def _split(word: str, known: frozenset[str]) -> Phrase:
    """The word as known words side by side, the longest first; empty if it is not made of them."""
    if word in known:
        return (word,)
    for end in range(len(word) - 1, 0, -1):
        rest = _split(word[end:], known) if word[:end] in known else ()
        if rest:
            return (word[:end], *rest)
    return ()


def _runs(words: Phrase, known: Iterable[Phrase]) -> list[Phrase]:
    """The known phrases that stand in these words, side by side and in order."""
    lengths = {len(phrase) for phrase in known}
    starts = range(len(words))
    runs = (words[start : start + length] for length in lengths for start in starts)
    return [run for run in runs if run in known]
