"""Servers that belong together: a pair that sentinels watch, and a cluster, each with a server that can take over."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import redis
from faults.stores import Server, client_of, running, until

from ivr.desk.running.local import HOST, free_port

TAKES_OVER = 20
"""Seconds within which another server has to take over."""
NAME = "line"
SLOTS = 16384


@dataclass
class Pair:
    servers: list[Server]
    sentinels: list[Server]

    @property
    def address(self) -> str:
        return f"redis+sentinel://{','.join(f'{HOST}:{one.port}' for one in self.sentinels)}/{NAME}"

    def master_port(self) -> int:
        with client_of(self.sentinels[0].port) as sentinel:
            return int(sentinel.sentinel_get_master_addr_by_name(NAME)[1])

    def master(self) -> Server:
        port = self.master_port()
        return next(server for server in self.servers if server.port == port)

    def await_another(self, fallen: Server) -> None:
        until(lambda: self.master_port() != fallen.port, TAKES_OVER, "the sentinels have chosen another master")
        with client_of(self.master_port()) as client:
            until(lambda: client.role()[0] == "master", TAKES_OVER, "it is the master")

    def make_whole(self, fallen: Server) -> None:
        """The sentinels would bring it back too, in their own time."""
        with client_of(fallen.port) as client:
            client.replicaof(HOST, self.master_port())
        with client_of(self.master_port()) as client:
            until(lambda: client.role()[2], TAKES_OVER, "the other follows")


@contextmanager
def pair(folder: Path) -> Iterator[Pair]:
    first = Server(folder / "first", {"repl-diskless-sync-delay": "0"})
    second = Server(folder / "second", {"replicaof": f"{HOST} {first.port}"})
    sentinels = [_sentinel(folder / f"sentinel-{number}", first.port) for number in range(3)]
    with running(first, second, *sentinels):
        one = Pair([first, second], sentinels)
        until(lambda: all(_knows_all(sentinel) for sentinel in sentinels), TAKES_OVER, "the sentinels know each other")
        yield one


def _sentinel(folder: Path, master: int) -> Server:
    folder.mkdir(parents=True)
    own = folder / "sentinel.conf"
    own.write_text(
        f"sentinel monitor {NAME} {HOST} {master} 2\n"
        f"sentinel down-after-milliseconds {NAME} 500\n"
        f"sentinel failover-timeout {NAME} 3000\n"
    )
    return Server(folder, first=(str(own), "--sentinel"))


def _knows_all(sentinel: Server) -> bool:
    with client_of(sentinel.port) as client, suppress(redis.RedisError, KeyError):
        known = client.sentinel_masters()[NAME]
        others = known["num-slaves"], known["num-other-sentinels"]
        return others == (1, 2) and not known["is_sdown"] and not known["is_odown"]
    return False


@dataclass
class Cluster:
    """Three masters, and a server that can take over from the first."""

    servers: list[Server]

    @property
    def address(self) -> str:
        return f"redis+cluster://{','.join(f'{HOST}:{one.port}' for one in self.servers)}"

    def master(self) -> Server:
        """Of the part that has a replica."""
        return next(server for server in self._partners() if _role(server) == "master")

    def replica(self) -> Server:
        return next(server for server in self._partners() if _role(server) == "slave")

    def await_another(self, fallen: Server) -> None:
        (other,) = (server for server in self._partners() if server is not fallen)
        until(lambda: _role(other) == "master", TAKES_OVER, "the replica has taken over")
        until(lambda: _is_well(other), TAKES_OVER, "the cluster is well again")

    def make_whole(self, _: Server) -> None:
        until(lambda: all(_is_well(server) for server in self.servers), TAKES_OVER, "the cluster is well again")
        until(lambda: [_role(server) for server in self._partners()].count("slave") == 1, TAKES_OVER, "it follows")
        with client_of(self.master().port) as client:
            until(lambda: client.role()[2], TAKES_OVER, "the replica follows")

    def _partners(self) -> tuple[Server, Server]:
        return self.servers[0], self.servers[3]


def _role(server: Server) -> str:
    with client_of(server.port) as client, suppress(redis.RedisError):
        return str(client.role()[0])
    return ""


def _is_well(server: Server) -> bool:
    with client_of(server.port) as client, suppress(redis.RedisError):
        return bool(client.execute_command("CLUSTER INFO")["cluster_state"] == "ok")
    return False


@contextmanager
def cluster(folder: Path) -> Iterator[Cluster]:
    servers = [Server(folder / f"node-{number}", _node()) for number in range(4)]
    with running(*servers):
        _join(servers)
        yield Cluster(servers)


def _node() -> dict[str, str]:
    return {
        "cluster-enabled": "yes",
        "cluster-port": str(free_port()),
        "cluster-node-timeout": "1000",
        "cluster-replica-validity-factor": "0",
        "repl-diskless-sync-delay": "0",
    }


def _join(servers: list[Server]) -> None:
    *masters, replica = servers
    bounds = [number * SLOTS // len(masters) for number in range(len(masters) + 1)]
    for server, first, after in zip(masters, bounds, bounds[1:], strict=False):
        with client_of(server.port) as client:
            client.execute_command("CLUSTER ADDSLOTSRANGE", first, after - 1)
            for other in servers:
                client.execute_command("CLUSTER MEET", HOST, other.port, other.options["cluster-port"])
    until(lambda: all(_is_well(server) for server in servers), TAKES_OVER, "the cluster is whole")
    with client_of(masters[0].port) as first_master, client_of(replica.port) as client:
        client.execute_command("CLUSTER REPLICATE", first_master.execute_command("CLUSTER MYID"))
        until(lambda: first_master.role()[2], TAKES_OVER, "the replica follows")
    until(lambda: all(_is_well(server) for server in servers), TAKES_OVER, "the cluster is whole")
