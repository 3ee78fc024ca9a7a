"""Stores that encrypt, with certificates that no public authority has signed, and sentinels that ask who is there."""

import re
import ssl
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest
import trustme
from faults.encrypted import context_of, encrypting, expired, in_file, self_signed
from faults.groups import NAME
from faults.stores import Server, client_of, running, until
from faults.talking import SOON, remembers

from ivr.desk.running.local import HOST, ROOT, free_port
from ivr.memory.opening import open_store
from ivr.memory.trouble import fault_at, trouble
from ivr.settings import Settings, WrongSetting

PASSWORD = "a:w@rd/+%,?#"
WRITTEN = quote(PASSWORD, safe="")
SECONDS = 5.0


@dataclass
class Stores:
    """Ports, and paths of files. All but the cluster's lead to one server, which wants a password."""

    ca: Path
    own: Path
    """What the server that signed its certificate itself shows."""
    certificate: Path
    key: Path
    clear: int
    trusted: int
    signed_by_itself: int
    stranger: int
    other_name: int
    old: int
    asks_back: int
    sentinel: int
    sentinel_clear: int
    cluster: int
    nobody: int


@pytest.fixture(scope="module")
def stores(tmp_path_factory):
    folder = tmp_path_factory.mktemp("encrypted")
    ours, clients = trustme.CA(), trustme.CA()
    mine = clients.issue_cert("line.example.org")
    trusted = context_of(ours.issue_cert(HOST))
    asks_back = context_of(ours.issue_cert(HOST))
    asks_back.verify_mode = ssl.CERT_REQUIRED
    clients.configure_trust(asks_back)
    with ExitStack() as stack:
        enter = stack.enter_context
        server = Server(folder / "one", first=(settings_file(folder / "one", "ann"),))
        enter(running(server))
        way = enter(encrypting(server.port, trusted, clear_too=True))
        sentinel = Server(folder / "sentinel", first=(settings_file(folder / "sentinel", "watch", way), "--sentinel"))
        enter(running(sentinel))
        context, own = self_signed(folder / "own")
        yield Stores(
            ca=in_file(ours.cert_pem, folder / "ca.pem"),
            own=own,
            certificate=in_file(mine.cert_chain_pems[0], folder / "line.pem"),
            key=in_file(mine.private_key_pem, folder / "line.key"),
            clear=server.port,
            trusted=way,
            signed_by_itself=enter(encrypting(server.port, context)),
            stranger=enter(encrypting(server.port, context_of(trustme.CA().issue_cert(HOST)))),
            other_name=enter(encrypting(server.port, context_of(ours.issue_cert("store.example.org")))),
            old=enter(encrypting(server.port, context_of(expired(ours)))),
            asks_back=enter(encrypting(server.port, asks_back)),
            sentinel=enter(encrypting(sentinel.port, trusted)),
            sentinel_clear=sentinel.port,
            cluster=enter(cluster_of_one(folder / "node", trusted)),
            nobody=free_port(),
        )


def settings_file(folder: Path, user: str, master: int = 0) -> str:
    """Of a server that asks who is there; of a sentinel, where it watches a master."""
    folder.mkdir(parents=True)
    access = f'requirepass "{PASSWORD}"\nuser {user} on ">{PASSWORD}" ~* &* +@all\n'
    watched = f'sentinel monitor {NAME} {HOST} {master} 1\nsentinel auth-pass {NAME} "{PASSWORD}"\n'
    own = folder / "own.conf"
    own.write_text(access + (watched if master else ""))
    return str(own)


@contextmanager
def cluster_of_one(folder: Path, context: ssl.SSLContext) -> Iterator[int]:
    """A node that tells of itself at the port where it encrypts."""
    port = free_port()
    with encrypting(port, context, clear_too=True) as way:
        own = {"cluster-port": str(free_port()), "cluster-announce-ip": HOST, "cluster-announce-port": str(way)}
        node = Server(folder, {"cluster-enabled": "yes", **own}, port=port)
        with running(node), client_of(port) as client:
            client.execute_command("CLUSTER ADDSLOTSRANGE", 0, 16383)
            until(lambda: client.execute_command("CLUSTER INFO")["cluster_state"] == "ok", SOON, "it is a cluster")
            yield way


def filled(form: str, stores: Stores) -> str:
    """An address, with the ports and files of these stores in it."""
    return form.format(**vars(stores), host=HOST, name=NAME, password=WRITTEN)


SERVER = "rediss://:{password}@{host}:"
SENTINEL = "rediss+sentinel://:{password}@{host}:{sentinel}/{name}?ssl_ca_certs={ca}"
ASKED = "&sentinel_password={password}"


@pytest.mark.parametrize(
    "form",
    [
        "redis://:{password}@{host}:{clear}",
        "redis://ann:{password}@{host}:{clear}/1",
        SERVER + "{trusted}?ssl_ca_certs={ca}",
        SERVER + "{trusted}/2?ssl_ca_certs={ca}&ssl_cert_reqs=required&ssl_check_hostname=true",
        SERVER + "{stranger}?ssl_cert_reqs=none",
        SERVER + "{stranger}?ssl_cert_reqs=CERT_NONE",
        SERVER + "{stranger}?db=1&ssl_cert_reqs=None",
        SERVER + "{signed_by_itself}?ssl_cert_reqs=none",
        SERVER + "{signed_by_itself}?ssl_ca_certs={own}&ssl_check_hostname=no",
        SERVER + "{other_name}?ssl_ca_certs={ca}&ssl_check_hostname=false",
        SERVER + "{old}?ssl_cert_reqs=none",
        SERVER + "{asks_back}?ssl_ca_certs={ca}&ssl_certfile={certificate}&ssl_keyfile={key}",
        SENTINEL + ASKED,
        SENTINEL + "&sentinel_username=watch" + ASKED,
        "rediss+sentinel://:{password}@{host}:{sentinel}/{name}?ssl_cert_reqs=none" + ASKED,
        "rediss+sentinel://:{password}@{host}:{sentinel_clear}/{name}/1?ssl_ca_certs={ca}&sentinel_ssl=false" + ASKED,
        "redis+sentinel://ann:{password}@{host}:{sentinel}/{name}?ssl_ca_certs={ca}&sentinel_ssl=yes" + ASKED,
        "redis+sentinel://:{password}@{host}:{sentinel_clear}/{name}?sentinel_password={password}",
        "rediss+cluster://{host}:{cluster}?ssl_ca_certs={ca}",
        "rediss+cluster://{host}:{cluster}/0?ssl_cert_reqs=none",
        "redis+cluster://{host}:{cluster}",
    ],
)
def test_a_store_is_reached(stores, form, tmp_path):
    settings = Settings.from_env(env_of(filled(form, stores), DATA_DIR=str(tmp_path)))
    assert settings.redis_url is not None
    fault = fault_at(settings.redis_url, SECONDS)
    assert fault is None, trouble(fault)
    store = open_store(settings)
    try:
        until(lambda: store.counted_today("call") is not None, SOON, "it is found")
    finally:
        store.connection.close()


CERTIFICATE, NAMED, OLD = "signed by no authority", "for another name", "expired"
REFUSED, CLEAR, ENDS = "refuses the user or the password", "does not encrypt", "ends the connection"


@pytest.mark.parametrize(
    ("form", "seen"),
    [
        (SERVER + "{trusted}", CERTIFICATE),
        (SERVER + "{stranger}", CERTIFICATE),
        (SERVER + "{stranger}?ssl_ca_certs={ca}", CERTIFICATE),
        (SERVER + "{signed_by_itself}", CERTIFICATE),
        ("rediss://:wrong@{host}:{stranger}", CERTIFICATE),
        ("rediss://:wrong@{host}:{stranger}?ssl_cert_reqs=none", REFUSED),
        ("rediss://bob:{password}@{host}:{trusted}?ssl_ca_certs={ca}", REFUSED),
        ("rediss://{host}:{trusted}?ssl_ca_certs={ca}", REFUSED),
        (SERVER + "{other_name}?ssl_ca_certs={ca}", NAMED),
        (SERVER + "{old}?ssl_ca_certs={ca}", OLD),
        (SERVER + "{asks_back}?ssl_ca_certs={ca}", "certificate of ours"),
        (SERVER + "{clear}?ssl_ca_certs={ca}", CLEAR),
        ("redis://:{password}@{host}:{stranger}", ENDS),
        ("redis://:{password}@{host}:{nobody}", "nothing listens"),
        ("redis://:{password}@store.invalid:6379", "no machine is found"),
        (SENTINEL, REFUSED),
        (SENTINEL + "&sentinel_password=wrong", REFUSED),
        (SENTINEL + "&sentinel_username=bob" + ASKED, REFUSED),
        (SENTINEL.replace("{name}", "other") + ASKED, "know no master"),
        (SENTINEL.partition("?")[0] + "?sentinel_password={password}", CERTIFICATE),
        (SENTINEL.replace("{sentinel}", "{sentinel_clear}") + ASKED, CLEAR),
        (SENTINEL.replace("{sentinel}", "{nobody}") + ASKED, "nothing listens"),
        ("rediss+sentinel://:wrong@{host}:{sentinel}/{name}?ssl_ca_certs={ca}" + ASKED, REFUSED),
        ("rediss+cluster://{host}:{cluster}", CERTIFICATE),
        ("redis+cluster://:{password}@{host}:{clear}", "no cluster"),
        ("rediss+cluster://{host}:{nobody}", "nothing listens"),
    ],
)
def test_why_a_store_is_not_reached_is_named(stores, form, seen):
    fault = fault_at(filled(form, stores), SECONDS)
    assert fault is not None
    assert seen in trouble(fault)[0], fault


def env_of(address: str, **more: str) -> dict[str, str]:
    return {"TWILIO_AUTH_TOKEN": "0123456789abcdef0123456789abcdef", "REDIS_URL": address, **more}


@pytest.mark.parametrize(
    ("form", "named"),
    [
        ("rediss://{host}:1?ssl_cert_reqs=perhaps", "ssl_cert_reqs"),
        ("rediss://{host}:1?ssl_check_hostname=perhaps", "ssl_check_hostname"),
        ("rediss://{host}:1?ssl_ca_certs=/no/such/file", "ssl_ca_certs"),
        ("rediss://{host}:1?ssl_ca_certs=", "ssl_ca_certs"),
        ("rediss://{host}:1?ssl_ca_certs={key}", "ssl_ca_certs"),
        ("rediss://{host}:1?ssl_certfile={ca}", "ssl_certfile"),
        ("rediss://{host}:1?ssl_certfile={certificate}&ssl_keyfile={ca}", "ssl_certfile"),
        ("rediss://{host}:1?ssl_keyfile={key}", "ssl_keyfile"),
        ("rediss://{host}:1?ssl_cert_req=none", "ssl_cert_req"),
        ("rediss://{host}:1?ssl_cert_reqs=none&ssl_cert_reqs=required", "ssl_cert_reqs"),
        ("redis://{host}:1?ssl_ca_certs={ca}", "ssl_ca_certs"),
        ("unix:///run/redis.sock?ssl_cert_reqs=none", "ssl_cert_reqs"),
        ("rediss://{host}:1?sentinel_password=a", "sentinel_password"),
        ("rediss+cluster://{host}:1?db=1", "db"),
        ("rediss+cluster://{host}:1?sentinel_ssl=true", "sentinel_ssl"),
        ("redis+cluster://{host}:1?ssl_cert_reqs=none", "ssl_cert_reqs"),
        ("rediss+sentinel://{host}:1/x?sentinel_ssl=perhaps", "sentinel_ssl"),
        ("redis+sentinel://{host}:1/x?sentinel_user=a", "sentinel_user"),
        ("redis+sentinel://{host}:1/x?ssl_cert_reqs=none", "ssl_cert_reqs"),
        ("redis+sentinel://{host}:1/x?sentinel_password=", "sentinel_password"),
    ],
)
def test_a_wrong_option_is_refused_by_its_name(stores, form, named):
    with pytest.raises(WrongSetting, match=rf"^REDIS_URL has [^/]*\b{named}\b") as wrong:
        Settings.from_env(env_of(filled(form, stores)))
    assert "\n" not in str(wrong.value)


def test_options_of_a_setting_of_their_own(stores):
    """For hosts that set REDIS_URL by themselves."""
    address = filled(SERVER + "{stranger}", stores)
    for options in ("ssl_cert_reqs=none", "?ssl_cert_reqs=none", "&ssl_cert_reqs=none&db=1"):
        both = Settings.from_env(env_of(address, REDIS_OPTIONS=options)).redis_url
        assert both is not None
        assert fault_at(both, SECONDS) is None
    for wrong in ("ssl_cert_reqs=perhaps", "none"):
        with pytest.raises(WrongSetting, match=r"^REDIS_OPTIONS has "):
            Settings.from_env(env_of(address, REDIS_OPTIONS=wrong))
    with pytest.raises(WrongSetting, match=r"^REDIS_OPTIONS is set without REDIS_URL"):
        Settings.from_env(env_of("", REDIS_OPTIONS="ssl_cert_reqs=none"))


def test_herokus_redis_works_as_the_page_says(stores, line_at, phone):
    """An address that the host has set, and a certificate that nobody has signed."""
    page = (ROOT / "docs" / "operators.md").read_text(encoding="utf-8")
    (options,) = set(re.findall(r"`REDIS_OPTIONS=(ssl_\S+)`", page))
    address = filled("rediss://:{password}@{host}:{signed_by_itself}", stores)
    with line_at(address, REDIS_OPTIONS=options) as line:
        until(lambda: remembers(phone(line)), SOON, "memory works")


def test_a_line_remembers_in_a_store_with_a_private_certificate(stores, line_at, phone):
    with line_at(filled(SERVER + "{trusted}?ssl_ca_certs={ca}", stores)) as line:
        until(lambda: remembers(phone(line)), SOON, "memory works")


def test_a_line_remembers_behind_sentinels_that_ask_who_is_there(stores, line_at, phone):
    with line_at(filled(SENTINEL + "&sentinel_username=watch" + ASKED, stores)) as line:
        until(lambda: remembers(phone(line)), SOON, "memory works")


def test_a_line_whose_store_shows_another_certificate_goes_on_and_says_why(stores, line_at, phone, capfd):
    with line_at(filled(SERVER + "{stranger}?ssl_ca_certs={ca}", stores)) as line:
        assert phone(line).call().said
        assert not remembers(phone(line))
    assert CERTIFICATE in capfd.readouterr().err
