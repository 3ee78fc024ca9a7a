"""Opens the store that the settings name: the one at `REDIS_URL`, or the embedded one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar
from urllib.parse import urlsplit

from ivr.memory.calendar import Calendar
from ivr.memory.connection import StoreConnection
from ivr.memory.embedded import ensure_kept, store_address
from ivr.memory.store import Store
from ivr.settings import Settings
from ivr.settings.store import hosts_of

Opened = TypeVar("Opened")
Revive = Callable[[], object]

LEISURE = 5.0
"""Seconds for each answer to an operator's command, which may read a whole year from a busy machine."""


def open_store(settings: Settings) -> Store:
    """Raises CannotStart."""
    ours = settings.line_numbers
    needs_disk, calendar = settings.redis_url is None, Calendar(settings.time_zone)
    return _at(
        settings,
        lambda address, revive: Store(address, settings.data_dir, ours, needs_disk, revive, calendar=calendar),
    )


def open_connection(settings: Settings) -> StoreConnection:
    """A connection to the same store for commands, where no caller waits. Raises CannotStart."""
    return _at(settings, lambda address, revive: StoreConnection(address, LEISURE, revive))


def _at(settings: Settings, opened: Callable[[str, Revive | None], Opened]) -> Opened:
    if settings.redis_url:
        return opened(settings.redis_url, None)
    return opened(store_address(settings.data_dir), lambda: ensure_kept(settings.data_dir))


def store_name(settings: Settings) -> str:
    """The store's address for people to read, without user and password."""
    if settings.redis_url is None:
        return f"the embedded store in {settings.data_dir}"
    parts = urlsplit(settings.redis_url)
    return f"{parts.scheme}://{','.join(hosts_of(parts))}{parts.path}"
