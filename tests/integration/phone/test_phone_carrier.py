"""The pretend carrier beside the phone page: the line's client sends through it, and the page gets what was sent."""

from dataclasses import replace

import pytest

from ivr.carrier.account import CarrierRefuses, Webhooks
from ivr.carrier.twilio.account import Account
from ivr.carrier.twilio.api import Api
from ivr.model import Outcome
from ivr.phone.page import create_page
from ivr.phone.page_server import serve_page
from ivr.phone.pretend_carrier import MOST_KEPT, PretendCarrier
from ivr.phone.pretend_number import PretendNumber

ACCOUNT, TOKEN = "AC" + "1" * 32, "pretended"
OURS, THEIRS = "+18005550199", "+12025550143"
VOICE = 'voice="Polly.Joanna-Neural" language="en-US"'
LISTEN = f'<Gather action="/voice/next" timeout="10" numDigits="1"><Say {VOICE}>Press, please.</Say></Gather>'


@pytest.fixture
def carrier():
    return PretendCarrier(ACCOUNT, TOKEN)


@pytest.fixture
def app(handset, carrier):
    return create_page(lambda number: replace(handset, number=number), carrier=carrier)


@pytest.fixture
def api(app):
    running = serve_page(app, port=0)
    yield Api(ACCOUNT, TOKEN, OURS, running.url)
    running.close()


def post(app, path, status=200, **given):
    answer = app.test_client().post(path, json=given, headers={"Host": "127.0.0.1:8001"})
    assert answer.status_code == status, answer.text
    return answer.get_json()


def arrivals(app, number=THEIRS):
    return post(app, "/arrivals", number=number)


def sent_in_a_call(toy, api):
    """A line that texts while it answers a key, as it does for key 9."""

    def answer(_request):
        toy.outcome = api.send_text(THEIRS, "One. Two.", f"{toy.url}/sms/status")
        return f"<Response>{LISTEN}</Response>"

    toy.says("/voice", LISTEN)
    toy.answers["/voice/next"] = answer


def test_a_text_arrives_with_the_turn_that_sent_it(toy, app, api):
    sent_in_a_call(toy, api)
    call = post(app, "/calls", number=THEIRS)
    assert call["arrived"] == []
    view = post(app, f"/calls/{call['id']}/press", keys="9")
    assert toy.outcome is Outcome.SENT
    assert [(text["text"], text["fragments"]) for text in view["arrived"]] == [("One. Two.", 1)]
    (report,) = toy.asked("/sms/status")
    assert (report["MessageStatus"], report["To"], report["From"]) == ("delivered", THEIRS, OURS)
    assert arrivals(app)["arrived"] == [], "it arrives once"


@pytest.mark.parametrize(
    ("fate", "outcome", "reports", "lost"),
    [
        ("arrives", Outcome.SENT, [("delivered", None)], 0),
        ("no-texts", Outcome.NO_TEXTS, [], 0),
        ("lost", Outcome.SENT, [("undelivered", "30006")], 1),
        ("down", Outcome.FAILED, [], 0),
    ],
)
def test_what_becomes_of_a_text_is_chosen_on_the_page(toy, app, api, fate, outcome, reports, lost):
    assert post(app, "/carrier", fate=fate) == {"pretends": True, "fate": fate}
    assert api.send_text(THEIRS, "One.", f"{toy.url}/sms/status") is outcome
    assert arrivals(app, "+12025550144")["arrived"] == [], "nobody else's"
    got = arrivals(app)
    assert ([text["text"] for text in got["arrived"]], got["lost"]) == (["One."] if fate == "arrives" else [], lost)
    assert [(report["MessageStatus"], report.get("ErrorCode")) for report in toy.asked("/sms/status")] == reports


def test_a_call_of_the_line_rings_and_is_answered(toy, app, api):
    toy.says("/voice/back", LISTEN)
    toy.says("/voice/next", "<Hangup/>")
    assert api.place_call(THEIRS, f"{toy.url}/voice/back", f"{toy.url}/voice/status") is Outcome.SENT
    rings = arrivals(app)["rings"]
    assert rings["from"] == OURS
    assert arrivals(app, "+12025550144")["rings"] is None
    view = post(app, "/calls", number=THEIRS, answers=rings["sid"])
    assert view["rings"] is None, "it rings no more"
    (asked,) = toy.asked("/voice/back")
    assert (asked["Direction"], asked["From"], asked["To"]) == ("outbound-api", OURS, THEIRS)
    post(app, f"/calls/{view['id']}/press", keys="1")
    assert [told["To"] for told in toy.asked("/voice/status")] == [THEIRS]
    post(app, "/calls", status=404, number=THEIRS, answers=rings["sid"])


def test_a_call_that_nobody_answers_is_reported(toy, app, api):
    api.place_call(THEIRS, f"{toy.url}/voice/back", f"{toy.url}/voice/status")
    rings = arrivals(app)["rings"]
    post(app, "/rings-out", sid=rings["sid"])
    (told,) = toy.asked("/voice/status")
    assert (told["CallStatus"], told["CallSid"]) == ("no-answer", rings["sid"])
    assert arrivals(app)["rings"] is None
    post(app, "/rings-out", status=404, sid=rings["sid"])


def test_a_call_to_another_line_is_not_made(app, api):
    api.place_call(THEIRS, "https://elsewhere.example/voice", None)
    told = post(app, "/calls", status=502, number=THEIRS, answers=arrivals(app)["rings"]["sid"])
    assert "https://elsewhere.example/voice" in told["error"]


def test_a_carrier_that_is_down_places_no_call(app, api):
    post(app, "/carrier", fate="down")
    assert api.place_call(THEIRS, "http://127.0.0.1/voice", None) is Outcome.FAILED
    assert arrivals(app)["rings"] is None
    assert "arrives" in post(app, "/carrier", status=400, fate="flies")["error"]


@pytest.mark.parametrize("wrong", [{"token": "another"}, {"account_sid": "AC" + "2" * 32}])
def test_only_the_line_sends_through_it(app, api, wrong):
    assert replace(api, **wrong).send_text(THEIRS, "One.", None) is not Outcome.SENT
    assert arrivals(app)["arrived"] == []
    path = f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
    assert app.test_client().post(path, data={"To": THEIRS}, headers={"Host": "127.0.0.1"}).status_code == 401


def test_a_number_leads_where_it_is_set_to(app, carrier):
    carrier.numbers = (PretendNumber(OURS),)
    running = serve_page(app, port=0)
    try:
        account = Account(ACCOUNT, TOKEN, running.url)
        bought = account.number(OURS)
        assert set(bought.settings) == set(bought.names), "the carrier tells of each setting what it is"
        wanted = account.settings_for(Webhooks("http://a/voice", "http://a/voice/status", "http://a/sms"))
        account.set_number(bought, wanted)
        set_to = account.number(OURS).settings
        assert {name: set_to[name] for name in wanted if name in bought.names} == {
            name: value for name, value in wanted.items() if name in bought.names
        }
        with pytest.raises(CarrierRefuses, match=f"{THEIRS[1:]} is not a number"):
            account.number(THEIRS)
        with pytest.raises(CarrierRefuses):
            account.set_number(replace(bought, sid="PN" + "0" * 32), wanted)
        carrier.token = "changed"
        with pytest.raises(CarrierRefuses, match="TWILIO_AUTH_TOKEN"):
            account.number(OURS)
    finally:
        running.close()


def test_what_nobody_collects_is_dropped_in_the_end(carrier):
    for number in range(MOST_KEPT + 1):
        carrier.take_text({"To": THEIRS, "Body": str(number)})
    assert [text.words for text in carrier.collect(THEIRS)] == [str(number) for number in range(1, MOST_KEPT + 1)]


def test_without_one_the_page_shows_none(handset):
    app = create_page(lambda number: replace(handset, number=number))
    shown = app.test_client().get("/carrier", headers={"Host": "127.0.0.1:8001"}).get_json()
    assert shown == {"pretends": False, "fate": ""}
    post(app, "/carrier", status=405, fate="arrives")
