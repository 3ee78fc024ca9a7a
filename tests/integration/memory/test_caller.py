"""Every kind of sender has a name to count by, and who shows themselves is remembered."""

import pytest

from ivr.carrier.twilio.numbers import WITHHELD, party
from ivr.memory.caller import caller_key, sender_of

SECRET = b"a secret for tests"
PHONE = "+12025550143"


@pytest.mark.parametrize(
    "address",
    [PHONE, "whatsapp:+12025550143", "WhatsApp:+12025550143", "rcs:+12025550143", "12025550143", " +1 202-555-0143 "],
)
def test_a_person_is_the_same_by_whatever_way_they_write(address):
    sender = sender_of(party(address), SECRET)
    assert sender == sender_of(party(PHONE), SECRET)
    assert sender.number == PHONE


def test_a_number_without_its_plus_is_that_number():
    assert sender_of(party("442079460018"), SECRET) == sender_of(party("+442079460018"), SECRET)
    assert sender_of(party("14155558734"), SECRET) == sender_of(party("+14155558734"), SECRET)


OTHERS = [
    "22395",
    "262966",
    "VERIZON",
    "messenger:1234567890",
    "rcs:brand_x_agent",
    "+1555",
    "+999123",
    "0",
    "2025550143",
]


@pytest.mark.parametrize("address", OTHERS)
def test_who_is_no_phone_is_remembered_and_cannot_be_called(address):
    sender = sender_of(party(address), SECRET)
    assert sender.key
    assert sender.number is None
    assert sender == sender_of(party(address.lower()), SECRET), "a name is the same in small letters"
    assert caller_key(party(address), SECRET) is None, "calls from it may be of many people"


def test_no_two_of_them_are_the_same():
    every = [*OTHERS, PHONE, "+442079460018", *WITHHELD, "anonymous", "", "client:ann", "\ud800"]
    senders = [sender_of(party(address), SECRET) for address in every]
    assert len({sender.name for sender in senders}) == len(every)
    assert not {sender.name for sender in senders} & {sender.key for sender in senders}


@pytest.mark.parametrize(
    "address",
    [
        *sorted(WITHHELD),
        "266696687",
        "whatsapp:+266696687",
        "anonymous",
        "Unavailable",
        "RESTRICTED",
        "",
        " ",
        "client:ann",
        "sip:a@b.example",
    ],
)
def test_who_is_withheld_is_counted_and_not_remembered(address):
    sender = sender_of(party(address), SECRET)
    assert sender.name
    assert sender.key is None
    assert sender.number is None
    assert caller_key(party(address), SECRET) is None


def test_nobody_can_turn_a_key_back_without_the_secret():
    assert sender_of(party(PHONE), SECRET).name != sender_of(party(PHONE), b"another secret").name
    assert PHONE[1:] not in sender_of(party(PHONE), SECRET).name
