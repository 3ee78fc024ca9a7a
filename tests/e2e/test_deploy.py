"""The files that put the line on a machine: they start the same server, know every setting, and hold no secret."""

import ast
import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml
from faults.stores import until

from ivr.desk.running.local import free_port, is_line
from ivr.memory.embedded import STOP_SECONDS
from ivr.settings.environment import NAMES

ROOT = Path(__file__).parents[2]
SETTING = re.compile(r"^\| `([A-Z_]+)` \|", re.MULTILINE)
SECRET = re.compile(r"\b(?:AC|SK)[0-9a-f]{32}\b|(?i:token|secret)[\"']?\s*[:=]\s*[\"']?[0-9a-f]{24,}")
CARRIER_GIVES_UP = 15


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def unfolded(name: str) -> str:
    """With lines that go on after a backslash as one."""
    return read(name).replace("\\\n", "")


def settings_in_the_table() -> list[str]:
    return SETTING.findall(read("docs/settings.md"))


def web_command() -> str:
    (line,) = (line for line in read("Procfile").splitlines() if line.startswith("web:"))
    return line.removeprefix("web:").strip()


def run_command() -> str:
    (command,) = re.findall(r"podman run .*", unfolded("docs/operators.md"))
    return command


def test_all_three_start_the_same_server():
    assert f"ExecStart=/opt/info-line/.venv/bin/{web_command()}\n" in read("deploy/info-line.service")
    (command,) = re.findall(r"^CMD (\[.*\])$", read("Containerfile"), re.MULTILINE)
    assert " ".join(ast.literal_eval(command)) == web_command().replace('"', "")


def test_all_three_check_the_content_first():
    check = "python -m ivr check"
    assert f"release: {check}\n" in read("Procfile")
    assert f"ExecStartPre=/opt/info-line/.venv/bin/{check}\n" in read("deploy/info-line.service")
    assert f"RUN {check}" in read("Containerfile")


def test_the_example_of_settings_has_each_once():
    named = re.findall(r"^#?([A-Z_]+)=", read("deploy/info-line.env.example"), re.MULTILINE)
    elsewhere = {"DATA_DIR", "ENV_FILE"}
    """The service's own line sets the first, to the folder that it may write; the file cannot name itself."""
    assert sorted(named) == sorted(set(settings_in_the_table()) - elsewhere)


def is_environment(node: ast.expr) -> bool:
    """By what the code calls it. A bare `environ` is a web request's."""
    return ast.unparse(node) in {"os.environ", "env", "given", "own", "given_in(env)"}


def names_read(tree: ast.AST) -> Iterator[str]:
    """Settings by the ways in which they are read: `env.get("X")`, `env["X"]`, `of(env, "X")`, `option(envvar="X")`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript) and is_environment(node.value):
            yield from constants(node.slice)
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Attribute) and is_environment(node.func.value):
                yield from constants(*node.args[:1])
            if any(is_environment(one) for one in node.args):
                yield from constants(*node.args)
            yield from constants(*(word.value for word in node.keywords if word.arg == "envvar"))


def constants(*nodes: ast.expr) -> list[str]:
    values = [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return [value for value in values if re.fullmatch("[A-Z][A-Z0-9_]+", value)]


def test_each_setting_that_the_code_reads_stands_in_the_table_once():
    files = [*(ROOT / "ivr").rglob("*.py"), ROOT / "gunicorn.conf.py"]
    read_names = {name for file in files for name in names_read(ast.parse(file.read_text(encoding="utf-8")))}
    assert sorted(settings_in_the_table()) == sorted(read_names) == sorted(NAMES)


# --- compose and proxies -------------------------------------------------------------------------------------


def composed() -> dict[str, dict[str, object]]:
    return yaml.safe_load(read("compose.yaml"))["services"]


def test_compose_sets_only_settings_and_lets_nobody_in_but_through_the_proxy():
    services = composed()
    assert set(services["line"]["environment"]) <= NAMES
    assert [name for name, service in services.items() if "ports" in service] == ["proxy"]
    assert "command" not in services["line"], "it is started as the image says"
    address = urlsplit(services["line"]["environment"]["REDIS_URL"])
    assert address.hostname in services
    proxy = services["proxy"]["environment"]
    assert proxy["LINE"] == f"line:{services['line']['environment']['PORT']}"
    assert services["line"]["environment"]["PUBLIC_URL"].startswith("https://${SITE:?")


def test_the_store_of_compose_keeps_what_it_is_told():
    command = " ".join(composed()["store"]["command"])
    assert "--appendonly yes" in command
    assert "--maxmemory-policy noeviction" in command
    mounted = [volume.partition(":")[2] for volume in composed()["store"]["volumes"]]
    assert mounted == ["/data"], "where the image has its store"


def test_what_compose_mounts_is_there_or_a_volume():
    named = yaml.safe_load(read("compose.yaml"))["volumes"]
    for service in composed().values():
        for volume in service.get("volumes", ()):
            source = volume.partition(":")[0]
            assert (ROOT / source).is_file() if source.startswith("./") else source in named
    assert f"VOLUME {composed()['line']['volumes'][0].partition(':')[2]}\n" in read("Containerfile")


def test_the_proxies_leave_addresses_alone_and_keep_metrics_to_themselves():
    nginx, caddy = read("deploy/nginx.conf"), read("deploy/Caddyfile")
    assert re.search(r"^\s*proxy_pass http://127\.0\.0\.1:8000;$", nginx, re.MULTILINE), "no slash behind the port"
    settings = re.sub(r"#.*", "", nginx + caddy)
    assert not re.search(r"\b(rewrite|handle_path|uri|merge_slashes|strip_prefix)\b", settings)
    assert "location = /metrics { return 404; }" in nginx
    assert "@metrics path /metrics\n\trespond @metrics 404" in caddy


def as_the_service() -> str:
    return read("deploy/as-the-service")


def test_commands_have_what_the_service_has():
    unit = read("deploy/info-line.service")
    for name, line in {
        "User": "exec runuser -u {} -- ",
        "WorkingDirectory": "cd {}\n",
        "EnvironmentFile": "done < {}\n",
        "Environment=DATA_DIR": "export DATA_DIR={}\n",
    }.items():
        (value,) = re.findall(rf"(?m)^{name}=(.+)$", unit)
        assert line.format(value) in as_the_service()


def test_a_command_runs_with_the_settings_and_the_data_of_the_service(tmp_path):
    """The real file with other places; who may become another user is the machine's matter."""
    secret = "CALLER_SECRET=kJ8$x2 mQ#4'&touch${IFS}run;\\`touch run`"
    (tmp_path / "env").write_text(f"# No shell:\nTWILIO_AUTH_TOKEN=0123\nCONTENT_DIR=\n\n{secret}")
    here = as_the_service()
    for place, other in {
        "runuser -u info-line -- .venv/bin/python": sys.executable,
        "/opt/info-line": str(ROOT),
        "/etc/info-line.env": str(tmp_path / "env"),
        "/var/lib/info-line": str(tmp_path / "data"),
    }.items():
        assert here.count(place) == 1
        here = here.replace(place, other)
    (tmp_path / "command").write_text(here)
    done = subprocess.run(
        ["/bin/sh", tmp_path / "command", "report", "-o", "-"],
        env={"PATH": os.environ["PATH"]},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert f"Counted in the embedded store in {tmp_path / 'data'}\n" in done.stderr
    assert not (tmp_path / "data" / "token").exists()
    assert not (tmp_path / "run").exists()
    (tmp_path / "env").write_text(f"{secret}\nTWILIO_AUTH_TOKEN=0123")
    (tmp_path / "command").write_text(here.replace(f"{sys.executable} -m ivr", "printenv"))
    printed = ["/bin/sh", tmp_path / "command", "CALLER_SECRET"]
    told = subprocess.run(printed, capture_output=True, text=True, check=True)
    assert f"CALLER_SECRET={told.stdout}" == f"{secret}\n"


def served_with(act: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """What `act` does with the web server's settings, `conf`; in a process of its own, since they set up the log."""
    code = f"import runpy, types; conf = runpy.run_path('gunicorn.conf.py'); {act}"
    env = {**os.environ, "LOG_LEVEL": "", **settings}
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, text=True, check=False)


def entry_of_the_container() -> list[str]:
    (words,) = re.findall(r"^ENTRYPOINT (\[.*\])$", read("Containerfile"), re.MULTILINE)
    return [sys.executable if word == "python" else word for word in ast.literal_eval(words)]


GUNICORN = [sys.executable, "-m", "gunicorn", "ivr.web.app:create_app()"]
WRONG = {
    "WEB_CONCURRENCY": "many",
    "PORT": "x",
    "LISTEN": "[::1",
    "HELPLINE_NUMBR": "+18002272345",
    "LINE_NUMBER": '"+18005550199"',
    "TWILIO_ACCOUNT_SID": "AC1",
    "PUBLIC_URL": "https://ann:w0rd@line.example.org",
    "CALLER_SECRET": "short",
    "FALLBACK_URL": "fallback",
    "TWILIO_AUTH_TOKEN": "two words",
}


@pytest.mark.parametrize("name", WRONG)
def test_a_line_with_a_wrong_setting_does_not_start_and_says_why_in_one_line(name, line_env, tmp_path):
    env = {**line_env, "DATA_DIR": str(tmp_path), "PORT": str(free_port()), name: WRONG[name]}
    command = [*entry_of_the_container(), *GUNICORN]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode != 0
    (said,) = (line for line in done.stderr.splitlines() if line)
    assert said.removeprefix("Error: ").startswith(f"{name} is ")
    assert "w0rd" not in said


@pytest.mark.parametrize("name", WRONG)
def test_what_stops_the_start_stops_the_check_before_it(name, line_env):
    """Which is all that a host with a Procfile and systemd do first."""
    command = [sys.executable, "-m", "ivr", "check"]
    env = {**line_env, name: WRONG[name]}
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"Error: {name} is ")


def test_the_start_says_once_what_is_off(line_env, tmp_path):
    port = free_port()
    env = {**line_env, "DATA_DIR": str(tmp_path), "PORT": str(port), "LISTEN": "127.0.0.1", "WEB_CONCURRENCY": "2"}
    with subprocess.Popen(GUNICORN, cwd=ROOT, env=env, stderr=subprocess.PIPE, text=True) as web:
        try:
            until(lambda: is_line(f"http://127.0.0.1:{port}"), 30, "the line answers")
        finally:
            web.terminate()
        said = web.stderr.read()
    for name in ("Key 9", "CALL", "The fallback", "Speech"):
        assert said.count(f" INFO ivr.web.app {name} is off, ") == 1


def test_the_web_line_of_the_procfile_serves_from_a_bare_shell(tmp_path):
    """With what a host gives it: a path to its programs, a port and the operator's settings."""
    port = free_port()
    own = {"PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin", "PORT": str(port), "TWILIO_AUTH_TOKEN": "0123456789"}
    env = {**own, "DATA_DIR": str(tmp_path / "data"), "ENV_FILE": str(tmp_path / "empty.env")}
    (tmp_path / "empty.env").touch()
    command = ["/bin/sh", "-c", f"exec {web_command()}"]
    with subprocess.Popen(command, cwd=ROOT, env=env, stderr=subprocess.DEVNULL) as web:
        try:
            until(lambda: is_line(f"http://127.0.0.1:{port}"), 30, "the line answers")
        finally:
            web.terminate()


def test_a_line_can_listen_at_an_address_of_ipv6(light_env, tmp_path):
    if not socket.has_ipv6 or not _binds("::1"):
        pytest.skip("this machine has no IPv6")
    port = free_port()
    env = {**light_env, "DATA_DIR": str(tmp_path), "LISTEN": "::1", "PORT": str(port), "WEB_CONCURRENCY": "1"}
    with subprocess.Popen(GUNICORN, cwd=ROOT, env=env, stderr=subprocess.DEVNULL) as web:
        try:
            until(lambda: is_line(f"http://[::1]:{port}"), 30, "the line answers")
        finally:
            web.terminate()


def _binds(host: str) -> bool:
    with socket.socket(socket.AF_INET6) as probe:
        try:
            probe.bind((host, 0))
        except OSError:
            return False
    return True


def test_time_limits_are_below_the_carriers():
    told = served_with("print(conf['timeout'], conf['graceful_timeout'])").stdout.split()
    timeout, graceful_timeout = map(int, told)
    assert timeout < CARRIER_GIVES_UP
    assert graceful_timeout < CARRIER_GIVES_UP
    (service,) = re.findall(r"TimeoutStopSec=(\d+)", read("deploy/info-line.service"))
    (container,) = re.findall(r"--stop-timeout (\d+)", run_command())
    assert min(int(service), int(container)) > graceful_timeout + STOP_SECONDS


@pytest.mark.parametrize(
    ("listen", "port", "bound"),
    [
        ("", "8123", ":8123"),
        ("127.0.0.1", "8123", "127.0.0.1:8123"),
        ("[::1]", "8123", "[::1]:8123"),
        ("", "", "127.0.0.1:8000"),
        (" ", " ", "127.0.0.1:8000"),
        ("0.0.0.0", "", "0.0.0.0:8000"),  # noqa: S104
    ],
)
def test_nobody_comes_in_past_the_proxy(listen, port, bound):
    """Where the host names a port, the proxy is on another machine; where none does, on this one."""
    assert served_with("print(conf['bind'])", LISTEN=listen, PORT=port).stdout == f"{bound}\n"


def test_the_example_of_settings_listens_to_a_proxy_on_the_same_machine():
    assert "LISTEN=127.0.0.1\n" in read("deploy/info-line.env.example")


@pytest.mark.parametrize(
    ("level", "well"), [("", True), ("  ", True), (" Warning ", True), ("loud", False), ("10", False)]
)
def test_a_log_level_that_is_none_is_answered_with_a_sentence(level, well):
    done = served_with("print('well')", LOG_LEVEL=level)
    assert (done.stdout == "well\n") is well
    assert done.stderr.startswith("" if well else "LOG_LEVEL is not a level of the log: write")
    assert len(done.stderr.splitlines()) == (0 if well else 1)


@pytest.mark.parametrize(("fault", "traced"), [("ZeroDivisionError", True), ("conf['CannotStart']", False)])
def test_no_fault_of_a_reload_stops_the_server(fault, traced):
    """Content that has to be mended is told as such; anything else is a fault of our own, and can be found."""
    server = "types.SimpleNamespace(app=types.SimpleNamespace(load=load), log=logging.getLogger())"
    act = f"import logging\ndef load(): raise {fault}('topics/goals.md')\nconf['on_reload']({server}); print('goes on')"
    done = served_with(act)
    assert done.stdout == "goes on\n"
    assert "The line goes on with the words from before. Mend this:\ntopics/goals.md" in done.stderr
    assert ("Traceback" in done.stderr) is traced


def test_what_the_line_runs_on_goes_into_the_container():
    kept = {line.removeprefix("!") for line in read(".dockerignore").splitlines() if line.startswith("!")}
    assert kept == {"ivr", "content", "gunicorn.conf.py", "requirements.txt", "LICENSE", "NOTICE"}


def test_every_installation_holds_each_file_against_its_hash():
    for name in ("docs/operators.md", "Containerfile", "Makefile"):
        installed = re.findall(r"pip install.* -r .*", unfolded(name))
        assert installed
        assert all("--require-hashes" in command for command in installed), name


def test_a_container_listens_where_its_port_leads_and_lets_in_this_machine_alone():
    assert " -e LISTEN= -p 127.0.0.1:8000:8000 " in run_command()


def asked_for_health(port: int) -> int:
    """The exit status of the container's own question, beside a proxy that is down."""
    (command,) = re.findall(r"^HEALTHCHECK .*?CMD (\[.*?\])$", unfolded("Containerfile"), re.MULTILINE)
    env = {**os.environ, "PORT": str(port), "http_proxy": f"http://127.0.0.1:{free_port()}"}
    ready = [sys.executable if word == "python" else word for word in json.loads(command)]
    return subprocess.run(ready, env=env, capture_output=True, check=False).returncode


def test_a_container_is_healthy_while_its_line_answers(line):
    assert asked_for_health(urlsplit(line).port) == 0
    assert asked_for_health(free_port()) == 1


def test_the_line_in_a_container_can_read_its_files_and_need_not_be_root():
    steps = re.findall(
        r"^(RUN .*chmod -R a\+rX \.|USER line|RUN python -m ivr check|COPY \. \.)$", read("Containerfile"), re.MULTILINE
    )
    compiled = "RUN python -m compileall -q ivr && chmod -R a+rX ."
    assert steps == ["COPY . .", compiled, "USER line", "RUN python -m ivr check"]


def tracked() -> list[str]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S607
    return [name for name in listed.stdout.split() if not name.startswith("tests/")]


def test_no_secret_stands_in_a_file():
    files = tracked()
    if not files:
        pytest.skip("not a checkout of git: nobody can tell which files are the repository's")
    found = [name for name in files if SECRET.search((ROOT / name).read_text(encoding="utf-8", errors="replace"))]
    assert found == []


@pytest.mark.parametrize("text", ["AC" + "0a" * 16, 'TOKEN = "' + "0123abcd" * 4 + '"', "auth_token=" + "f" * 32])
def test_a_secret_would_be_found(text):
    assert SECRET.search(text)
