"""How many fragments a text has, compared with a count that others wrote (npm: sms-segments-calculator)."""

import json
import random
import subprocess
from collections.abc import Callable, Iterator

import pytest
from api.packages import HERE, node

from ivr.library.measures import fragments, gsm_units
from ivr.phone.fragments import Fragments, count_fragments

pytestmark = pytest.mark.slow

Count = Callable[[list[str]], list[Fragments]]

ESCAPE = "\x1b"
"""Left out: the line strips it. It is no sign of GSM 03.38, though the package gsm0338 takes it for one."""

PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .,:;!?'\"()-/&%#@+*=<>_$\n\r"
ACCENTED = "èéùìòÇØøÅåÆæßÉÄÖÑÜ§¿äöñüà£¥¤¡ΔΦΓΛΩΠΨΣΘΞ"
OF_TWO_UNITS = "€[]{}|^~\\\f"
OUTSIDE = "‘’“”–—…•çáíóúâêîôûëïÿœŁłžšђЖяعא骨転移`´\u00a0\u2028\ufeff\ufffd"
ASTRAL = "😀🦴💊🏥𝒜𐍈"
JOINED = ["👩\u200d👩\u200d👧", "🇫🇷", "👍🏽", "e\u0301", "❤\ufe0f", "1\ufe0f\u20e3", "நி", "각"]
"""Several signs that are seen as one."""

MIXTURES = [
    [PLAIN],
    [PLAIN, PLAIN, ACCENTED],
    [PLAIN, OF_TWO_UNITS],
    [PLAIN, ACCENTED, OF_TWO_UNITS],
    [OF_TWO_UNITS],
    [PLAIN, OUTSIDE],
    [PLAIN, OF_TWO_UNITS, OUTSIDE],
    [PLAIN, ASTRAL],
    [ASTRAL],
    [PLAIN, ACCENTED, OF_TWO_UNITS, OUTSIDE, ASTRAL],
]
EDGES = [69, 70, 71, 133, 134, 135, 159, 160, 161, 200, 201, 202, 305, 306, 307, 458, 459, 460]


@pytest.fixture(scope="module")
def other() -> Iterator[Count]:
    command = [node(), str(HERE / "fragments.cjs")]

    def count(texts: list[str]) -> list[Fragments]:
        lines = "".join(json.dumps(text) + "\n" for text in texts)
        counted = subprocess.run(command, input=lines, capture_output=True, text=True, timeout=60, check=True).stdout
        return [Fragments(*json.loads(line)) for line in counted.splitlines()]

    return count


def differences(texts: list[str], theirs: list[Fragments]) -> list[tuple[str, Fragments, Fragments]]:
    """Where the phone's count is another than theirs; the line's must agree with the phone's in any case."""
    ours = [count_fragments(text) for text in texts]
    assert [fragments(text) for text in texts] == [count.count for count in ours]
    assert [gsm_units(text) is not None for text in texts] == [count.encoding == "GSM-7" for count in ours]
    return [(text, mine, other) for text, mine, other in zip(texts, ours, theirs, strict=True) if mine != other]


def random_texts(signs: list[list[str]], how_many: int, dice: random.Random) -> Iterator[str]:
    for _ in range(how_many):
        length = dice.choice([*EDGES, dice.randrange(500)])
        yield "".join(dice.choice(dice.choice(signs)) for _ in range(length))


def test_random_texts(other):
    dice = random.Random(20251)
    texts = [text for mixture in MIXTURES for text in random_texts([list(part) for part in mixture], 400, dice)]
    theirs = other(texts)
    assert not differences(texts, theirs)
    assert len({count.count for count in theirs}) > 8
    assert {count.encoding for count in theirs} == {"GSM-7", "UCS-2"}


def test_a_sign_of_two_units_at_every_place_near_an_edge(other):
    texts = [
        filler * before + sign + filler * after
        for filler in "aé’"
        for sign in ("€", "😀", "’", "€€", "😀😀")
        for edge in EDGES
        for before in range(edge - 3, edge + 1)
        for after in (0, 1, 100)
    ]
    assert not differences(texts, other(texts))


def test_every_sign_alone_and_in_a_full_fragment(other):
    signs = [chr(code) for code in range(0x10000) if not 0xD800 <= code < 0xE000 and chr(code) != ESCAPE]
    assert not differences(signs, other(signs))
    full = [sign * 80 + "a" for sign in signs if gsm_units(sign)]
    assert len(full) > 130
    assert not differences(full, other(full))


def test_signs_seen_as_one(other):
    """Over there they never begin in one fragment and end in the next, so now and then one more is counted. The line
    and the phone split between any two signs, as the standard lets a carrier do. Nothing else differs."""
    dice = random.Random(20252)
    texts = list(random_texts([list(PLAIN), JOINED], 400, dice))
    different = differences(texts, other(texts))
    assert len(different) < len(texts) / 4
    for _, ours, theirs in different:
        assert theirs.encoding == ours.encoding == "UCS-2"
        assert ours.count < theirs.count <= ours.count * 1.25


def test_the_line_s_own_texts(other, content):
    for library in content.libraries.values():
        texts = [segment.text for topic in library.topics.values() for segment in topic.segments]
        assert texts
        assert not differences(texts, other(texts))
