"""K: a line that listens to words, walked by word and by key."""

from dataclasses import replace

import pytest

from ivr.audit.access.measurement import NOT_TURNED_ON
from ivr.audit.access.spoken import RULES, keys_can_be_said, nearly_is_asked, noise_is_silence, said_once
from ivr.audit.access.spoken_walk import walk_spoken
from ivr.audit.access.survey import Survey
from ivr.audit.access.table import strangers
from ivr.audit.access.walk import greeting_in
from ivr.model import Position
from ivr.phone.wsgi import Wsgi
from ivr.settings import Settings
from ivr.web.app import create_app


@pytest.fixture(scope="module")
def new_handset(line_env, tmp_path_factory):
    env = {**line_env, "DATA_DIR": str(tmp_path_factory.mktemp("heard")), "SPEECH": "on"}
    settings = Settings.from_env(env)
    line = Wsgi(create_app(settings))
    strange = strangers("http://line.example.org", {"TWILIO_AUTH_TOKEN": settings.auth_token})
    return lambda: replace(strange(), transport=line)


@pytest.fixture(scope="module")
def spoken(new_handset, content):
    return walk_spoken(new_handset, content.libraries["en"])


@pytest.fixture(scope="module")
def spoken_in_spanish(new_handset, content):
    return walk_spoken(new_handset, content.libraries["es"], greeting_in(new_handset(), "es"))


@pytest.mark.parametrize("rule", [said_once, keys_can_be_said, noise_is_silence, nearly_is_asked])
def test_each_rule_holds_in_spanish(spoken_in_spanish, content, rule):
    reading = rule(content.libraries["es"], spoken_in_spanish)
    assert spoken_in_spanish.arrival.state.language == "es"
    assert reading.holds, (reading.figure, reading.note)


@pytest.mark.parametrize("rule", [said_once, keys_can_be_said, noise_is_silence, nearly_is_asked])
def test_each_rule_holds(spoken, content, rule):
    reading = rule(content.libraries["en"], spoken)
    assert reading.holds, (reading.figure, reading.note)


def test_each_rule_can_fail(spoken, content):
    library = content.libraries["en"]
    other = spoken.noise[0].instead
    wrong = replace(spoken.commands[0], instead=other)
    mute = replace(spoken.arrival, moments=())
    assert not said_once(library, replace(spoken, arrival=mute)).holds
    elsewhere = replace(spoken.arrival, there=other.there)
    assert not said_once(library, replace(spoken, commands=(replace(wrong, turn=elsewhere),))).holds
    assert not keys_can_be_said(library, replace(spoken, commands=(*spoken.commands, wrong))).holds
    assert not keys_can_be_said(library, replace(spoken, commands=())).holds
    assert not noise_is_silence(library, replace(spoken, noise=(wrong,))).holds
    cut = replace(other, listening=replace(other.listening, speech_cuts=True))
    assert not noise_is_silence(library, replace(spoken, arrival=cut)).holds
    assert not nearly_is_asked(library, replace(spoken, nearly=(wrong,))).holds
    assert not nearly_is_asked(library, replace(spoken, unasked=("tooth",))).holds
    assert not nearly_is_asked(library, replace(spoken, unanswered=(spoken.unanswered[0][:1] * 4,))).holds
    went_on = spoken.unanswered[0][:3]
    assert not nearly_is_asked(library, replace(spoken, silent_signs=(went_on,))).holds
    assert not nearly_is_asked(library, replace(spoken, dangers=((Position("main"), spoken.dangers[0][1]),))).holds


def test_a_line_that_takes_keys_alone_has_not_turned_it_on():
    nothing = object.__new__(Survey)
    object.__setattr__(nothing, "spoken", None)
    assert {(rule(nothing).figure, rule(nothing).holds) for rule in RULES} == {(NOT_TURNED_ON, None)}
