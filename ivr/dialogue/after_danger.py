"""What is answered within the hour after a warning, whatever is written that asks for nothing else."""

from ivr.dialogue.text_replies import joined
from ivr.library.library import HOME, Library
from ivr.library.phrases import TextPhrase
from ivr.library.sent_words import normalised, pattern_of
from ivr.listening.listening import listening_of
from ivr.listening.meaning import Ask, StopInDoubt
from ivr.model import Position, Texter, TextReply, Warned

NAMING = 2
"""Most words of a text that can be no more than the name or number of what is wanted."""


def after_danger(library: Library, texter: Texter) -> TextReply | None:
    """The reply, within the hour after a warning, to words that ask for nothing, and to what the line lacks: "will I be
    ok", "can I drive myself"."""
    if not isinstance(texter.shown, Warned) or texter.position is None:
        return None
    phrase = TextPhrase.AFTER_WARNING if is_warning(library, texter.position) else TextPhrase.AFTER_DESPAIR
    return TextReply(joined(library.text[phrase]), shows=Warned())


def after_warned(library: Library, texter: Texter, meaning: Ask | StopInDoubt) -> TextReply | None:
    """The reply, within the hour after a warning, to what may be a wish to stop and is hardly about texts ("it started
    today", "I want it to stop"); after despair also to a word for help, which needs no question."""
    if isinstance(meaning, StopInDoubt):
        return after_danger(library, texter)
    despair, at = listening_of(library).despair, texter.position
    asks_for_help = despair and at and at.name == despair.name and despair.name in {goal.name for goal in meaning.goals}
    return after_danger(library, texter) if asks_for_help else None


def is_warning(library: Library, position: Position) -> bool:
    return position.name == library.menus[HOME].urgent


def names_signs(library: Library, position: Position, words: str) -> bool:
    """Whether the words name the warning signs, rather than ask what to do about them ("can it wait")."""
    said, segment = normalised(words), library.segment(position)
    if len(said) <= NAMING or any(word.isdigit() for word in said):
        return True
    return segment is not None and bool(pattern_of(segment.keywords).search(words))
