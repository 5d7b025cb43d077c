"""Charts of the tables: each function takes a table and returns a matplotlib Figure."""

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from luntan.charts.marks import Mark, marks_of
from luntan.charts.style import MARKERS, PALETTE, colours_of, in_both, ink_on, one_axes
from luntan.fonts import face_path

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.transforms import Bbox


def plot_counts(counts: pd.DataFrame, label: str, *, hue: str | None = None, title: str = "") -> "Figure":
    """Draw counts as horizontal bars, in the order of the table, stacked by `hue`.

    Parameters
    ----------
    counts : DataFrame
        From `luntan.tally`: the columns `label` and `n`, and `hue` if given.
    label : str
        The column that names the bars.
    hue : str, optional
        The column that parts each bar.
    title : str
        Stands above the chart.

    Examples
    --------
    >>> table = pd.DataFrame({"theme": ["人才 talent", "finance"], "n": [3, 1]})
    >>> plot_counts(table, "theme", title="Hits").get_suptitle()
    'Hits'
    """
    from matplotlib.ticker import MaxNLocator

    order = list(dict.fromkeys(counts[label]))
    parts = sorted(set(counts[hue])) if hue else [""]
    widest = counts.groupby(label)["n"].sum().max()
    with one_axes(1.1 + 0.32 * max(len(order), 2), title) as (figure, axes):
        left = pd.Series(0, index=order)
        for part, colour in zip(parts, colours_of(parts), strict=True):
            rows = counts[counts[hue] == part] if hue else counts
            n = rows.groupby(label)["n"].sum().reindex(order, fill_value=0)
            bars = axes.barh(
                order, n, left=left, color=colour, label=in_both(str(part)), edgecolor="white", linewidth=0.6
            )
            for name, value, bar in zip(order, n, bars, strict=True):
                key = {label: name} | ({hue: part} if hue else {})
                marks_of(axes).append(Mark(key, _name(key, value), _corners(bar.get_bbox())))
            if hue:
                # A part too narrow for its number goes without; the table has it.
                texts = [str(value) if value > 0.03 * widest else "" for value in n]
                axes.bar_label(bars, texts, label_type="center", fontsize=8, color=ink_on(colour))
            else:
                axes.bar_label(bars, [str(value) for value in n], padding=3, fontsize=9)
            left = left + n
        axes.set_yticks(range(len(order)), [in_both(str(name)) for name in order])
        axes.invert_yaxis()
        axes.margins(x=0.08)
        axes.grid(visible=False, axis="y")
        axes.set_xlabel("n")
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        if hue:
            axes.legend(title=in_both(hue), frameon=False, loc="best")
    return figure


def plot_wordcloud(counts: pd.DataFrame, *, title: str = "") -> "Figure":
    """Draw the commonest terms as a word cloud: size by frequency, always in the same places.

    Parameters
    ----------
    counts : DataFrame
        From `luntan.count_terms`; at most 80 terms are drawn.
    title : str
        Stands above the cloud.

    Examples
    --------
    >>> counts = pd.DataFrame({"group": "a", "term": ["人才", "talent"], "n": [3, 1]})
    >>> len(plot_wordcloud(counts).axes[0].images)
    1
    """
    from PIL.ImageFont import TransposedFont, truetype
    from wordcloud import WordCloud

    totals = (
        counts.groupby("term")["n"].sum().reset_index().sort_values(["n", "term"], ascending=[False, True])
    )
    frequencies = dict(zip(totals["term"].head(80), totals["n"].head(80), strict=True))
    colours = [colour for colour in PALETTE if colour != "#F0E442"]
    with one_axes(4.0, title) as (figure, axes):
        axes.axis("off")
        if frequencies:
            # The colour follows the word, so that a word keeps it from one cloud to the next.
            cloud = WordCloud(
                font_path=str(face_path()),
                width=1400,
                height=700,
                background_color="white",
                random_state=7,
                prefer_horizontal=1.0,
                color_func=lambda word, **_: colours[sum(word.encode()) % len(colours)],
            )
            axes.imshow(cloud.generate_from_frequencies(frequencies).to_array())
            for (word, _), size, (top, left), *_ in cloud.layout_:
                # The cloud is drawn with transposed fonts, whose ink begins at the place named.
                *_, width, height = TransposedFont(truetype(str(face_path()), size)).getbbox(word)
                corners = (left, top), (left + width, top + height)
                marks_of(axes).append(Mark({"term": word}, f"{word}: {frequencies[word]}", corners))
    return figure


def plot_pairs(table: pd.DataFrame, label: str, *, values: Sequence[str], title: str = "") -> "Figure":
    """Draw two or more values for each label as dots on one line, joined to show how far apart they lie.

    Parameters
    ----------
    table : DataFrame
        One row a label, in the order to be drawn.
    label : str
        The column that names the lines.
    values : list of str
        The columns of numbers to compare; each has its own colour and marker.
    title : str
        Stands above the chart.

    Examples
    --------
    >>> table = pd.DataFrame({"theme": ["人才", "finance"], "en": [0.6, 0.4], "zh": [0.7, 0.3]})
    >>> len(plot_pairs(table, "theme", values=["en", "zh"]).axes[0].lines)
    2
    """
    with one_axes(1.2 + 0.32 * max(len(table), 2), title) as (figure, axes):
        rows = range(len(table))
        lowest, highest = table[list(values)].min(axis=1), table[list(values)].max(axis=1)
        axes.hlines(rows, lowest, highest, color="#999999", linewidth=1.5)
        for value, colour, marker in zip(values, colours_of(values), MARKERS, strict=False):
            axes.plot(table[value], rows, marker, color=colour, label=value, markersize=7, alpha=0.9)
            for row, name, number in zip(rows, table[label], table[value], strict=True):
                # The number is part of the key: data without this column tell of something else.
                key = {label: name, value: number}
                marks_of(axes).append(Mark(key, f"{name}, {value}: {number:g}", ((number, row),) * 2, size=7))
        axes.set_yticks(list(rows), [in_both(str(name)) for name in table[label]])
        axes.invert_yaxis()
        axes.legend(frameon=False, loc="best")
    return figure


def plot_matrix(table: pd.DataFrame, *, row: str, column: str, title: str = "") -> "Figure":
    """Draw counts of two categories as a heat map with the numbers written in the cells.

    Parameters
    ----------
    table : DataFrame
        Columns `row`, `column` and `n`, one row a cell; the order of first mention is kept.
    row, column : str
        The columns that make the rows and columns of the map.
    title : str
        Stands above the map.

    Examples
    --------
    >>> cells = pd.DataFrame({"speaker": ["吕薇", "Lu"], "theme": ["talent", "finance"], "n": [2, 1]})
    >>> [label.get_text() for label in plot_matrix(cells, row="speaker", column="theme").axes[0].texts]
    ['2', '', '', '1']
    """
    import seaborn

    rows, columns = (list(dict.fromkeys(table[name])) for name in (row, column))
    matrix = table.pivot_table(index=row, columns=column, values="n", aggfunc="sum", fill_value=0)
    matrix = matrix.reindex(index=rows, columns=columns)
    with one_axes(2.0 + 0.3 * max(len(rows), 2), title) as (figure, axes):
        if len(table):
            written = matrix.map(lambda n: str(n) if n else "")
            seaborn.heatmap(
                matrix, annot=written, fmt="", cmap="Blues", cbar=False, linewidths=0.6, ax=axes,
                annot_kws={"fontsize": 8},
            )  # fmt: skip
        for y, x in itertools.product(range(len(rows)), range(len(columns))):
            key = {row: rows[y], column: columns[x]}
            marks_of(axes).append(Mark(key, _name(key, matrix.iloc[y, x]), ((x, y), (x + 1, y + 1))))
        axes.set(xlabel="", ylabel="")
        axes.tick_params(length=0)
        for tick in axes.get_xticklabels():
            tick.set(rotation=40, ha="right", rotation_mode="anchor")
    return figure


def plot_keyness(scored: pd.DataFrame, *, n: int = 10, names: Mapping[str, str], title: str = "") -> "Figure":
    """Draw the terms most typical of the target and of the reference: their log-ratio and its interval.

    Parameters
    ----------
    scored : DataFrame
        From `luntan.keyness`; an interval without end is not drawn.
    n : int
        How many terms of each side, by log-likelihood.
    names : mapping
        What to call the two sides: keys `target` and `reference`.
    title : str
        Stands above the chart.

    Examples
    --------
    >>> scored = pd.DataFrame({"term": ["人才", "talent"], "g2": [7.0, -6.0], "log_ratio": [4.0, -3.0]})
    >>> names = {"target": "中文", "reference": "English"}
    >>> chart = plot_keyness(scored.assign(low=[1.0, -9.0], high=[7.0, 3.0]), names=names)
    >>> [label.get_text() for label in chart.axes[0].get_yticklabels()]
    ['人才', 'talent']
    """
    top = scored[scored["g2"] > 0].head(n)
    bottom = scored[scored["g2"] < 0].tail(n)
    with one_axes(1.2 + 0.27 * max(len(top) + len(bottom), 2), title) as (figure, axes):
        drawn = 0
        for rows, side, place in ((top, "target", 0), (bottom, "reference", 1)):
            heights, known = range(drawn, drawn + len(rows)), rows["high"] - rows["low"] < math.inf
            spans = rows["high"].where(known, rows["log_ratio"]) - rows["log_ratio"]
            axes.errorbar(
                rows["log_ratio"], heights, xerr=spans, fmt=MARKERS[place], color=PALETTE[place],
                markersize=6, linewidth=1.2, capsize=2.5, label=f"more in: {names[side]}",
            )  # fmt: skip
            for height, term, ratio, span in zip(
                heights, rows["term"], rows["log_ratio"], spans, strict=True
            ):
                corners = (ratio - span, height), (ratio + span, height)
                marks_of(axes).append(Mark({"term": term}, f"{term}: {ratio:.3g}", corners, size=6))
            drawn += len(rows)
        axes.set_yticks(range(drawn), [*top["term"], *bottom["term"]])
        axes.invert_yaxis()
        axes.axvline(0, color="black", linewidth=0.8)
        axes.set_xlabel("log ratio (binary) with its 95 % interval")
        axes.legend(frameon=False, loc="best")
    return figure


def plot_series(series: pd.DataFrame, x: str, *, title: str = "", unit: str = "") -> "Figure":
    """Draw every published value of a series as a mark of its own, so that disagreements stay in sight.

    Parameters
    ----------
    series : DataFrame
        Columns `x`, `value` and `bound`, one row a published value.
    x : str
        The column along the bottom, drawn as labels in the order of the table.
    title, unit : str
        Stand above the chart and beside its values.

    Examples
    --------
    >>> table = pd.DataFrame({"批次 batch": ["1", "1"], "value": [1744, 1584], "bound": "exact"})
    >>> [label.get_text() for label in plot_series(table, "批次 batch").axes[0].texts]
    ['1,584', '1,744']
    """
    places = {name: place for place, name in enumerate(dict.fromkeys(series[x]))}
    with one_axes(3.6, title) as (figure, axes):
        for bound, colour, marker in zip(sorted(series["bound"].unique()), PALETTE, MARKERS, strict=False):
            rows = series[series["bound"] == bound]
            axes.plot(
                rows[x].map(places),
                rows["value"],
                marker,
                color=colour,
                label=in_both(bound.replace("_", " ")),
            )
            for name, value in dict.fromkeys(zip(rows[x], rows["value"], strict=True)):
                key = {x: name, "value": value, "bound": bound}
                text = f"{name}, {bound.replace('_', ' ')}: {value:,.6g}"
                marks_of(axes).append(Mark(key, text, ((places[name], value),) * 2, size=6))
        near = 0.04 * series["value"].max()
        for name, values in series.groupby(x, sort=False)["value"]:
            for height, label in _merged_labels(sorted(set(values)), near):
                axes.annotate(
                    label, (places[name], height), xytext=(7, -3), textcoords="offset points", fontsize=8
                )
        axes.set_xticks(list(places.values()), list(places), rotation=30, ha="right", rotation_mode="anchor")
        axes.set_ylim(bottom=0)
        axes.margins(x=0.1, y=0.1)
        axes.set_ylabel(unit)
        if len(series):
            axes.legend(frameon=False, loc="best")
    return figure


def _name(key: Mapping[str, object], n: object) -> str:
    return f"{', '.join(map(str, key.values()))}: {n}"


def _corners(box: "Bbox") -> tuple[tuple[float, float], tuple[float, float]]:
    return (box.x0, box.y0), (box.x1, box.y1)


def _merged_labels(values: Sequence[float], near: float) -> Iterator[tuple[float, str]]:
    """Yield where to write values in ascending order; those too close to stand alone share a label."""
    group: list[float] = []
    for value in [*values, math.inf]:
        if group and value - group[-1] > near:
            yield sum(group) / len(group), " / ".join(f"{one:,.6g}" for one in group)
            group = []
        group.append(value)
