"""A phone in a terminal: prints what the line says, and reads keys."""

import re
from collections.abc import Callable, Iterable
from functools import partial
from typing import TypeAlias

import click

from ivr.phone.call import Call
from ivr.phone.handset import Handset
from ivr.phone.sounds import Speech
from ivr.phone.transcript import as_transcript
from ivr.phone.why import Remark

Echo: TypeAlias = Callable[[str], object]
Read: TypeAlias = Callable[[str], str]
Speak: TypeAlias = Callable[[Speech], None]
Act: TypeAlias = Callable[[], None]
Asked: TypeAlias = Callable[[Call, Echo, Read], tuple[Act, ...]]
"""Asks for what the caller does next."""

NO_REPLY = (
    "(no reply. None is sent to a reaction, to STOP or HELP, which the carrier answers, or to most texts after STOP)"
)
HOW = "Keys: 0-9 * #   Enter or -: stay silent   h: hang up"
HOW_TO_SPEAK = "Words: a line of them is what you say   h: hang up"
KEY_PROMPT, WORDS_PROMPT = "Key: ", "Key or words: "
DIAL_PROMPT = "a: answered, and the talk is over   n or Enter: no answer   b: busy   h: hang up: "
DIAL_ENDS = {"a": "completed", "n": "no-answer", "b": "busy", "": "no-answer", "-": "no-answer"}


KEYS = re.compile(r"[0-9*#]+")


class _HangUp(Exception):
    pass


def play_call(
    handset: Handset,
    echo: Echo = click.echo,
    read: Read = input,
    speak: Speak | None = None,
    pressed: str | None = None,
    speaks: bool = False,
) -> None:
    """`pressed` as for `Handset.call`. `speaks`: words that are typed are said. Raises Refused."""
    try:
        call = handset.call(pressed)
    except KeyboardInterrupt:
        return
    try:
        echo(HOW)
        if speaks:
            echo(HOW_TO_SPEAK)
        _talk(call, echo, read, speak, _asked_words if speaks else _asked_keys)
        echo("The line has hung up.")
    except (_HangUp, EOFError, KeyboardInterrupt):
        call.hang_up()
        echo("You have hung up.")


def print_text(handset: Handset, words: str, echo: Echo = click.echo) -> None:
    """Raises Refused."""
    answer = handset.text(words)
    if answer.refused:
        raise answer.refused
    if not answer.texts:
        echo(NO_REPLY)
    for text, count, encoding in zip(answer.texts, answer.fragments, answer.encoding, strict=True):
        echo(text)
        echo(f"[{count} {'fragment' if count == 1 else 'fragments'}, {encoding}]")


def print_why(remarks: Iterable[Remark], echo: Echo = click.echo) -> None:
    """Prints each place on a line of its own, so that a terminal can open it."""
    for remark in remarks:
        echo(f"{remark.about}: {remark.told}")
        for place in remark.places:
            echo(f"  {place}")


def _talk(call: Call, echo: Echo, read: Read, speak: Speak | None, asked: Asked) -> None:
    told = _tell(call, 0, echo, speak)
    while not call.ended:
        for act in _asked_talk_end(call, echo, read) if call.dialling else asked(call, echo, read):
            act()
            told = _tell(call, told, echo, speak)
            if not call.listening:
                break


def _tell(call: Call, told: int, echo: Echo, speak: Speak | None) -> int:
    """Prints the turns after the first `told`; returns how many have been printed."""
    for line in as_transcript(item for turn in call.history[told:] for item in turn):
        echo(line.text)
        for item in line.heard:
            if speak and isinstance(item, Speech):
                speak(item)
    if call.dialling:
        echo(f"[connecting to {call.dialling}]")
    return len(call.history)


def _asked_words(call: Call, echo: Echo, read: Read) -> tuple[Act, ...]:
    """Lines of digits, * and # only are still keys."""
    typed = _typed(read, WORDS_PROMPT)
    if typed in ("", "-") or KEYS.fullmatch(typed):
        return _pressed(call, typed)
    if call.listening is None or not call.listening.takes_speech:
        echo("The line does not listen to words here: is SPEECH=on in its settings?")
        return ()
    return (partial(call.say, typed),)


def _asked_keys(call: Call, echo: Echo, read: Read) -> tuple[Act, ...]:
    typed = _typed(read, KEY_PROMPT)
    if typed in ("", "-") or KEYS.fullmatch(typed):
        return _pressed(call, typed)
    echo(HOW)
    return ()


def _pressed(call: Call, typed: str) -> tuple[Act, ...]:
    """One act each time the line listens; an empty line is silence."""
    if typed in ("", "-"):
        return (call.wait,)
    one_by_one = call.listening is not None and call.listening.num_digits == 1
    return tuple(partial(call.press, keys) for keys in (typed if one_by_one else [typed]))


def _asked_talk_end(call: Call, echo: Echo, read: Read) -> tuple[Act, ...]:
    typed = _typed(read, DIAL_PROMPT)
    if typed in DIAL_ENDS:
        return (partial(call.dial_ends, DIAL_ENDS[typed]),)
    if typed == "*" and call.star_ends_talk:
        return (partial(call.press, "*"),)
    echo("That does nothing while the line connects you.")
    return ()


def _typed(read: Read, prompt: str) -> str:
    typed = read(prompt).strip().lower()
    if typed in ("h", "q"):
        raise _HangUp
    return typed
