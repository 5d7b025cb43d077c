"""The house style of every chart: colours, markers, the Chinese face."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

from luntan.fonts import face_path

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# Okabe and Ito (2008): told apart by readers with any of the common kinds of colour blindness.
PALETTE = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442", "#000000")
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "*")
WIDTH = 7.5


@cache
def style() -> Any:
    """Return the settings of every chart; registers the Chinese face once."""
    from matplotlib import font_manager

    font_manager.fontManager.addfont(face_path())
    chinese = font_manager.FontProperties(fname=face_path()).get_name()
    return {
        "font.family": ["DejaVu Sans", chinese],
        "font.size": 10,
        "axes.titlesize": 11,
        "axes.titlelocation": "left",
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.axisbelow": True,
        "axes.grid": True,
        "grid.color": "#e5e5e5",
        "svg.hashsalt": "luntan",
        "svg.fonttype": "path",
        "figure.dpi": 100,
    }


@contextmanager
def one_axes(height: float, title: str) -> Iterator[tuple["Figure", "Axes"]]:
    """Make a figure of one chart in the house style."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    with mpl.rc_context(style()):
        figure = Figure(figsize=(WIDTH, height), layout="constrained")
        axes = figure.subplots()
        axes.set_title(title)
        yield figure, axes


def ink_on(colour: str) -> str:
    """Return black or white, whichever reads better on a colour."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return "black" if 0.299 * red + 0.587 * green + 0.114 * blue > 120 else "white"
