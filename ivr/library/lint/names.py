"""Names from names.md: each is used somewhere, and sentences use its slot rather than its words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ivr.library.document import Document, Words, listed
from ivr.library.library import SLOT
from ivr.library.measures import nfc, sentences
from ivr.library.names import FILE, FORMER, name_as_said, sentences_of
from ivr.library.rules.shelf import Shelf, at, header_line
from ivr.model import Problem


def check_use_of_names(shelf: Shelf) -> Iterator[Problem]:
    names, used = shelf.library.names, set[str]()
    longest_first = dict(sorted(names.items(), key=lambda item: -len(item[1])))
    for document, words in _written(shelf):
        used.update(SLOT.findall(words.text))
        for name, literal in _written_out(words.text, longest_first):
            remedy = f"write {{{name}}} in place of `{literal}`: {FILE} has it, so that it can be changed in one place"
            yield at(document, words.line, "names", remedy, warning=True)
    file = shelf.file(FILE)
    if file is None:
        return
    for name in sorted(names.keys() - used):
        remedy = f"no sentence has {{{name}}}: use it where it is said, or remove it if the line does not need it"
        yield at(file, header_line(file, name), "names", remedy, warning=True)


def check_former_names(shelf: Shelf) -> Iterator[Problem]:
    """No name of the line that this one was made from is left: in sentences, in headers, in what people say."""
    file = shelf.as_written(FILE)
    entry = file.header.get(FORMER) if file else None
    names = listed(entry.words.text) if entry else ()
    if not names:
        return
    found = re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(nfc(name)) for name in names)})(?!\w)", re.IGNORECASE)
    for _, document in shelf.files_as_written():
        for name, words in _all_words(document):
            if (left := found.search(nfc(words.text))) and name != FORMER:
                remedy = f"`{left[0]}` is a name of another line (`{FORMER}:` in {FILE}): write this line's own"
                yield at(document, words.line, "names", remedy)


def _all_words(document: Document) -> Iterator[tuple[str, Words]]:
    """Everything written in a file, each with the entry or heading that it stands under."""
    for name, entry in document.header.items():
        yield from ((name, words) for words in (entry.words, *entry.under.values()))
    for name, section in document.sections.items():
        yield from ((name, words) for words in section)


def _written(shelf: Shelf) -> Iterator[tuple[Document, Words]]:
    """The sentences of this language as their writers left them."""
    for path, document in shelf.content.as_written.items():
        if path.startswith(f"{shelf.base}/"):
            for words in sentences_of(path.removeprefix(f"{shelf.base}/"), document):
                yield document, words


def _written_out(passage: str, names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The names whose words occur in a passage, with these words; a name within a longer one is not reported again."""
    for sentence in sentences(nfc(passage)):
        left = sentence
        for name, words in names.items():
            for literal in dict.fromkeys((words, name_as_said(words))):
                found = re.compile(rf"(?<!\w){re.escape(nfc(literal))}(?!\w)")
                if found.search(left) and (_is_proper(words) or _is_about(name, sentence)):
                    yield name, literal
                    left = found.sub(" ", left)


def _is_proper(words: str) -> bool:
    """Whether they are a proper name. `day or night` is said of other things too."""
    return any(letter.isupper() or letter.isdecimal() for letter in words)


def _is_about(name: str, sentence: str) -> bool:
    """Whether a sentence has a slot of the same family: {helpline} or {helpline_name} for `helpline_hours`."""
    whose = name.partition("_")[0]
    return any(slot.partition("_")[0] == whose for slot in SLOT.findall(sentence))
