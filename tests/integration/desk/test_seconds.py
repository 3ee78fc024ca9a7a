"""When things are heard in calls, from how long each utterance takes: no line, no clock, no speech engine."""

from library.small_content import small_content

from ivr.desk.checking.audio import estimate_of, rules_table
from ivr.desk.checking.calls import milestones
from ivr.library.load import content_of
from ivr.settings import DEFAULT_HELPLINE


def by_rule(libraries, seconds_of=estimate_of):
    return {(one.rule, one.what): one for one in milestones(libraries, next(iter(libraries)), seconds_of)}


def test_every_rule_on_the_seconds_of_a_call_has_its_figures(content):
    found = by_rule(content.libraries)
    menus = content.libraries["en"].menus
    assert {rule for rule, _ in found} == {"A1", "A2", "A3", "B5", "B7"}
    assert sum(rule == "B5" for rule, _ in found) == 2 * (1 + len(menus))
    assert sum(rule == "B7" for rule, _ in found) == len(content.libraries["en"].treatments) > 0


def test_speech_that_takes_longer_is_heard_later(content):
    plain, slow = by_rule(content.libraries), by_rule(content.libraries, lambda one: 2 * estimate_of(one))
    heard = [key for key, one in plain.items() if one.seconds is not None and slow[key].seconds is not None]
    assert len(heard) > 10
    for key in heard:
        assert plain[key].seconds < slow[key].seconds < 2 * plain[key].seconds + 1e-6, key
    assert not all(one.holds for one in slow.values())


def test_what_is_never_said_does_not_hold(tmp_path):
    root = small_content(tmp_path)
    glossary = root / "en/glossary.md"
    glossary.write_text(glossary.read_text().replace("title: Words", "treatments: cherries, melons\ntitle: Words"))
    found = by_rule(content_of(root, DEFAULT_HELPLINE).libraries)
    cherries, melons = (one for (rule, _), one in found.items() if rule == "B7")
    assert cherries.holds
    assert melons.seconds is None and not melons.holds


class Slow:
    """A speech engine for which everything takes a minute."""

    @staticmethod
    def seconds_of(_):
        return 60.0


def test_the_table_says_what_does_not_hold_by_audio(content):
    rows = rules_table(content.libraries, "en", Slow()).splitlines()[2:]
    assert len(rows) == len(by_rule(content.libraries))
    assert all(row.endswith("| **does not hold** |") for row in rows)
    assert any(" never " in row for row in rows), "after four minutes nobody listens for it"
