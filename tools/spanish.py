"""The forms of Spanish words, for lists that hold little more than what stands in a dictionary: inflected verbs, verbs
with pronouns joined to them (`levantarme`, `digamelo`), plurals, feminines and small forms (`piernita`).

Written as the line reads them, without accents, so that tu and vos often fall together. Where the rule is not sure
which of two stems changes, both are given: a form that nobody writes does no harm in a list of real words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

ENDINGS = {
    "ar": (
        "ar o as a amos an e aste o aron aba abas abamos aban are aras ara aremos aran aria arias ariamos arian e es"
        " emos en ara aras aramos aran ando ado ada ados adas"
    ),
    "er": (
        "er o es e emos en i iste io imos ieron ia ias iamos ian ere eras era eremos eran eria erias eriamos erian a"
        " as amos an iera ieras ieramos ieran iendo ido ida idos idas is"
    ),
    "ir": (
        "ir o es e imos en i iste io ieron ia ias iamos ian ire iras ira iremos iran iria irias"
        " iriamos irian a as amos an iera ieras ieramos ieran iendo ido ida idos idas is"
    ),
}
"""The endings of regular verbs, of all times and persons that are used in America."""
CHANGES = {"e": ("ie", "i"), "o": ("ue", "u"), "u": ("ue",)}
"""What the last vowel of a stem may become."""
SPELLED = {"c": ("qu", "z", "zc"), "g": ("gu", "j"), "z": ("c",), "gu": ("g",), "qu": ("c",)}
"""How the last consonant may be spelled before another vowel."""
STRONG = (
    "tuv estuv hub pud pus sup hic hiz quis vin dij traj anduv cup conduj produj reduj detuv mantuv obtuv contuv retuv"
)
"""Stems of past forms, and below of future ones, that no rule gives."""
FUTURE = "tendr pondr vendr saldr valdr podr sabr habr querr har dir deb cabr detendr mantendr obtendr"
PAST_ENDINGS = "e iste o imos ieron eron iera ieras ieramos ieran era eras eramos eran"
FUTURE_ENDINGS = "e as a emos an ia ias iamos ian"
ONE = ("me", "te", "se", "lo", "la", "los", "las", "le", "les", "nos")
JOINED = (*ONE, *(first + second for first in ("me", "te", "se", "nos") for second in ("lo", "la", "los", "las")))
"""Pronouns as they are joined to a verb."""
SHORTEST_STEM = 2
SEEN, COMMON = 200, 3000
"""SEEN: how often a word has to occur for its forms to be given. COMMON: the same for a verb whose forms with pronouns
are given too."""


def verb_forms(infinitive: str) -> Iterator[str]:
    stem, kind = infinitive[:-2], infinitive[-2:]
    if kind not in ENDINGS or len(stem) < SHORTEST_STEM:
        return
    for one in _stems(stem):
        yield from (one + ending for ending in ENDINGS[kind].split())


def _stems(stem: str) -> set[str]:
    stems = {stem}
    place = max((at for at, letter in enumerate(stem) if letter in "aeiou"), default=-1)
    if place >= 0:
        stems |= {stem[:place] + changed + stem[place + 1 :] for changed in CHANGES.get(stem[place], ())}
    for last, others in SPELLED.items():
        stems |= {one.removesuffix(last) + other for one in stems if one.endswith(last) for other in others}
    return stems


def with_pronouns(infinitive: str) -> Iterator[str]:
    """Infinitive, gerund and commands, with one pronoun or two."""
    stem, kind = infinitive[:-2], infinitive[-2:]
    if kind not in ENDINGS or len(stem) < SHORTEST_STEM:
        return
    yield from (infinitive + pronoun for pronoun in JOINED)
    yield from (stem + ("ando" if kind == "ar" else "iendo") + pronoun for pronoun in ONE)
    commands = ("a", "e", "en") if kind == "ar" else ("e", "a", "an")
    for one in _stems(stem):
        yield from (one + ending + pronoun for ending in commands for pronoun in ONE)


def noun_forms(word: str) -> Iterator[str]:
    """Plurals, feminines and small forms of a word that may be a noun or an adjective."""
    if word.endswith("z"):
        yield word[:-1] + "ces"
    elif word[-1] in "aeiou":
        yield word + "s"
    elif not word.endswith("s"):
        yield word + "es"
    if word.endswith("o"):
        yield from (word[:-1] + ending for ending in ("a", "as"))
    if word[-1] in "ao":
        yield from (word[:-1] + ending + plural for ending in ("ito", "ita") for plural in ("", "s"))
    elif word[-1] in "rne":
        yield from (word + ending + plural for ending in ("cito", "cita") for plural in ("", "s"))


def forms_of(counts: Mapping[str, int]) -> set[str]:
    """The forms that a list of words with their frequencies lacks."""
    seen = [word for word, count in counts.items() if count >= SEEN]
    verbs = {form for word in seen for form in verb_forms(word)}
    joined = {form for word in seen if counts[word] >= COMMON for form in with_pronouns(word)}
    nouns = {form for word in seen if word not in verbs for form in noun_forms(word)}
    irregular = {stem + ending for stem in STRONG.split() for ending in PAST_ENDINGS.split()}
    irregular |= {stem + ending for stem in FUTURE.split() for ending in FUTURE_ENDINGS.split()}
    return verbs | joined | nouns | irregular
