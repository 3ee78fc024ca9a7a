"""What an operator sets at a carrier, and reads there: numbers, services, registrations, texts received. Part of the
port (`port.py`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from ivr.model import Party
from ivr.settings import CannotStart


class CarrierRefuses(CannotStart):
    """The message says what the carrier's API refused, and what the operator can do."""


class CannotTell(CarrierRefuses):
    """The carrier's API has nothing of this kind."""


@dataclass(frozen=True, slots=True)
class OwnNumber:
    """A number of the account."""

    sid: str
    """The carrier's id of the number."""
    number: str
    settings: Mapping[str, str]
    """The settings that decide where its calls and texts go, under the carrier's names. Only those that it reports;
    empty if not set."""
    names: tuple[str, ...]
    """The names of all such settings, in the order in which they are shown."""
    cannot: tuple[str, ...] = ()
    """Which of `calls` and `texts` the number cannot receive at all."""


@dataclass(frozen=True, slots=True)
class MessagingService:
    """A carrier's service over several numbers: it may decide where their texts go, overriding each number's own
    settings."""

    sid: str
    name: str
    numbers: tuple[str, ...]
    """All numbers in the service."""
    leads_to: str | None
    """Where it sends texts; empty: nowhere; None: as each number is set."""
    campaigns: tuple[str, ...] = ()
    """The status of each registration of its texts with the networks, in the carrier's words."""
    help_answers: tuple[str, ...] = ()
    """What each of them names as the answer to HELP, if anything."""


@dataclass(frozen=True, slots=True)
class Webhooks:
    """Where the calls and texts of a number should go. None leaves a setting unchanged."""

    voice: str
    voice_ended: str
    text: str
    voice_fallback: str | None = None
    text_fallback: str | None = None


@dataclass(frozen=True, slots=True)
class Registration:
    """Whether networks deliver the texts of a number, as far as the carrier tells."""

    is_through: bool | None
    """None: it cannot be told from here."""
    seen: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class ReceivedText:
    """A text that the carrier lists afterwards."""

    sender: Party
    to: str
    words: str = field(repr=False)
    at: datetime


class Account(Protocol):
    """Every method raises CarrierRefuses for what it cannot do."""

    def number(self, number: str) -> OwnNumber: ...

    def settings_for(self, webhooks: Webhooks) -> Mapping[str, str]:
        """Under the carrier's names; empty for settings that would lead calls or texts elsewhere."""
        ...

    def set_number(self, number: OwnNumber, settings: Mapping[str, str]) -> None: ...

    def service_of(self, number: OwnNumber) -> MessagingService | None:
        """The service that the number is in. Raises CannotTell if the carrier has no services."""
        ...

    def let_numbers_decide(self, service: MessagingService, decide: bool) -> None:
        """Lets each number decide where its texts go; `decide` False: the service decides again."""
        ...

    def received(self, number: str, since: datetime) -> list[ReceivedText]:
        """The texts that a number has received, oldest first: all of them, or it raises."""
        ...
