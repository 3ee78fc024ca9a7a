"""The pages that add a part to a topic, remove one, and set the facts of each: in every language at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from flask import Blueprint, abort, render_template, request

from ivr.desk.workbench.adding import CannotAdd
from ivr.desk.workbench.bench import Bench, Checked
from ivr.desk.workbench.edits import as_one_line
from ivr.desk.workbench.facts import next_name, with_facts_of_parts
from ivr.desk.workbench.looking import Fields, Looked, look
from ivr.desk.workbench.measured import Measures, of_text, of_voice
from ivr.desk.workbench.pages import Page, checked, languages, pieces, saved, spoken, title_of, to
from ivr.desk.workbench.parts import with_part, without_part
from ivr.desk.workbench.standing import standing_of
from ivr.library.load import Content
from ivr.library.rules.shelf import Shelf
from ivr.model import Position

SIDES = ("voice", "text")


def add_parts(app: Blueprint, bench: Bench) -> None:
    _add_new_part(app, bench)
    _add_removing(app, bench)
    _add_facts(app, bench)


# --- a new part ------------------------------------------------------------------------------------------------------


def _add_new_part(app: Blueprint, bench: Bench) -> None:
    @app.get("/<tag>/part/<name>")
    def open_part(tag: str, name: str) -> Page:
        return _part_form(bench, tag, name, {}, {}, None)

    @app.post("/<tag>/part/<name>")
    def send_part(tag: str, name: str) -> Page | tuple[str, int]:
        state, given = checked(bench, tag), dict(request.form)
        title = title_of(state.content, tag, name)
        try:
            files = with_part(bench, state, name, *_typed(state.content, given))
        except CannotAdd as refused:
            return _part_form(bench, tag, name, given, refused.wrong, _looked_at(bench, state, name, given)), 422
        number = saved(bench, files, f"New part: {title}") if given.get("act") == "save" else None
        if number is None:
            looked = _looked_at(bench, state, name, given)
            return _part_form(bench, tag, name, given, {}, looked), 422 if given.get("act") == "save" else 200
        return to("open_file", tag=tag, inside=f"topics/{name}", saved=number)

    @app.post("/<tag>/part/<name>/check")
    def check_part(tag: str, name: str) -> dict[str, object]:
        state, given = checked(bench, tag), dict(request.form)
        title_of(state.content, tag, name)
        fields = ["facts", *(f"{one}.{side}" for one in state.content.libraries for side in SIDES)]
        return pieces(fields, tag, _looked_at(bench, state, name, given, given.get("whole") == "1"), {})


def _typed(content: Content, given: Mapping[str, str]) -> tuple[str, dict[str, tuple[str, str]]]:
    def side(tag: str, name: str) -> str:
        return as_one_line(given.get(f"{tag}.{name}", ""))

    words = {tag: (side(tag, "voice"), side(tag, "text")) for tag in content.libraries}
    return as_one_line(given.get("facts", "")), words


def _looked_at(bench: Bench, state: Checked, name: str, given: Mapping[str, str], whole: bool = True) -> Looked:
    """Looks at what is filled in. An empty box has the words of another as a stand-in; what is said of those is left
    out."""
    facts, words = _typed(state.content, given)
    known = [side for both in words.values() for side in both if side]
    if not known:
        return Looked(state.content)
    empty = {f"{tag}.{side}" for tag, both in words.items() for side, one in zip(SIDES, both, strict=True) if not one}
    whole_words = {tag: (voice or text or known[0], text or voice or known[0]) for tag, (voice, text) in words.items()}
    part = len(state.content.libraries[state.content.original].topics[name].segments) + 1
    fields: dict[tuple[str, str], str] = {}
    for tag in words:
        topic = f"{tag}/topics/{name}.md"
        fields |= {(topic, f"{side}/{part}"): f"{tag}.{side}" for side in SIDES} | {(topic, f"facts.{part}"): "facts"}
    looked = look(bench, state, with_part(bench, state, name, facts, whole_words), fields, whole)
    measures = {field: one for field, one in _measures(looked.content, name, part).items() if field not in empty}
    found = tuple(one for one in looked.found if one.field not in empty and (one.field or not empty))
    return replace(looked, found=found, measures=measures)


def _measures(content: Content, name: str, part: int) -> dict[str, tuple[Measures, ...]]:
    found: dict[str, tuple[Measures, ...]] = {}
    for tag, library in content.libraries.items():
        topic, shelf = library.topics.get(name), Shelf(content, tag)
        if topic is not None and len(topic.segments) >= part:
            segment = topic.segments[part - 1]
            found[f"{tag}.voice"] = (of_voice(shelf, segment),)
            found[f"{tag}.text"] = (of_text(shelf, Position(name, part), segment),)
    return found


def _part_form(
    bench: Bench, tag: str, name: str, given: Mapping[str, str], wrong: Mapping[str, str], looked: Looked | None
) -> str:
    return _page(bench, "part.html", tag, name, given=given, wrong=wrong, looked=looked)


# --- a part less -----------------------------------------------------------------------------------------------------


def _add_removing(app: Blueprint, bench: Bench) -> None:
    @app.get("/<tag>/part/<name>/<int:part>")
    def open_removing(tag: str, name: str, part: int) -> Page:
        return _removing_form(bench, tag, name, part, {}, None)

    @app.post("/<tag>/part/<name>/<int:part>")
    def remove_part(tag: str, name: str, part: int) -> Page | tuple[str, int]:
        state = checked(bench, tag)
        title = title_of(state.content, tag, name)
        try:
            files = without_part(bench, state, name, part)
        except CannotAdd as refused:
            return _removing_form(bench, tag, name, part, refused.wrong, None), 422
        number = saved(bench, files, f"Removed: part {part} of {title}")
        if number is None:
            return _removing_form(bench, tag, name, part, {}, look(bench, state, files)), 422
        return to("open_file", tag=tag, inside=f"topics/{name}", saved=number)


def _removing_form(
    bench: Bench, tag: str, name: str, part: int, wrong: Mapping[str, str], looked: Looked | None
) -> str:
    state = checked(bench, tag)
    topic = state.content.libraries[tag].topics.get(name)
    if topic is not None and not 1 <= part <= len(topic.segments):
        return abort(404, "There is no such part: was it removed already?")
    return _page(bench, "remove.html", tag, name, part=part, wrong=wrong, looked=looked)


# --- facts -----------------------------------------------------------------------------------------------------------


def _add_facts(app: Blueprint, bench: Bench) -> None:
    @app.get("/<tag>/facts/<name>")
    def open_facts(tag: str, name: str) -> Page:
        state = checked(bench, tag)
        title_of(state.content, tag, name)
        segments = state.content.libraries[tag].topics[name].segments
        given = {f"facts.{part}": ", ".join(one.facts) for part, one in enumerate(segments, start=1)}
        return _page(bench, "facts.html", tag, name, given=given, wrong={}, looked=None)

    @app.post("/<tag>/facts/<name>")
    def send_facts(tag: str, name: str) -> Page | tuple[str, int]:
        state, given = checked(bench, tag), dict(request.form)
        title = title_of(state.content, tag, name)
        files = with_facts_of_parts(bench, state, name, _by_part(state, tag, name, given))
        number = saved(bench, files, f"Facts: {title}") if files and given.get("act") == "save" else None
        if number is not None:
            return to("open_file", tag=tag, inside=f"topics/{name}", saved=number)
        looked = look(bench, state, files, _of_facts(state, name))
        status = 422 if looked.errors and given.get("act") == "save" else 200
        return _page(bench, "facts.html", tag, name, given=given, wrong={}, looked=looked), status

    @app.post("/<tag>/facts/<name>/check")
    def check_facts(tag: str, name: str) -> dict[str, object]:
        state = checked(bench, tag)
        title_of(state.content, tag, name)
        typed = _by_part(state, tag, name, request.form)
        files = with_facts_of_parts(bench, state, name, typed)
        looked = look(bench, state, files, _of_facts(state, name), request.form.get("whole") == "1")
        return pieces([f"facts.{part}" for part in typed], tag, looked, {})


def _by_part(state: Checked, tag: str, name: str, given: Mapping[str, str]) -> dict[int, str]:
    number = len(state.content.libraries[tag].topics[name].segments)
    return {part: given.get(f"facts.{part}", "") for part in range(1, number + 1)}


def _of_facts(state: Checked, name: str) -> Fields:
    found: dict[tuple[str, str], str] = {}
    for tag, library in state.content.libraries.items():
        topic = f"{tag}/topics/{name}.md"
        parts = range(1, len(library.topics[name].segments) + 1)
        found |= {(topic, f"facts.{part}"): f"facts.{part}" for part in parts} | {(topic, "facts"): "facts.1"}
    return found


def _page(bench: Bench, template: str, tag: str, name: str, **shown: object) -> str:
    state = checked(bench, tag)
    title_of(state.content, tag, name)
    return render_template(
        template,
        tag=tag,
        name=name,
        standing=standing_of(bench, state, tag, f"topics/{name}"),
        languages=languages(state.content),
        segments={one: library.topics[name].segments for one, library in state.content.libraries.items()},
        facts=state.content.facts,
        next_fact=next_name(state.content),
        **spoken(state.content),
        **shown,
    )
