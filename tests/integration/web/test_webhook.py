"""Forms are read as the standard library reads them."""

from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.carrier.twilio.inbound import AS_WRITTEN, pairs_of

PIECES = st.sampled_from(
    ["&", "=", "+", "%", "%26", "%3D", "%3d", "%2B", "%C3%B6", "%C3", "%e2%82", "%00", "%zz", ";", "ö"]
)


@pytest.mark.parametrize(
    ("form", "pairs"),
    [
        ("", []),
        ("&&", []),
        ("From=%2B12025550143&Body=Hi+there", [("From", "+12025550143"), ("Body", "Hi there")]),
        ("Body=salt%26pepper&Digits=%3D", [("Body", "salt&pepper"), ("Digits", "=")]),
        ("Digits=&Digits=1", [("Digits", ""), ("Digits", "1")]),
        ("Body=a=b&Body", [("Body", "a=b"), ("Body", "")]),
        ("Body=%C3&B=%B6", [("Body", "%C3"), ("B", "%B6")]),
    ],
)
def test_a_form(form, pairs):
    assert pairs_of(form) == pairs


@given(st.lists(PIECES | st.text(max_size=3)).map("".join))
def test_any_form(form):
    assert pairs_of(form) == parse_qsl(form, keep_blank_values=True, errors=AS_WRITTEN, max_num_fields=None)
