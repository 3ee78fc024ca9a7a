"""What callers and texters do while something breaks, and what has to be said to them then."""

from collections.abc import Callable
from dataclasses import dataclass

from api.scripted import Scripted
from settling import settle

from ivr.library.library import Library
from ivr.memory.connection import LOOKS
from ivr.phone.handset import Handset

TIME_LIMIT = 1.5
SOON = LOOKS[-1] + 6
"""Seconds in which a store is found again, on a busy machine too."""
WORKERS = 2
KEYS = ("1", "2", "wait", "1", "#", "7", "0", "talked", "*", "5", "wait", "*", "8", "1", "4", "#")
"""Through menus, segments, silence, a person, waiting and warning signs."""
WORDS = ("xyzzy", "13", "RADIATION", "what is chemo", "0", "KEYS", "URGENT")
"""Texts whose answer depends on nothing that is remembered; a warning comes last, since what follows it is read in its
light, and each worker finds a mended store in its own time."""


def nothing() -> None:
    pass


def whole_call(handset: Handset, blow: Callable[[], None] = nothing) -> list[str]:
    """Everything said in a call; the fault happens in the middle of it."""
    call = handset.call()
    said = [call.said]
    for number, key in enumerate(KEYS):
        if number == len(KEYS) // 2 - 4:
            blow()
        if key == "talked":
            assert call.dialling
            call.dial_ends("no-answer")
        elif key == "wait":
            call.wait()
        else:
            call.press(key)
        said.append(call.said or f"dials {call.dialling}")
    call.hang_up()
    assert not [warning for warning in call.warnings if "status" not in warning]
    return said


def text(handset: Handset, words: str) -> tuple[str, ...]:
    answer = handset.text(words)
    assert answer.refused is None, f"{words}: {answer.refused}"
    return answer.texts


def texts(handset: Handset) -> list[tuple[str, ...]]:
    return [text(handset, words) for words in WORDS]


def phrase(library: Library, name: str) -> str:
    """The sentence that a text or a call is recognised by."""
    return (library.text.get(name) or library.call[name])[0]


@dataclass
class Wishes:
    """What was asked for during a fault, and whether the line said that it was done."""

    forgotten: bool
    stopped: bool
    texted: bool
    called: bool


def wish(
    new_caller: Callable[[], Handset], api: Scripted, library: Library, stops: Handset, forgets: Handset
) -> Wishes:
    """Key 9, CALL, FORGET and STOP: what is said to each of them. Each claim that the API can prove is proved."""
    asked = len(api.asked)
    call = new_caller().call()
    call.press("2")
    call.press("9")
    texted = phrase(library, "text-sent") in call.said
    assert texted or phrase(library, "text-failed") in call.said
    assert len(api.asked) == asked + texted
    answer = text(new_caller(), "CALL")
    called = answer == (phrase(library, "calling"),)
    assert called or answer == (phrase(library, "not-called"),)
    assert len(api.asked) == asked + texted + called
    return Wishes(_claimed(forgets, "FORGET", library), _claimed(stops, "STOP", library), texted, called)


def _claimed(handset: Handset, words: str, library: Library) -> bool:
    yes, no = {"FORGET": ("forgotten", "not-forgotten"), "STOP": ("stopped", "not-stopped")}[words]
    answer = text(handset, words)
    assert answer in ((phrase(library, yes),), (phrase(library, no),))
    return answer == (phrase(library, yes),)


def remembers(handset: Handset) -> bool:
    """Whether a text is remembered by the next one."""
    return text(handset, "11") != text(handset, "MORE") and "2 of" in str(text(handset, "AGAIN"))


def caller_who_stood(handset: Handset) -> Handset:
    call = handset.call()
    call.press("2")
    call.hang_up()
    text(handset, "11")
    settle()
    return handset


def is_known(handset: Handset, library: Library) -> bool:
    """Whether a call offers to go on where the last one stood."""
    return phrase(library, "resuming") in handset.call().said


def assert_nobody_waits(new_caller: Callable[[], Handset]) -> None:
    """A text asks the store twice. Without a breaker each of these would wait for it."""
    waited = [answer for answer in (new_caller().text("11") for _ in range(40)) if answer.answer_seconds > 0.2]
    assert len(waited) <= 4 * WORKERS
