"""Documents that are kept ready are those that would be made now."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from toy import ENGLISH_ONLY

from ivr.carrier.twilio.render import RETRIES, Speaker, TwiML
from ivr.dialogue.step import step
from ivr.dialogue.url import to_path
from ivr.model import Pace, Position, Pressed, Prompt, State
from ivr.web.ready import Ready

CAN_TEXT = {"en": replace(ENGLISH_ONLY["en"], can_text=True)}
SPEAKER = Speaker({"en": CAN_TEXT["en"].language}, "+18005550100")
READY = Ready(CAN_TEXT, TwiML(), SPEAKER, "/root")
"""One for all examples, so that most are met by what another has left."""


@given(
    position=st.sampled_from([Position("main"), *CAN_TEXT["en"].numbers]),
    prompt=st.sampled_from(
        [
            Prompt.PLAIN,
            Prompt.SILENT,
            Prompt.PACED,
            Prompt.DICTATED,
            Prompt.TEXT_SENT,
            Prompt.UNKNOWN_KEY,
            Prompt.WAITING,
        ]
    ),
    visited=st.integers(0, 255),
    pace=st.sampled_from(Pace),
    flags=st.tuples(st.booleans(), st.booleans(), st.booleans()),
)
def test_what_is_kept_ready_is_what_is_said(position, prompt, visited, flags, pace):
    patient, unkept, texted = flags
    here = State("en", position, pace, prompt, 1, patient, visited, unkept, texted)
    turn = READY.turn(to_path(here), Pressed("#"))
    assert turn == step(CAN_TEXT, here, Pressed("#"))
    action = f"/root/voice/{to_path(turn.state)}{RETRIES}"
    assert READY.document(turn).decode() == SPEAKER.voice(turn.reply, turn.state.pace, action)
