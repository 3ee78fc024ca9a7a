"""What a load balancer, a person and whoever watches machines are told; and that the figures are true and of nobody."""

import json
import re
import subprocess
import sys
from contextlib import closing
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
import yaml
from api.scripted import answering
from faults.stores import until
from posting import post
from texts_lines import sending_line

from ivr import __version__
from ivr.desk.running.local import ROOT
from ivr.model import Outcome
from ivr.phone.handset import Handset
from ivr.web.figures import BOUNDS, Figures

TOKEN = "kJ8x2mQ4tV7wZ0aB"
SAMPLE = re.compile(r'([a-z_]+)(?:\{((?:[a-z_]+="[^"\n]*",?)*)\})? (-?[0-9.]+(?:e-?\d+)?)')
ENDINGS = {
    "counter": {"_total"},
    "histogram": {"_bucket", "_count", "_sum"},
    "info": {"_info"},
    "stateset": {""},
    "gauge": {""},
}


def read(text):
    """By the rules of OpenMetrics 1.0: every sample below the type of its family, families together, the end marked."""
    *lines, end = text.removesuffix("\n").split("\n")
    assert end == "# EOF"
    samples, kinds, family = {}, {}, ""
    for line in lines:
        if line.startswith("# TYPE "):
            _, _, family, kind = line.split(" ")
            assert family not in kinds
            kinds[family] = kind
        elif line.startswith("# HELP "):
            assert line.split(" ", 3)[2] == family
        else:
            name, labels, value = SAMPLE.fullmatch(line).groups()
            assert name.removeprefix(family) in ENDINGS[kinds[family]], line
            assert (name, labels) not in samples
            samples[name, labels or ""] = float(value)
    return samples


@pytest.fixture(scope="module")
def watched(light_env, tmp_path_factory):
    """A line of two workers that can send."""
    with (
        answering() as api,
        sending_line(light_env, tmp_path_factory.mktemp("watched"), api.address, METRICS_TOKEN=TOKEN) as line,
    ):
        yield line, api


def asked(line, token=TOKEN, path="/metrics"):
    """Status, headers, words."""
    connection = HTTPConnection(urlsplit(line).netloc, timeout=10)
    with closing(connection):
        connection.request("GET", path, headers={"Authorization": f"Bearer {token}"} if token else {})
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read().decode()


def figures(line):
    return read(asked(line)[2])


def test_what_was_done_is_counted_by_all_workers_together(watched, light_env, fresh_number):
    line, api = watched
    api.answers(201, {"sid": "SM1", "status": "queued"})
    before = figures(line)
    for number in range(12):
        call = Handset(line, light_env["TWILIO_AUTH_TOKEN"], fresh_number()).call()
        call.press("1")
        if number < 3:
            call.press("1")
            call.press("9")
    Handset(line, light_env["TWILIO_AUTH_TOKEN"], fresh_number()).text("12")
    assert post(line, "/voice", b"Digits=1").status == 403
    api.answers(400, {"code": 21610, "message": "", "status": 400})
    call.press("1")
    call.press("9")
    after = figures(line)
    more = {sample: after[sample] - before[sample] for sample in after}
    assert {kind: more["ivr_turns_total", f'kind="{kind}"'] for kind in ("arrived", "pressed", "texted")} == {
        "arrived": 12,
        "pressed": 12 + 6 + 2,
        "texted": 1,
    }
    assert more["ivr_turn_seconds_count", 'way="call"'] == 32
    assert more["ivr_turn_seconds_bucket", 'way="text",le="+Inf"'] == 1
    assert 0 < more["ivr_turn_seconds_sum", 'way="call"'] < 32
    assert more["ivr_refused_requests_total", ""] == 1
    assert more["ivr_api_requests_total", 'act="text",outcome="sent"'] == 3
    assert more["ivr_api_requests_total", 'act="text",outcome="stopped"'] == 1
    assert more["ivr_api_seconds_count", 'act="text"'] == 4
    assert after["ivr_store", 'ivr_store="up"'] == 1
    assert sum(value for (name, _), value in after.items() if name == "ivr_store") == 1
    assert after["ivr_info", next(labels for name, labels in after if name == "ivr_info")] == 1
    assert f'version="{__version__}"' in next(labels for name, labels in after if name == "ivr_info")


def test_buckets_hold_what_is_as_long_or_shorter(watched):
    after = figures(watched[0])
    counts = [after["ivr_turn_seconds_bucket", f'way="call",le="{bound}"'] for bound in (*BOUNDS, "+Inf")]
    assert counts == sorted(counts)
    assert counts[-1] == after["ivr_turn_seconds_count", 'way="call"']


@pytest.mark.parametrize("token", ["", "kJ8x2mQ4tV7wZ0aC", "\xe9"])
def test_whoever_has_no_token_is_told_nothing(watched, token):
    status, headers, words = asked(watched[0], token)
    assert (status, headers["WWW-Authenticate"], words) == (401, "Bearer", "")


def test_where_no_token_is_set_there_are_no_metrics(line):
    assert asked(line)[0] == 404


def test_the_type_is_the_one_that_scrapers_read(watched):
    assert asked(watched[0])[1]["Content-Type"] == "application/openmetrics-text; version=1.0.0; charset=utf-8"


def test_health_tells_people_more(watched):
    until(lambda: json.loads(asked(watched[0], path="/health")[2])["store"] == "up", 10, "the store answers in time")
    told = json.loads(asked(watched[0], path="/health?deep")[2])
    plain = json.loads(asked(watched[0], path="/health")[2])
    assert plain.items() <= told.items()
    assert told["version"] == __version__
    assert told["languages"] == ["en"]
    assert (told["sends"], told["hears"], told["wishes_waiting"]) == (True, False, 0)
    assert told["api_since_start"]["call"] == {}
    assert 0 <= told["store_ms"] < 5000


def test_each_alert_asks_for_what_is_told():
    told = {name for name, _ in read(Figures().written("up", 0, "1", "c"))}
    groups = yaml.safe_load((ROOT / "deploy" / "alerts.yaml").read_text())["groups"]
    rules = [rule for group in groups for rule in group["rules"]]
    assert len(rules) == 7
    for rule in rules:
        asked_for = set(re.findall(r"ivr_\w+(?=[\[{])|ivr_\w+$", re.sub(r"\{ivr_store=", "{", rule["expr"])))
        assert asked_for <= told, rule["alert"]
        assert asked_for or "up{" in rule["expr"]
        for label, value in re.findall(r'(act|outcome|kind|ivr_store)=~?"([^"]+)"', rule["expr"]):
            known = {*map(str, Outcome), "text", "call", "arrived", "up"}
            assert set(value.split("|")) <= known, label


COUNTING = """
import os
from ivr.web.figures import Figures
both = Figures()
for _ in range(4):
    if not os.fork():
        for _ in range(500):
            both.turn("pressed", 0.001)
        os.kill(os.getpid(), 9)
for _ in range(4):
    os.wait()
both.turn("pressed", 0.001)
print(both.total("turns", "pressed"))
"""


def test_processes_that_count_at_once_lose_nothing_and_one_that_dies_holds_nobody_up():
    done = subprocess.run([sys.executable, "-c", COUNTING], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "2001\n"
