"""What the workbench stores in the data folder: the last saves, so that each can be undone; drafts; and the words that
were signed."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from ivr.memory.private import private_folder, put_private

MOST_SAVES = 100


@dataclass(frozen=True, slots=True)
class Save:
    """`what`: in words; `before`: the files as they were; `after`: checksums of what was written."""

    number: str
    when: datetime
    what: str
    before: Mapping[str, bytes | None]
    after: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """Words that are not on the line yet. `opened`: the checksum of the file when the author opened it."""

    when: datetime
    opened: str
    words: Mapping[str, str]


class Kept:
    """`folder`: created on the first write."""

    def __init__(self, folder: Path, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self.folder, self._clock = folder, clock

    def today(self) -> date:
        return self._clock().date()

    # --- saves, the last one first

    def note_save(self, what: str, before: Mapping[str, bytes | None], after: Mapping[str, str]) -> str:
        numbers = self._numbers()
        number = f"{int(numbers[0]) + 1 if numbers else 1:06d}"
        files = {name: None if old is None else b64encode(old).decode() for name, old in before.items()}
        self._put(f"saves/{number}.json", {"what": what, "before": files, "after": dict(after)})
        for old_number in numbers[MOST_SAVES - 1 :]:
            (self.folder / f"saves/{old_number}.json").unlink(missing_ok=True)
        return number

    def saves(self) -> list[Save]:
        return [self.save(number) for number in self._numbers()]

    def save(self, number: str) -> Save:
        """Raises KeyError."""
        found = self._get(f"saves/{number}.json") if number.isdecimal() else None
        if found is None:
            raise KeyError(number)
        before = {name: None if old is None else b64decode(old) for name, old in found["before"].items()}
        return Save(number, datetime.fromisoformat(found["when"]), found["what"], before, found["after"])

    def _numbers(self) -> list[str]:
        return sorted((path.stem for path in (self.folder / "saves").glob("*.json")), reverse=True)

    # --- drafts

    def keep_draft(self, inside: str, opened: str, words: Mapping[str, str]) -> None:
        self._put(_draft(inside), {"opened": opened, "words": dict(words)})

    def draft(self, inside: str) -> KeptDraft | None:
        found = self._get(_draft(inside))
        return (
            None if found is None else KeptDraft(datetime.fromisoformat(found["when"]), found["opened"], found["words"])
        )

    def drafts(self, folder: str) -> Iterator[tuple[str, KeptDraft]]:
        """The drafts of a folder by their names in it."""
        beginning = _draft(f"{folder}/").removesuffix(".json").removeprefix("drafts/")
        for path in sorted((self.folder / "drafts").glob(f"{beginning}*.json")):
            name = path.stem.removeprefix(beginning)
            found = self.draft(f"{folder}/{name}")
            if found is not None:
                yield name, found

    def drop_draft(self, inside: str) -> None:
        (self.folder / _draft(inside)).unlink(missing_ok=True)

    # --- words that were signed, by their code

    def keep_signed(self, code: str, words: Mapping[str, Any]) -> None:
        self._put(f"signed/{code}.json", {"words": dict(words)})

    def signed(self, code: str) -> Mapping[str, Any] | None:
        found = self._get(f"signed/{code}.json") if code.isalnum() else None
        return None if found is None else found["words"]

    # --- files

    def _put(self, name: str, content: Mapping[str, Any]) -> None:
        path = self.folder / name
        private_folder(path.parent)
        put_private(path, json.dumps({"when": self._clock().isoformat(), **content}))

    def _get(self, name: str) -> dict[str, Any] | None:
        try:
            found = json.loads((self.folder / name).read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            return None
        return found if isinstance(found, dict) else None


def _draft(inside: str) -> str:
    return f"drafts/{inside.replace('/', '--')}.json"
