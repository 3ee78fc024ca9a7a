"""A Messaging Service over the line's numbers: whether texts reach the line in spite of it, and making it let them
through.

A service that has only the line's own numbers is set to leave their texts to each number. A service that other numbers
share is left alone, since their texts would change course: the operator is told what to do instead.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from ivr.carrier.account import MessagingService, Webhooks
from ivr.memory.private import new_private, private_folder


def leads_away(service: MessagingService, webhooks: Webhooks) -> bool:
    """Whether texts to its numbers fail to reach the line."""
    if service.leads_to is None:
        return False
    return service.leads_to.partition("#")[0] != webhooks.text


def where_to(service: MessagingService) -> str:
    return f"sends texts to {service.leads_to}" if service.leads_to else "drops texts"


def others_in(service: MessagingService, ours: Collection[str]) -> list[str]:
    return sorted(set(service.numbers) - set(ours))


def by_hand(service: MessagingService, number: str) -> str:
    return (
        f"other numbers are in {service.name} too, so it is left alone: take {number} out of it and give it a "
        "Messaging Service of its own, with the same campaign; or, in the carrier's console, under Messaging, "
        f"Services, {service.name}, Integration, choose that incoming messages are deferred to the sender's webhook, "
        "if that is right for all of them"
    )


# --- undo ----------------------------------------------------------------------------------------------------


def _kept(data: Path, service: MessagingService) -> Path:
    return data / "connect" / f"{service.sid}.json"


def keep_changed(data: Path, service: MessagingService) -> None:
    """Records that the service was told to leave texts to its numbers, so that --undo can revert it."""
    file = _kept(data, service)
    private_folder(file.parent)
    if not file.exists():
        new_private(file, "{}")


def was_changed(data: Path, service: MessagingService) -> bool:
    return _kept(data, service).exists()


def forget_changed(data: Path, service: MessagingService) -> None:
    _kept(data, service).unlink(missing_ok=True)
