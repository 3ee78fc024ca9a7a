"""The store that the line brings along: who keeps it alive, what becomes of it, and who may read its files."""

import os
import signal
import stat
import subprocess
import sys
import textwrap
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
import redis
from faults.stores import keeper_of, server_of, until
from faults.web import web
from settling import BETWEEN_KEYS, settle

from ivr.desk.running.local import free_port, local_env, served
from ivr.memory.embedded import store_address
from ivr.memory.locks import is_locked
from ivr.memory.private import make_private
from ivr.phone.handset import Handset

ROOT = Path(__file__).parents[3]
SOON = 20
"""Seconds on a noisy machine; where nothing else runs it takes two."""
USER = """
    import sys
    from pathlib import Path
    from ivr.memory.embedded import store_address
    print(store_address(Path(sys.argv[1])), flush=True)
    sys.stdin.read()
"""


class User:
    """A process that uses the store until it is told to end."""

    def __init__(self, data: Path, umask: int = -1) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(USER), str(data)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            umask=umask,
        )
        self.address = self.process.stdout.readline().strip()
        assert self.address

    def ends(self) -> None:
        self.process.communicate()

    def is_killed(self) -> None:
        self.process.kill()
        self.process.communicate()


@pytest.fixture
def user():
    """Makes users of stores, all gone at the end of the test."""
    users = []

    def make(*given) -> User:
        users.append(User(*given))
        return users[-1]

    yield make
    for one in users:
        if one.process.returncode is None:
            one.is_killed()


@contextmanager
def looking(address: str):
    with redis.Redis.from_url(address, decode_responses=True, socket_timeout=2) as client:
        yield client


def answers(address: str) -> bool:
    with suppress(redis.RedisError), looking(address) as client:
        return bool(client.ping())
    return False


def keep(address: str) -> None:
    with looking(address) as client:
        client.set("kept", "yes")
        client.waitaof(1, 0, 10_000)


def is_kept(address: str) -> bool:
    with suppress(redis.RedisError), looking(address) as client:
        return client.get("kept") == "yes"
    return False


def is_gone(data: Path) -> bool:
    return not (data / "store" / "socket").exists() and not is_locked(data / "store" / "keeper")


@pytest.mark.parametrize("first", [0, 1], ids=["who started it", "who came later"])
@pytest.mark.parametrize("way", [User.ends, User.is_killed])
def test_it_lives_until_its_last_user_is_gone(tmp_path, user, first, way):
    users = [user(tmp_path), user(tmp_path)]
    assert users[0].address == users[1].address
    keep(users[0].address)
    server = server_of(users[0].address)
    way(users[first])
    assert not is_gone(tmp_path)
    assert is_kept(users[0].address)
    assert server_of(users[0].address) == server, "nobody had to wait for another"
    way(users[1 - first])
    until(lambda: is_gone(tmp_path), SOON, "it ends with its last user")
    assert is_kept(user(tmp_path).address), "what it held is on the disk"


def test_the_last_to_go_waits_until_all_is_written(tmp_path, user):
    """Where it is the first process of a container, nothing outlives it."""
    one, other = user(tmp_path), user(tmp_path)
    one.ends()
    other.ends()
    assert is_gone(tmp_path)


@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGSTOP], ids=["killed", "frozen"])
def test_a_server_that_falls_is_started_again(tmp_path, user, blow):
    address = user(tmp_path).address
    keep(address)
    fallen = server_of(address)
    os.kill(fallen, blow)
    assert not answers(address)
    until(lambda: is_kept(address), 2 * SOON, "it is up again, with what it held")
    assert server_of(address) != fallen


def test_it_is_started_again_each_time(tmp_path, user):
    address = user(tmp_path).address
    keep(address)
    for _ in range(3):
        os.kill(server_of(address), signal.SIGKILL)
        until(lambda: is_kept(address), SOON, "it is up again")


@pytest.mark.parametrize("blow", [signal.SIGTERM, signal.SIGKILL])
def test_whoever_comes_after_a_keeper_has_fallen_finds_a_store(tmp_path, user, blow):
    address = user(tmp_path).address
    keep(address)
    os.kill(keeper_of(address), blow)
    until(lambda: not is_locked(tmp_path / "store" / "keeper"), SOON, "the keeper is gone")
    assert is_kept(user(tmp_path).address)
    assert is_locked(tmp_path / "store" / "keeper")


def test_a_frozen_server_whose_keeper_was_killed_gives_way(tmp_path, user):
    address = user(tmp_path).address
    keep(address)
    server, keeper = server_of(address), keeper_of(address)
    os.kill(server, signal.SIGSTOP)
    os.kill(keeper, signal.SIGKILL)
    assert is_kept(user(tmp_path).address)
    assert server_of(address) != server


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o777], ids=oct)
def test_its_files_are_for_its_user_alone(tmp_path, user, umask):
    data = tmp_path / "new" / "data"
    address = user(data, umask).address
    keep(address)
    user(data, umask)
    paths = [data.parent, data, *data.rglob("*")]
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in paths if not path.is_socket()}
    assert {mode for path, mode in modes.items() if path.is_dir()} == {0o700}, modes
    assert {mode for path, mode in modes.items() if path.is_file()} == {0o600}, modes
    assert stat.S_IMODE((data / "store" / "socket").stat().st_mode) == 0o700


def test_files_that_others_could_read_are_closed_to_them(tmp_path, user):
    user(tmp_path).ends()
    for path in (tmp_path / "store").rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    user(tmp_path)
    assert not [path for path in (tmp_path / "store").rglob("*") if path.stat().st_mode & 0o077]


def test_a_file_that_goes_meanwhile_stops_nothing(tmp_path, monkeypatch):
    """The server renames files while it writes them anew."""
    (tmp_path / "temp-1.aof").touch(0o644)
    (tmp_path / "temp-2.aof").touch(0o644)
    is_link = Path.is_symlink

    def go(path: Path) -> bool:
        (tmp_path / "temp-1.aof").unlink(missing_ok=True)
        return is_link(path)

    monkeypatch.setattr(Path, "is_symlink", go)
    make_private(tmp_path)
    assert [stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()] == [0o600]


@pytest.fixture
def env(tmp_path, light_words):
    return local_env({**os.environ, **light_words, "DATA_DIR": str(tmp_path), "REDIS_URL": "", "TWILIO_AUTH_TOKEN": ""})


def stands(handset: Handset) -> None:
    """The caller has gone into a topic, and that is kept."""
    call = handset.call()
    call.press("1")
    settle(BETWEEN_KEYS)
    call.press("1")


def await_kept(client) -> None:
    """The place of the last key, and on the disk: a server that is killed may lose what came in its last second."""
    until(lambda: [key for key in client.keys("caller:*") if client.hget(key, "call")[-2:] == ".1"], SOON, "it is kept")
    client.waitaof(1, 0, 10_000)


def is_known(handset: Handset, newcomer: Handset) -> bool:
    return handset.call().said != newcomer.call().said


def caller(line: str, env, number: int) -> Handset:
    return Handset(line, env["TWILIO_AUTH_TOKEN"], f"+1202558{number:04}")


def fall_of_server(address: str) -> None:
    os.kill(server_of(address), signal.SIGKILL)


def fall_of_both(address: str) -> None:
    server, keeper = server_of(address), keeper_of(address)
    os.kill(keeper, signal.SIGKILL)
    os.kill(server, signal.SIGKILL)


@pytest.mark.parametrize("fall", [fall_of_server, fall_of_both])
def test_a_line_finds_its_store_again(env, tmp_path, fall):
    with served(env, free_port()) as line:
        known = caller(line.address, env, 1)
        stands(known)
        address = f"unix://{tmp_path}/store/socket"
        with looking(address) as client:
            await_kept(client)
        fall(address)
        assert not answers(address)
        assert caller(line.address, env, 2).call().said, "the line goes on"
        until(lambda: is_known(known, caller(line.address, env, 3)), SOON, "who called before is known again")


def test_two_lines_with_one_folder_both_live_on(env, tmp_path):
    address = f"unix://{tmp_path}/store/socket"
    with served(env, free_port()) as one:
        with served(env, free_port()) as other:
            stands(caller(one.address, env, 1))
            with looking(address) as client:
                await_kept(client)
            assert is_known(caller(other.address, env, 1), caller(other.address, env, 2))
            one.web.kill()
            one.web.wait()
            assert is_known(caller(other.address, env, 1), caller(other.address, env, 3)), "the first has gone"
            with served(env, free_port()) as third:
                assert is_known(caller(third.address, env, 1), caller(third.address, env, 4))
        until(lambda: is_gone(tmp_path), SOON, "it ends with the last of them")


def test_a_new_version_takes_the_store_over(env, tmp_path):
    """The old server has started the store, and ends while the new one runs."""
    with web(env, free_port(), tmp_path) as line:
        stands(caller(line.address, env, 1))
        with looking(f"unix://{tmp_path}/store/socket") as client:
            await_kept(client)
        line.restart()
        assert is_known(caller(line.address, env, 1), caller(line.address, env, 2))


def test_this_process_can_lose_its_folder(tmp_path):
    """It is emptied by hand while the store runs, and made anew. The old keeper clears away nothing of the new one's: a
    store that starts slowly still needs its settings."""
    old = store_address(tmp_path / "data")
    keep(old)
    keeper = keeper_of(old)
    os.kill(keeper, signal.SIGSTOP)
    (tmp_path / "data").rename(tmp_path / "gone")
    address = store_address(tmp_path / "data")
    assert answers(address)
    assert not is_kept(address)
    os.kill(keeper, signal.SIGCONT)
    until(lambda: _has_ended(keeper), SOON, "the old keeper has ended")
    assert answers(address)
    assert (tmp_path / "data" / "store" / "valkey.conf").exists()


def _has_ended(pid: int) -> bool:
    """One that nobody has waited for yet has no command line any more."""
    try:
        return not Path(f"/proc/{pid}/cmdline").read_bytes()
    except FileNotFoundError:
        return True
