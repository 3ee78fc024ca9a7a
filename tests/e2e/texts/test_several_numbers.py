"""A line with several numbers, one of them Spanish first; and people who write by WhatsApp or RCS."""

import pytest
from api.mock import ACCOUNT
from settling import settle

from ivr.library.sent_text import as_sent
from ivr.phone.handset import Handset
from ivr.phone.wsgi import Wsgi
from ivr.settings import Settings, WrongSetting
from ivr.web.app import create_app

ENGLISH, SPANISH, THIRD = "+18005550199", "+18005550198", "+18005550197"
ADDRESS = "http://line.example:8000"
KEY, SECRET = "SK" + "0" * 32, "the-secret-of-the-key"


@pytest.fixture(scope="module")
def env(line_env, store_url, api):
    return {
        **line_env,
        "REDIS_URL": store_url,
        "LINE_NUMBER": f"{ENGLISH},{SPANISH}:es,{THIRD}",
        "TWILIO_ACCOUNT_SID": ACCOUNT,
        "TWILIO_API_KEY": KEY,
        "TWILIO_API_SECRET": SECRET,
        "TWILIO_API_URL": api.address,
        "PUBLIC_URL": ADDRESS,
    }


@pytest.fixture(scope="module")
def app(env):
    return create_app(Settings.from_env(env))


@pytest.fixture
def dials(app, env, api, fresh_number):
    """The phone of somebody new, with one of the line's numbers."""
    api.answers(201, {"sid": "SM1", "status": "queued"})

    def phone(ours, own=None):
        token = env["TWILIO_AUTH_TOKEN"]
        return Handset(ADDRESS, token, own or fresh_number(), line_number=ours, transport=Wsgi(app))

    return phone


@pytest.fixture(scope="module")
def spanish(content):
    return content.libraries["es"]


def greets_in(call, library):
    return library.call["arrived"][0] in call.said


@pytest.mark.parametrize("ours", [ENGLISH, SPANISH, THIRD])
def test_what_a_caller_asks_for_comes_from_the_number_that_was_called(dials, api, ours):
    handset = dials(ours)
    call = handset.call()
    call.press("2")
    call.press("9")
    assert (api.asked[-1].fields["From"], api.asked[-1].fields["To"]) == (ours, handset.number)
    assert api.asked[-1].credentials == f"{KEY}:{SECRET}"
    handset.text("CALL")
    assert api.asked[-1].path.endswith("/Calls.json")
    assert api.asked[-1].fields["From"] == ours


def test_a_number_begins_in_its_language_and_what_somebody_chose_counts_more(dials, content, spanish):
    english = content.libraries["en"]
    assert greets_in(dials(ENGLISH).call(), english)
    handset = dials(SPANISH)
    call = handset.call()
    assert greets_in(call, spanish)
    assert english.call["language-key"][0] in call.said, "the other language is offered in itself"
    for key in ("6", "1", "1"):
        call.press(key)
    call.hang_up()
    settle()
    assert english.call["resuming"][0].partition("{")[0] in handset.call().said


def test_a_new_texter_is_answered_in_the_language_of_the_number(dials, content, spanish):
    def menu(library):
        return as_sent(library.language, library.menus["main"].choices[0].text)

    assert menu(spanish) in dials(SPANISH).text("hm").texts[0]
    assert menu(content.libraries["en"]) in dials(ENGLISH).text("hm").texts[0]
    assert menu(content.libraries["en"]) in dials(SPANISH).text("ENGLISH").texts[0]


def test_a_stop_at_one_number_holds_at_all_and_start_lifts_it_at_its_own(dials, fresh_number):
    person = fresh_number()
    dials(ENGLISH, person).text("stop texting me")
    assert [dials(ours, person).text("11").texts for ours in (ENGLISH, SPANISH, THIRD)] == [()] * 3
    dials(SPANISH, person).text("START")
    assert [bool(dials(ours, person).text("11").texts) for ours in (ENGLISH, SPANISH, THIRD)] == [False, True, False]


def test_a_language_that_the_content_does_not_speak_stops_the_start(env):
    with pytest.raises(WrongSetting, match=r"^LINE_NUMBER is followed by fr, which the content does not speak"):
        create_app(Settings.from_env({**env, "LINE_NUMBER": f"{ENGLISH}:fr"}))


# --- chats ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["STOP", "stopall", "Unsubscribe"])
def test_by_whatsapp_the_line_answers_stop_and_start_since_the_carrier_does_not(dials, fresh_number, reads, word):
    handset = dials(f"whatsapp:{ENGLISH}", f"whatsapp:{fresh_number()}")
    assert handset.text("12").texts
    assert reads(handset.text(word), "stopped")
    assert handset.text("11").texts == ()
    assert handset.text("cant feel my legs").texts, "what may save a life"
    assert reads(handset.text("START"), "started")
    assert handset.text("11").texts


def test_help_by_whatsapp_is_answered(dials, fresh_number, reads):
    assert reads(dials(f"whatsapp:{ENGLISH}", f"whatsapp:{fresh_number()}").text("HELP"), "help")


def test_where_advanced_opt_out_has_answered_the_line_is_silent_by_whatsapp_too(dials, fresh_number):
    handset = dials(f"whatsapp:{ENGLISH}", f"whatsapp:{fresh_number()}")
    assert handset.text("STOP", opt_out="STOP").texts == ()
    assert handset.text("11").texts == ()


def test_by_rcs_the_carrier_answers_as_it_does_for_texts(dials, fresh_number):
    handset = dials("rcs:an_agent", f"rcs:{fresh_number()}")
    assert handset.text("12").texts
    assert handset.text("STOP").texts == ()
    assert handset.text("11").texts == ()


def test_a_call_that_is_asked_for_by_whatsapp_comes_from_the_number_of_that_sender(dials, api, fresh_number):
    person = fresh_number()
    dials(f"whatsapp:{SPANISH}", f"whatsapp:{person}").text("CALL")
    assert (api.asked[-1].fields["From"], api.asked[-1].fields["To"]) == (SPANISH, person)
