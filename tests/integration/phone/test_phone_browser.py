"""The phone page in a real browser, by mouse, keyboard and touch: what it shows, and whether it is accessible."""

import json
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from api.packages import node
from flask import Response
from sounds import wav

from ivr.phone.insight import Insight, Place, Places
from ivr.phone.origin import Origin
from ivr.phone.page import create_page
from ivr.phone.page_server import serve_page
from ivr.phone.pretend_carrier import PretendCarrier
from ivr.phone.why import Remark

SCRIPT = Path(__file__).parent / "browser.cjs"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
VOICE = 'voice="Polly.Joanna-Neural" language="en-US"'
WIDE, NARROW = {"width": 1200, "height": 900}, {"width": 320, "height": 640}
LIGHT = {"colorScheme": "light", "forcedColors": "none"}
DARK, FORCED = {"colorScheme": "dark"}, {"forcedColors": "active"}
VIEWS = {
    "wide": {"context": {"viewport": WIDE}, "colors": [LIGHT, FORCED]},
    "narrow": {"context": {"viewport": NARROW, "hasTouch": True, "reducedMotion": "reduce"}, "colors": [DARK]},
}
FIRST = "Press a key, please, whenever you are ready to do so, or stay on the line for as long as you like: it waits."
SECOND = "Somebody else answers at 1-800-227-2345."
RECORDED = "As a person has said it."
PLACE = "content/en/listening/danger-emergency-of-a-long-name.md:117: [cannot] ... walk/walking/standing/climb/balance"
SEGMENT = Origin("content/en/topics/one-area.md", "segment 2")


@pytest.fixture
def browser():
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.skip("This needs Chromium, and it is not on this machine.")
    return found


@pytest.fixture
def page(toy, handset):
    toy.says("/voice", listening(f"{FIRST} {SECOND}", "/voice/one", 20) + listening("Never heard.", "/voice/one", 20))
    toy.says("/voice/one", listening("Next, please.", "/voice/two", 20))
    toy.says("/voice/two", '<Dial action="/voice/back">+18005550100</Dial>')
    toy.says("/voice/back", listening("Back.", "/voice/silent", 1, "true"))
    toy.says("/voice/silent", f"<Play>/audio/goodbye.wav</Play><Say {VOICE}>Goodbye.</Say>")
    toy.answers["/audio/goodbye.wav"] = Response(wav(1), content_type="audio/wav")
    toy.says("/sms", f"<Message>One.\n{'a' * 160}</Message>")

    def find(words):
        return [SEGMENT if stretch in ("Next, please.", "One.", RECORDED) else None for stretch in words]

    known = {"/goodbye.wav": RECORDED}
    phone = create_page(lambda number: replace(handset, number=number, transcripts=known), Insight(find, tell_why))
    running = serve_page(phone, port=0)
    yield running.url
    running.close()


def tell_why(number, words):
    return [Remark("Read as", f"{words}, from {number}"), Remark("Because of", "“12”", (PLACE, PLACE))]


def listening(words, action, timeout, on_empty="false"):
    gather = (
        f'<Gather action="{action}" timeout="{timeout}" numDigits="1" finishOnKey="" actionOnEmptyResult="{on_empty}">'
    )
    return f"{gather}<Say {VOICE}>{words}</Say></Gather>"


def hearing(words, action, timeout):
    how = 'input="dtmf speech" bargeIn="false" language="en-US"'
    return listening(words, action, timeout, "true").replace("<Gather ", f"<Gather {how} ", 1)


@pytest.fixture
def spoken_page(toy, handset):
    toy.says("/voice", hearing("Press a key, or say it.", "/voice/words", 20))
    toy.says("/voice/words", hearing("I have heard you.", "/voice/words", 20))
    toy.says("/voice/fruta", hearing("Fruta.", "/voice/words", 20))
    places = [
        Places("en", "English", (Place("fruit.1", "1 Fruit"),)),
        Places("es", "Español", (Place("fruit.1", "1 Fruta"),)),
    ]
    addresses = {("fruit.1", "es"): "/voice/fruta"}
    insight = Insight(
        find_place=lambda *asked: addresses.get(asked),
        list_places=lambda: places,
        measure_ease=lambda words, _language: f"{len(words.split())} easy words",
    )
    carrier = PretendCarrier("AC1", "token")
    toy.says("/voice/called", hearing("You asked for this.", "/voice/words", 20))
    toy.answers["/sms"] = lambda asked: calls_and_texts(carrier, toy.url, asked.fields["From"])
    app = create_page(lambda number: replace(handset, number=number), insight, carrier=carrier)
    running = serve_page(app, port=0)
    yield running.url
    running.close()


def calls_and_texts(carrier, line, number):
    carrier.take_call({"To": number, "From": "+18005550199", "Url": f"{line}/voice/called"})
    carrier.take_text({"To": number, "From": "+18005550199", "Body": "Sent by itself."})
    return "<Response><Message>We call you now.</Message></Response>"


@pytest.mark.parametrize("view", VIEWS)
def test_a_call_in_words_in_a_browser(browser, spoken_page, toy, view):
    given = {**VIEWS[view], "words": True}
    done = subprocess.run(
        [node(), str(SCRIPT), browser, spoken_page, json.dumps(given)],
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["errors"] == found["violations"] == found["tooSmall"] == []
    assert found["widest"] == VIEWS[view]["context"]["viewport"]["width"]
    assert found["before"] == [False, False], "neither field nor button before the line takes words"
    assert found["after"] == [True, False], "the browser's recogniser is off"
    assert found["ears"].startswith("Some browsers send your voice to their maker, who turns it into words.")
    assert found["cut"] == [], "words do not cut the line off"
    assert found["focused"] == "say"
    assert found["lang"] == "en-US"
    assert [one["SpeechResult"] for one in toy.asked("/voice/words")] == ["radiation", "12 please", "by mouth"]
    assert [one["Confidence"] for one in toy.asked("/voice/words")] == ["0.9", "0.9", "0.5"]
    assert found["measured"] == "3 s, 6 words, 6 easy words"
    assert re.fullmatch(r"Speaking: [123] s left", found["left"])
    assert found["came"] == [False, True], "documents are shown to those who ask for them"
    assert re.match(
        r"<Response>\n  <Gather [^\n]*>\n    <Say [^\n]*</Say>\n  </Gather>\n</Response>", found["document"]
    )
    assert found["copied"].startswith("You call.\nThe line: Press a key, or say it.\n")
    assert "\nYou say: 12 please\nThe line: I have heard you.\n" in found["copied"]
    assert found["carrier"]
    assert found["rings"] == ["answer", "Ringing"], "the key to answer it with has the focus"
    assert found["fell"] == ["The line: We call you now.", "The line: Sent by itself."]
    assert toy.asked("/voice/called")[0]["Direction"] == "outbound-api"
    assert found["begins"] == "A call from here begins at 1 Fruta."
    (there,) = toy.asked("/voice/fruta")
    assert re.fullmatch(r"\+1\d{3}55501\d\d", there["From"]), "a number of nobody's"
    assert there["From"] != "+12025550143"
    assert found["byHand"] == "You: CALL\n\nThe line: We call you now.\n\nThe line: Sent by itself."
    assert found["sped"] == [["Fruta.", "en-US", 2, 0.5]], "at the pace and the volume of the page"


@pytest.mark.parametrize("view", VIEWS)
def test_a_call_and_a_text_in_a_browser(browser, page, toy, view):
    command = [node(), str(SCRIPT), browser, page, json.dumps(VIEWS[view])]
    done = subprocess.run(command, capture_output=True, text=True, timeout=180, check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["errors"] == found["violations"] == found["tooSmall"] == []
    assert found["widest"] == VIEWS[view]["context"]["viewport"]["width"]
    assert found["ring"] == "solid"
    assert found["marked"] == found["caption"] == [FIRST]
    assert found["firstStop"] == "call"
    assert found["keys"] == ["dashed", "solid"], "keys look dead before a call"
    assert found["captionInView"] == [True, True], "wherever the page is scrolled to"
    assert found["lines"] == [["1-800-227-2345", 1]], "a number stands on one line"
    assert found["announced"] == [FIRST], "a sentence as it begins, and no file"
    assert found["live"] == ["announced"]
    assert found["onTop"] == [True, True], "nothing lies over what can be pressed while the line connects"
    assert found["answered"][-1] == f"The line: One. {'a' * 160}"
    assert found["blank"] < 2, "texts that have scrolled away make the page no longer"
    assert found["cutOff"] == [FIRST, "Next, please."]
    assert found["spoken"][0] == ["Goodbye.", "en-US", 1, 1]
    assert found["bubbles"][:2] == ["You: 12", f"The line: One.\n{'a' * 160}"]
    assert found["count"][0] == "2 fragments, GSM-7, 165 characters"
    assert found["sources"] == ["content/en/topics/one-area.md, segment 2"] * 2
    assert found["folded"] == [""] * 4, "what is folded up is not read aloud"
    assert found["why"] == ["Read as", "12, from +12025550143", "Because of", "“12”", PLACE, PLACE]
    assert "How this was read : 12" in found["summary"]
    assert found["inSight"]
    assert found["recorded"] == [RECORDED]
    assert found["played"] == [True]
    assert found["call"] == ["Call"]
    assert [toy.asked(path)[0]["Digits"] for path in ("/voice/one", "/voice/two", "/voice/silent")] == ["1", "#", ""]
    assert [text["Body"] for text in toy.asked("/sms")] == ["12", *["more"] * 6]
