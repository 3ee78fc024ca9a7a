"""A number in a Messaging Service: `connect` and `doctor` see whether its texts reach the line, and whether networks
let through what it sends."""

import json

import pytest
from api.mock import LINE_NUMBER
from api.numbers import Service

OTHER = "+12025550111"
ELSEWHERE = Service("MG1", ["+12025550122"])
IN = "https://line.example.org/sms"


@pytest.fixture
def service(numbers):
    """Over the line's number, behind one that has nothing to do with it."""
    numbers.services = [Service("MG0", ["+12025550122"]), Service("MG9", [LINE_NUMBER])]
    return numbers.services[1]


@pytest.fixture
def seen(ivr):
    def find(name, **own):
        told = json.loads(ivr("doctor", "--json", **{"LINE_NUMBER": LINE_NUMBER, **own}).stdout)
        (one,) = [one for one in told["findings"] if one["name"] == name]
        return one["level"], f"{one['seen']} {one['remedy']}"

    return find


def decides(service):
    return not service.settings.get("use_inbound_webhook_on_number")


def test_a_service_of_the_line_s_own_is_told_to_leave_texts_to_the_number_and_back(ivr, service):
    dry = ivr("connect", LINE_NUMBER, "--dry-run")
    assert "UseInboundWebhookOnNumber: false -> true" in dry.output
    assert decides(service)
    done = ivr("connect", LINE_NUMBER)
    assert done.exit_code == 0, done.output
    assert "which sends texts to https://other.example.org/in" in done.output
    assert not decides(service)
    assert "UseInbound" not in ivr("connect", LINE_NUMBER).output, "twice changes nothing more"
    assert ivr("connect", LINE_NUMBER, "--undo").exit_code == 0
    assert decides(service)


def test_undo_leaves_a_service_that_was_never_changed(ivr, service):
    service.settings["use_inbound_webhook_on_number"] = True
    ivr("connect", LINE_NUMBER)
    ivr("connect", LINE_NUMBER, "--undo")
    assert not decides(service)


def test_one_that_others_share_is_left_alone_and_explained(ivr, service, numbers):
    service.numbers.append(OTHER)
    done = ivr("connect", LINE_NUMBER)
    assert done.exit_code == 1
    assert "take +12025550100 out of it" in done.output
    assert decides(service)
    assert numbers.settings["sms_url"].startswith(IN), "calls come in all the same"
    service.settings["use_inbound_webhook_on_number"] = True
    assert ivr("connect", LINE_NUMBER).exit_code == 0


def test_others_of_the_line_are_no_others(ivr, service):
    service.numbers.append(OTHER)
    assert ivr("connect", LINE_NUMBER, LINE_NUMBER=f"{LINE_NUMBER},{OTHER}").exit_code == 0
    assert not decides(service)


def test_one_that_leads_to_the_line_itself_stays(ivr, service, seen):
    service.settings["inbound_request_url"] = f"{IN}#rc=2"
    assert ivr("connect", LINE_NUMBER).exit_code == 0
    assert decides(service)
    assert seen("messaging service")[0] == "OK"


@pytest.mark.parametrize(
    ("change", "own", "level", "said"),
    [
        (
            {},
            {},
            "FAIL",
            "sends texts to https://other.example.org/in: texts do not reach the line python -m ivr connect",
        ),
        ({"inbound_request_url": None}, {}, "FAIL", "drops texts"),
        ({"use_inbound_webhook_on_number": True}, {}, "OK", "lets texts through"),
        ({"use_inbound_webhook_on_number": True}, {"TWILIO_MESSAGING_SERVICE_SID": "MG9"}, "OK", "lets texts through"),
        ({}, {"TWILIO_MESSAGING_SERVICE_SID": "MG0"}, "FAIL", "set TWILIO_MESSAGING_SERVICE_SID=MG9"),
        ({}, {"LINE_NUMBER": None}, "SKIP", "TWILIO_ACCOUNT_SID or LINE_NUMBER is not set"),
        ({}, {"TWILIO_AUTH_TOKEN": "another"}, "FAIL", "does not take this account and token"),
        ({}, {"TWILIO_API_KEY": "SK1", "TWILIO_API_SECRET": "x"}, "FAIL", "does not let TWILIO_API_KEY do this"),
    ],
)
def test_the_doctor_tells_where_texts_go(seen, service, change, own, level, said):
    service.settings.update(change)
    found, words = seen("messaging service", **own)
    assert found == level, words
    assert said in words


def test_a_number_in_no_service(seen, numbers):
    numbers.services = [ELSEWHERE]
    assert seen("messaging service") == ("OK", f"{LINE_NUMBER} is in none ")
    level, words = seen("messaging service", TWILIO_MESSAGING_SERVICE_SID="MG1")
    assert (level, "so it sends nothing" in words) == ("FAIL", True)
    assert seen("sender registration")[0] == "FAIL"


@pytest.mark.parametrize(
    ("campaigns", "level", "said"),
    [
        (["VERIFIED"], "OK", "the campaign of Pool MG9 is verified"),
        (["FAILED", "VERIFIED"], "OK", "verified"),
        (["IN_PROGRESS"], "FAIL", "wait for it"),
        (["FAILED"], "FAIL", "mend what was rejected"),
        (["SOMETHING_NEW"], "FAIL", "see what it says"),
        ([], "FAIL", "register one"),
    ],
)
def test_the_doctor_tells_how_far_the_campaign_has_come(seen, service, campaigns, level, said):
    service.campaigns = campaigns
    found, words = seen("sender registration")
    assert found == level, words
    assert said in words


@pytest.mark.parametrize(
    ("message", "level", "said"),
    [
        ("Bone Info Line. A person: 1-800-227-2345. Emergency: call 911.", "OK", "names the emergency number"),
        ("Call (800) 227 2345, in an emergency 9 1 1.", "OK", "names the emergency number"),
        ("Call +18002272345. In an emergency call 911.", "OK", "names the emergency number"),
        ("Reply STOP to unsubscribe. Msg&Data Rates May Apply.", "WARN", "does not name 1-800-227-2345 and 911"),
        ("In an emergency call 911.", "WARN", "does not name 1-800-227-2345 in the"),
        ("A person: 1-800-227-2345. Order 59117.", "WARN", "does not name 911"),
        (None, "WARN", "the carrier's usual one names nobody to call"),
    ],
)
def test_the_carrier_s_answer_to_help_names_911_and_the_helpline(seen, service, message, level, said):
    service.campaigns, service.help_message = ["VERIFIED"], message
    found, words = seen("HELP")
    assert found == level, words
    assert said in words


def test_help_where_it_cannot_be_told_or_is_the_line_s_own(seen, numbers):
    assert seen("HELP")[0] == "WARN"
    assert "send HELP to the line" in seen("HELP")[1]
    assert seen("HELP", KEYWORDS_ANSWERED_BY="line")[0] == "OK"
    assert seen("HELP", LINE_NUMBER=None)[0] == "SKIP"
    numbers.services = []
    assert "names nobody to call" in seen("HELP")[1]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"voice_receive_mode": "fax"}, "VoiceReceiveMode is fax"),
        ({"voice_application_sid": "AP1"}, "VoiceApplicationSid is AP1"),
        ({"trunk_sid": "TK1"}, "TrunkSid is TK1"),
        ({"capabilities": {"voice": True, "sms": False, "mms": False}}, "takes no texts at all"),
        ({"capabilities": {"voice": False, "sms": False}}, "takes no calls and no texts at all"),
    ],
)
def test_what_else_keeps_calls_and_texts_away(ivr, seen, numbers, change, said):
    ivr("connect", LINE_NUMBER)
    numbers.settings.update(change)
    level, words = seen("number")
    assert level == "FAIL"
    assert said in words


def test_fax_is_turned_to_voice_and_back(ivr, numbers):
    numbers.settings["voice_receive_mode"] = "fax"
    ivr("connect", LINE_NUMBER)
    assert numbers.settings["voice_receive_mode"] == "voice"
    ivr("connect", LINE_NUMBER, "--undo")
    assert numbers.settings["voice_receive_mode"] == "fax"


def test_the_line_cannot_answer_stop_at_a_toll_free_number(seen, numbers):
    numbers.number = "+18005550199"
    own = {"LINE_NUMBER": numbers.number, "KEYWORDS_ANSWERED_BY": "line"}
    assert seen("sender registration", **own)[0] == "FAIL"
    assert "STOP" in seen("sender registration", **own)[1]


def test_each_of_several_numbers_is_looked_at(seen, ivr):
    ivr("connect", LINE_NUMBER)
    level, words = seen("number", LINE_NUMBER=f"{LINE_NUMBER},+12025550188:es")
    assert level == "FAIL"
    assert "+12025550188 is not a number of this account" in words
    level, words = seen("number", LINE_NUMBER=f"{LINE_NUMBER}:fr")
    assert (level, "in fr, which the content does not speak" in words) == ("FAIL", True)
