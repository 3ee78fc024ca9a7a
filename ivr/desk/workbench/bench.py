"""The content folder as the workbench sees it: what stands there now, what it would be with a change, and saving.

Words that fail the check are never written into the folder: one file with an error keeps the changes of everybody else
off the air, and a release would stop at it. They are kept as a draft in the data folder instead.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import RLock
from typing import TypeAlias

from ivr.audit import Checker
from ivr.audit.phrase_keys import check_phrase_keys
from ivr.desk.running.watching import Glance, glance
from ivr.desk.workbench.kept import Kept, Save
from ivr.library.lint import check as check_words
from ivr.library.lint.review import check_review
from ivr.library.load import Content, content_of
from ivr.library.rules.shelf import Shelf
from ivr.model import Problem
from ivr.settings import DEFAULT_REVIEW

Files: TypeAlias = Mapping[str, bytes | None]
"""Files by their path inside the content folder; None for one that does not exist."""


class ChangedMeanwhile(Exception):
    """Somebody else changed one of the files after it was opened: nothing was written."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


class NotSound(Exception):
    """The check rejects the words: nothing was written."""

    def __init__(self, errors: tuple[Problem, ...]) -> None:
        super().__init__("; ".join(map(str, errors)))
        self.errors = errors


@dataclass(frozen=True, slots=True)
class Checked:
    """The content, and everything the check says of it."""

    content: Content
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Tried:
    """The last trial. Looking at words and then saving them asks for the same one. `problems`: by whether the check was
    whole."""

    seen: Glance
    files: Mapping[str, str]
    content: Content
    problems: dict[bool, tuple[Problem, ...]]


class Bench:
    """One content folder. `helpline` is the operator's number, which is filled into the words."""

    def __init__(self, root: Path, helpline: str, kept: Kept, review_months: int = DEFAULT_REVIEW) -> None:
        self.root, self.helpline, self.kept = root, helpline, kept
        self.checker = Checker()
        self._review_months = review_months
        self._lock = RLock()
        self._seen: Glance | None = None
        self._now: Checked | None = None
        self._tried: _Tried | None = None

    def now(self) -> Checked:
        """The content on disk. Read again only if a file has changed."""
        with self._lock:
            seen = glance(self.root)
            if self._now is None or seen != self._seen:
                content = content_of(self.root, self.helpline)
                due = check_review(content, self.kept.today(), self._review_months)
                self._now, self._seen = Checked(content, (*self.checker.check(content), *due)), seen
            return self._now

    def read(self, inside: str) -> bytes | None:
        try:
            return (self.root / inside).read_bytes()
        except FileNotFoundError:
            return None

    def tried(self, files: Files, whole: bool = True) -> Checked:
        """The content as it would be with these files, and what the check says of it. `whole`: also checks whether
        people are still understood, which takes several times as long."""
        with self._lock:
            seen, sums = glance(self.root), {name: checksum(content) for name, content in files.items()}
            if self._tried is None or (self._tried.seen, self._tried.files) != (seen, sums):
                self._tried = _Tried(seen, sums, self._trial(files), {})
            content, known = self._tried.content, self._tried.problems
            if whole not in known:
                known[whole] = tuple(self.checker.check(content)) if whole else _on_words(content)
            return Checked(content, known[whole])

    def _trial(self, files: Files) -> Content:
        """Nothing is written into the folder."""
        with tempfile.TemporaryDirectory(prefix="trial-") as folder:
            copy = Path(folder) / self.root.name
            copy.mkdir()
            for path in sorted(self.root.rglob("*")):
                inside = path.relative_to(self.root)
                if path.is_dir():
                    (copy / inside).mkdir(exist_ok=True)
                elif os.fspath(inside) not in files:
                    (copy / inside).symlink_to(path.resolve())
            for name, content in files.items():
                if content is not None:
                    (copy / name).parent.mkdir(parents=True, exist_ok=True)
                    (copy / name).write_bytes(content)
            return content_of(copy, self.helpline)

    def new_errors(self, problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
        """Errors that the content on disk does not have already."""
        known = {(found.path, found.code, found.remedy) for found in self.now().problems}
        return tuple(one for one in problems if not one.warning and (one.path, one.code, one.remedy) not in known)

    def save(self, files: Files, opened: Mapping[str, str], what: str) -> str:
        """Writes the files, all or none, and returns the number of the save, for undoing it. `opened`: the checksum of
        each as it was opened. Raises ChangedMeanwhile, NotSound or OSError."""
        with self._lock:
            seen, tried = glance(self.root), self.tried(files)
            errors = self.new_errors(tried.problems)
            if errors:
                raise NotSound(errors)
            before = {inside: self.read(inside) for inside in files}
            for inside, content in before.items():
                if checksum(content) != opened.get(inside, ""):
                    raise ChangedMeanwhile(inside)
            self._write(files)
            self._take_over(tried, seen, files)
            return self.kept.note_save(what, before, {name: checksum(content) for name, content in files.items()})

    def _take_over(self, tried: Checked, before: Glance, files: Files) -> None:
        """What was tried stands in the folder now, and needs no second check, unless other files changed meanwhile."""
        ours = {os.fspath(path) for name in files for path in ((self.root / name), *(self.root / name).parents)}
        after = glance(self.root)
        if {one for one in before if one[0] not in ours} == {one for one in after if one[0] not in ours}:
            content = content_of(self.root, self.helpline)
            due = check_review(content, self.kept.today(), self._review_months)
            self._now, self._seen = Checked(content, (*tried.problems, *due)), after

    def undo(self, number: str) -> str:
        """Puts the files of a save back as they were before it, and returns what the save was. Raises KeyError for a
        save that is not kept, ChangedMeanwhile, NotSound or OSError."""
        save = self.kept.save(number)
        self.save(save.before, save.after, f"Undone: {save.what}")
        return save.what

    def save_that_wrote(self, path: str) -> Save | None:
        """The save after which this file is as it is now; None if it was changed elsewhere since."""
        now = checksum(self.read(path))
        newest = next((save for save in self.kept.saves() if path in save.after), None)
        return newest if newest and newest.after[path] == now else None

    def _write(self, files: Files) -> None:
        """Each file is complete at every moment: new ones are first written beside the old, under names that do not
        count as content."""
        beside: dict[Path, Path] = {}
        try:
            for inside, content in files.items():
                path = (self.root / inside).resolve()
                if content is not None:
                    path.parent.mkdir(parents=True, exist_ok=True)
                    beside[path] = path.with_name(f".{path.name}.new")
                    beside[path].write_bytes(content)
                    with suppress(FileNotFoundError):
                        beside[path].chmod(path.stat().st_mode & 0o777)
            for path, new in beside.items():
                new.replace(path)
        finally:
            for new in beside.values():
                new.unlink(missing_ok=True)
        for inside, content in files.items():
            if content is None:
                (self.root / inside).unlink(missing_ok=True)


def checksum(content: bytes | None) -> str:
    """The checksum of a file's bytes; empty for a file that does not exist."""
    return "" if content is None else hashlib.sha256(content).hexdigest()


def _on_words(content: Content) -> tuple[Problem, ...]:
    """What is found while somebody types: nothing is tried on texts."""
    shelves = [Shelf(content, tag) for tag in content.libraries]
    return (*check_words(content), *(one for shelf in shelves for one in check_phrase_keys(shelf)))
