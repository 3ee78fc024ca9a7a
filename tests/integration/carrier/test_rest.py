"""The carrier's REST API: what is asked of it, what each answer means, and that it never holds up a call for long."""

import itertools
import logging
import socket
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import ExitStack
from dataclasses import replace

import pytest
from api.mock import ACCOUNT, LINE_NUMBER, Mock
from api.scripted import Scripted, dripping, raw, silent

from ivr.carrier.breaker import FAILURES
from ivr.carrier.exchange import Room
from ivr.carrier.twilio.api import MOST_AT_ONCE, Api, Outcome
from ivr.carrier.twilio.codes import CODES, outcome_of
from ivr.carrier.twilio.render import RETRIES
from ivr.phone.wire import Wire

TO = "+12025550177"
WORDS = "Radiation & you: 1 of 3 – café 😀 + 100%"
TOKEN = "a-very-secret-token"
CALL_URL = "https://line.example.org/voice?a=1&b=2"
STATUS_URL = "https://line.example.org/sms/status"
ACTS: dict[str, Callable[[Api], Outcome]] = {
    "a text": lambda api: api.send_text(TO, WORDS, STATUS_URL),
    "a call": lambda api: api.place_call(TO, CALL_URL, STATUS_URL),
}
BOTH = pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)


@pytest.fixture
def api(scripted: Scripted) -> Api:
    return Api(ACCOUNT, TOKEN, LINE_NUMBER, scripted.address, time_limit=2.0)


@pytest.fixture(autouse=True)
def nothing_personal_is_logged(caplog):
    """Whatever a test does, at every level and of every library."""
    with caplog.at_level(logging.DEBUG):
        yield
    kept = " ".join(f"{record.getMessage()} {record.exc_text}" for record in caplog.get_records("call"))
    for secret in (TO[1:], "Radiation", TOKEN, ACCOUNT, LINE_NUMBER[1:]):
        assert secret not in kept


# --- what is asked -----------------------------------------------------------------------------------------------


def test_a_text(api, scripted):
    assert api.send_text(TO, WORDS, STATUS_URL) is Outcome.SENT
    (asked,) = scripted.asked
    assert asked.path == f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
    assert asked.fields == {"To": TO, "From": LINE_NUMBER, "Body": WORDS, "StatusCallback": STATUS_URL}
    assert asked.credentials == f"{ACCOUNT}:{TOKEN}"


def test_a_call(api, scripted):
    assert api.place_call(TO, CALL_URL, STATUS_URL) is Outcome.SENT
    (asked,) = scripted.asked
    assert asked.path == f"/2010-04-01/Accounts/{ACCOUNT}/Calls.json"
    assert asked.fields == {"To": TO, "From": LINE_NUMBER, "Url": CALL_URL, "StatusCallback": STATUS_URL}


def test_a_text_through_a_service_still_comes_from_the_number_that_was_called(api, scripted):
    """The service would choose any number of its pool."""
    through = replace(api, service="MG1", others=("+18005550198",))
    through.send_text(TO, WORDS, None, "+18005550198")
    assert scripted.asked[-1].fields == {
        "To": TO,
        "From": "+18005550198",
        "Body": WORDS,
        "MessagingServiceSid": "MG1",
    }


@pytest.mark.parametrize(
    ("ours", "sender"),
    [
        (LINE_NUMBER, LINE_NUMBER),
        ("+18005550198", "+18005550198"),
        ("whatsapp:+18005550198", "+18005550198"),
        ("+18005550111", LINE_NUMBER),
        ("rcs:an_agent", LINE_NUMBER),
        ("", LINE_NUMBER),
    ],
)
def test_what_goes_out_comes_from_the_number_that_was_called_if_it_is_the_line_s(api, scripted, ours, sender):
    several = replace(api, others=("+18005550198", "+18005550197"))
    several.send_text(TO, WORDS, None, ours)
    several.place_call(TO, CALL_URL, None, ours)
    assert [asked.fields["From"] for asked in scripted.asked] == [sender, sender]


def test_a_key_asks_in_place_of_the_token_for_the_same_account(api, scripted):
    with_key = replace(api, key="SK1", token="its-secret")
    with_key.send_text(TO, WORDS, None)
    (asked,) = scripted.asked
    assert asked.credentials == "SK1:its-secret"
    assert asked.path == f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json"


def test_no_reports_are_asked_for_without_an_address(api, scripted):
    api.send_text(TO, WORDS, None)
    api.place_call(TO, CALL_URL, None)
    assert all("StatusCallback" not in asked.fields for asked in scripted.asked)


@pytest.mark.parametrize("path", ["/", "/api/laml", "/api/laml/"])
def test_another_carrier_s_address_may_have_a_path(api, scripted, path):
    replace(api, address=scripted.address + path).send_text(TO, WORDS, None)
    assert scripted.asked[0].path == f"{path.rstrip('/')}/2010-04-01/Accounts/{ACCOUNT}/Messages.json"


def test_without_an_address_it_is_twilio_s(api, monkeypatch):
    wanted = []

    def nowhere(host, *_args, **_kwargs):
        wanted.append(host)
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", nowhere)
    assert replace(api, address=None).send_text(TO, WORDS, None) is Outcome.FAILED
    assert wanted == ["api.twilio.com"]


def test_many_at_once_do_not_mix(api, scripted):
    texts = {f"+120255502{n:02}": f"text {n}" for n in range(24)}
    with ThreadPoolExecutor(MOST_AT_ONCE) as pool:
        outcomes = pool.map(lambda text: api.send_text(*text, None), texts.items())
    assert set(outcomes) == {Outcome.SENT}
    assert {asked.fields["To"]: asked.fields["Body"] for asked in scripted.asked} == texts


def test_the_token_is_not_shown(api):
    assert TOKEN not in repr(api)


# --- what an answer means ----------------------------------------------------------------------------------------

REFUSED = [
    (21610, Outcome.STOPPED),
    (21612, Outcome.NO_TEXTS),
    (21614, Outcome.NO_TEXTS),
    (21635, Outcome.NO_TEXTS),
    (21265, Outcome.NO_TEXTS),
    (20003, Outcome.NO_CREDIT),
    (20005, Outcome.NO_CREDIT),
    (10001, Outcome.NO_CREDIT),
    (90010, Outcome.NO_CREDIT),
    (21408, Outcome.NO_CREDIT),
    (21606, Outcome.NO_CREDIT),
    (21608, Outcome.NO_CREDIT),
    (21215, Outcome.NO_CREDIT),
    (21219, Outcome.NO_CREDIT),
    (21201, Outcome.BAD_NUMBER),
    (21211, Outcome.BAD_NUMBER),
    (21217, Outcome.BAD_NUMBER),
    (20429, Outcome.BUSY),
    (21611, Outcome.BUSY),
    (10004, Outcome.BUSY),
    (21617, Outcome.FAILED),
    (20404, Outcome.FAILED),
    (99999, Outcome.FAILED),
]
REPORTED = [
    ("30001", Outcome.BUSY),
    ("30002", Outcome.NO_CREDIT),
    ("30003", Outcome.FAILED),
    ("30004", Outcome.NO_TEXTS),
    ("30005", Outcome.BAD_NUMBER),
    ("30006", Outcome.NO_TEXTS),
    ("30007", Outcome.FAILED),
    ("30008", Outcome.FAILED),
    ("30022", Outcome.BUSY),
    ("30032", Outcome.NO_CREDIT),
    ("30034", Outcome.NO_CREDIT),
    ("21610", Outcome.STOPPED),
    ("21614", Outcome.NO_TEXTS),
    ("99999", Outcome.FAILED),
    ("", Outcome.FAILED),
    ("forged", Outcome.FAILED),
    ("429 ", Outcome.FAILED),
    (None, Outcome.FAILED),
]


@BOTH
@pytest.mark.parametrize(("code", "outcome"), REFUSED)
def test_a_refusal(api, scripted, act, code, outcome):
    words = f"The number {TO} ({LINE_NUMBER}) did not get: {WORDS}"
    scripted.answers(400, {"code": code, "message": words, "more_info": "x", "status": 400})
    assert act(api) is outcome
    assert len(scripted.asked) == 1


def test_a_refusal_in_the_form_of_the_newer_apis(api, scripted):
    scripted.answers(400, {"code": 21610, "type": "x", "title": f"No texts for {TO}", "status": 400})
    assert api.send_text(TO, WORDS, None) is Outcome.STOPPED


@BOTH
@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (429, Outcome.BUSY),
        (401, Outcome.NO_CREDIT),
        (402, Outcome.NO_CREDIT),
        (403, Outcome.NO_CREDIT),
        (400, Outcome.FAILED),
        (404, Outcome.FAILED),
        (500, Outcome.FAILED),
        (502, Outcome.FAILED),
        (503, Outcome.FAILED),
        (304, Outcome.FAILED),
    ],
)
@pytest.mark.parametrize("body", ["", "<html><body>Sorry</body></html>", '{"code": "?"}', '{"code": null}', "[]", "{"])
def test_a_refusal_without_a_code_that_is_known(api, scripted, act, status, outcome, body):
    scripted.answers(status, body)
    assert act(api) is outcome
    assert len(scripted.asked) == 1


@BOTH
@pytest.mark.parametrize(
    "body",
    ["", "{}", "[]", "null", "1", '"sent"', "{", "<html></html>", '{"sid": null}', '{"sid": "SM1", "status": []}'],
)
def test_an_answer_that_makes_no_sense_is_no_success(api, scripted, act, body):
    scripted.answers(201, body)
    assert act(api) is Outcome.FAILED


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        ({"status": "accepted"}, Outcome.SENT),
        ({"status": "delivered", "error_code": None}, Outcome.SENT),
        ({"status": "failed", "error_code": 30006}, Outcome.NO_TEXTS),
        ({"status": "undelivered", "error_code": "30034"}, Outcome.NO_CREDIT),
        ({"status": "failed"}, Outcome.FAILED),
    ],
)
def test_a_text_that_was_taken_on_may_have_failed_already(api, scripted, answer, outcome):
    scripted.answers(201, {"sid": "SM1", **answer})
    assert api.send_text(TO, WORDS, None) is outcome


@pytest.mark.parametrize(("code", "outcome"), REPORTED)
@pytest.mark.parametrize("status", ["failed", "undelivered"])
def test_a_report_of_failure(code, outcome, status):
    assert outcome_of(code, status) is outcome


@pytest.mark.parametrize("code", [None, "", "30006"])
@pytest.mark.parametrize("status", ["queued", "accepted", "sending", "sent", "delivered", "read", "", "FAILED?"])
def test_any_other_report_says_nothing(code, status):
    assert outcome_of(code, status) is None


def test_no_code_means_two_things():
    codes = [code for codes in CODES.values() for code in codes]
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize("code", [12025550177, -1, "+12025550177", 3.5, True, [TO], {TO: TO}])
def test_a_code_that_is_none_is_not_logged(api, scripted, code, caplog):
    scripted.answers(400, {"code": code})
    assert api.send_text(TO, WORDS, None) is Outcome.FAILED
    assert caplog.records


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(api, scripted, status):
    scripted.answers(status, "", Location=f"{scripted.address}/elsewhere")
    assert api.send_text(TO, WORDS, None) is Outcome.FAILED
    assert len(scripted.asked) == 1


# --- when it is down, or slow ------------------------------------------------------------------------------------

FOREVER = {
    "says nothing": silent,
    "drips a first line": dripping(b"HTTP/1.1 "),
    "drips headers": dripping(b"HTTP/1.1 201 Created\r\nX: "),
    "drips a body": dripping(b"HTTP/1.1 201 Created\r\n\r\n"),
    "drips a body of known length": dripping(b"HTTP/1.1 201 Created\r\nContent-Length: 99999\r\n\r\n{"),
    "drips a chunk": dripping(b"HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\nffff\r\n"),
}


def test_the_time_limit_is_five_seconds_in_all():
    """All kinds of slowness at once, so that the test is not slow too."""
    with ExitStack() as stack:
        servers = [stack.enter_context(raw(behave)) for behave in FOREVER.values()]
        addresses = [f"http://127.0.0.1:{server.port}" for server in servers]
        addresses.append(f"https://127.0.0.1:{servers[0].port}")
        apis = [Api(ACCOUNT, TOKEN, LINE_NUMBER, address) for address in addresses]
        begun = time.monotonic()
        with ThreadPoolExecutor(2 * len(apis)) as pool:
            attempts = [pool.submit(act, api) for act in ACTS.values() for api in apis]
            assert {attempt.result() for attempt in attempts} == {Outcome.FAILED}
        assert 4.5 < time.monotonic() - begun < 10
        assert [server.visits for server in servers] == [4, 2, 2, 2, 2, 2]


@pytest.mark.parametrize("behave", FOREVER.values(), ids=FOREVER)
def test_a_slow_server_is_hung_up_on_and_not_tried_again(api, scripted, behave):
    """And its thread is free for the next one."""
    with raw(behave) as server:
        begun = time.monotonic()
        short = replace(api, address=f"http://127.0.0.1:{server.port}", time_limit=0.3, room=Room(1))
        assert short.send_text(TO, WORDS, None) is Outcome.FAILED
        assert time.monotonic() - begun < 3
        wait_for(lambda: server.gone == 1)
        assert server.visits == 1
        wait_for(lambda: replace(short, address=scripted.address).send_text(TO, WORDS, None) is Outcome.SENT)


def test_a_name_that_is_looked_up_for_ever(api, scripted, monkeypatch):
    """And when it is found after all, nothing is sent any more: the caller has been told that it was not."""
    found, lookup = threading.Event(), socket.getaddrinfo

    def slowly(*args, **kwargs):
        found.wait(5)
        return lookup(*args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", slowly)
    begun = time.monotonic()
    one = replace(api, time_limit=0.2, room=Room(1))
    assert one.send_text(TO, "too late", None) is Outcome.FAILED
    assert time.monotonic() - begun < 3
    assert one.send_text(TO, "no room", None) is Outcome.BUSY, "its thread still waits"
    found.set()
    wait_for(lambda: replace(one, time_limit=2).send_text(TO, WORDS, None) is Outcome.SENT)
    assert [asked.fields["Body"] for asked in scripted.asked] == [WORDS]


def test_only_a_few_wait_and_the_others_are_told_at_once(api):
    with raw(silent) as server, ThreadPoolExecutor(20) as pool:
        slow = replace(api, address=f"http://127.0.0.1:{server.port}", time_limit=3.0)
        begun = time.monotonic()
        attempts = [pool.submit(slow.send_text, TO, WORDS, None) for _ in range(20)]
        done = next_done(attempts, 20 - MOST_AT_ONCE)
        assert time.monotonic() - begun < 2
        assert {attempt.result() for attempt in done} == {Outcome.BUSY}
        wait_for(lambda: server.visits == MOST_AT_ONCE)
        assert [attempt.result() for attempt in attempts].count(Outcome.FAILED) == MOST_AT_ONCE
    assert server.visits == MOST_AT_ONCE


def next_done(attempts: list[Future[Outcome]], many: int) -> list[Future[Outcome]]:
    return list(itertools.islice(as_completed(attempts), many))


def test_an_api_that_hangs_is_left_alone_after_a_while(api, caplog):
    with raw(silent) as server:
        slow = replace(api, address=f"http://127.0.0.1:{server.port}", time_limit=0.1)
        outcomes = [slow.send_text(TO, WORDS, None) for _ in range(FAILURES + 2)]
        assert outcomes == [*[Outcome.FAILED] * FAILURES, Outcome.BUSY, Outcome.BUSY]
        assert server.visits == FAILURES
    assert "The carrier's API was not asked: LeftAlone" in caplog.text


def test_an_api_that_refuses_is_asked_again(api, scripted):
    """It holds nobody up."""
    scripted.answers(503, "busy")
    for _ in range(FAILURES + 5):
        api.send_text(TO, WORDS, None)
    assert len(scripted.asked) == FAILURES + 5


@BOTH
def test_nobody_there(api, act):
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    assert act(replace(api, address=f"http://127.0.0.1:{port}")) is Outcome.FAILED


@pytest.mark.parametrize(
    "answer", [b"", b"\x00\xff" * 50, b"HTTP/1.1 201 Created\r\nContent-Length: 99\r\n\r\n{}", TO.encode() + b"\r\n"]
)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_an_answer_that_breaks_off_is_no_success_and_not_tried_again(api, answer, scheme):
    def behave(line, _done):
        line.recv(65536)
        line.sendall(answer)

    with raw(behave) as server:
        assert replace(api, address=f"{scheme}://127.0.0.1:{server.port}").send_text(TO, WORDS, None) is Outcome.FAILED
        assert server.visits == 1


@pytest.mark.parametrize(
    "address", ["http://", "http://[", "ftp://127.0.0.1", "nonsense", "http://a b", "http://é" * 99]
)
def test_an_address_that_is_none(api, address):
    assert replace(api, address=address, time_limit=0.5).send_text(TO, WORDS, None) is Outcome.FAILED


@pytest.mark.parametrize("field", ["account_sid", "token", "line_number"])
@pytest.mark.parametrize("value", ["", f"{ACCOUNT} x", "\r\nX: y", "é", "\ud800"])
def test_settings_that_are_none_raise_nothing(api, field, value):
    assert replace(api, **{field: value}).send_text(TO, WORDS, None) in Outcome


@pytest.mark.parametrize("words", ["", "\x00", "\ud800", "a\r\nb", "&To=1", "é" * 2000])
def test_any_words_raise_nothing_and_change_no_other_field(api, scripted, words):
    assert api.send_text(TO, words, None) in Outcome
    assert all(asked.fields["To"] == TO for asked in scripted.asked)


def wait_for(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + 3
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.01)


# --- a mock that others wrote ------------------------------------------------------------------------------------


@pytest.fixture
def account(mock: Mock) -> Api:
    return Api(ACCOUNT, mock.token, LINE_NUMBER, mock.address)


def test_a_text_arrives_at_the_mock(account, mock):
    assert account.send_text("+12025550171", WORDS, None) is Outcome.SENT
    (text,) = mock.texts("+12025550171")
    assert (text["from"], text["body"], text["direction"]) == (LINE_NUMBER, WORDS, "outbound-api")


def test_a_call_arrives_at_the_mock(account, mock):
    assert account.place_call("+12025550172", CALL_URL, None) is Outcome.SENT
    (call,) = mock.calls("+12025550172")
    assert (call["from"], call["status"], call["direction"]) == (LINE_NUMBER, "ringing", "outbound-api")


@BOTH
@pytest.mark.parametrize(
    ("change", "outcome"),
    [
        ({"token": "another"}, Outcome.NO_CREDIT),
        ({"account_sid": "AC" + "2" * 32}, Outcome.NO_CREDIT),
        ({"line_number": "+12025550199"}, Outcome.NO_CREDIT),
    ],
    ids=["another token", "another account", "a number that the account has not"],
)
def test_what_the_mock_refuses(account, mock, act, change, outcome):
    assert act(replace(account, **change)) is outcome
    assert not mock.texts(TO)
    assert not mock.calls(TO)


@pytest.mark.parametrize("to", ["", "anonymous", "2025550143", "client:x", "+0"])
def test_numbers_that_the_mock_refuses(account, to):
    assert account.send_text(to, WORDS, None) is Outcome.BAD_NUMBER
    assert account.place_call(to, CALL_URL, None) is Outcome.BAD_NUMBER


def test_the_line_takes_the_mock_s_reports(account, mock, line):
    """Of a text and of a call that the line has sent; each is signed by the mock."""
    text_status, call_status = f"{line}/sms/status", f"{line}/voice/status"
    assert account.send_text("+12025550173", WORDS, text_status) is Outcome.SENT
    assert account.place_call("+12025550173", f"{line}/voice", call_status) is Outcome.SENT
    sid = mock.texts("+12025550173")[0]["sid"]
    mock.simulate("message-status", MessageSid=sid, Status="undelivered")
    assert mock.webhooks()[:4] == [
        ("message.undelivered", text_status, "204"),
        ("call.ringing", call_status, "204"),
        ("call.queued", call_status, "204"),
        ("message.queued", text_status, "204"),
    ]


FRAGMENTS = pytest.mark.parametrize("fragment", ["", RETRIES], ids=["as it is", "as connect sets it"])


@FRAGMENTS
@pytest.mark.parametrize("words", ["RADIATION", "12", "", "Où ça? 😀 + 100% & more = 'x'", "a\nb"])
def test_the_line_takes_the_mock_s_texts(mock, line, words, fragment):
    mock.lead_to(line, fragment)
    mock.simulate("inbound-message", To=LINE_NUMBER, From="+12025550174", Body=words)
    assert mock.webhooks()[0] == ("message.inbound", f"{line}/sms{fragment}", "200")


@FRAGMENTS
def test_the_line_takes_the_mock_s_calls(mock, line, fragment):
    mock.lead_to(line, fragment)
    mock.simulate("inbound-call", To=LINE_NUMBER, From="+12025550174")
    assert mock.webhooks()[0] == ("call.inbound", f"{line}/voice{fragment}", "200")


@pytest.mark.parametrize("words", ["12", "", "Où ça? 😀 + 100% & more = 'x'", "a\nb"])
def test_the_handset_signs_as_the_mock_does(mock, scripted, words):
    mock.lead_to(scripted.address)
    mock.simulate("inbound-message", To=LINE_NUMBER, From="+12025550174", Body=words)
    theirs = scripted.asked[-1]
    Wire(scripted.address, scripted.address, mock.token, 5.0).post(f"{scripted.address}/sms", theirs.fields)
    ours = scripted.asked[-1]
    assert ours is not theirs
    assert ours.fields == theirs.fields
    assert ours.headers["X-Twilio-Signature"] == theirs.headers["X-Twilio-Signature"]
