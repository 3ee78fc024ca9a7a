"""The texts that a number has got, as the carrier lists them afterwards. For an operator's command."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlencode

from ivr.carrier.twilio.account import TWILIO, Account, CarrierRefuses

PAGE = 50
"""Messages asked for at once: an answer is read up to 256 kB."""


@dataclass(frozen=True, slots=True)
class Inbound:
    sender: str = field(repr=False)
    to: str
    words: str = field(repr=False)
    at: datetime


def inbound(account: Account, number: str, since: datetime) -> list[Inbound]:
    """The oldest first. Raises CarrierRefuses, also for a text whose time cannot be read: none is left out unsaid."""
    query = urlencode({"To": number, "DateSent>": since.date().isoformat(), "PageSize": PAGE})
    newest_first = list(_pages(account, f"/2010-04-01/Accounts/{account.sid}/Messages.json?{query}"))
    found = [one for one in reversed(newest_first) if one.at >= since]
    return sorted(found, key=lambda one: one.at)


def _pages(account: Account, path: str | None) -> Iterator[Inbound]:
    while path:
        told = account.ask("GET", f"{account.address or TWILIO}{path}")
        for one in told.get("messages") or ():
            if one.get("direction") == "inbound":
                at = _time(str(one.get("date_sent") or one.get("date_created")))
                yield Inbound(str(one.get("from", "")), str(one.get("to", "")), str(one.get("body") or ""), at)
        path = told.get("next_page_uri")


def _time(written: str) -> datetime:
    """As Twilio writes it, or as others do. One that names no zone is universal."""
    for read in (parsedate_to_datetime, datetime.fromisoformat):
        with suppress(ValueError):
            at = read(written)
            return at if at.tzinfo else at.replace(tzinfo=UTC)
    raise CarrierRefuses("The carrier lists a text whose time cannot be read, so nobody can tell what was wished last.")
