"""One language's library, built from its documents; whatever is missing or wrong is noted as Problems."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from ivr.library.document import Document, Field, Words, listed
from ivr.library.kinds import FOLDERS, check_kind, has_no_header, kind_of, no_section, unknown_entries, unknown_headings
from ivr.library.language import with_details
from ivr.library.library import HOME, Library, fill
from ivr.library.names import FILE as NAMES
from ivr.library.names import names_in
from ivr.library.phrases import CallPhrase, LeafletPhrase, TextPhrase
from ivr.library.sent_text import NEXT_TEXT
from ivr.library.signing import code_of_words
from ivr.model import Choice, Language, Menu, Problem, Segment, Topic

NOTHING = Words("", 1)
P = TypeVar("P", CallPhrase, TextPhrase, LeafletPhrase)


@dataclass(frozen=True, slots=True)
class Slots:
    """Values put into sentences once, at load time: as spoken, and as written in a text."""

    said: Mapping[str, str]
    written: Mapping[str, str]


class LibraryBuilder:
    """Every mistake is noted in `problems`; the library is then built from what is left. `content`: the name of the
    content folder in the documents' paths."""

    def __init__(
        self,
        content: str,
        tag: str,
        documents: Mapping[str, Document],
        slots: Slots,
        problems: list[Problem],
        is_translation: bool = False,
    ) -> None:
        self.tag, self.slots, self.problems, self.is_translation = tag, slots, problems, is_translation
        self.base = f"{content}/{tag}"
        self.documents = {path: found for path, found in documents.items() if path.startswith(self.base + "/")}

    def library(self) -> Library:
        self._check_kinds()
        menus = {document.name: self._menu(document) for document in self._folder("menus")}
        topics = {document.name: self._topic(document) for document in self._folder("topics")}
        if HOME not in menus:
            self._note(f"{self.base}/menus/{HOME}.md", 1, "menu", "write the main menu into this file")
        return Library(
            self._language(),
            menus,
            topics,
            call=self._phrases(CallPhrase, "phrases/call.md", self.slots.said),
            text=self._phrases(TextPhrase, "phrases/text.md", self.slots.written),
            leaflet=self._phrases(LeafletPhrase, "phrases/leaflet.md", self.slots.written),
            names=self._names(),
            treatments=self._treatments(),
            listening={document.name: document for document in self._folder("listening")},
            words={
                name: tuple(word for paragraph in section for word in listed(paragraph))
                for name, section in self._sections("words.md", {}).items()
            },
        )

    def _note(self, path: str, line: int, code: str, remedy: str) -> None:
        self.problems.append(Problem(path, line, code, remedy))

    def _inside(self, document: Document) -> str:
        return document.path.removeprefix(f"{self.base}/")

    def _check_kinds(self) -> None:
        for document in self.documents.values():
            kind = kind_of(self._inside(document))
            if kind is not None:
                self.problems.extend(check_kind(document, kind))
                continue
            remedy = f"nothing reads this file here: move it into {' or '.join(FOLDERS)}, or remove it"
            self._note(document.path, 1, "misplaced", remedy)

    def _folder(self, name: str) -> list[Document]:
        here = f"{self.base}/{name}"
        return [found for path, found in self.documents.items() if path.rpartition("/")[0] == here]

    def _needed(self, document: Document, name: str, why: str) -> str:
        entry = document.header.get(name)
        if entry is not None and not entry.words.text and not entry.under:
            self._note(document.path, entry.words.line, "header", f"write after `{name}:` {why}")
        elif entry is None and not has_no_header(document) and name not in self._misspelt(document):
            self._note(document.path, 1, "header", f"add a line `{name}: ...` to the header: {why}")
        return entry.words.text if entry else ""

    def _misspelt(self, document: Document) -> set[str]:
        """The known names that this file's misspelt entries, headings and unreadable lines were meant to be. They have
        Problems of their own already, so the known names are not reported as missing too."""
        kind = kind_of(self._inside(document))
        if kind is None:
            return set()
        unknown = unknown_entries(document, kind).values(), unknown_headings(document, kind).values()
        return {*document.garbled, *(name for names in unknown for name in names)}

    def _optional(self, document: Document, name: str) -> str | None:
        return document.header.get(name, Field(NOTHING)).words.text or None

    def _language(self) -> Language:
        path = f"{self.base}/language.md"
        document = self.documents.get(path)
        if document is None:
            self._note(path, 1, "language", "name the language and its voice in this file")
            return Language(self.tag, self.tag, self.tag, "")
        language = Language(
            self.tag,
            self._needed(document, "name", "what its speakers call it"),
            self._needed(document, "speech", "the carrier's name for the language, such as en-US"),
            self._needed(document, "voice", "the carrier's voice, such as Polly.Joanna-Neural"),
        )
        return with_details(language, document, self.problems)

    def _names(self) -> dict[str, str]:
        """A language without the file gets one Problem, for the missing file."""
        document = self.documents.get(f"{self.base}/{NAMES}")
        if document is None:
            self._note(f"{self.base}/{NAMES}", 1, "missing", "this file is needed: take it from another language")
        return names_in(document)

    def _treatments(self) -> tuple[str, ...]:
        self._sections("glossary.md", {})
        glossary = self.documents.get(f"{self.base}/glossary.md")
        return listed(self._optional(glossary, "treatments") or "") if glossary else ()

    def _phrases(self, kind: type[P], file: str, slots: Mapping[str, str]) -> dict[P, tuple[str, ...]]:
        """The phrases that the line says; `rules/phrases.py` reports any others."""
        said, known = self._sections(file, slots), {phrase.value: phrase for phrase in kind}
        return {known[name]: paragraphs for name, paragraphs in said.items() if name in known}

    def _sections(self, file: str, slots: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
        document = self.documents.get(f"{self.base}/{file}")
        if document is None:
            self._note(f"{self.base}/{file}", 1, "missing", "this file is needed: take it from another language")
            return {}
        return {
            name: tuple(fill(words.text, slots) for words in section) for name, section in document.sections.items()
        }

    def _both(self, document: Document) -> tuple[tuple[Words, ...], tuple[Words, ...], bool]:
        """The paragraphs to say and to text, cut to the same number, and whether they had the same number from the
        start."""
        voice, text = document.sections.get("voice", ()), document.sections.get("text", ())
        for name, found in (("Voice", voice), ("Text", text)):
            if not found and name not in self._misspelt(document):
                self.problems.append(no_section(document, name))
        if voice and text and len(voice) != len(text):
            counts = f"make as many paragraphs under Text ({len(text)}) as under Voice ({len(voice)})"
            remedy = f"{counts}, separated by blank lines: each says the same"
            self._note(document.path, document.lines["text"], "sections", remedy)
        shared = min(len(voice), len(text))
        return voice[:shared], text[:shared], 0 < len(voice) == len(text)

    def _menu(self, document: Document) -> Menu:
        voice, text, is_even = self._both(document)
        choices = document.header.get("choices", Field(NOTHING))
        keys = [str(n + 1) for n in range(len(voice))]
        if is_even and not has_no_header(document) and not choices.words.text and list(choices.under) != keys:
            remedy = "give each paragraph one line under `choices:`, 1 first: `  1: name-of-menu-or-topic`"
            self._note(document.path, choices.words.line, "choices", remedy)
        for key, leads_to in choices.under.items():
            if not leads_to.text:
                remedy = f"write where key {key} leads after its colon: the name of a menu or a topic"
                self._note(document.path, leads_to.line, "choices", remedy)
        return Menu(
            document.name,
            self._needed(document, "title", "what this menu is called"),
            tuple(
                Choice(key, leads_to.text, said.text, written.text)
                for (key, leads_to), said, written in zip(choices.under.items(), voice, text, strict=False)
            ),
            listed(self._optional(document, "keywords") or ""),
            listed(self._optional(document, "silent") or ""),
            self._optional(document, "person"),
            self._optional(document, "urgent"),
            self._optional(document, "privacy"),
            self._optional(document, "practice"),
        )

    def _by_part(self, document: Document, name: str, parts: int) -> dict[int, tuple[str, ...]]:
        """The header's entries for each segment; `parts`: how many there are, 0 if unknown."""
        entries = document.header.get(name, Field(NOTHING))
        known = {str(part): part for part in range(1, parts + 1)}
        for key, words in entries.under.items():
            if parts and key not in known:
                remedy = f"give a segment from 1 to {parts}, as many as paragraphs under Voice: there is no {key}"
                self._note(document.path, words.line, name, remedy)
        return {known[key]: listed(words.text) for key, words in entries.under.items() if key in known}

    def _topic(self, document: Document) -> Topic:
        voice, text, is_even = self._both(document)
        parts = len(voice) if is_even else 0
        facts = self._by_part(document, "facts", parts)
        keywords = self._by_part(document, "keywords", parts)
        hints = self._by_part(document, "hints", parts)
        signs = self._by_part(document, "signs", parts)
        asked_as = document.header.get("asked-as", Field(NOTHING)).under
        texts = [[one.strip() for one in written.text.split(NEXT_TEXT, 1)] for written in text]
        segments = tuple(
            Segment(
                fill(said.text, self.slots.said),
                fill(written, self.slots.written),
                facts.get(part, ()),
                keywords.get(part, ()),
                hints.get(part, ()),
                asked_as[str(part)].text if str(part) in asked_as else "",
                signs.get(part, ()),
                fill("".join(follow_up), self.slots.written),
            )
            for part, (said, (written, *follow_up)) in enumerate(zip(voice, texts, strict=True), start=1)
        )
        return Topic(
            document.name,
            self._needed(document, "title", "what the topic is called when it opens"),
            self._needed(document, "offer", "the sentence that offers it, ending in `press 1.`"),
            segments,
            self._needed(document, "origin", "`source`, or `outside` for what the source does not say"),
            self._needed(document, "source", "where the words come from"),
            self._optional(document, "reviewed") or "",
            self._optional(document, "reviewer") or "",
            self._optional(document, "checked") or "",
            (self._optional(document, "signed") or "").lower(),
            code_of_words(document),
            self._optional(document, "translator") or "",
            self.is_translation,
        )
