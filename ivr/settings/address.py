"""Web addresses in one form: a signature is over their characters, whatever they mean."""

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
    """None for what cannot be an address."""
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return None
    return parts


def web_address(name: str, written: str) -> str:
    """`name`: of the setting that holds it. Scheme and host in small letters, nothing but ASCII, no slash at the end.
    Raises WrongSetting."""
    parts = split(written) if written.isprintable() and not NEVER.search(written) else None
    if parts is not None and "@" in parts.netloc:
        raise WrongSetting(f"{name} is an address with a user or a password: leave out all up to the @.")
    host = _host(parts) if parts is not None else None
    path = parts.path.rstrip("/") if parts is not None else ""
    if parts is None or host is None or parts.scheme not in ("http", "https") or parts.port == 0 or "//" in path:
        raise WrongSetting(f"{name} is not a web address: write it like https://line.example.org.")
    port = "" if parts.port is None else f":{parts.port}"
    return f"{parts.scheme}://{host}{port}{quote(path, PLAIN_IN_PATHS)}"


def _host(parts: SplitResult) -> str | None:
    """As servers of names know it; None if they cannot."""
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
