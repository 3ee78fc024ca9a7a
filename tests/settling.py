"""What a turn leaves behind is written a moment after its answer: shorter than any person takes to do anything more."""

import time

MOMENT = 0.25
BETWEEN_KEYS = 0.02


def settle(seconds: float = MOMENT) -> None:
    time.sleep(seconds)
