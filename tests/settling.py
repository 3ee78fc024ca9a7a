"""What a turn leaves behind is written a moment after its answer: shorter than any person takes to do anything more."""

import time

MOMENT = 0.3
BETWEEN_KEYS = 0.1


def settle(seconds: float = MOMENT) -> None:
    time.sleep(seconds)
