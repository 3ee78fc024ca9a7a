"""Whether the networks of North America let texts of the line's number through: they drop those of a sender who is not
registered."""

from __future__ import annotations

import phonenumbers

from ivr.carrier.port import CarrierRefuses, Registration
from ivr.carrier.twilio.account import Account

CONSOLE = "look in the carrier's console under Messaging, Regulatory Compliance"
TOLL_FREE = {
    None: "send in the toll-free verification",
    "PENDING_REVIEW": "wait for it",
    "IN_REVIEW": "wait for it",
    "TWILIO_REJECTED": "mend what was rejected and send it in again",
}
"""What to do, by the status that Twilio gives."""


def registration(number: str, account: Account | None) -> Registration | None:
    """None where only the account tells, and there is none."""
    parsed = phonenumbers.parse(number)
    if parsed.country_code != 1:
        return Registration(
            None, "cannot be told", "ask the carrier what the number's country wants of who sends texts"
        )
    if phonenumbers.number_type(parsed) != phonenumbers.PhoneNumberType.TOLL_FREE:
        return Registration(
            None,
            "10DLC, which the API is not asked about",
            f"{CONSOLE}, A2P 10DLC: the campaign has to be verified, with the number among its senders",
        )
    return _toll_free(number, account) if account else None


def _toll_free(number: str, account: Account) -> Registration:
    try:
        status = account.tollfree_status(account.number(number))
    except CarrierRefuses:
        return Registration(None, "the carrier could not be asked about toll-free verification", CONSOLE)
    if status == "TWILIO_APPROVED":
        return Registration(True, "the toll-free number is verified")
    seen = f"toll-free verification: {status or 'not begun'}, so texts do not get through"
    return Registration(False, seen, f"{TOLL_FREE.get(status, 'see what it says')}: {CONSOLE}, Toll-Free")
