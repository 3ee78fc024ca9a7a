"""A new topic as it stands in the form, finished or not, and what the check says under each field.

While somebody types, most fields are empty. They get stand-ins, so that the check can look at what there is; what it
says of a stand-in is not shown.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import replace

from ivr.desk.workbench.adding import ABOUT_THE_LINE, CannotAdd, NewTopic, Wording, files_of, paragraphs, wrong_in
from ivr.desk.workbench.bench import Bench, Checked
from ivr.desk.workbench.edits import as_one_line
from ivr.desk.workbench.facts import ELSE, facts_typed
from ivr.desk.workbench.looking import Fields, Looked, look, reached
from ivr.desk.workbench.measured import Measures, of_text, of_voice
from ivr.desk.workbench.meters import label_meters, menu_meters
from ivr.desk.workbench.rooms import rooms
from ivr.library.document import listed
from ivr.library.load import FACT, Content
from ivr.library.rules.shelf import Shelf
from ivr.model import Position

OF_TOPIC = ("menu", "name", "origin", "source", "reviewed", "facts", "new_facts")
OF_LANGUAGE = ("title", "label", "written", "keywords", "voice", "text")
NOT_IN_NAMES = re.compile(r"[^a-z0-9]+")
STAND_IN, OUTSIDE = "new-topic", "outside"


def names_of_fields(content: Content) -> Iterator[str]:
    yield from OF_TOPIC
    yield from (f"{tag}.{name}" for tag in content.libraries for name in OF_LANGUAGE)


def new_topic(content: Content, given: Mapping[str, str]) -> NewTopic:
    """The topic in the form. `given`: by field; fields of a language are named like `es.title`."""

    def typed(name: str) -> str:
        return as_one_line(given.get(name, ""))

    wordings = {
        tag: Wording(
            typed(f"{tag}.title"),
            typed(f"{tag}.label"),
            typed(f"{tag}.written"),
            typed(f"{tag}.keywords"),
            paragraphs(given.get(f"{tag}.voice", "")),
            paragraphs(given.get(f"{tag}.text", "")),
        )
        for tag in content.libraries
    }
    more = [line.strip().removeprefix("- ") for line in given.get("new_facts", "").splitlines() if line.strip()]
    parts = [as_one_line(line) for line in given.get("facts", "").rstrip().splitlines()]
    facts, new = facts_typed(content, parts, more)
    return NewTopic(
        typed("name") or named_like(wordings[content.original].title),
        typed("menu"),
        typed("origin"),
        typed("source"),
        typed("reviewed"),
        tuple(facts),
        tuple(new),
        wordings,
    )


def named_like(title: str) -> str:
    """A file's name: `Piña y limón` gives `pina-y-limon`."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return NOT_IN_NAMES.sub("-", plain).strip("-")


def look_at(bench: Bench, state: Checked, new: NewTopic, whole: bool = True) -> Looked:
    """What the check says of the fields that are filled in, and what is measured of them."""
    full, empty = _completed(state.content, new), frozenset(_empty(new))
    try:
        files = files_of(bench, state, full)
    except CannotAdd:
        return Looked(state.content)
    looked = look(bench, state, files, _fields(state.content, full), whole)
    shown = tuple(one for one in looked.found if one.field not in empty and (one.field or not empty))
    measures = {name: one for name, one in _measures(looked.content, full).items() if name not in empty}
    return replace(looked, found=shown, measures=measures, reached=dict(_reached(state.content, new)) if whole else {})


def _empty(new: NewTopic) -> Iterator[str]:
    for tag, wording in new.wordings.items():
        yield from (f"{tag}.{name}" for name in OF_LANGUAGE if not getattr(wording, name) and name != "written")
    yield from (name for name in ("source", "reviewed") if not getattr(new, name))
    if not any(new.facts):
        yield "facts"


def _completed(content: Content, new: NewTopic) -> NewTopic:
    """The topic with stand-ins for what is empty or cannot be used."""
    wrong = dict(wrong_in(content, new))
    has_room = next((room.menu for room in rooms(content, content.original) if not room.full), "")
    title = next((one.title for one in new.wordings.values() if one.title), STAND_IN)
    origin = new.origin or OUTSIDE
    number = max((len(parts) for one in new.wordings.values() for parts in (one.voice, one.text)), default=0)
    return replace(
        new,
        name=STAND_IN if "name" in wrong else new.name,
        menu=has_room if "menu" in wrong else new.menu,
        origin=origin,
        facts=new.facts if any(new.facts) else _a_fact(content, origin),
        source=new.source or title,
        new_facts=tuple(line for line in new.new_facts if FACT.fullmatch(line)),
        wordings={tag: _with_stand_ins(one, title, max(1, number)) for tag, one in new.wordings.items()},
    )


def _a_fact(content: Content, origin: str) -> tuple[str, ...]:
    if origin == ABOUT_THE_LINE or not content.facts:
        return ()
    is_outside = origin == OUTSIDE and bool(content.outside)
    return tuple(one for one in content.facts if one.startswith(content.outside or ELSE) == is_outside)[:1]


def _with_stand_ins(wording: Wording, title: str, number: int) -> Wording:
    filler = (f"{title}.",) * number
    voice, text = (
        (*mine, *other[len(mine) :], *filler)[:number]
        for mine, other in ((wording.voice, wording.text), (wording.text, wording.voice))
    )
    own = wording.title or title
    return replace(wording, title=own, label=wording.label or own, voice=voice, text=text)


def _fields(content: Content, new: NewTopic) -> Fields:
    found: dict[tuple[str, str], str] = {}
    for tag, wording in new.wordings.items():
        topic, menu = f"{tag}/topics/{new.name}.md", f"{tag}/menus/{new.menu}.md"
        key = len(content.libraries[tag].menus[new.menu].choices) + 1
        found |= {(topic, name): name for name in ("facts", "origin", "source", "reviewed")}
        found |= {(topic, f"facts.{part}"): "facts" for part in range(1, len(new.facts) + 1)}
        found |= {(topic, name): f"{tag}.{name}" for name in ("title", "keywords", "voice", "text")}
        found |= {(topic, "offer"): f"{tag}.label", (topic, "keywords.1"): f"{tag}.keywords"}
        for part in range(1, len(wording.voice) + 1):
            found |= {(topic, f"{side}/{part}"): f"{tag}.{side}" for side in ("voice", "text")}
        found |= {(menu, f"choices.{key}"): "menu", (menu, "voice"): f"{tag}.label"}
        found |= {(menu, f"voice/{key}"): f"{tag}.label", (menu, f"text/{key}"): f"{tag}.written"}
    return found


def _measures(content: Content, new: NewTopic) -> dict[str, tuple[Measures, ...]]:
    found: dict[str, tuple[Measures, ...]] = {}
    for tag, wording in new.wordings.items():
        shelf = Shelf(content, tag)
        topic, menu = shelf.library.topics.get(new.name), shelf.library.menus.get(new.menu)
        if topic is None or menu is None:
            continue
        numbered = [(Position(new.name, part), one) for part, one in enumerate(topic.segments, start=1)]
        found[f"{tag}.voice"] = tuple(of_voice(shelf, one) for _, one in numbered)
        found[f"{tag}.text"] = tuple(of_text(shelf, position, one) for position, one in numbered)
        label = (*label_meters(wording.label), *menu_meters(shelf.library, menu))
        found[f"{tag}.label"] = (Measures(label),)
    return found


def _reached(content: Content, new: NewTopic) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    for tag, wording in new.wordings.items():
        words = [one for one in (wording.title, *listed(wording.keywords)) if one]
        yield f"{tag}.keywords", tuple(reached(content, tag, word) for word in words)
