"""Every kind of sender has a limit, a memory and a STOP: through the webhook, with and without a store."""

import pytest

from ivr.desk.running.local import free_port, serving
from ivr.dialogue.permitted import MOST_IN_DANGER, MOST_REPLIES

SENDERS = ["22395", "VERIZON", "whatsapp:+12025559901", "rcs:+12025559902", "messenger:10001", "12025559903", "+1555"]


@pytest.fixture
def library(content):
    return content.libraries["en"]


@pytest.mark.parametrize("sender", SENDERS)
def test_each_is_remembered_and_can_stop(scripted_line, phone, library, reads, sender):
    handset = phone(scripted_line, sender)
    handset.text("FORGET")
    handset.text("12")
    assert library.topics["whole-body"].segments[1].text in handset.text("MORE").texts[0]
    assert reads(handset.text("stop texting me"), "stopped")
    assert handset.text("11").texts == ()
    assert handset.text("cant feel my legs").texts
    assert reads(handset.text("START"), "started")
    assert handset.text("11").texts


@pytest.mark.parametrize(
    "sender", ["31000", "INFOCO", "whatsapp:+12025559911", "messenger:10011", "private caller", "+7378742833"]
)
def test_each_has_a_limit_that_is_said_once(scripted_line, phone, reads, sender):
    handset = phone(scripted_line, sender)
    answers = [handset.text(f"hello {number}") for number in range(MOST_REPLIES + 4)]
    assert all(answer.texts for answer in answers[:MOST_REPLIES])
    assert [reads(answer, "too-many") for answer in answers[MOST_REPLIES:]] == [True, False, False, False]
    assert not any(answer.texts for answer in answers[MOST_REPLIES + 1 :])


def test_whoever_tries_the_line_with_a_phone_of_the_project_s_is_never_silenced(scripted_line, phone, reads):
    """Its numbers are given to nobody, so no machine texts from them."""
    handset = phone(scripted_line, "+13125550142")
    answers = [handset.text(f"hello {number}") for number in range(MOST_REPLIES + 10)]
    assert all(answer.texts for answer in answers)
    assert not any(reads(answer, "too-many") for answer in answers)


def test_a_person_is_the_same_by_another_way(scripted_line, phone, fresh_number, reads):
    number = fresh_number()
    assert reads(phone(scripted_line, f"whatsapp:{number}").text("stop texting me"), "stopped")
    assert phone(scripted_line, number).text("11").texts == ()
    assert phone(scripted_line, number[1:]).text("11").texts == ()


def test_what_comes_through_a_chat_is_called_back_at_its_number(scripted_line, api, phone, fresh_number, reads):
    api.answers(201, {"sid": "CA1", "status": "queued"})
    number = fresh_number()
    assert reads(phone(scripted_line, f"whatsapp:{number}").text("CALL"), "calling")
    assert api.asked[-1].fields["To"] == number
    assert reads(phone(scripted_line, "22777").text("CALL"), "no-calls")


def test_a_text_that_is_delivered_again_counts_once(scripted_line, phone, reads):
    handset = phone(scripted_line)
    for _ in range(MOST_REPLIES + 5):
        assert handset.text("hello", MessageSid="SM1").texts
    for number in range(MOST_REPLIES - 1):
        assert not reads(handset.text(f"hello {number}"), "too-many")
    for _ in range(2):
        assert reads(handset.text("hello", MessageSid="SM2"), "too-many"), "and again when that is delivered again"
    assert handset.text("hello").texts == ()


def test_danger_over_the_limit_is_answered_ten_times_each_in_new_words(scripted_line, phone):
    handset = phone(scripted_line)
    for number in range(MOST_REPLIES):
        handset.text(f"hello {number}")
    assert handset.text("cant feel my legs", MessageSid="SM3").texts
    assert handset.text("cant feel my legs", MessageSid="SM3").texts, "delivered again"
    assert handset.text("cant feel my legs").texts == (), "the same words are no new danger"
    others = [handset.text(f"cant breathe {number}").texts for number in range(MOST_IN_DANGER)]
    assert [bool(texts) for texts in others] == [True] * (MOST_IN_DANGER - 1) + [False]


def test_whoever_is_forgotten_has_not_more(scripted_line, phone):
    """A machine that says FORGET in each of its texts."""
    handset = phone(scripted_line)
    answers = [handset.text("do not forget about me").texts for _ in range(MOST_REPLIES * 3)]
    assert answers[-5:] == [()] * 5


@pytest.fixture(scope="module")
def without_store(line_env, tmp_path_factory):
    """Its store is not there; one process, so that the figure is exact."""
    own = {
        "REDIS_URL": f"redis://127.0.0.1:{free_port()}",
        "CALLER_SECRET": "a secret for tests",
        "WEB_CONCURRENCY": "1",
    }
    with serving({**line_env, **own, "DATA_DIR": str(tmp_path_factory.mktemp("none"))}, free_port()) as line:
        yield line


@pytest.mark.parametrize("sender", [None, "22395", "VERIZON", "anonymous"])
def test_without_a_store_the_limits_hold(without_store, phone, reads, sender):
    handset = phone(without_store, sender)
    answers = [handset.text(f"hello {number}") for number in range(MOST_REPLIES + 3)]
    assert all(answer.texts for answer in answers[:MOST_REPLIES])
    assert reads(answers[MOST_REPLIES], "too-many")
    assert [answer.texts for answer in answers[MOST_REPLIES + 1 :]] == [()] * 2
    dangers = [bool(handset.text(f"cant breathe {number}").texts) for number in range(MOST_IN_DANGER + 2)]
    assert dangers == [True] * MOST_IN_DANGER + [False] * 2
