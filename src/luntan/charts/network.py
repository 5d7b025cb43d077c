"""Draw who speaks of what: actors on the left, themes on the right, a line for each edge."""

import textwrap
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from luntan.charts.marks import Mark, marks_of
from luntan.charts.style import PALETTE, one_axes

if TYPE_CHECKING:
    from matplotlib.figure import Figure

# Colour, width and dashes tell the same, so that colour is not needed to read them. No stance is thin and
# pale, so that the stances stand out.
_LINES: dict[str, tuple[str, float, Any]] = {
    "for it": (PALETTE[0], 1.2, "solid"),
    "against it": (PALETTE[5], 1.2, (0, (4, 1.5))),
    "for and against": (PALETTE[3], 1.2, (0, (6, 1.5, 1, 1.5))),
    "no stance": ("#b0b0b0", 0.5, "solid"),
}


def plot_network(edges: pd.DataFrame, *, n: int = 20, title: str = "") -> "Figure":
    """Draw the network of actors (left) and themes (right): width by weight, colour and line by stance.

    Both sides are put in the order that makes lines cross least, always in the same way. Labels of themes
    stand in both languages; the numbers behind names are their statements in the picture.

    Parameters
    ----------
    edges : DataFrame
        From `luntan.actor_theme_network`.
    n : int
        How many actors to draw: those of the greatest weight, ties by name. Up to 25 can be read.
    title : str
        Stands above the chart.

    Examples
    --------
    >>> edges = pd.DataFrame({"actor": ["王芳"], "theme": ["talent"], "label": "Talent", "label_zh": "人才",
    ...                       "weight": 2, "support": 0, "call": 1, "oppose": 0})
    >>> [text.get_text() for text in plot_network(edges).axes[0].texts]
    ['王芳 2', '2 人才 Talent']
    """
    from matplotlib.lines import Line2D

    weights = edges.groupby("actor")["weight"].sum().reset_index()
    biggest = weights.sort_values(["weight", "actor"], ascending=[False, True])["actor"].head(n)
    drawn = edges[edges["actor"].isin(biggest)].sort_values(["weight", "actor", "theme"])
    actors, themes = _order(drawn)
    both = zip(drawn["theme"], drawn["label_zh"], drawn["label"], strict=True)
    labels = {theme: _wrapped(f"{zh} {en}".strip(), 54) for theme, zh, en in both}
    names = {actor: _wrapped(actor, 36) for actor in actors}
    rows = max(len(actors), len(themes), 4)
    # Two lines need more room than one.
    row_height = 0.36 if "\n" in "".join([*labels.values(), *names.values()]) else 0.27
    with one_axes(1.4 + row_height * rows, title) as (figure, axes):
        axes.axis("off")
        left, right = (_heights(names, rows) for names in (actors, themes))
        stances = _stances(drawn)
        lines = zip(drawn["actor"], drawn["theme"], drawn["weight"], stances, strict=True)
        # What is drawn last lies above.
        for actor, theme, weight, stance in sorted(lines, key=lambda line: _LINES[line[3]][1]):
            colour, width, dashes = _LINES[stance]
            thick = width * weight**0.7
            axes.plot(
                (0, 1), (left[actor], right[theme]), color=colour, linestyle=dashes, alpha=0.85,
                linewidth=thick, zorder=1 + width,
            )  # fmt: skip
            key, name = {"actor": actor, "theme": theme}, f"{actor}, {labels[theme]}: {weight}"
            corners = (0, left[actor]), (1, right[theme])
            marks_of(axes).append(Mark(key, name, corners, size=thick, line=True))
        for heights, x, side in ((left, 0.0, "actor"), (right, 1.0, "theme")):
            axes.scatter([x] * len(heights), list(heights.values()), s=16, color="black", zorder=3)
            totals = drawn.groupby(side)["weight"].sum()
            for name, height in heights.items():
                text = f"{names[name]} {totals[name]}" if x == 0 else f"{totals[name]} {labels[name]}"
                axes.annotate(
                    text, (x, height), xytext=(-6 if x == 0 else 6, 0), textcoords="offset points",
                    ha="right" if x == 0 else "left", va="center", fontsize=8.5, annotation_clip=False,
                )  # fmt: skip
                marks_of(axes).append(Mark({side: name}, text, ((x, height),) * 2, size=4))
        if len(drawn):
            shown = [stance for stance in _LINES if stance in stances]
            marks = [
                Line2D([], [], color=colour, linewidth=width, linestyle=dashes)
                for colour, width, dashes in map(_LINES.__getitem__, shown)
            ]
            part = f"numbers: statements on a theme; {len(actors)} of {len(weights)} actors"
            figure.legend(
                marks, shown, title=part, loc="outside lower center", ncols=4, frameon=False, handlelength=3
            )  # fmt: skip
    return figure


def _stances(edges: pd.DataFrame) -> list[str]:
    names = {(True, False): "for it", (False, True): "against it", (True, True): "for and against"}
    favours, opposes = edges["support"] + edges["call"] > 0, edges["oppose"] > 0
    return [names.get(pair, "no stance") for pair in zip(favours, opposes, strict=True)]


def _wrapped(label: str, columns: int) -> str:
    """Break a label wider than so many Latin letters into two lines; a Han character is as wide as two."""
    width = sum(1 if char.isascii() else 2 for char in label)
    if width <= columns:
        return label
    return textwrap.fill(label, columns * len(label) // width, max_lines=2, placeholder="…")


def _order(edges: pd.DataFrame) -> tuple[list[str], list[str]]:
    """Order both sides by sweeps: each name goes to the mean place of its neighbours (Sugiyama 1981)."""
    actors, themes = (list(dict.fromkeys(edges.sort_values(side)[side])) for side in ("actor", "theme"))
    best = actors, themes
    fewest = _crossings(edges, actors, themes)
    for _ in range(12):
        themes = _by_neighbours(edges, "theme", "actor", actors)
        actors = _by_neighbours(edges, "actor", "theme", themes)
        crossings = _crossings(edges, actors, themes)
        if crossings < fewest:
            best, fewest = (actors, themes), crossings
    return best


def _by_neighbours(edges: pd.DataFrame, side: str, other: str, places: Sequence[str]) -> list[str]:
    place = edges[other].map({name: number for number, name in enumerate(places)}).astype("float64")
    weighed = (
        pd.DataFrame({"sum": place * edges["weight"], "weight": edges["weight"]}).groupby(edges[side]).sum()
    )
    means = weighed["sum"] / weighed["weight"]
    return sorted(means.index, key=lambda name: (means[name], name))


def _crossings(edges: pd.DataFrame, actors: Sequence[str], themes: Sequence[str]) -> int:
    """Count the pairs of lines that cross."""
    left, right = ({name: number for number, name in enumerate(names)} for names in (actors, themes))
    lines = [(left[actor], right[theme]) for actor, theme in zip(edges["actor"], edges["theme"], strict=True)]
    return sum((a - c) * (b - d) < 0 for i, (a, b) in enumerate(lines) for c, d in lines[:i])


def _heights(names: Sequence[str], rows: int) -> Mapping[str, float]:
    """Spread the names of one side evenly from top to bottom; a lone one stands in the middle."""
    step = rows / max(len(names), 1)
    return {name: -(number + 0.5) * step for number, name in enumerate(names)}
