"""Connections that break between the carrier and the line: it is asked again, as each of its addresses says."""

from urllib.parse import urlsplit

import pytest
from faults.between import between
from faults.talking import whole_call

from ivr.carrier.twilio.render import RETRIES
from ivr.phone.handset import Handset


@pytest.fixture
def bad_way(line):
    """Two connections of three break as they are answered."""
    met = []

    def break_off(handset, answer):
        if handset not in met:
            met.append(handset)
        if met.index(handset) % 3 < 2:
            raise OSError
        handset.sendall(answer)

    with between(urlsplit(line).port) as way:
        way.hand_on = break_off
        yield way


def test_a_call_gets_through(bad_way, line, line_env, phone, fresh_number):
    with between(urlsplit(line).port) as good_way:
        usual = whole_call(phone(f"http://127.0.0.1:{good_way.port}"))
    requests = good_way.visits
    assert requests >= len(usual), "a wait that ends in the next segment is two"
    address, token = f"http://127.0.0.1:{bad_way.port}", line_env["TWILIO_AUTH_TOKEN"]
    handset = Handset(address, token, fresh_number(), voice_url=f"/voice{RETRIES}", status_callbacks=False)
    assert whole_call(handset) == usual
    assert bad_way.visits == 3 * requests
