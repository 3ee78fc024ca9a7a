"""Why a store cannot be reached, in words for its operator. They name no host, no user and no password."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import closing

from redis.sentinel import MasterNotFoundError

from ivr.memory.client import client_maker

CHECKED = (
    (
        r"No master found for .* :",
        "no sentinel tells where the master is",
        "`python -m ivr doctor` says why",
    ),
    (
        r"No master found",
        "the sentinels know no master of that name, or none that is well",
        "look at the name at the end of REDIS_URL, and at the sentinels",
    ),
    (
        r"[Hh]ostname mismatch|IP address mismatch|doesn't match",
        "the store's certificate is for another name than the one in REDIS_URL",
        "write the name that it is for, or add ssl_check_hostname=false (docs/settings.md)",
    ),
    (
        r"certificate has expired|certificate is not yet valid",
        "the store's certificate has expired, or is not valid yet",
        "renew it there, and look at the clock of this machine",
    ),
    (
        r"CERTIFICATE_VERIFY_FAILED",
        "the store's certificate is signed by no authority that this machine knows",
        "add ssl_ca_certs=FILE with that authority's certificate, or ssl_cert_reqs=none, which trusts any certificate, "
        "to REDIS_URL or REDIS_OPTIONS (docs/settings.md)",
    ),
    (
        r"CERTIFICATE_REQUIRED|HANDSHAKE_FAILURE|UNKNOWN_CA|EOF occurred in violation",
        "the store breaks the encrypted connection off, like one that wants a certificate of ours",
        "add ssl_certfile=FILE and ssl_keyfile=FILE (docs/settings.md), or see the store's log",
    ),
    (
        r"\[SSL|handshake operation timed out",
        "what listens there does not encrypt",
        "write redis where REDIS_URL has rediss, or the port that encrypts; for sentinels alone add sentinel_ssl=false",
    ),
    (
        r"WRONGPASS|NOAUTH|AUTH |[Aa]uthentication|invalid username-password|without any password",
        "the store refuses the user or the password",
        "look at both in REDIS_URL, percent-encoded; those of sentinels are sentinel_username and sentinel_password",
    ),
    (
        r"cluster support disabled",
        "what answers there is no cluster",
        "write redis where REDIS_URL has redis+cluster",
    ),
    (
        r"getaddrinfo|Name or service not known|nodename nor servname|Temporary failure in name resolution",
        "no machine is found by the name in REDIS_URL",
        "look at the name, and at the name server of this machine",
    ),
    (
        r"refused",
        "nothing listens at the store's address",
        "look at host and port in REDIS_URL, and whether the store runs",
    ),
    (
        r"Timeout|timed out",
        "the store does not answer in time",
        "look whether it is overloaded, and whether a firewall is between",
    ),
    (
        r"closed by server|reset by peer|Broken pipe",
        "the store ends the connection at once",
        "if it wants encryption, write rediss where REDIS_URL has redis; else look into its log",
    ),
)
SHOWN = re.compile(r"<redis\..*>")
"""A client as the library shows it, with the names of all its options."""
UNKNOWN = ("the store does not answer", "look at REDIS_URL, and whether the store runs and takes its password")


def fault_at(address: str, seconds: float) -> Exception | None:
    """The exception raised when the store is asked for a sign of life; None if it answers."""
    try:
        client = client_maker(address, seconds)()
    except Exception as failure:
        return failure
    with closing(client):
        fault = _fault(client.ping)
        if isinstance(fault, MasterNotFoundError):  # It only says that one of them has failed.
            sentinels = client.connection_pool.sentinel_manager.sentinels
            return next(filter(None, (_fault(sentinel.ping) for sentinel in sentinels)), fault)
        return fault


def _fault(ask: Callable[[], object]) -> Exception | None:
    try:
        ask()
    except Exception as fault:
        return fault
    return None


def trouble(fault: BaseException) -> tuple[str, str]:
    """What is wrong, and what to do. The client library tells the cause of its errors only in their text."""
    text = SHOWN.sub("", " ".join(_texts(fault)))
    for pattern, seen, remedy in CHECKED:
        if re.search(pattern, text):
            return seen, remedy
    return UNKNOWN


def _texts(fault: BaseException | None) -> Iterator[str]:
    while fault is not None:
        yield f"{type(fault).__name__} {fault}"
        fault = fault.__cause__ or fault.__context__
