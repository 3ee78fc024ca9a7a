"""How well the line listens, in figures: `PYTHONPATH=.:tests python -m listening.figures [LANGUAGE/TABLE ...]` prints
them as docs/understanding.md has them, with counts beside percentages."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from listening.scored import FOLDER, Scored, Verdict, first_version, rows_of, score

from ivr.library.library import Library
from ivr.library.load import content_of
from ivr.listening.meaning import Ask, CarrierWord, Danger, NoRequest, Unasked, Unclear, WrongNumber
from ivr.model import Move, Position
from ivr.settings import CONTENT, DEFAULT_HELPLINE

UNREAD = ("en/unread-9.tsv", "es/unread-7.tsv")
"""The tables that nobody has read."""
READ_LATE = ("tuned-14.tsv", "tuned-15.tsv", "tuned-16.tsv", "tuned-17.tsv")
"""The English tables that measured the line before they were read and tuned on."""
ALL = (*UNREAD, *(f"en/{name}" for name in READ_LATE), "en/first-version:measure", "en/first-version:tune")
DANGERS = ("danger-spine", "danger-911", "danger-fever", "danger-break")
ASKED = (Verdict.RIGHT, Verdict.RIGHT_QUESTION)
HARMLESS_KINDS = ("lookalike", *DANGERS, "despair")


@dataclass(frozen=True)
class Share:
    part: int
    whole: int

    @property
    def percent(self) -> float:
        return 100 * self.part / self.whole if self.whole else 0.0

    def __str__(self) -> str:
        return f"{self.part} of {self.whole} ({self.percent:.0f} %)"


Rows = Sequence[Scored]


def share(rows: Iterable[Scored], holds: Callable[[Scored], bool]) -> Share:
    listed = list(rows)
    return Share(sum(map(holds, listed)), len(listed))


def of_kind(rows: Rows, *kinds: str) -> list[Scored]:
    return [one for one in rows if one.row.kind in kinds]


def is_right(one: Scored) -> bool:
    return one.verdict is Verdict.RIGHT


def is_right_or_asked(one: Scored) -> bool:
    return one.verdict in ASKED


def is_silent(one: Scored) -> bool:
    return isinstance(one.understood.meaning, NoRequest)


def is_false_warning(one: Scored) -> bool:
    return isinstance(one.understood.meaning, Danger) and not is_right(one)


def is_opted_out(one: Scored) -> bool:
    return one.understood.meaning in (Move("stop"), CarrierWord("stop"), WrongNumber())


def is_question(one: Scored) -> bool:
    return isinstance(one.understood.meaning, Ask)


def is_wrong_topic(one: Scored) -> bool:
    return isinstance(one.understood.meaning, Position) and one.verdict is Verdict.WRONG


def is_moved(one: Scored) -> bool:
    return not isinstance(one.understood.meaning, NoRequest | Unasked | Unclear)


def rules(rows: Rows) -> dict[str, tuple[Share, str]]:
    """The figures of how people are understood that tables can give, each with what it ought to be."""
    danger, despair, topics = of_kind(rows, *DANGERS), of_kind(rows, "despair"), of_kind(rows, "topic")
    harmless = [one for one in rows if one.row.kind not in HARMLESS_KINDS]
    wishes = [one for one in of_kind(rows, "stop") if one.row.want[0] == "stop"]
    return {
        "L1 danger, what fits it, at once": (share(danger, is_right), ">= 85 %"),
        "L1 danger, at once or asked about": (share(danger, is_right_or_asked), ">= 97 %"),
        "L2 danger met by silence": (share(danger, is_silent), "0"),
        "L3 false warnings, of lookalikes": (share(of_kind(rows, "lookalike"), is_false_warning), "<= 5 %"),
        "L3 false warnings, of all other texts": (share(harmless, is_false_warning), "<= 1 %"),
        "L4 despair, at once": (share(despair, is_right), ">= 80 %"),
        "L4 despair, at once or asked about": (share(despair, is_right_or_asked), ">= 95 %"),
        "L5 wrong opt-outs": (share([one for one in rows if "stop" not in one.row.want], is_opted_out), "0"),
        "L5 wishes to stop, met": (share(wishes, is_right), ">= 95 %"),
        "L6 right questions, of all questions": (share(filter(is_question, rows), is_right_or_asked), ">= 90 %"),
        "L6 questions, of all texts": (share(rows, is_question), "<= 25 %"),
        "L9 topics, right": (share(topics, is_right), ">= 65 %"),
        "L9 topics, right or the right question": (share(topics, is_right_or_asked), ">= 92 %"),
        "L10 a wrong topic unasked, where the line lacks it": (share(of_kind(rows, "lacks"), is_wrong_topic), "<= 1 %"),
        "L12 no request, yet moved or opted out": (
            share([one for one in of_kind(rows, "none") if one.row.want == ("none",)], is_moved),
            "0",
        ),
    }


def by_kind(rows: Rows) -> dict[str, dict[Verdict, int]]:
    kinds = dict.fromkeys(one.row.kind for one in rows)
    return {
        kind: {verdict: sum(one.verdict is verdict for one in of_kind(rows, kind)) for verdict in Verdict}
        for kind in kinds
    }


def scored_table(library: Library, name: str) -> list[Scored]:
    if name.startswith("first-version:"):
        return list(score(library, first_version(name.partition(":")[2])))
    return list(score(library, rows_of(FOLDER / library.language.tag / name)))


def written(name: str, rows: Rows) -> str:
    verdicts = " | ".join(Verdict)
    lines = [f"### {name}: {len(rows)} texts", "", f"| kind | texts | {verdicts} |", "|---" * (len(Verdict) + 2) + "|"]
    for kind, counts in by_kind(rows).items():
        whole = sum(counts.values())
        figures = " | ".join(f"{count} ({100 * count / whole:.0f} %)" if count else "" for count in counts.values())
        lines.append(f"| {kind} | {whole} | {figures} |")
    lines += ["", "| rule | found | wanted |", "|---|---|---|"]
    lines += [f"| {rule} | {found} | {wanted} |" for rule, (found, wanted) in rules(rows).items() if found.whole]
    return "\n".join(lines)


def main(names: Sequence[str]) -> None:
    libraries = content_of(CONTENT, DEFAULT_HELPLINE).libraries
    for name in names or ALL:
        tag, _, table = name.rpartition("/")
        print(written(name, scored_table(libraries[tag or "en"], table)) + "\n")  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])
