"""The sheet for someone who records the segments."""

from datetime import date
from xml.etree.ElementTree import fromstring

import pytest

from ivr.desk.documents.recording import recording_document, recording_sheet, recording_text
from ivr.library.library import SLOT


@pytest.fixture(scope="module")
def sheet(content):
    return recording_sheet(content, date(2031, 7, 9))


def test_every_segment_has_a_line_but_those_that_are_filled_in(content, sheet):
    english = sheet.languages[0]
    library = content.libraries["en"]
    expected = {
        f"{topic.name}-{part}.mp3": segment.voice
        for topic in library.topics.values()
        for part, (segment, written) in enumerate(
            zip(topic.segments, content.documents[f"content/en/topics/{topic.name}.md"].sections["voice"], strict=True),
            start=1,
        )
        if not SLOT.search(written.text)
    }
    assert {take.file: " ".join(take.sentences) for take in english.takes} == expected
    assert [take.number for take in english.takes] == list(range(1, len(expected) + 1))
    assert len(expected) < sum(len(topic.segments) for topic in library.topics.values())
    assert english.folder == "content/en/audio"


def test_no_line_takes_longer_than_a_segment_may(sheet):
    assert all(0 < take.seconds <= 55 for take in sheet.languages[0].takes)


def test_both_forms_hold_the_same_lines(content, sheet):
    page = fromstring(recording_document(sheet))  # noqa: S314 (our own)
    text = recording_text(sheet)
    rows = page.findall(".//tbody/tr")
    takes = [take for language in sheet.languages for take in language.takes]
    assert len(rows) == len(takes)
    for row, take in zip(rows, takes, strict=True):
        number, file, words, seconds = (" ".join(cell.itertext()).split() for cell in row)
        assert (number, file, seconds) == ([str(take.number)], [take.file], [f"{take.seconds:.0f}"])
        assert words == " ".join(take.sentences).split()
        assert f"{take.number}. {take.file} ({take.seconds:.0f} seconds)" in text
        assert all(f"    {sentence}\n" in text for sentence in take.sentences)
    assert content.version in text
    assert content.version in "".join(page.itertext())
