"""The carrier's account: the secret that requests are signed with, and the identity that the line uses towards the
carrier's API."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ivr.settings.environment import WrongSetting

ACCOUNT, KEY, SERVICE = (re.compile(f"{kind}[0-9a-fA-F]{{32}}") for kind in ("AC", "SK", "MG"))
ANOTHERS = re.compile("[A-Za-z0-9_-]+")
"""The form of account names at other carriers."""


def token_in(given: Mapping[str, str]) -> str:
    token = given.get("TWILIO_AUTH_TOKEN")
    if token is None:
        raise WrongSetting("TWILIO_AUTH_TOKEN is not set: put the auth token of the carrier's account there.")
    if ACCOUNT.fullmatch(token):
        raise WrongSetting("TWILIO_AUTH_TOKEN is an account, not its token: copy the token, shown below it.")
    return _as_token(token, "TWILIO_AUTH_TOKEN")


def other_token_in(given: Mapping[str, str]) -> str | None:
    token = given.get("TWILIO_AUTH_TOKEN_OTHER")
    return _as_token(token, "TWILIO_AUTH_TOKEN_OTHER") if token is not None else None


def account_in(given: Mapping[str, str]) -> str | None:
    account = given.get("TWILIO_ACCOUNT_SID")
    if account is None or _fits(account, ACCOUNT, given):
        return account
    if "TWILIO_API_URL" in given:
        raise WrongSetting("TWILIO_ACCOUNT_SID is not an account: copy it whole from the carrier's console.")
    raise WrongSetting(
        "TWILIO_ACCOUNT_SID is not an account at Twilio, which is AC with 32 digits and letters from a to f: copy it "
        "whole from the first page of the console."
    )


def api_key_in(given: Mapping[str, str]) -> tuple[str, str] | None:
    """A key and its secret, for the line's requests to the carrier; None: it uses the token. Incoming requests are
    signed with the token in either case."""
    key, secret = given.get("TWILIO_API_KEY"), given.get("TWILIO_API_SECRET")
    if key is None and secret is None:
        return None
    if key is None or secret is None:
        missing = "TWILIO_API_KEY" if key is None else "TWILIO_API_SECRET"
        raise WrongSetting(f"{missing} is not set, and the other of the two is: a key goes with its secret.")
    if not _fits(key, KEY, given):
        raise WrongSetting("TWILIO_API_KEY is not a key: copy its SID whole, which is SK with 32 digits and letters.")
    if "TWILIO_ACCOUNT_SID" not in given:
        raise WrongSetting("TWILIO_ACCOUNT_SID is not set: a key needs the account that it belongs to.")
    return key, _as_token(secret, "TWILIO_API_SECRET")


def messaging_service_in(given: Mapping[str, str]) -> str | None:
    service = given.get("TWILIO_MESSAGING_SERVICE_SID")
    if service is None or _fits(service, SERVICE, given):
        return service
    raise WrongSetting(
        "TWILIO_MESSAGING_SERVICE_SID is not a Messaging Service: copy its SID whole, which is MG with 32 digits and "
        "letters."
    )


def _fits(written: str, shape: re.Pattern[str], given: Mapping[str, str]) -> bool:
    return (ANOTHERS if "TWILIO_API_URL" in given else shape).fullmatch(written) is not None


def _as_token(token: str, name: str) -> str:
    if not token.isascii() or not token.isprintable() or " " in token:
        raise WrongSetting(f"{name} is not a token: copy it whole from the carrier's console.")
    return token
