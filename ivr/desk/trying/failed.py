"""Why a line did not take a trial call or text, and what the operator can do."""

from __future__ import annotations

from ivr.phone.refused import NO_ADDRESS, UNREACHABLE, Refused

REFUSED = 403


def what_came(refused: Refused) -> str:
    """What happened, as the end of a sentence that begins with what was tried."""
    if refused.status == REFUSED:
        return f"was refused: {refused.why}"
    if refused.code == UNREACHABLE:
        return f"got no answer: {refused.why}"
    return f"broke off: {refused.why}"


def remedy(refused: Refused) -> str:
    if refused.status == REFUSED:
        return (
            "most likely the token here is not the running line's, or PUBLIC_URL here is not the one there: give both "
            "the same TWILIO_AUTH_TOKEN and the same PUBLIC_URL, exactly as the carrier calls it"
        )
    if refused.code == UNREACHABLE:
        return "check that a line runs there, and what is between it and here"
    if refused.code == NO_ADDRESS:
        return "write the whole address, such as http://127.0.0.1:8000"
    return f"look at the line's log; a carrier would log {refused.code}"
