"""What a Gather does with the keys pressed into it."""

from dataclasses import dataclass

from ivr.phone.verbs import Gather


@dataclass(frozen=True)
class Gathered:
    """`complete` False: the carrier still waits out the timeout before it sends these digits."""

    digits: str
    finished_on: str
    complete: bool


def gather(keys: str, listening: Gather) -> Gathered:
    """Keys after the last one wanted are dropped."""
    digits = ""
    for key in keys:
        if key in listening.finish_on_key:
            return Gathered(digits, key, complete=True)
        digits += key
        if len(digits) == listening.num_digits:
            return Gathered(digits, "", complete=True)
    return Gathered(digits, "", complete=False)
