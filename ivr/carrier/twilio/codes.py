"""Twilio's codes: what became of a text or a call."""

from __future__ import annotations

from collections.abc import Mapping

from ivr.model import Outcome

REPORTS_OF_FAILURE = frozenset({"failed", "undelivered"})
CODES: Mapping[Outcome, tuple[int, ...]] = {
    # Not a mobile number (21614), a landline (21635, 30006), a short code (21265), no route (21612), blocked (30004).
    Outcome.NO_TEXTS: (21265, 21612, 21614, 21635, 30004, 30006),
    Outcome.STOPPED: (21610,),
    # The account is not active (10001, 20005, 30002, 90010). 20003 is given for wrong credentials and for a suspended
    # or closed account alike, so they cannot be told apart. A trial account, or one without a profile, reaches verified
    # numbers only (10002, 21219, 21608, 572002, 572005, 573002, 573005). An act, a country or a number is not allowed
    # (20006, 20010, 21215, 21216, 21408). The number that it comes from is not the account's (21210, 21606, 21659,
    # 21660) or not registered (30032, 30034). Last, HTTP's own words for all of this, where no code comes with them.
    Outcome.NO_CREDIT: (
        *(10001, 10002, 20003, 20005, 20006, 20010, 21210, 21215, 21216, 21219, 21408, 21606, 21608, 21659, 21660),
        *(30002, 30032, 30034, 90010, 572002, 572005, 573002, 573005),
        *(401, 402, 403),
    ),
    # Missing (21201), invalid (21211, 21217, 21401), unreachable (21214), the line's own (21266), unknown (30005).
    Outcome.BAD_NUMBER: (21201, 21211, 21214, 21217, 21266, 21401, 30005),
    # Too many calls (10004), requests (20429), texts to one number (14107), in the queue (21611, 30001), or within the
    # limits of carriers (30022, 30023, 30027) and of the account (63038).
    Outcome.BUSY: (10004, 14107, 20429, 21611, 30001, 30022, 30023, 30027, 63038, 429),
}
_BY_CODE = {str(code): outcome for outcome, codes in CODES.items() for code in codes}


def outcome_of(error_code: str | None, status: str) -> Outcome | None:
    """The outcome that a delivery report describes. None: nothing has gone wrong so far."""
    return by_code(error_code) if status in REPORTS_OF_FAILURE else None


def by_code(*codes: object) -> Outcome:
    """The outcome for the first known code. Codes come from outside, so any value may be among them."""
    return next((_BY_CODE[str(code)] for code in codes if str(code) in _BY_CODE), Outcome.FAILED)
