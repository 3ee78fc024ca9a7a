"""A section as a chart, from the numbers that may be shown. It is purely visual: the page gives the same in words."""

from __future__ import annotations

import re
from typing import Any
from xml.etree.ElementTree import Element

import pygal
from pygal.style import Style

from ivr.desk.report.figures import Section

DARK, LIGHT = "#0b2f6b", "#d07a00"
"""Colours that differ in greyscale too."""
STYLE = Style(
    font_family="Verdana, DejaVu Sans, Arial, sans-serif",
    background="#fff",
    plot_background="#fff",
    foreground="#000",
    foreground_strong="#000",
    foreground_subtle="#555",
    opacity="1",
    opacity_hover="1",
    transition="0s",
    colors=(DARK, LIGHT),
    value_colors=("#fff", "#000"),
    value_font_size=15,
    label_font_size=17,
    major_label_font_size=17,
    legend_font_size=18,
)
WIDTH, HEIGHT, ROW_HEIGHT, FRAME_HEIGHT = 1000, 480, 28, 100
MOST_LABELS = 12
"""The most days with a label under their bars."""
NAMESPACE = re.compile(r' xmlns(:\w+)?="[^"]*"')


def chart(section: Section, number: int) -> str:
    """An SVG element to stand in a page. `number`: which chart of the page it is."""
    graph = _upright(section) if section.upright else _lying(section)
    graph.uuid = str(number)
    rows = section.rows if section.upright else tuple(reversed(section.rows))
    graph.x_labels = [row.label for row in rows]
    for column, head in enumerate(section.heads[1:]):
        graph.add(head, [row.figures[column].number for row in rows])
    graph.add_xml_filter(_bare)
    drawn: str = graph.render(is_unicode=True)
    return NAMESPACE.sub("", drawn).replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)


def _upright(section: Section) -> Any:
    every = -(-len(section.rows) // MOST_LABELS)
    return pygal.Bar(
        **_options(),
        height=HEIGHT,
        x_labels_major_every=every,
        show_minor_x_labels=False,
        x_label_rotation=30,
    )


def _lying(section: Section) -> Any:
    bars = len(section.rows) * (len(section.heads) - 1)
    height = FRAME_HEIGHT + ROW_HEIGHT * max(4, bars)
    return pygal.HorizontalBar(**_options(), height=height, print_values=True)


def _options() -> dict[str, Any]:
    return {
        "js": (),
        "disable_xml_declaration": True,
        "style": STYLE,
        "width": WIDTH,
        "legend_at_bottom": True,
        "truncate_label": -1,
        "include_x_axis": True,
        "max_scale": 8,
        "value_formatter": "{:.0f}".format,
    }


def _bare(root: Element) -> Element:
    """Removes what only the charting library's own script needs, and its links."""
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag in ("script", "desc", "title") or not isinstance(child.tag, str):
                parent.remove(child)
    for each in root.iter():
        if each is not root:
            each.attrib.pop("id", None)
    return root
