"""The phone page over real HTTP: what it answers, and whom it refuses."""

import re
from base64 import b64decode
from dataclasses import replace

import pytest
import requests
from flask import Response
from sounds import wav

from ivr.phone.handset import Handset
from ivr.phone.insight import Insight, Place, Places
from ivr.phone.open_calls import IDLE_SECONDS, MOST_CALLS, OpenCalls
from ivr.phone.origin import Origin
from ivr.phone.page import BROWSER, create_page
from ivr.phone.page_server import serve_page
from ivr.phone.why import Remark

VOICE = 'voice="Polly.Joanna-Neural" language="en-US"'
SPANISH = 'voice="Polly.Lupe-Neural" language="es-US"'
NUMBER = "+12025550143"
LISTEN = f'<Gather action="/voice/next" timeout="10" numDigits="1"><Say {VOICE}>Press, please.</Say></Gather>'
DIAL = '<Dial action="/voice/next">+18005550100</Dial>'


@pytest.fixture
def page(handset):
    running = serve_page(create_page(lambda number: replace(handset, number=number)), port=0)
    yield running.url
    running.close()


@pytest.fixture
def client(handset):
    return create_page(lambda number: replace(handset, number=number)).test_client()


def post(client, path, **given):
    headers = given.pop("headers", {})
    return client.post(path, json=given, headers={"Host": "127.0.0.1:8001", **headers})


def dial(client, number=NUMBER):
    return post(client, "/calls", number=number).get_json()


def test_the_page_and_its_files_are_served_with_a_strict_policy(page):
    for path in ("", *(file.name for file in BROWSER.iterdir() if file.suffix != ".html")):
        answer = requests.get(page + path, timeout=5)
        assert answer.status_code == 200
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(("place", "status"), [("fruit.2", 200), ("none", 404)])
def test_a_call_begins_at_a_place(toy, handset, place, status):
    toy.says("/voice/fruit", f"<Say {VOICE}>Fruit.</Say>")
    found = {("fruit.2", "es"): "/voice/fruit"}
    client = create_page(lambda _: handset, Insight(find_place=lambda *asked: found.get(asked))).test_client()
    answer = post(client, "/calls", number=NUMBER, at=place, language="es")
    assert answer.status_code == status
    if status == 200:
        assert [item["text"] for item in answer.get_json()["heard"]] == ["Fruit."]
        assert toy.asked("/voice/fruit")[0]["Digits"] == "#"
    else:
        assert answer.get_json()["error"].startswith("The line has no place called none.")


def test_the_page_fetches_nothing_from_elsewhere():
    for file in BROWSER.iterdir():
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"https?://|//[a-z]+\.[a-z]|@import|url\(", text)
        assert not re.search(r"<script>|<style|\son\w+=|\sstyle=", text)


def test_a_recording_comes_to_the_page_with_its_length(client, toy):
    toy.says("/voice", "<Play>/audio/a.wav</Play>", LISTEN)
    toy.answers["/audio/a.wav"] = Response(wav(2), content_type="audio/wav")
    item, _ = dial(client)["heard"]
    assert (item["seconds"], item["text"], item["origin"]) == (2, "", None)
    kind, _, data = item["sound"].partition(",")
    assert (kind, b64decode(data)) == ("data:audio/wav;base64", wav(2))


def test_a_call_is_dialled_pressed_and_ended(client, toy):
    toy.says("/voice", LISTEN)
    toy.says("/voice/next", f"<Say {SPANISH}>Adiós.</Say>")
    view = dial(client)
    assert [(item["text"], item["language"]) for item in view["heard"]] == [("Press, please.", "en-US")]
    assert (view["waits"], view["dialling"], view["ended"]) == (10.0, None, False)
    assert view["heard"][0]["rate"] == 1.0
    after = post(client, f"/calls/{view['id']}/press", keys="1").get_json()
    assert [(item["text"], item["language"]) for item in after["heard"]] == [("Adiós.", "es-US")]
    assert after["ended"]
    assert toy.asked("/voice")[0]["From"] == NUMBER
    assert post(client, f"/calls/{view['id']}/press", keys="1").status_code == 404


def test_what_came_back_is_told_with_its_measures(toy, handset):
    asked = []

    def measure(words, language):
        asked.append((words, language))
        return "easy"

    insight = Insight(measure_ease=measure, tell_language=lambda _text: "es-US")
    client = create_page(lambda number: replace(handset, number=number), insight).test_client()
    spanish = f"<Say {SPANISH}>Dos.</Say>"
    toy.says("/voice", f"<Say {VOICE}>One more.</Say>", spanish, "<Redirect>/voice/more</Redirect>")
    toy.says("/voice/more", f"<Say {VOICE[:28]}>Two.</Say>", LISTEN)
    toy.says("/sms", "<Message>Tres.</Message>")
    view = dial(client)
    assert ["/voice/more" in one["document"] for one in view["came"]] == [True, False], "both answers of the turn"
    assert all(one["seconds"] >= 0 for one in view["came"])
    assert (view["measured"]["words"], view["measured"]["ease"]) == (6, "easy")
    assert view["measured"]["seconds"] == pytest.approx(sum(item["seconds"] for item in view["heard"]), abs=0.1)
    assert len(view["warnings"]) == 1
    after = post(client, f"/calls/{view['id']}/hang-up").get_json()
    assert (after["came"], after["warnings"], after["measured"]) == ([], [], None), "nothing is told twice"
    text = post(client, "/texts", number=NUMBER, words="3").get_json()
    assert "<Message>" in text["came"][0]["document"]
    assert (text["texts"][0]["language"], text["texts"][0]["ease"]) == ("es-US", "easy")
    assert asked == [("One more. Press, please.", "en-US"), ("Tres.", "es-US")], "of a turn, in its main language"


def test_the_places_where_a_call_can_begin_are_listed(handset):
    spanish = Places("es", "Español", (Place("fruit.2", "1 Fruta, 2 / 2"),))
    client = create_page(lambda _: handset, Insight(list_places=lambda: [spanish])).test_client()
    listed = client.get("/places", headers={"Host": "127.0.0.1:8001"}).get_json()
    assert listed == [{"language": "es", "name": "Español", "places": [{"at": "fruit.2", "name": "1 Fruta, 2 / 2"}]}]


def test_silence_is_sent(client, toy):
    toy.says("/voice", LISTEN, f"<Say {VOICE}>Still there?</Say>")
    view = dial(client)
    assert post(client, f"/calls/{view['id']}/wait").get_json()["heard"][0]["text"] == "Still there?"


def test_hanging_up_tells_the_line_and_repeats_nothing(client, toy):
    toy.says("/voice", LISTEN)
    view = dial(client)
    after = post(client, f"/calls/{view['id']}/hang-up").get_json()
    assert (after["ended"], after["heard"]) == (True, [])
    assert toy.asked("/voice/status")


def test_a_dialled_talk_ends_as_told(client, toy):
    toy.says("/voice", DIAL)
    toy.says("/voice/next", LISTEN)
    view = dial(client)
    assert view["dialling"] == "+18005550100"
    assert post(client, f"/calls/{view['id']}/press", keys="1").status_code == 409
    assert post(client, f"/calls/{view['id']}/dial-ends", status="asleep").status_code == 400
    assert post(client, f"/calls/{view['id']}/dial-ends", status="no-answer").get_json()["waits"] == 10.0
    assert toy.asked("/voice/next")[0]["DialCallStatus"] == "no-answer"


def test_calls_of_two_tabs_stay_apart(client, toy):
    toy.says("/voice", LISTEN)
    toy.says("/voice/next", DIAL)
    one, two = dial(client), dial(client)
    assert one["id"] != two["id"]
    post(client, f"/calls/{one['id']}/press", keys="1")
    assert post(client, f"/calls/{two['id']}/wait").get_json()["ended"]


@pytest.mark.parametrize(
    ("number", "sent"),
    [("withheld", "anonymous"), ("Withheld", "anonymous"), ("+1 (202) 555-0143", NUMBER), ("988", "988")],
)
def test_the_number_called_from(client, toy, number, sent):
    toy.says("/voice", LISTEN)
    dial(client, number)
    assert toy.asked("/voice")[0]["From"] == sent


@pytest.mark.parametrize("number", ["", "me", "+", "1" * 16, "12;34", "٣٣٣٣"])
def test_a_number_that_is_none_is_explained(client, number):
    answer = post(client, "/calls", number=number)
    assert answer.status_code == 400
    assert "+12025550143" in answer.get_json()["error"]


def test_texts_come_back_with_their_fragments(client, toy):
    toy.says("/sms", f"<Message>{'a' * 161}</Message>")
    (text,) = post(client, "/texts", number=NUMBER, words="HELLO").get_json()["texts"]
    assert (len(text["text"]), text["fragments"], text["encoding"]) == (161, 2, "GSM-7")
    assert toy.asked("/sms")[0]["Body"] == "HELLO"


def test_words_are_told_with_the_file_they_come_from(toy, handset):
    known = {"Press, please.": Origin("content/en/menus/main.md", "choices"), "Two.": Origin("x.md", "segment 2")}
    client = create_page(
        lambda _: handset, Insight(lambda words: [known.get(stretch) for stretch in words])
    ).test_client()
    toy.says("/voice", LISTEN.replace("</Gather>", f'<Say {VOICE}><break time="1s"/>Who knows.</Say></Gather>'))
    toy.says("/sms", "<Message>Two.\nWho knows.\nTwo.</Message>")
    first, quiet, last = dial(client)["heard"]
    assert first["origin"] == {"file": "content/en/menus/main.md", "part": "choices"}
    assert quiet == {"seconds": 1.0}
    assert last["origin"] is None
    (text,) = post(client, "/texts", number=NUMBER, words="2").get_json()["texts"]
    assert text["origins"] == [{"file": "x.md", "part": "segment 2"}]


def test_a_recording_that_cannot_be_had_is_passed_over(client, toy):
    toy.says("/voice", "<Play>/audio/none.wav</Play>", LISTEN)
    assert dial(client)["heard"][0] == {"seconds": 0.0}


def test_a_withheld_number_cannot_text(client, toy):
    assert post(client, "/texts", number="withheld", words="HELLO").status_code == 400
    assert not toy.requests


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "evil.example:8001"},
        {"Host": "127.0.0.1.evil.example:8001"},
        {"Origin": "https://evil.example"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Origin": "http://localhost:8001"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_strangers_are_refused(client, toy, headers):
    toy.says("/voice", LISTEN)
    answer = post(client, "/calls", number=NUMBER, headers=headers)
    assert answer.status_code == 403
    assert answer.get_json()["error"].endswith(".")
    assert not toy.requests


@pytest.mark.parametrize("host", ["127.0.0.1:8001", "localhost:8001", "[::1]:8001", "localhost"])
def test_this_machine_is_not_refused(client, toy, host):
    toy.says("/voice", LISTEN)
    headers = {"Host": host, "Origin": f"http://{host}", "Sec-Fetch-Site": "same-origin"}
    assert post(client, "/calls", number=NUMBER, headers=headers).status_code == 200


def test_a_page_by_a_foreign_name_is_not_shown(client):
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 403


@pytest.mark.parametrize(
    ("path", "given", "status"),
    [
        ("/calls", {"data": "number=1"}, 415),
        ("/calls", {"data": "{", "content_type": "application/json"}, 400),
        ("/calls", {"json": []}, 400),
        ("/calls", {"json": {"number": 1}}, 400),
        ("/calls/none/press", {"json": {"keys": "1"}}, 404),
        ("/calls/none/fly", {"json": {}}, 404),
        ("/elsewhere", {"json": {}}, 404),
        ("/texts", {"json": {"number": NUMBER, "words": "a" * 70000}}, 413),
    ],
)
def test_what_makes_no_sense_is_explained_in_json(client, path, given, status):
    answer = client.post(path, headers={"Host": "127.0.0.1"}, **given)
    assert answer.status_code == status
    assert answer.get_json()["error"]


@pytest.mark.parametrize("keys", ["", "x", "1x", "٣"])
def test_only_phone_keys_are_pressed(client, toy, keys):
    toy.says("/voice", LISTEN)
    assert post(client, f"/calls/{dial(client)['id']}/press", keys=keys).status_code == 400


def test_a_line_that_is_not_there_is_explained():
    client = create_page(lambda number: Handset("http://127.0.0.1:9", "t", number, time_limit=1)).test_client()
    answer = post(client, "/calls", number=NUMBER)
    assert answer.status_code == 502
    assert answer.get_json()["error"] == "The line does not answer. Is it running?"
    assert post(client, "/texts", number=NUMBER, words="HI").status_code == 502


def test_a_call_that_breaks_off_is_over(client, toy):
    toy.says("/voice", LISTEN)
    toy.answers["/voice/next"] = "no xml"
    path = f"/calls/{dial(client)['id']}/press"
    assert "12100" in post(client, path, keys="1").get_json()["error"]
    assert post(client, path, keys="1").status_code == 404


def test_other_machines_cannot_reach_the_page(client):
    with pytest.raises(ValueError, match=r"0\.0\.0\.0"):
        serve_page(client.application, host="0.0.0.0")  # noqa: S104 (it must refuse this)


def test_idle_calls_are_dropped_and_hung_up(toy, handset):
    toy.says("/voice", LISTEN)
    now = 0.0
    calls = OpenCalls(lambda: now)
    first = calls.add(handset.call())
    now = IDLE_SECONDS - 1
    second = calls.add(handset.call())
    assert len(calls) == 2
    now = IDLE_SECONDS + 1
    calls.add(handset.call())
    with pytest.raises(KeyError), calls.use(first):
        pass
    with calls.use(second) as call:
        assert call.listening
    assert len(toy.asked("/voice/status")) == 1
    now = 2 * IDLE_SECONDS
    calls.add(handset.call())
    with calls.use(second):
        pass


def test_only_so_many_calls_are_kept(toy, handset):
    toy.says("/voice", LISTEN)
    calls = OpenCalls()
    kept = [calls.add(handset.call()) for _ in range(MOST_CALLS)]
    with calls.use(kept[0]):
        pass
    calls.add(handset.call())
    assert len(calls) == MOST_CALLS
    with calls.use(kept[0]):
        pass
    with pytest.raises(KeyError), calls.use(kept[1]):
        pass


def test_how_a_text_was_read_stands_beside_it(toy, handset):
    toy.says("/sms", "<Message>One.</Message>")
    asked = []

    def tell_why(number, words):
        asked.append((number, words))
        return [Remark("Because of", "“weak”", ("content/a.md:3: weak",))]

    client = create_page(lambda number: replace(handset, number=number), Insight(tell_why=tell_why)).test_client()
    answer = post(client, "/texts", number="+1 202 555 0143", words="weak").get_json()
    assert answer["why"] == [{"about": "Because of", "told": "“weak”", "places": ["content/a.md:3: weak"]}]
    assert asked == [(NUMBER, "weak")]


def test_a_phone_that_cannot_know_how_a_text_was_read_says_nothing(client, toy):
    toy.says("/sms", "<Message>One.</Message>")
    assert post(client, "/texts", number=NUMBER, words="12").get_json()["why"] == []


HEAR = LISTEN.replace("<Gather ", '<Gather input="dtmf speech" bargeIn="false" language="es-US" ')


def test_words_are_said(client, toy):
    toy.says("/voice", HEAR)
    toy.says("/voice/next", HEAR)
    view = dial(client)
    assert view["hears"] == "es-US"
    assert post(client, f"/calls/{view['id']}/say", words=" radiación ").get_json()["hears"] == "es-US"
    assert post(client, f"/calls/{view['id']}/say", words="uno", confidence="0.25").status_code == 200
    asked = toy.asked("/voice/next")
    assert [(one["SpeechResult"], one["Confidence"]) for one in asked] == [("radiación", "0.9"), ("uno", "0.25")]
    assert all("Digits" not in one for one in asked)


@pytest.mark.parametrize("given", [{}, {"words": "  "}, {"words": "one", "confidence": "2"}, {"words": 1}])
def test_words_that_cannot_be_said_are_named(client, toy, given):
    toy.says("/voice", HEAR)
    assert post(client, f"/calls/{dial(client)['id']}/say", **given).status_code == 400
    assert toy.asked("/voice/next") == []


def test_a_line_that_takes_keys_alone_is_told_no_words(client, toy):
    toy.says("/voice", LISTEN)
    view = dial(client)
    assert view["hears"] is None
    refused = post(client, f"/calls/{view['id']}/say", words="one")
    assert (refused.status_code, toy.asked("/voice/next")) == (409, [])
    assert "does not listen to words" in refused.get_json()["error"]
