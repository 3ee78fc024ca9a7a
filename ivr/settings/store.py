"""REDIS_URL, with REDIS_OPTIONS for platforms that write the address themselves: which store to use, and how to
connect."""

from __future__ import annotations

import re
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import SplitResult, parse_qsl, urlsplit

from ivr.settings.address import split
from ivr.settings.environment import WrongSetting

SERVER = ("redis", "rediss", "unix")
GROUPS = ("redis+cluster", "rediss+cluster", "redis+sentinel", "rediss+sentinel")
MASTER = re.compile(r"/(?P<name>[^/]+)(/[0-9]*)?")
DATABASE = re.compile(r"/?[0-9]*")
YES, NO = ("true", "yes", "1"), ("false", "no", "0")
CHECKS = {"required": "required", "optional": "required", "none": "none"}
LISTED = "docs/settings.md lists them"


@dataclass(frozen=True, slots=True)
class Options:
    """Options under the names that the client library gives them. `tls`: for encrypted connections."""

    stores_encrypted: bool
    sentinels_encrypted: bool
    tls: dict[str, Any] = field(default_factory=dict)
    sentinel_access: Mapping[str, str] = field(default_factory=dict)


def store_url(given: Mapping[str, str]) -> str | None:
    """The address with all options; None if none is set. Raises WrongSetting."""
    address, options = given.get("REDIS_URL"), given.get("REDIS_OPTIONS", "")
    if address is None:
        if options:
            raise WrongSetting("REDIS_OPTIONS is set without REDIS_URL: set that, or leave the options out.")
        return None
    for name, written in {"REDIS_URL": address, "REDIS_OPTIONS": _with_options(address, options)}.items():
        if wrong := _wrong_store(written):
            raise WrongSetting(f"{name} {wrong}.")
    return _with_options(address, options)


def _with_options(address: str, options: str) -> str:
    """The address with REDIS_OPTIONS added after its own options."""
    return f"{address}{'&' if '?' in address else '?'}{options.lstrip('?&')}" if options else address


def _wrong_store(address: str) -> str | None:
    """What is wrong with the address of a store, as the end of a sentence that begins with the setting; None if nothing
    is."""
    is_group = address.partition("://")[0] in GROUPS
    wrong = _wrong_group(address) if is_group else _wrong_server(address)
    if wrong is not None:
        return f"is {wrong}"
    try:
        options_of(urlsplit(address))
    except ValueError as refusal:
        return f"has {refusal}"
    return None


def options_of(parts: SplitResult) -> Options:
    """Raises ValueError with an option's name and the remedy."""
    kind = parts.scheme.partition("+")[2] or "server"
    read = _read(parts.query, KNOWN[kind])
    is_encrypted = parts.scheme.startswith("rediss")
    sentinels = kind == "sentinel" and read.pop("sentinel_ssl", is_encrypted)
    access = {name: read.pop(f"sentinel_{name}") for name in ("username", "password") if f"sentinel_{name}" in read}
    read.pop("db", None)
    if read and not (is_encrypted or sentinels):
        raise ValueError(f"the option {next(iter(read))}, and nothing is encrypted: write rediss, or leave it out")
    _try_files(read)
    return Options(is_encrypted, sentinels, read, access)


def hosts_of(parts: SplitResult) -> list[str]:
    """Each host in an address, with its port if it has one."""
    return parts.netloc.rpartition("@")[2].split(",")


def _read(query: str, known: Mapping[str, _Option]) -> dict[str, Any]:
    read = dict[str, Any]()
    for name, value in parse_qsl(query, keep_blank_values=True):
        if name not in known:
            raise ValueError(f"an option `{name}`, which the line does not know here: leave it out; {LISTED}")
        if name in read:
            raise ValueError(f"the option {name} twice: leave one out")
        try:
            read[name] = known[name].read(value)
        except (KeyError, ValueError):
            raise _unfit(name) from None
    return read


def _unfit(name: str) -> ValueError:
    (meant,) = {options[name].meant for options in KNOWN.values() if name in options}
    return ValueError(f"a value for {name} that cannot be: write {meant}")


def _try_files(tls: Mapping[str, Any]) -> None:
    """Reads the files once now, since an unreadable one would otherwise fail at each connection."""
    if "ssl_keyfile" in tls and "ssl_certfile" not in tls:
        raise ValueError("ssl_keyfile without ssl_certfile: give the certificate that the key belongs to")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if "ssl_ca_certs" in tls:
        try:
            context.load_verify_locations(tls["ssl_ca_certs"])
        except (OSError, ValueError):
            raise _unfit("ssl_ca_certs") from None
    if "ssl_certfile" in tls:
        try:
            context.load_cert_chain(tls["ssl_certfile"], tls.get("ssl_keyfile"), password="")
        except (OSError, ValueError):
            raise _unfit("ssl_certfile") from None


def _some(value: str) -> str:
    if not value or not value.isprintable():
        raise ValueError
    return value


def _yes(value: str) -> bool:
    return {**dict.fromkeys(YES, True), **dict.fromkeys(NO, False)}[value.casefold()]


def _check(value: str) -> str:
    """A value as the client library writes it, or as a constant of Python's `ssl` module, which other programs
    expect."""
    return CHECKS[value.casefold().removeprefix("cert_")]


def _database(value: str) -> str:
    if not DATABASE.fullmatch(value):
        raise ValueError
    return value


@dataclass(frozen=True, slots=True)
class _Option:
    """`read` raises KeyError or ValueError; `meant`: what the operator should write."""

    read: Callable[[str], Any]
    meant: str


TLS = {
    "ssl_ca_certs": _Option(_some, "the path of a file of certificates (PEM) that the line may read"),
    "ssl_cert_reqs": _Option(_check, "required or none"),
    "ssl_check_hostname": _Option(_yes, "true or false"),
    "ssl_certfile": _Option(_some, "the path of a certificate (PEM) that the line may read, and its key's"),
    "ssl_keyfile": _Option(_some, "the path of the certificate's key (PEM, without a password)"),
}
KNOWN = {
    "server": {**TLS, "db": _Option(_database, "the number of a database")},
    "cluster": TLS,
    "sentinel": {
        **TLS,
        "sentinel_username": _Option(_some, "the sentinels' user"),
        "sentinel_password": _Option(_some, "the sentinels' password"),
        "sentinel_ssl": _Option(_yes, "true or false"),
    },
}


def _wrong_server(address: str) -> str | None:
    """What is wrong with the address of a single server; None if nothing is."""
    parts = split(address)
    if parts is None or parts.scheme not in SERVER or not (parts.netloc or parts.path):
        return "not a store's address: write it like redis://localhost:6379/0"
    if parts.scheme != "unix" and not DATABASE.fullmatch(parts.path):
        return "without a database's number: write it like redis://localhost:6379/0"
    return None


def _wrong_group(address: str) -> str | None:
    """What is wrong with the address of a cluster or of sentinels; None if nothing is."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return "not a store's address: write each host like one.example.org:6379, with commas between"
    if not all(_is_host(host) for host in hosts_of(parts)):
        return "with an impossible host or port: write each like one.example.org:6379, with commas between"
    if parts.fragment:
        return "an address with a # in it: leave out what follows, or write it as %23"
    if parts.scheme.endswith("cluster"):
        return (
            None
            if parts.path in ("", "/", "/0")
            else "a cluster with a database number, and clusters have only one database: leave it out"
        )
    if not MASTER.fullmatch(parts.path):
        return "without the name of the master: write it like redis+sentinel://one:26379,two:26379/name"
    return None


def _is_host(host: str) -> bool:
    parts = split(f"//{host}")
    return parts is not None and parts.netloc == host and bool(parts.hostname) and not re.search(r"\s", host)
