"""Web addresses in one normal form, because a signature covers their exact characters."""

from __future__ import annotations

import re
from ipaddress import ip_address
from urllib.parse import SplitResult, quote, urlsplit

import idna

from ivr.settings.environment import WrongSetting

NEVER = re.compile(r"[?#\s\\]")
HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*\.?")
PLAIN_IN_PATHS = "/%!$&'()*+,;=:@~"


def split(address: str) -> SplitResult | None:
    """The parts of an address; None for what cannot be an address."""
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return None
    return parts


def web_address(name: str, written: str) -> str:
    """The normal form: scheme and host in lower case, ASCII only, no slash at the end. `name`: the setting that holds
    the address. Raises WrongSetting."""
    parts = split(written) if written.isprintable() and not NEVER.search(written) else None
    if parts is not None and "@" in parts.netloc:
        raise WrongSetting(f"{name} is an address with a user or a password: leave out everything up to the @.")
    host = _host(parts) if parts is not None else None
    path = parts.path.rstrip("/") if parts is not None else ""
    if parts is None or host is None or parts.scheme not in ("http", "https") or parts.port == 0 or "//" in path:
        raise WrongSetting(f"{name} is not a web address: write it like https://line.example.org.")
    port = "" if parts.port is None else f":{parts.port}"
    return f"{parts.scheme}://{host}{port}{quote(path, PLAIN_IN_PATHS)}"


def _host(parts: SplitResult) -> str | None:
    """The host as name servers know it; None if it cannot be a host's name."""
    written = parts.hostname or ""
    if "[" in parts.netloc:
        return f"[{written}]" if _is_ipv6(written) else None
    try:
        host = written if written.isascii() else idna.encode(written, uts46=True).decode()
    except idna.IDNAError:
        return None
    return host if HOST.fullmatch(host) else None


def _is_ipv6(written: str) -> bool:
    try:
        return ip_address(written).version == 6 and "%" not in written
    except ValueError:
        return False
