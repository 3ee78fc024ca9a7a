"""The map as SVG. ElementTree writes it, so no title can break out of its place."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from ivr.desk.documents.menu_map.layout import (
    LINE_HEIGHT,
    NOTE_SIZE,
    PADDING,
    TITLE_SIZE,
    Box,
    Kind,
    Layout,
    Node,
    lay_out,
)
from ivr.desk.documents.menu_map.measure import wrap

MARGIN = 32
HEADING_SIZE = 24
HEADING_HEIGHT = 34
NARROWEST = 640
"""Room that the heading and the legend always have."""

TRUNK = 36
"""From a menu's edge to where its branches part."""
KEY_RADIUS = 17
KEY_CENTRE = 84
"""From a menu's edge to the middle of the key."""

FONT = "Verdana, 'DejaVu Sans', Arial, sans-serif"
INK, PAPER, DEEP = "#000000", "#ffffff", "#0b2f6b"


@dataclass(frozen=True, slots=True)
class Look:
    fill: str
    ink: str
    dashes: str = "none"


LOOKS = {
    Kind.MENU: Look(DEEP, PAPER),
    Kind.TOPIC: Look(PAPER, INK),
    Kind.ELSEWHERE: Look(PAPER, INK, "8 5"),
}


def draw(tree: Node, title: str, listed: tuple[str, ...], legend: tuple[str, ...], language: str) -> str:
    """`listed` is the tree in words; `legend` what stands below the picture."""
    heading = wrap(title, HEADING_SIZE, NARROWEST)
    layout = lay_out(tree, MARGIN, MARGIN + HEADING_HEIGHT * len(heading) + 12)
    broad = max(layout.width, NARROWEST)
    below = [line for paragraph in legend for line in wrap(paragraph, TITLE_SIZE, broad)]
    bottom = MARGIN + HEADING_HEIGHT * len(heading) + 12 + layout.height + 24
    svg = _svg(broad + 2 * MARGIN, bottom + LINE_HEIGHT * len(below) + MARGIN, title, listed)
    _lines(svg, heading, MARGIN, MARGIN, HEADING_SIZE, HEADING_HEIGHT, bold=True)
    words = SubElement(svg, "g", {"xml:lang": language})
    _picture(words, layout)
    _lines(words, tuple(below), MARGIN, bottom, TITLE_SIZE, LINE_HEIGHT)
    indent(svg)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(svg, encoding="unicode")}\n'


def _svg(width: float, height: float, title: str, listed: tuple[str, ...]) -> Element:
    across, down = _number(width), _number(height)
    names = {"role": "img", "aria-labelledby": "map-title", "aria-describedby": "map-list", "xml:lang": "en"}
    size = {"width": across, "height": down, "viewBox": f"0 0 {across} {down}"}
    svg = Element("svg", {"xmlns": "http://www.w3.org/2000/svg", **names, **size, "font-family": FONT})
    SubElement(svg, "title", {"id": "map-title"}).text = _printable(title)
    SubElement(svg, "desc", {"id": "map-list"}).text = "\n".join(map(_printable, listed))
    SubElement(svg, "rect", {"width": across, "height": down, "fill": PAPER})
    return svg


def _picture(parent: Element, layout: Layout) -> None:
    for box in layout.boxes:
        if box.parent:
            _edge(parent, box.parent, box)
    for box in layout.boxes:
        _box(parent, box)


def _edge(parent: Element, menu: Box, box: Box) -> None:
    start = menu.x + menu.width
    path = f"M {_number(start)} {_number(menu.middle)} h {TRUNK} V {_number(box.middle)} H {_number(box.x)}"
    SubElement(parent, "path", {"d": path, "fill": "none", "stroke": INK, "stroke-width": "2"})
    centre = {"cx": _number(start + KEY_CENTRE), "cy": _number(box.middle), "r": str(KEY_RADIUS)}
    SubElement(parent, "circle", {**centre, "fill": PAPER, "stroke": INK, "stroke-width": "2"})
    key = _text(parent, box.node.key, start + KEY_CENTRE, box.middle + TITLE_SIZE * 0.36, TITLE_SIZE, INK, bold=True)
    key.set("text-anchor", "middle")


def _box(parent: Element, box: Box) -> None:
    node, look = box.node, LOOKS[box.node.kind]
    place = {"x": box.x, "y": box.y, "width": box.width, "height": node.height, "rx": 8}
    stroke = {"fill": look.fill, "stroke": INK, "stroke-width": "2", "stroke-dasharray": look.dashes}
    SubElement(parent, "rect", {**{name: _number(value) for name, value in place.items()}, **stroke})
    left, top = box.x + PADDING, box.y + PADDING
    _lines(parent, node.title_lines, left, top, TITLE_SIZE, LINE_HEIGHT, look.ink, bold=True)
    top += LINE_HEIGHT * len(node.title_lines)
    _lines(parent, node.note_lines, left, top, NOTE_SIZE, LINE_HEIGHT, look.ink)


def _lines(
    parent: Element,
    lines: tuple[str, ...],
    left: float,
    top: float,
    size: int,
    height: int,
    ink: str = INK,
    bold: bool = False,
) -> None:
    for number, line in enumerate(lines):
        _text(parent, line, left, top + height * number + size * 1.05, size, ink, bold)


def _text(parent: Element, words: str, x: float, y: float, size: int, ink: str, bold: bool) -> Element:
    weight = {"font-weight": "bold"} if bold else {}
    text = SubElement(parent, "text", {"x": _number(x), "y": _number(y), "font-size": str(size), "fill": ink, **weight})
    text.text = words
    return text


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _printable(words: str) -> str:
    """XML has no place for control characters."""
    return "".join(filter(str.isprintable, words))
