"""What each mark of a chart stands for, and the links that lead from the marks to the rows of the data."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

import numpy as np
import numpy.typing as npt
import pandas as pd

from luntan._tables import xml_safe

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# Rows beyond are not shown on the page of a figure's data, so no mark leads to them.
ROWS_LINKED = 1000
# In points: what is smaller is hard to hit, so it is made as large as this where its neighbours allow.
SMALLEST = 10.0
# Lines cross and meet, so theirs is less.
THINNEST = 3.0

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Mark:
    """A mark of a chart: the row it stands for, what to call it, and where it lies in its axes' units.

    Its row is the first of the data whose columns have the values of `key`. It is the box between two
    corners or, with `line`, the line between them, and `size` points thick beyond that.
    """

    key: Mapping[str, object]
    name: str
    corners: tuple[tuple[float, float], tuple[float, float]]
    size: float = 0.0
    line: bool = False


def marks_of(axes: "Axes") -> list[Mark]:
    """Return the marks of a chart, in the order drawn; what is added here is kept with the axes."""
    marks: list[Mark] = vars(axes).setdefault("luntan_marks", [])
    return marks


def link_marks(svg: str, fig: "Figure", name: str, data: pd.DataFrame) -> str:
    """Put links over the marks of a picture, from each to its row on the page of the figure's data.

    A mark that has no row there has no link. Call this right after the SVG was drawn, for drawing lays out.
    """
    page = escape(quote(f"{name}.html"))
    links = [
        f'<a xlink:href="{page}#row-{rows[0]}"><title>{_title(mark, rows)}</title><path d="{path}"/></a>'
        for axes in fig.axes
        for mark, rows, path in _placed(axes, fig, data)
        if rows
    ]
    if not links:
        return svg
    # Not `fill="none"`, which no pointer hits.
    group = "\n".join(['<g id="marks" fill-opacity="0">', *links, "</g>\n</svg>\n"])
    return svg.removesuffix("</svg>\n") + group


def _title(mark: Mark, rows: Sequence[int]) -> str:
    name = mark.name if len(rows) == 1 else f"{mark.name} (first of {len(rows)} rows)"
    return escape(xml_safe(" ".join(name.split())))


def _placed(axes: "Axes", fig: "Figure", data: pd.DataFrame) -> Iterator[tuple[Mark, list[int], str]]:
    """Yield the marks of a chart, the numbers of their rows counted from 1, and their outlines."""
    marks = [mark for mark in marks_of(axes) if np.isfinite(mark.corners).all()]
    if marks:
        corners = axes.transData.transform([corner for mark in marks for corner in mark.corners])
        # From pixels upwards to points downwards.
        corners = (corners * [1, -1] + [0, fig.bbox.height]) * 72 / fig.dpi
        paths = _paths(marks, corners.reshape(len(marks), 2, 2))
        yield from zip(marks, _rows(marks, data), paths, strict=True)


def _rows(marks: Sequence[Mark], data: pd.DataFrame) -> Iterator[list[int]]:
    """Yield the rows of each mark: those that have its key, if the data have its columns."""
    shown = data.head(ROWS_LINKED)
    found: dict[object, list[int]] = {}
    for columns in dict.fromkeys(tuple(mark.key) for mark in marks):
        if set(columns) <= set(shown.columns):
            for row, values in enumerate(zip(*(shown[name] for name in columns), strict=True), 1):
                found.setdefault((columns, values), []).append(row)
    return (found.get((tuple(mark.key), tuple(mark.key.values())), []) for mark in marks)


def _paths(marks: Sequence[Mark], ends: Floats) -> Iterator[str]:
    """Yield the outlines of marks, in points."""
    half = np.array([[mark.size / 2] for mark in marks])
    boxes = np.hstack([ends.min(axis=1) - half, ends.max(axis=1) + half])
    grown = iter(_grown(boxes[[not mark.line for mark in marks]]))
    for mark, (start, end) in zip(marks, ends, strict=True):
        yield _ribbon(start, end, max(mark.size, THINNEST)) if mark.line else _rectangle(next(grown))


def _grown(boxes: Floats) -> Floats:
    """Make small boxes wider and higher, unless they would then cover a part of another mark."""
    grown = boxes.copy()
    # Marks side by side touch, and by rounding may even overlap.
    near, far = boxes[:, :2] + 0.05, boxes[:, 2:] - 0.05
    for side in (0, 1):
        missing = (SMALLEST - (boxes[:, side + 2] - boxes[:, side])) / 2
        for at in np.flatnonzero(missing > 0):
            box = grown[at] + missing[at] * (np.arange(4) % 2 == side) * [-1, -1, 1, 1]
            covered = ((near < box[2:]) & (far > box[:2])).all(axis=1)
            covered[at] = False
            if not covered.any():
                grown[at] = box
    return grown


def _rectangle(box: Floats) -> str:
    left, top, right, bottom = map(_number, box)
    return f"M{left} {top}H{right}V{bottom}H{left}z"


def _ribbon(start: Floats, end: Floats, thick: float) -> str:
    """Return the outline of a line."""
    along = end - start
    across = np.array([-along[1], along[0]]) * thick / 2 / max(float(np.hypot(*along)), 1e-9)
    points = (start + across, end + across, end - across, start - across)
    return f"M{'L'.join(' '.join(map(_number, point)) for point in points)}z"


def _number(value: float) -> str:
    return f"{round(float(value), 1) + 0.0:.5g}"
