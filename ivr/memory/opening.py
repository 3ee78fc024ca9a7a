"""The store that the settings name: one at an address, or the one that the line brings along."""

from __future__ import annotations

from ivr.memory.embedded import store_address
from ivr.memory.store import Store
from ivr.settings import Settings, WrongSetting


def open_store(settings: Settings) -> Store:
    """Raises CannotStart."""
    try:
        return Store(settings.redis_url or store_address(settings.data_dir))
    except ValueError:
        raise WrongSetting("REDIS_URL is an address with an option that no store has: leave it out.") from None
