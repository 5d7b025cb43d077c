"""The house style of every chart: colours, markers, the Chinese face."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

from luntan.fonts import face_path
from luntan.lexicons import chinese_names

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# Okabe and Ito (2008): told apart by readers with any of the common kinds of colour blindness.
PALETTE = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442", "#000000")
# A language keeps its colour from one figure to the next.
OF_LANGUAGE = {"en": PALETTE[0], "zh": PALETTE[1], "mixed": PALETTE[2]}
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "*")
WIDTH = 7.5


def in_both(label: str) -> str:
    """Say a value of our tables in both languages; any other label stays as it is."""
    return f"{label} {chinese_names()[label]}" if label in chinese_names() else label


@cache
def style() -> Any:
    """Return the settings of every chart; registers the Chinese face once."""
    from matplotlib import font_manager

    font_manager.fontManager.addfont(face_path())
    chinese = font_manager.FontProperties(fname=face_path()).get_name()
    return {
        "font.family": ["DejaVu Sans", chinese],
        "font.size": 10,
        "figure.titlesize": 11,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.axisbelow": True,
        "axes.grid": True,
        "grid.color": "#e5e5e5",
        # A label is a text out of a report, where a dollar sign is money.
        "text.parse_math": False,
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
        # Above the whole figure, not the axes: labels on the left would leave a title little room.
        figure.suptitle(title, x=0.01, ha="left")
        yield figure, axes


def colours_of(names: Sequence[str]) -> list[str]:
    """Return a colour for each name: that of the language it names, else the next of the palette."""
    return [OF_LANGUAGE.get(name, PALETTE[place % len(PALETTE)]) for place, name in enumerate(names)]


def ink_on(colour: str) -> str:
    """Return black or white, whichever reads better on a colour."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return "black" if 0.299 * red + 0.587 * green + 0.114 * blue > 120 else "white"
