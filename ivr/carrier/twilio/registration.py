"""Whether North American networks deliver the texts of the line's number. They drop texts of unregistered senders."""

from __future__ import annotations

import phonenumbers

from ivr.carrier.account import CannotTell, CarrierRefuses, Registration
from ivr.carrier.twilio.account import Account
from ivr.settings.numbers import is_toll_free

CONSOLE = "look in the carrier's console under Messaging, Regulatory Compliance"
TOLL_FREE = {
    None: "send in the toll-free verification",
    "PENDING_REVIEW": "wait for it",
    "IN_REVIEW": "wait for it",
    "TWILIO_REJECTED": "mend what was rejected and send it in again",
}
CAMPAIGN = {
    "IN_PROGRESS": "wait for it",
    "FAILED": "mend what was rejected and send it in again",
    "SUSPENDED": "ask the carrier why",
}
"""What to do, by the status that Twilio gives."""
BY_HAND = f"{CONSOLE}, A2P 10DLC: the campaign has to be verified, with the number among its senders"


def registration(number: str, account: Account | None) -> Registration | None:
    """None if only the account can tell, and none is given."""
    if phonenumbers.parse(number).country_code != 1:
        return Registration(
            None, "cannot be told", "ask the carrier what the number's country wants of who sends texts"
        )
    if is_toll_free(number):
        return _toll_free(number, account) if account else None
    return _campaign(number, account) if account else Registration(None, "10DLC, which only the account tells", BY_HAND)


def _toll_free(number: str, account: Account) -> Registration:
    try:
        status = account.tollfree_status(account.number(number))
    except CarrierRefuses:
        return Registration(None, "the carrier could not be asked about toll-free verification", CONSOLE)
    if status == "TWILIO_APPROVED":
        return Registration(True, "the toll-free number is verified")
    seen = f"toll-free verification: {status or 'not begun'}, so texts do not get through"
    return Registration(False, seen, f"{TOLL_FREE.get(status, 'see what it says')}: {CONSOLE}, Toll-Free")


def _campaign(number: str, account: Account) -> Registration:
    """For 10DLC: a number is registered by being in a Messaging Service that has a campaign."""
    try:
        service = account.service_of(account.number(number))
    except CannotTell:
        return Registration(None, "10DLC, which this carrier's API does not tell", BY_HAND)
    except CarrierRefuses:
        return Registration(None, "10DLC, and the carrier could not be asked about it", BY_HAND)
    if service is None:
        return Registration(
            False, "10DLC: in no Messaging Service, so no campaign has it and texts are dropped", BY_HAND
        )
    if "VERIFIED" in service.campaigns:
        return Registration(True, f"the campaign of {service.name} is verified, and has the number")
    status = service.campaigns[0] if service.campaigns else ""
    seen = f"10DLC: campaign of {service.name}: {status or 'none'}, so texts are dropped"
    todo = CAMPAIGN.get(status, "see what it says" if status else "register one")
    return Registration(False, seen, f"{todo}: {CONSOLE}, A2P 10DLC")
