"""The parts of `make bench`: what it sends is what the line accepts, and what it counts is what happened."""

import socket
from itertools import islice
from pathlib import Path
from random import Random

import pytest
from bench import flat
from bench.asked import GOES_ON, on_wire, texts, turns
from bench.figures import percentile
from bench.heard import heard, texts_of
from bench.human import crowd
from bench.kept import bytes_kept
from bench.load import Sender, load
from bench.servers import LINE, SAMPLE, served
from bench.start import starts
from bench.table import MOST_RESIDENT

from ivr.memory.embedded import store_address

SOME = 60


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return store_address(tmp_path_factory.mktemp("store"))


@pytest.fixture(scope="module")
def port(tmp_path_factory, store):
    with served(LINE, tmp_path_factory.mktemp("line"), store) as port:
        yield port


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [([5], 0.5, 5), ([3, 1, 2], 0.5, 2), ([1, 2, 3, 4], 0.5, 2), (range(1, 101), 0.99, 99), (range(1, 101), 1, 100)],
)
def test_a_percentile_is_a_value_that_was_measured(values, share, expected):
    assert percentile(values, share) == expected


def written(asked, port, path=None):
    return [on_wire(one, port, path) for one in islice(asked, SOME)]


def test_the_line_answers_what_it_is_asked_over_few_connections(content, port):
    for asked in (turns(content.libraries, Random(1)), texts(Random(1))):
        measured = load(port, written(asked, port), b"<Response")
        assert (len(measured.latencies), measured.failures) == (SOME, 0)
        assert measured.rate > 0


def test_an_answer_other_than_the_wanted_one_is_a_failure(port):
    ready = written(texts(Random(1)), port)
    assert load(port, ready, b"no line says this").failures == SOME
    assert load(port, [request.replace(b"Body=", b"Body=X") for request in ready]).failures == SOME


@pytest.mark.parametrize(("asking", "failures"), [(False, 0), (True, 1)])
def test_a_connection_closed_while_nobody_waits_is_no_failure(asking, failures):
    with socket.create_server(("127.0.0.1", 0)) as server:
        sender = Sender(server.getsockname()[1], b"")
        connection = sender.connect()
        if asking:
            connection.send(b"GET / HTTP/1.1")
        server.accept()[0].close()
        assert len(list(sender.answered(5))) == failures
        assert (sender.failures, connection.line.fileno()) == (failures, -1)
        sender.close()


def test_the_usual_pattern_accepts_the_same_forms(content, store, tmp_path):
    with served(SAMPLE, tmp_path, store) as sample:
        measured = load(sample, written(turns(content.libraries, Random(1)), sample, "/voice"), b"<Response")
    assert (len(measured.latencies), measured.failures) == (SOME, 0)


def test_calls_have_as_many_turns_as_they_should(content):
    paths = [asked.path for asked in islice(turns(content.libraries, Random(1)), 4000)]
    assert paths.count("/voice") / len(paths) == pytest.approx(1 - GOES_ON, abs=0.02)
    assert len(set(paths)) > 500


def test_a_crowd_is_answered_and_each_acts_at_its_time(content, port):
    people = crowd(content.libraries, port, callers=100, seconds=1.5)
    assert 0 < people.requests <= 100
    assert people.failures == 0
    assert 0 < people.p50 <= people.p99 <= people.longest


def test_what_is_kept_of_a_caller_grows_with_texts(content, port, store):
    sizes = [bytes_kept(content.libraries, port, store, texts) for texts in (0, 1, 8)]
    assert 0 < sizes[0] < sizes[1] < sizes[2]


def test_a_grown_library_can_be_walked_by_keys_and_words(content, monkeypatch):
    monkeypatch.setattr(flat, "SIZES", (10, 200))
    monkeypatch.setattr(flat, "TIMES", 3)
    kinds = flat.costs(content.libraries["en"])
    assert all(len(cost.microseconds) == 2 and cost.growth > 0 for cost in kinds)


def test_understanding_is_timed_on_the_texts_of_the_tables(content, monkeypatch):
    texts = texts_of("en")
    assert len(texts) == len([*texts_in_lines(Path(__file__).parents[1] / "listening/en")])
    monkeypatch.setattr("bench.heard.texts_of", lambda _: texts[:SOME])
    figures = heard(content.libraries["en"])
    assert figures.texts == SOME
    assert 0 < figures.median <= figures.worst
    assert figures.longest > figures.median


def texts_in_lines(folder):
    for path in folder.glob("tuned*.tsv"):
        yield from path.read_text(encoding="utf-8").splitlines()[1:]


def test_a_worker_is_small_and_its_start_was_measured():
    """Memory does not depend on how busy the machine is; the time does, so of that only what must be so is asserted."""
    measured = starts(times=1)
    for start in (measured.first, measured.again, measured.account):
        assert 0 < start.own < start.resident < MOST_RESIDENT
        assert 0 < start.cpu < start.cpu_with_store
