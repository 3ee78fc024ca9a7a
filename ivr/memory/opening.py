"""The store that the settings name: one at an address, or the one that the line brings along."""

from __future__ import annotations

from urllib.parse import urlsplit

from ivr.memory.embedded import store_address
from ivr.memory.store import Store
from ivr.settings import Settings, WrongSetting, hosts_of


def open_store(settings: Settings) -> Store:
    """Raises CannotStart."""
    try:
        return Store(settings.redis_url or store_address(settings.data_dir))
    except ValueError:
        raise WrongSetting("REDIS_URL is an address with an option that no store has: leave it out.") from None


def store_name(settings: Settings) -> str:
    """For people: the address has neither user nor password."""
    if settings.redis_url is None:
        return f"the embedded store in {settings.data_dir}"
    parts = urlsplit(settings.redis_url)
    return f"{parts.scheme}://{','.join(hosts_of(parts))}{parts.path}"
