"""Content edited under running calls, and the line started again with it: whoever was at a position that no longer
exists goes on at the nearest menu, and is told so kindly."""

import re

import pytest
from faults.stores import until
from faults.talking import phrase
from light_content import light_content

from ivr.desk.running.local import free_port, is_line

TYPES, DEPENDS, SHORT, KEPT = "types", "depends", "person", "questions"


@pytest.fixture
def edited(tmp_path):
    """A copy to edit."""
    return light_content(tmp_path)


def edit(folder) -> None:
    """A menu and a topic get other names, and a topic keeps the first of its three segments."""
    own = folder / "en"
    (own / "menus" / f"{TYPES}.md").rename(own / "menus" / "kinds.md")
    (own / "topics" / f"{DEPENDS}.md").rename(own / "topics" / "factors.md")
    main = own / "menus" / "main.md"
    main.write_text(
        main.read_text()
        .replace(f"1: {TYPES}", "1: kinds")
        .replace(f"2: {DEPENDS}", "2: factors")
        .replace(f", {DEPENDS},", ", factors,")
    )
    short = own / "topics" / f"{SHORT}.md"
    words = re.sub(r"\n  [23]: .*", "", short.read_text())
    voice, text = words.split("## Text")
    short.write_text("## Text".join(part.rstrip().rsplit("\n\n", 2)[0] + "\n\n" for part in (voice, text)))


def standing(handset, keys: str):
    call = handset.call()
    for key in keys:
        call.press(key)
    return call


def test_a_call_goes_on_at_the_nearest_menu(edited, line_at, server, phone, library):
    port = free_port()
    own = {"CONTENT_DIR": str(edited)}
    with line_at(f"redis://127.0.0.1:{server.port}", port, **own) as line:
        in_menu, in_topic, at_end, unmoved = (standing(phone(line), keys) for keys in ("1", "21", "521", "3"))
        texter = phone(line)
        assert "2 of" not in str(texter.text("2").texts)
        kept = unmoved.said
    edit(edited)
    until(lambda: not is_line(line), 10, "the line is down")
    with line_at(f"redis://127.0.0.1:{server.port}", port, **own):
        assert at_end.action.endswith(f"/{SHORT}.2"), "where they stood"
        for call, key, menu in ((in_menu, "3", "main"), (in_topic, "1", "main"), (at_end, "#", "about-line")):
            call.press(key)
            assert call.said.startswith(phrase(library, "moved")), call.said
            assert call.action.endswith(f"/{menu}.0")
            assert all(choice.voice in call.said for choice in library.menus[menu].choices)
        in_topic.press("2")
        assert library.topics[DEPENDS].segments[0].voice.split(".")[0] in in_topic.said, "under its new name"
        unmoved.press("#")
        assert unmoved.said == kept
        (answer,) = texter.text("MORE").texts
        assert phrase(library, "lost") in answer or phrase(library, "menu") in answer
        assert texter.call().listening, "what was remembered of a place that is gone is no harm"
