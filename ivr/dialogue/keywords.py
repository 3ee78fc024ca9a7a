"""What a text means, in the order in which meanings are tried. Pure; every word it knows comes from content, but for
the words that carriers themselves answer."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Iterable
from itertools import islice, takewhile

from ivr.dialogue.guesses import LONGEST_WORD, guess, hint, is_nearly_stop, word_for
from ivr.dialogue.lexicon import FAMILIES, Lexicon, lexicon_of, plain_words
from ivr.dialogue.meaning import CarrierWord, Meaning, Move, Near, Unclear
from ivr.library.carrier_words import ANSWERED_BY_CARRIER, HELP, STOP
from ivr.library.library import Library
from ivr.library.sent_words import Phrase, normalised

SHORTEST_PREFIX = 3
SIDE_BY_SIDE = 6
"""Words among which a part of the body and what is wrong with it belong together."""
FEW_WORDS = 6
LONG_STORY = 30
MOST_BESIDES = 3
"""Other telling words beside a keyword with which it is still taken for what the text is about."""
STOP_ANYWHERE = frozenset({"STOPALL", "UNSUBSCRIBE", "OPTOUT"})
"""Words that nobody uses of anything but texts."""
OBJECT_WITHIN = 3
"""Words behind a wish to stop among which its object is looked for: `stop the`, then `texts`."""
WISHES = ("forget", "call")
"""Moves that are wishes, besides the one to get no more texts; the more binding first."""


def understand(library: Library, written: str) -> Meaning:
    """The first of the readings below that knows what to make of the text."""
    words = normalised(written)
    lexicon = lexicon_of(library)
    return (
        _carrier_word(lexicon, written, words)
        or _read(lexicon, words)
        or _run_together(lexicon, words)
        or hint(lexicon, words)
        or _stop_in_doubt(lexicon, words)
        or guess(lexicon, words)
        or (Near("STOP", Move("stop")) if words[:1] == ("STOP",) else Unclear())
    )


def answer_to_question(library: Library, written: str) -> bool | None:
    """Whether a text says yes to a question, or no; None if it says something else."""
    lexicon, words = lexicon_of(library), normalised(written)
    either = words, _without(words, lexicon.courtesy)
    if lexicon.yes.intersection(either):
        return True
    return False if lexicon.no.intersection(either) else None


def _carrier_word(lexicon: Lexicon, written: str, words: Phrase) -> Meaning | None:
    """A carrier compares whole texts: `Help!` may not be its word, so that nobody else would answer."""
    family = next((name for name, belonging in FAMILIES.items() if " ".join(words) in belonging), None)
    if family is None or family == "start" or written.strip().upper() in ANSWERED_BY_CARRIER:
        return CarrierWord(family) if family else None
    return Move("stop") if family == "stop" else lexicon.person_spot or CarrierWord(family)


def _read(lexicon: Lexicon, words: Phrase) -> Meaning | None:
    """What the words say, or None."""
    readings = (
        _urgency,
        _distress,
        _stop,
        _whole,
        _number,
        _move,
        _wish,
        _help,
        _whole_hint,
        _inside,
        _move_inside,
        _prefix,
    )
    return next((meaning for reading in readings if (meaning := reading(lexicon, words))), None)


# --- readings: each gives a meaning, or None to leave it to the next -----------------------------------------


def _urgency(lexicon: Lexicon, words: Phrase) -> Meaning | None:
    """Danger comes first, wherever in the text it stands. Only in a long story that is also about a treatment does it
    ask, where nothing but a part of the body and a complaint stand side by side."""
    pieces = (words[start : start + SIDE_BY_SIDE] for start in range(len(words)))
    where, what = lexicon.danger_where, lexicon.danger_what
    told = any(_runs(lexicon, piece, where) and _runs(lexicon, piece, what) for piece in pieces)
    if _runs(lexicon, words, lexicon.urgent):
        return lexicon.urgent_spot
    if not told or lexicon.urgent_spot is None:
        return None
    story = len(words) > LONG_STORY and _runs(lexicon, words, lexicon.inside)
    word = word_for(lexicon, lexicon.urgent_spot) if story else None
    return Near(word, lexicon.urgent_spot) if word else lexicon.urgent_spot


def _distress(lexicon: Lexicon, words: Phrase) -> Meaning | None:
    """Words of despair bring what is for them, and a person to talk to."""
    return lexicon.distress_spot if _runs(lexicon, words, lexicon.distress) else None


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
    return Move(name) if name and name != "stop" else None


def _stop(lexicon: Lexicon, words: Phrase) -> Meaning | None:
    """A wish to get no more texts: nothing else is said, or it names what it is about. Whoever wants a call instead
    gets that, unless they say stop."""
    alone = _without(words, lexicon.courtesy)
    if lexicon.moves.get(alone) == "stop" or lexicon.moves.get(words) == "stop" or (alone and set(alone) <= STOP):
        return Move("stop")
    if not (
        STOP_ANYWHERE.intersection(words) or _runs(lexicon, words, lexicon.stops) or _stops_an_object(lexicon, words)
    ):
        return None
    rather_called = "call" in _wishes(lexicon, words) and not STOP.intersection(words)
    return None if rather_called else Move("stop")


def _stops_an_object(lexicon: Lexicon, words: Phrase) -> bool:
    """`stop all these texts`; words such as END only where they begin: `the end of this message` is no wish."""
    begun = _without(words, lexicon.courtesy)[:1]
    return any(
        lexicon.stop_objects.intersection(words[at + 1 : at + 1 + OBJECT_WITHIN])
        for at, word in enumerate(words)
        if word == "STOP" or (word in STOP and (word,) == begun)
    )


def _stop_in_doubt(lexicon: Lexicon, words: Phrase) -> Meaning | None:
    """Words that may ask for no more texts, or for something else: how to stop is said, and nothing done."""
    found = any(lexicon.moves[run] == "stop" for run in _runs(lexicon, words, lexicon.moves))
    return Near("STOP", Move("stop")) if found or is_nearly_stop(words) else None


def _help(lexicon: Lexicon, words: Phrase) -> Meaning | None:
    """`please help`: a person. The word alone, as the carrier knows it, has been looked for before."""
    plain = plain_words(lexicon, words)
    return lexicon.person_spot if plain and set(plain) <= HELP else None


def _whole_hint(lexicon: Lexicon, words: Phrase) -> Meaning | None:
    return hint(lexicon, words) if words in lexicon.hints else None


def _wishes(lexicon: Lexicon, words: Phrase) -> set[str]:
    """To be forgotten or called, in several words."""
    moves = {lexicon.moves[run] for run in _runs(lexicon, words, lexicon.moves) if len(run) > 1}
    return moves.intersection(WISHES)


def _wish(lexicon: Lexicon, words: Phrase) -> Meaning | None:
    """Beside words of treatment it may be something else, and is asked about: `can they call me about chemo`."""
    found = _wishes(lexicon, words)
    if not found:
        return None
    wish = Move(min(found, key=WISHES.index))
    return Near(wish.name.upper(), wish) if _runs(lexicon, words, lexicon.inside) else wish


def _without(words: Phrase, others: Container[str]) -> Phrase:
    return tuple(word for word in words if word not in others)


def _move_inside(lexicon: Lexicon, words: Phrase) -> Meaning | None:
    """Any other move in several words, if not much is said besides."""
    runs = _runs(lexicon, words, lexicon.moves)
    found = [run for run in runs if len(run) > 1 and lexicon.moves[run] != "stop"]
    if not found or len(words) > FEW_WORDS:
        return None
    return Move(lexicon.moves[max(found, key=len)])


def _inside(lexicon: Lexicon, words: Phrase) -> Meaning | None:
    """The longest keyword in a sentence; two that lead apart are too many to choose from, so it asks."""
    found = sorted(_runs(lexicon, words, lexicon.inside), key=len, reverse=True)
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
    start = bisect_left(lexicon.letters, begun, key=lambda item: item[0])
    beginning = takewhile(lambda item: item[0].startswith(begun), islice(lexicon.letters, start, None))
    first = next(beginning, None)
    return first[1] if first and all(spot == first[1] for _, spot in beginning) else None


def _run_together(lexicon: Lexicon, words: Phrase) -> Meaning | None:
    """One long word that is made of known ones, as when nobody pressed the space key."""
    if len(words) != 1 or len(words[0]) > LONGEST_WORD:
        return None
    split = _split(words[0], lexicon.vocabulary)
    return _read(lexicon, split) if len(split) > 1 else None


def _split(word: str, known: frozenset[str]) -> Phrase:
    """The word as known words side by side, the longest first; empty if it is not made of them."""
    if word in known:
        return (word,)
    for end in range(len(word) - 1, 0, -1):
        rest = _split(word[end:], known) if word[:end] in known else ()
        if rest:
            return (word[:end], *rest)
    return ()


def _runs(lexicon: Lexicon, words: Phrase, known: Container[Phrase]) -> list[Phrase]:
    """The known phrases that stand in these words, side by side and in order, the shortest first."""
    lengths = range(1, min(lexicon.longest, len(words)) + 1)
    runs = (words[start : start + length] for length in lengths for start in range(len(words) - length + 1))
    return [run for run in runs if run in known]
