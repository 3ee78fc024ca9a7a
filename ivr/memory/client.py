"""Clients for each kind of store, by its address:

redis://[USER:PASSWORD@]HOST[:PORT][/DATABASE]      one server; rediss:// encrypts, unix:///PATH is a socket
redis+cluster://[USER:PASSWORD@]HOST[:PORT],...     a cluster, found through any of the nodes named
redis+sentinel://[USER:PASSWORD@]HOST[:PORT],.../NAME[/DATABASE]      the master of that name, by its sentinels

Each with options behind a question mark (settings/store.py): certificates, and how the sentinels are asked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NoReturn
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from redis import ConnectionError as NoConnection
from redis.backoff import NoBackoff
from redis.cluster import ClusterNode, RedisCluster
from redis.retry import Retry
from redis.sentinel import Sentinel

from ivr.memory.thread_client import ThreadClient
from ivr.settings.store import Options, hosts_of, options_of

TIMEOUT = 0.3
"""Seconds for connecting, and for each answer, where a caller waits."""
ASKING = {"client_name": "line"}
"""Has each new connection ask something and read the answer, as one with a password does. What an encrypting server
sends by itself after the handshake (session tickets of TLS 1.3) is read with it; redis-py would take it for an answer
that nobody asked for, and give the connection up."""
SENTINEL_PORT = 26379
CLUSTER_PORT = 6379


def _bounds(seconds: float) -> dict[str, Any]:
    """One attempt within the time limit."""
    return {
        "socket_timeout": seconds,
        "socket_connect_timeout": seconds,
        "retry": Retry(NoBackoff(), 0),
        "decode_responses": True,
        "protocol": 2,
        "driver_info": None,
    }


def client_maker(address: str, seconds: float) -> Callable[[], Any]:
    """Creates a client for the store at an address. `seconds`: for connecting, and for each answer. Raises ValueError
    for an option that no store has."""
    parts, bounds = urlsplit(address), _bounds(seconds)
    options = options_of(parts)
    kind = parts.scheme.partition("+")[2]
    if kind == "cluster":
        return lambda: _cluster(parts, options, bounds)
    if kind == "sentinel":
        return lambda: _watched(parts, options, bounds)
    database = [f"?db={value}" for name, value in parse_qsl(parts.query) if name == "db"]
    plain = "".join((address.partition("?")[0], *database))
    tls = options.tls | ({} if parts.password else ASKING) if options.stores_encrypted else {}
    return lambda: ThreadClient.from_url(plain, **bounds, **tls)


def _cluster(parts: SplitResult, options: Options, bounds: dict[str, Any]) -> Any:
    """Follows slots that move. Once a node has failed, this client is not used again: it would look for the other nodes
    while callers wait, and once more for each command. A new client does so while nobody waits."""
    nodes = [ClusterNode(host, port) for host, port in nodes_of(parts, CLUSTER_PORT)]
    client = RedisCluster(startup_nodes=nodes, reinitialize_steps=0, **bounds, **_access(parts, options))

    def spend(*_: object, **__: object) -> NoReturn:
        client.nodes_manager.slots_cache = {}
        raise NoConnection("a node of the cluster failed")

    client.nodes_manager.initialize = spend  # type: ignore[method-assign]
    return client


def _watched(parts: SplitResult, options: Options, bounds: dict[str, Any]) -> Any:
    name, _, database = parts.path.strip("/").partition("/")
    own = {**bounds, **_access(parts, options), "db": int(database or 0)}
    access = options.sentinel_access
    asking = {**bounds, **(_encrypted(options, access) if options.sentinels_encrypted else access)}
    return Sentinel(nodes_of(parts, SENTINEL_PORT), sentinel_kwargs=asking, **own).master_for(unquote(name))


def _access(parts: SplitResult, options: Options) -> dict[str, Any]:
    """User and password, which the nodes share, and whether what is sent is encrypted."""
    access: dict[str, Any] = {"username": parts.username, "password": parts.password}
    given = {name: unquote(value) for name, value in access.items() if value}
    return _encrypted(options, given) if options.stores_encrypted else given


def _encrypted(options: Options, access: Mapping[str, Any]) -> dict[str, Any]:
    return {"ssl": True, **options.tls, **({} if "password" in access else ASKING), **access}


def nodes_of(parts: SplitResult, port: int) -> list[tuple[str, int]]:
    """The hosts that an address names, each with its port."""
    named = [urlsplit(f"//{host}") for host in hosts_of(parts)]
    return [(host.hostname or "", host.port or port) for host in named]
