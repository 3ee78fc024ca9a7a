"""What a text may have meant that says nothing known: always to be asked, never assumed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from ivr.dialogue.lexicon import Lexicon, plain_words, stem
from ivr.dialogue.meaning import Near
from ivr.library.carrier_words import HELP
from ivr.library.sent_words import Phrase
from ivr.model import Spot

SHORTEST_NEAR_MISS = 3
LONGEST_WORD = 40
NEAR, NEAR_ALONE = 75.0, 66.0
"""Likeness, of 100, from which a misspelt word is asked about: in a sentence, and as the whole text."""
MOST_COMPARED = 60_000
"""Pairs of a word and a keyword that are compared: a few milliseconds. Of a long text among thousands of keywords, the
first words count."""
OF_TEXTS_ALONE = ("STOP", "STOPALL", "UNSUBSCRIBE", "OPTOUT")
"""Words that stop and are used of texts alone. What is nearly one of them is told how to stop."""
ENOUGH = 0.2
"""Weight of shared words from which a topic is asked about: one word that only five topics use has this much."""


def guess(lexicon: Lexicon, words: Phrase) -> Near | None:
    """A word that is nearly known, else the topic that the words have most to do with."""
    return _near(lexicon, words) or subject(lexicon, words)


def hint(lexicon: Lexicon, words: Phrase) -> Near | None:
    """The longest word of everyday life that asks for a topic."""
    lengths = range(min(lexicon.longest, len(words)), 0, -1)
    runs = (words[start : start + length] for length in lengths for start in range(len(words) - length + 1))
    spot = next((lexicon.hints[run] for run in runs if run in lexicon.hints), None)
    word = word_for(lexicon, spot) if spot else None
    return Near(word, spot) if spot and word else None


def is_nearly_stop(words: Phrase) -> bool:
    """Whether the whole text may be a misspelt STOP."""
    return len(words) == 1 and any(OSA.distance(words[0], word, score_cutoff=1) <= 1 for word in OF_TEXTS_ALONE)


def _near(lexicon: Lexicon, words: Phrase) -> Near | None:
    plain = plain_words(lexicon, words)
    known, least = (lexicon.near_alone, NEAR_ALONE) if len(plain) == 1 else (lexicon.near, NEAR)
    looked_at = plain[: max(1, MOST_COMPARED // len(known))] if known else ()
    found = [like for word in looked_at if len(word) >= SHORTEST_NEAR_MISS and (like := _like(word, known, least))]
    if not found:
        return None
    word = max(found, key=lambda like: like[1])[0]
    meant = known[word]
    offer = word_for(lexicon, meant) if word in HELP and isinstance(meant, Spot) else word
    return Near(offer, meant) if offer else None


def _like(word: str, known: Mapping[str, object], least: float) -> tuple[str, float, int] | None:
    return process.extractOne(word[:LONGEST_WORD], known.keys(), scorer=fuzz.ratio, score_cutoff=least)


def subject(lexicon: Lexicon, words: Phrase) -> Near | None:
    """The segment that shares the most telling words with the text; a word tells more the fewer topics use it."""
    weights: defaultdict[Spot, float] = defaultdict(float)
    for word in {stem(word) for word in plain_words(lexicon, words)}:
        spots = lexicon.subjects.get(word, frozenset())
        for spot in spots:
            weights[spot] += 1 / len({other.name for other in spots})
    if not weights:
        return None
    spot, weight = max(weights.items(), key=lambda item: (item[1], item[0].name, -item[0].part))
    offer = word_for(lexicon, spot)
    return Near(offer, spot) if weight >= ENOUGH and offer else None


def word_for(lexicon: Lexicon, spot: Spot) -> str | None:
    """A keyword to offer for a spot, else for its topic."""
    return lexicon.offers.get(spot) or lexicon.offers.get(Spot(spot.name))
