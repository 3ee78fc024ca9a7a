"""Parts of a topic: their facts are set and they are removed in all languages together, or not at all."""

import pytest
from small_content import copy_language, loaded, swap
from small_listening import small_listening
from sounds import mp3
from workbench import Desk, desk, fields_in, page_of, words_in

FIRST, SECOND = mp3(3, b"first"), mp3(3, b"second")


@pytest.fixture
def bench(tmp_path):
    found = desk(tmp_path)
    copy_language("es")(found.root)
    return found


def files(root):
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def changed(bench, before):
    after = files(bench.root)
    return sorted(name for name in {*before, *after} if before.get(name) != after.get(name))


def test_facts_are_set_in_every_language_at_once(bench):
    before = files(bench.root)
    form = fields_in(bench.see("en/facts/plums"))
    assert form == {"facts.1": "X1"}
    page = bench.send("en/facts/plums", {"facts.1": "X1, X2; Plums are sweet.", "act": "save"}, status=303)
    assert "X3 Plums are sweet." in words_in(page)
    assert changed(bench, before) == ["en/topics/plums.md", "es/topics/plums.md", "facts.md"]
    for tag in ("en", "es"):
        assert bench.file(f"{tag}/topics/plums.md") == before[f"{tag}/topics/plums.md"].replace(b"X1", b"X1, X2, X3")
    bench.send("undo/000001", {}, status=303)
    assert changed(bench, before) == []


def test_a_fact_that_would_be_told_nowhere_is_kept_under_its_box(bench):
    before = files(bench.root)
    found = bench.ask("en/facts/cherries/check", {"facts.1": "X9"})
    assert "X9" in words_in(found["pieces"]["under-facts.1"])
    assert found["bad"] == ["facts.1"]
    assert "no topic delivers fact X2" in words_in(
        bench.send("en/facts/cherries", {"facts.1": "X1", "act": "save"}, status=422)
    )
    assert changed(bench, before) == []


def test_a_part_is_removed_in_every_language_and_the_later_ones_move_up(bench):
    for tag in ("en", "es"):
        swap(f"{tag}/menus/main.md", "silent: apples", "silent: apples.2, apples.1, plums")(bench.root)
        (bench.root / tag / "audio").mkdir()
        (bench.root / tag / "audio" / "apples-1.mp3").write_bytes(FIRST)
        (bench.root / tag / "audio" / "apples-2.slow.mp3").write_bytes(SECOND)
    bench.send("en/facts/apples", {"facts.1": "T2", "facts.2": "T1, T2", "act": "save"}, status=303)
    before = files(bench.root)
    page = words_in(bench.see("en/part/apples/1"))
    assert "part 2 becomes part 1" in page
    bench.send("en/part/apples/1", {}, status=303)
    for tag in ("en", "es"):
        topic = loaded(bench.root).libraries[tag].topics["apples"]
        assert [one.voice for one in topic.segments] == ["Pears are green. I like pears."]
        assert [one.text for one in topic.segments] == ["Pears are green. You like pears."]
        assert [one.facts for one in topic.segments] == [("T1", "T2")]
        assert b"  1: PEARS\n" in bench.file(f"{tag}/topics/apples.md")
        assert b"silent: apples.1, plums\n" in bench.file(f"{tag}/menus/main.md")
        assert not (bench.root / tag / "audio" / "apples-2.slow.mp3").exists()
        assert bench.file(f"{tag}/audio/apples-1.slow.mp3") == SECOND
        assert not (bench.root / tag / "audio" / "apples-1.mp3").exists()
    bench.send("undo/000002", {}, status=303)
    assert changed(bench, before) == []


@pytest.mark.parametrize(
    ("place", "remedy"),
    [("apples/1", "no topic delivers fact T1"), ("cherries/1", "this is the topic's only part")],
)
def test_a_part_that_is_needed_stays(bench, place, remedy):
    before = files(bench.root)
    page = bench.send(f"en/part/{place}", {}, status=422)
    assert remedy in words_in(page)
    assert changed(bench, before) == []


def test_a_part_that_is_not_there_cannot_be_removed(bench):
    bench.see("en/part/apples/3", status=404)
    bench.see("en/part/none/1", status=404)


def test_what_people_say_for_a_part_goes_and_follows_with_it(tmp_path):
    root = small_listening(tmp_path)
    bench = Desk(root, tmp_path / "data", page_of(root, tmp_path / "data").test_client())
    bench.send("en/facts/apples", {"facts.1": "T2", "facts.2": "T1, T2", "act": "save"}, status=303)
    topics, lacks = bench.file("en/listening/topics.md"), bench.file("en/listening/lacks.md")
    bench.send("en/part/apples/1", {}, status=303)
    after = topics.replace(b"## apples.1\n\n- crunchy\n\n", b"").replace(b"apples.2", b"apples.1")
    assert bench.file("en/listening/topics.md") == after
    assert bench.file("en/listening/lacks.md") == lacks.replace(b"apples.2", b"apples.1")


def test_a_part_that_danger_brings_stays(tmp_path):
    root = small_listening(tmp_path)
    bench = Desk(root, tmp_path / "data", page_of(root, tmp_path / "data").test_client())
    swap("en/listening/despair.md", "brings: cherries.1", "brings: apples.1")(root)
    before = files(root)
    assert "words of danger or despair bring this part" in words_in(bench.send("en/part/apples/1", {}, status=422))
    assert files(root) == before
