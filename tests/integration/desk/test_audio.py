"""Seconds of real speech. Where no speech engine is installed, the command says so."""

import os
import shutil

import pytest
from command_lines import ivr

from ivr.desk.checking.audio import PROGRAMS, Engine, time_segments, timing_voice
from ivr.desk.checking.calls import milestones
from ivr.model import Position
from ivr.settings import CannotStart

CAN_SPEAK = all(shutil.which(program) for program in PROGRAMS)


@pytest.mark.skipif(not CAN_SPEAK, reason="espeak-ng and sox are not installed: no real speech to time")
@pytest.mark.parametrize("language", ["en", "es"])
def test_no_segment_is_over_its_limit_by_real_audio(content, language):
    library = content.libraries[language]
    with timing_voice(library) as spoken_by:
        timings = time_segments(library, spoken_by)
    assert 100 < spoken_by.speed < 200
    assert len(timings) == len(library.numbers)
    for timing in timings:
        topic, _, part = timing.name.rpartition(".")
        limit = 55 if "X2" in library.segment(Position(topic, int(part))).facts else 30
        assert 0 < timing.audio <= limit, timing
        assert abs(timing.difference) < 0.5, timing


@pytest.mark.skipif(not CAN_SPEAK, reason="espeak-ng and sox are not installed: no real speech to time")
def test_each_language_is_timed_with_its_own_voice(tmp_path):
    said = "Un dolor baja por una pierna o por un brazo, y no puede caminar bien."
    spanish, english = (Engine(voice, tmp_path).seconds(said, 150) for voice in ("es-419", "en-us"))
    assert spanish > 0
    assert spanish != english
    with pytest.raises(CannotStart, match="espeak:"):
        Engine("xx-nowhere", tmp_path).seconds(said, 150)


@pytest.mark.skipif(not CAN_SPEAK, reason="espeak-ng and sox are not installed: no real speech to time")
@pytest.mark.parametrize("language", ["en", "es"])
def test_greeting_menus_and_first_words_are_in_time_by_real_audio(content, language):
    with timing_voice(content.libraries[language]) as spoken_by:
        found = milestones(content.libraries, language, spoken_by.seconds_of)
    assert {"A3", "B5", "B7"} <= {one.rule for one in found}
    assert not [one for one in found if not one.holds]


def test_without_a_speech_engine_it_says_what_to_install(tmp_path):
    done = ivr({**os.environ, "PATH": str(tmp_path)}, "check", "--audio")
    assert done.returncode == 1
    assert "Install espeak-ng and sox first" in done.stderr
