"""Every field that a carrier sends or may send, and values that no carrier should."""

from hypothesis import strategies as st

from ivr.phone.request_fields import call_fields, text_fields

MARK = "QZJXKWVBFP"
"""Stands in words that a texter sends, and in nothing that the line says."""

ENDED = ("CallStatus", "CallDuration", "Duration", "SequenceNumber", "Timestamp", "CallbackSource")
TURN = (
    "Digits",
    "DialCallStatus",
    "DialCallSid",
    "DialCallDuration",
    "SpeechResult",
    "Confidence",
    "msg",
    "CallerName",
)
TEXT = (
    "OptOutType",
    "MessagingServiceSid",
    "MessageStatus",
    "ErrorCode",
    "ErrorMessage",
    "RawDlrDoneDate",
    "ProfileName",
)
NAMES = sorted(
    {*call_fields("", "", ""), *text_fields("", 2, "", "", ""), *ENDED, *TURN, *TEXT, "ForwardedFrom", "StirVerstat"}
)

MARKUP = (f"<Say>{MARK}</Say>", f"&lt;{MARK}&gt;", f"]]>{MARK}<![CDATA[", f"<!DOCTYPE {MARK}>", f"{{helpline}}{MARK}")
TEMPLATES = (
    f"${{jndi:ldap://{MARK}}}",
    f"{{{{7*7}}}}{MARK}",
    f"%s%n{MARK}",
    f"{{0.__class__}}{MARK}",
    f"\r\n{MARK}: x",
)
WORDS = ("STOP", "start", "Forget", "CALL", "MORE", "back", "12", "RADIATION", "radiaton", "URGENT", "help", "é€", "")
STATUSES = ("completed", "busy", "no-answer", "ringing", "in-progress", "failed", "undelivered", "delivered", "30006")
NUMBERS = ("+12025560111", "+266696687", "anonymous", "client:ann", "sip:a@example.org", "+", "+9" * 40, "12025560111")
ODD = (
    "\x00",
    "\x1b[2J",
    "\ud7ff",
    "\u202e",
    "\ufeff",
    "\ufffe",
    "\U0001f600" * 500,
    "9" * 4000,
    "A" * 30_000,
    "0",
    "-1",
)

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)
values = st.sampled_from([*MARKUP, *TEMPLATES, *WORDS, *STATUSES, *NUMBERS, *ODD, *"0123456789*#"]) | words
fields = st.lists(st.tuples(st.sampled_from(NAMES) | st.text("abcXYZ_[]%é", max_size=12), values), max_size=14)
"""Repeated ones among them, in any order."""

likely = st.fixed_dictionaries(
    {"From": st.sampled_from(NUMBERS)},
    optional={
        "Digits": st.sampled_from("0123456789*#"),
        "Body": values,
        "MessageSid": st.sampled_from(["SM1", "SM2", ""]),
        "CallSid": st.sampled_from(["CA1", ""]),
    },
)
"""What makes the line do something."""


def form(likely_ones, any_ones):
    return [*likely_ones.items(), *any_ones]


forms = st.builds(form, likely, fields)
