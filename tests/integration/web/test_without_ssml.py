"""A carrier whose voice reads no SSML: every word is in the documents as it is, and key 7 is not offered."""

import re

import pytest

from ivr.phone.handset import Handset
from ivr.phone.wsgi import Wsgi
from ivr.settings import Settings
from ivr.web.app import create_app

ADDRESS = "http://line.example:8000"


@pytest.fixture
def plain(line_env, store_url, fresh_number):
    app = create_app(Settings.from_env({**line_env, "REDIS_URL": store_url, "PUBLIC_URL": ADDRESS, "SSML": "off"}))
    return Handset(ADDRESS, line_env["TWILIO_AUTH_TOKEN"], fresh_number(), transport=Wsgi(app))


def test_no_mark_of_ssml_is_written_and_no_word_is_lost(plain, handset):
    theirs, ours = handset.call(), plain.call()
    offers = re.compile(r"[^.]*\b7\b[^.]*\.")
    for key in ("1", "1", "1", "*", "4"):
        theirs.press(key)
        ours.press(key)
        assert "<break" not in ours.document
        assert "<prosody" not in ours.document
        assert offers.sub("", ours.said).split() == offers.sub("", theirs.said).split()


def test_key_7_is_not_offered_and_says_that_there_is_one_pace(plain, content):
    library = content.libraries["en"]
    call = plain.call()
    assert library.call["pace-key"][0] not in call.said
    call.press("7")
    assert library.call["pace-fixed"][0] in call.said
    assert "<prosody" not in call.document
