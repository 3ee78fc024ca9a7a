"""Where each box of the map stands: a column for each level, and for each branch a band of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ivr.desk.documents.menu_map.measure import widest, wrap

TITLE_SIZE = 18
NOTE_SIZE = 16
LINE_HEIGHT = 26
PADDING = 14
LONGEST_LINE = 360
"""Room for a line of a title before it is wrapped."""

BETWEEN_COLUMNS = 120
BETWEEN_BOXES = 20


class Kind(StrEnum):
    MENU = "menu"
    TOPIC = "topic"
    ELSEWHERE = "elsewhere"
    """A choice that leads to what stands at another place of the map."""


@dataclass(frozen=True, slots=True)
class Node:
    """`key` is pressed to come here from the menu above; `code` is all keys from the main menu."""

    kind: Kind
    key: str
    code: str
    title: str
    notes: tuple[str, ...]
    children: tuple[Node, ...] = ()

    @property
    def label(self) -> str:
        return f"{self.code} {self.title}".strip()

    @property
    def title_lines(self) -> tuple[str, ...]:
        return wrap(self.label, TITLE_SIZE, LONGEST_LINE)

    @property
    def note_lines(self) -> tuple[str, ...]:
        return tuple(line for note in self.notes for line in wrap(note, NOTE_SIZE, LONGEST_LINE))

    @property
    def height(self) -> float:
        return LINE_HEIGHT * (len(self.title_lines) + len(self.note_lines)) + 2 * PADDING

    @property
    def width(self) -> float:
        return max(widest(self.title_lines, TITLE_SIZE), widest(self.note_lines, NOTE_SIZE)) + 2 * PADDING


@dataclass(frozen=True, slots=True)
class Box:
    node: Node
    x: float
    y: float
    width: float
    parent: Box | None

    @property
    def middle(self) -> float:
        return self.y + self.node.height / 2


@dataclass(frozen=True, slots=True)
class Layout:
    boxes: tuple[Box, ...]
    width: float
    height: float


def lay_out(tree: Node, left: float, top: float) -> Layout:
    columns = _columns(tree, left)
    boxes = tuple(_boxes(tree, columns, top))
    return Layout(boxes, max(box.x + box.width for box in boxes) - left, _band(tree))


Columns = Mapping[int, tuple[float, float]]


def _columns(tree: Node, left: float) -> Columns:
    """The left edge and the width of each level."""
    columns: dict[int, tuple[float, float]] = {}
    level: Sequence[Node] = [tree]
    while level:
        broad = max(node.width for node in level)
        columns[len(columns)] = (left, broad)
        left += broad + BETWEEN_COLUMNS
        level = [child for node in level for child in node.children]
    return columns


def _boxes(node: Node, columns: Columns, top: float, depth: int = 0, parent: Box | None = None) -> Iterator[Box]:
    x, broad = columns[depth]
    band = _band(node)
    box = Box(node, x, top + (band - node.height) / 2, broad, parent)
    yield box
    top += (band - _bands(node.children)) / 2
    for child in node.children:
        yield from _boxes(child, columns, top, depth + 1, box)
        top += _band(child) + BETWEEN_BOXES


def _band(node: Node) -> float:
    """The height that a node and all below it take."""
    return max(node.height, _bands(node.children))


def _bands(nodes: tuple[Node, ...]) -> float:
    return sum(_band(node) for node in nodes) + BETWEEN_BOXES * max(0, len(nodes) - 1)
