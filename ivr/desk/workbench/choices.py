"""Adds a choice to a menu's file or removes one: an entry of the header, and a paragraph under Voice and Text."""

from __future__ import annotations

import re

from ivr.desk.workbench.edits import LINE_END, boxes, edited, lines_of, paragraph_end
from ivr.library.document import Document
from ivr.library.lint.menus import KEY_LAST

CODE = re.compile(r"^(?P<above>\d*)\d(?=\s)")


def with_paragraphs(text: str, document: Document, voice: str, written: str) -> str:
    """The text with one more paragraph at the end of Voice and of Text."""
    lines = lines_of(text)
    found = LINE_END.search(lines[0])
    end = found[0] if found else "\n"
    for heading, words in sorted({"voice": voice, "text": written}.items(), key=lambda one: -document.lines[one[0]]):
        last = document.sections[heading][-1].line if document.sections.get(heading) else document.lines[heading]
        after = paragraph_end(lines, last - 1)
        if not LINE_END.search(lines[after - 1]):
            lines[after - 1] += end
        lines[after:after] = [end, f"{words}{end}"]
    return "".join(lines)


def with_choice(text: str, document: Document, leads_to: str, voice: str, written: str) -> str:
    """Adds it at the end of the menu, so that no printed number changes."""
    under = document.header["choices"].under
    lines = lines_of(with_paragraphs(text, document, voice, written))
    entry = max([document.header["choices"].words.line, *(one.line for one in under.values())])
    end = LINE_END.search(lines[0])
    lines.insert(entry, f"  {len(under) + 1}: {leads_to}{end[0] if end else ''}")
    return "".join(lines)


def without_choice(text: str, document: Document, key: str) -> str:
    """The later choices move up: their keys and numbers change, in the header and in the sentences."""
    under, number = document.header["choices"].under, int(key)
    moved = _moved_up(document, number)
    later = edited(text, document, moved)
    lines = lines_of(without_paragraphs(later, document, number))
    del lines[under[str(len(under))].line - 1]
    return "".join(lines)


def without_paragraphs(text: str, document: Document, number: int) -> str:
    """The text without this paragraph of Voice and of Text, and without the blank lines after it. The lines before it
    are still those of the document."""
    lines = lines_of(text)
    for heading in sorted(("voice", "text"), key=lambda one: -document.lines[one]):
        first = document.sections[heading][number - 1].line - 1
        after = paragraph_end(lines, first)
        while after < len(lines) and not lines[after].strip():
            after += 1
        is_last = number == len(document.sections[heading])
        if is_last and after == len(lines):
            while not lines[first - 1].strip():
                first -= 1
        del lines[first:after]
    return "".join(lines)


def _moved_up(document: Document, number: int) -> dict[str, str]:
    """New contents for the boxes after a removed choice."""
    known, found = boxes(document), {}
    for old in range(number + 1, len(document.header["choices"].under) + 1):
        new = old - 1
        found[f"choices.{new}"] = known[f"choices.{old}"].words
        found[f"voice/{old}"] = with_key(known[f"voice/{old}"].words, str(new))
        found[f"text/{old}"] = CODE.sub(rf"\g<above>{new}", known[f"text/{old}"].words)
    return found


def label_of(sentence: str) -> str:
    """The words before the key: `For types of treatment` in `For types of treatment, press 1.`"""
    match = KEY_LAST.match(sentence)
    return match["label"] if match else sentence.rstrip(".")


def with_key(sentence: str, key: str) -> str:
    return f"{sentence[:-2]}{key}." if KEY_LAST.match(sentence) else sentence


def sentence_like(other: str, label: str, key: str) -> str:
    """A choice worded like another one: `For side effects` and 4 give `For side effects, press 4.`"""
    match = KEY_LAST.match(other)
    asks = other[len(match["label"]) : -2] if match else ", press "
    return f"{label.strip().rstrip('.,')}{asks}{key}."
