"""G: texts, as they arrive."""

from __future__ import annotations

import re

from ivr.audit.access.measurement import Measurement, Rule, of
from ivr.audit.access.survey import Survey
from ivr.audit.access.text_walk import Answers, words_of
from ivr.library.carrier_words import ANSWERED_BY_CARRIER, START
from ivr.library.library import HOME, Library
from ivr.library.limits import MOST_FRAGMENTS, MOST_UNITS, SEEN_WHEN_LOCKED
from ivr.library.measures import gsm_units
from ivr.library.sent_text import as_sent
from ivr.library.sent_words import MOVES
from ivr.phone.handset import TextsReceived

G1 = Rule(
    "G1", "Short, one idea, the service named in the first reply", f"<= {MOST_FRAGMENTS} fragments ({MOST_UNITS} units)"
)
G2 = Rule("G2", "Plain characters; no link is needed", "GSM-7 in 100 %")
G3 = Rule("G3", "STOP, HELP and START behave as carriers expect", "0 answered twice, 0 missed, 0 as menu words")
G4 = Rule("G4", "One number is enough, forgiving, never silent", "all writings alike; unknown gets the menu")
G5 = Rule("G5", "Safe on a shared or locked screen", f"no diagnosis in {SEEN_WHEN_LOCKED} characters", must=False)

LINK = re.compile(r"https?:|www\.|\.(com|org|net|gov)\b", re.IGNORECASE)


def short(survey: Survey) -> Measurement:
    answers = survey.texts.every
    most = max((count for answer in answers for count in answer.fragments), default=99)
    longest = max((_length(text) for answer in answers for text in answer.texts), default=999)
    unnamed = [words for words, answer in survey.texts.first.items() if not _named(survey, answer)]
    figure = f"{most} fragments, {longest} units at most; {len(unnamed)} first replies without the name"
    holds = most <= MOST_FRAGMENTS and longest <= MOST_UNITS and bool(survey.texts.first) and not unnamed
    return G1.measured(figure, holds, f"Not named: {', '.join(unnamed[:5])}" if unnamed else "")


def _length(text: str) -> int:
    return gsm_units(text) or len(text)


def _named(survey: Survey, answer: TextsReceived) -> bool:
    """Whether the answer names the service. A missing answer is another rule's concern."""
    return not answer.texts or answer.texts[0].startswith(as_sent(survey.library.language, survey.library.line_name))


def plain_characters(survey: Survey) -> Measurement:
    encodings = [encoding for answer in survey.texts.every for encoding in answer.encoding]
    plain = encodings.count("GSM-7")
    links = sum(LINK.search(words_of(answer)) is not None for answer in survey.texts.every)
    figure = f"{of(plain, len(encodings), 'texts')}; {links} links"
    return G2.measured(figure, 0 < len(encodings) == plain and not links)


def carrier_words(survey: Survey) -> Measurement:
    """With the usual setting, in which the carrier answers: the line is silent, and takes `stop please` for STOP. The
    carrier confirms START only where it had blocked the number, so the line may answer a first one."""
    texts = survey.texts
    theirs = {word: answer for word, answer in texts.carrier.items() if word not in START}
    spoke = [word for answers in (theirs, texts.opted_out) for word, answer in answers.items() if answer.texts]
    stops = texts.stop_in_a_sentence
    menu = [words for words, answer in stops.items() if answer.texts and _is_known(texts.first, answer)]
    taken = _words_of_menu(survey.library) & ANSWERED_BY_CARRIER
    figure = f"{len(spoke)} answered twice; {len(menu)} stops in a sentence not taken; {len(taken)} menu words"
    holds = bool(texts.carrier) and not spoke and not menu and not taken
    return G3.measured(figure, holds, f"Not taken for STOP: {' | '.join(menu)}" if menu else "")


def _is_known(first: Answers, answer: TextsReceived) -> bool:
    """Whether another text gets the same answer: a menu or a segment, and not the answer to STOP."""
    return words_of(answer) in {words_of(other) for other in first.values()}


def _words_of_menu(library: Library) -> set[str]:
    segments = (segment for topic in library.topics.values() for segment in topic.segments)
    keywords = (*(menu.keywords for menu in library.menus.values()), *(segment.keywords for segment in segments))
    moves = (library.words.get(name, ()) for name in MOVES)
    return {word.upper() for words in (*keywords, *moves) for word in words}


def forgiving(survey: Survey) -> Measurement:
    texts = survey.texts
    silent = [words for words, answer in texts.first.items() if not answer.texts]
    apart = [code for code, answers in texts.alike.items() if len({words_of(answer) for answer in answers}) != 1]
    lost = [words for words, answer in texts.unknown.items() if not survey.has_choices(HOME, answer)]
    figure = f"{of(len(texts.alike) - len(apart), len(texts.alike), 'numbers alike')}; {len(silent)} texts unanswered"
    holds = bool(texts.alike and texts.unknown) and not silent and not apart and not lost
    return G4.measured(
        f"{figure}; {of(len(texts.unknown) - len(lost), len(texts.unknown), 'unknown get the menu')}", holds
    )


def discreet(survey: Survey) -> Measurement:
    """A word that the texter wrote may be repeated; a number has asked for nothing by name."""
    words = [word.upper() for word in survey.library.words.get("discreet", ())]
    shown = {text: words_of(answer)[:SEEN_WHEN_LOCKED].upper() for text, answer in survey.texts.first.items()}
    asked = {text for text in shown if any(word in text.upper() for word in words)}
    told = [text for text in shown if text not in asked and any(word in shown[text] for word in words)]
    figure = f"{of(len(shown) - len(asked) - len(told), len(shown) - len(asked), 'replies')}"
    return G5.measured(figure, bool(shown and words) and not told, f"Not so: {', '.join(told[:5])}" if told else "")


RULES = (short, plain_characters, carrier_words, forgiving, discreet)
