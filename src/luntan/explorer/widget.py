"""The explorer as a widget: what is chosen on top, below it the statements, a chart, a network."""

import base64
import os
import warnings
from html import escape
from pathlib import Path
from typing import Any

import ipywidgets as iw
import pandas as pd

from luntan.charts import describe_counts, plot_counts, plot_network
from luntan.charts.save import png_of
from luntan.explorer.listing import FALLBACK, choices, counted, counts_of, listed, theme_labels
from luntan.explorer.selection import UNKNOWN, choose, in_period, write_selection
from luntan.networks import actor_theme_network

ASKED = {
    "speaker": ("Speaker 发言人", "speaker"),
    "organisation": ("Organisation 机构", "organisation"),
    "theme": ("Theme 主题", "themes"),
    "lang": ("Language 语言", "lang"),
}
CHARTED = {
    "themes 主题": "themes",
    "speakers 发言人": "speaker",
    "organisations 机构": "organisation",
    "years 年份": "period",
}
BARS, ACTORS = 15, 12
WIDE = {"description_width": "9em"}


class Explorer(iw.VBox):  # type: ignore[misc]
    """The explorer; `selection` is the table of what it shows."""

    def __init__(
        self,
        table: pd.DataFrame,
        hits: pd.DataFrame,
        lexicon: str | os.PathLike[str] | None,
        folder: str | os.PathLike[str],
    ) -> None:
        self._table, self._hits, self._lexicon, self._folder = table, hits, lexicon, Path(folder)
        self._labels = theme_labels(lexicon)
        self.selection = table
        self._asked = {
            name: iw.Dropdown(
                options=choices(table[column], self._labels if name == "theme" else {}),
                index=0, description=label, style=WIDE, layout=iw.Layout(width="30em"),
            )
            for name, (label, column) in ASKED.items()
        }  # fmt: skip
        years = sorted(set(table["period"]) - {UNKNOWN}) or [UNKNOWN]
        self._years = iw.SelectionRangeSlider(
            options=years, index=(0, len(years) - 1), description="Period 时间", style=WIDE,
            disabled=len(years) == 1, continuous_update=False, layout=iw.Layout(width="30em"),
        )  # fmt: skip
        undated = int(table["period"].eq(UNKNOWN).sum())
        self._undated = iw.Checkbox(
            value=True,
            description=f"undated too 含未注明日期 ({undated})",
            disabled=undated == 0,
            indent=False,
        )
        self._charted = iw.ToggleButtons(options=CHARTED, description="Chart 图", style=WIDE)
        self._status, self._list, self._chart, self._network = map(
            _place, ("status", "list", "chart", "network")
        )
        self._list.layout = iw.Layout(max_height="30em", overflow="auto", border="1px solid #999999")
        for control in (*self._asked.values(), self._years, self._undated):
            control.observe(self._show, "value")
        self._charted.observe(self._draw_chart, "value")
        super().__init__(self._parts())
        self._show()

    def _parts(self) -> list[Any]:
        exports = []
        for ending in ("csv", "xlsx"):
            button = iw.Button(
                description=f"Export {ending.upper()} 导出", tooltip="Write what is shown to a file"
            )
            button.on_click(lambda _, ending=ending: self._export(ending))
            exports.append(button)
        speaker, organisation, theme, lang = self._asked.values()
        rows = [
            iw.HBox([speaker, organisation]),
            iw.HBox([theme, lang]),
            iw.HBox([self._years, self._undated]),
        ]
        return [
            *rows,
            iw.HBox([*exports, self._status]),
            self._list,
            self._charted,
            self._chart,
            self._network,
        ]

    def _show(self, _change: object = None) -> None:
        """Show what is chosen now."""
        self._status.value = "<i>drawing … 正在更新</i>"
        asked = {name: control.value for name, control in self._asked.items()}
        chosen = choose(self._table, **asked)
        if UNKNOWN not in self._years.options:
            first, last = map(int, self._years.value)
            chosen = in_period(chosen, (first, last), undated=self._undated.value)
        elif not self._undated.value:
            chosen = chosen.head(0)
        self.selection = chosen
        self._list.value = listed(chosen, self._labels)
        self._draw_chart()
        edges = actor_theme_network(chosen, self._hits, lexicon=self._lexicon)
        told = describe_counts(edges, "actor", n="weight")
        alt = f"Speakers joined to the themes of their statements. {told}"
        network = plot_network(edges, n=ACTORS, title="Speakers and their themes 发言人与主题")
        self._network.value = _picture(network, alt) if len(edges) else ""
        self._status.value = f"<b>{counted(len(chosen), len(self._table))}</b>"

    def _draw_chart(self, _change: object = None) -> None:
        column = self._charted.value
        counts = counts_of(self.selection[column], self._labels if column == "themes" else {})
        if column == "period":
            counts = counts.sort_values("label")
        title = f"Statements by {self._charted.label}"
        chart = plot_counts(counts.head(BARS), "label", title=title)
        alt = f"{title}. {describe_counts(counts, 'label')}"
        self._chart.value = _picture(chart, alt) if len(counts) else ""

    def _export(self, ending: str) -> None:
        path = self._folder / f"luntan-selection.{ending}"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            said = f"{len(self.selection)} statements written to {write_selection(self.selection, path)}"
        except (OSError, ValueError) as error:
            said = f"not written: {error}"
        self._status.value = f"<b>{counted(len(self.selection), len(self._table))}</b>. {escape(said)}"

    def __repr__(self) -> str:
        return f"Explorer: {counted(len(self.selection), len(self._table))}"

    def _repr_mimebundle_(self, **options: Any) -> dict[str, Any]:
        """Show the widget, and where no kernel runs, the first statements."""
        return {
            **super()._repr_mimebundle_(**options),
            "text/plain": repr(self),
            "text/html": listed(self._table, self._labels, FALLBACK),
        }


def _place(name: str) -> iw.HTML:
    """Make a place for markup, which style sheets and tests find by its name."""
    return iw.HTML().add_class(f"luntan-{name}")


def _picture(figure: Any, alt: str) -> str:
    """Draw a figure into the page, whatever its labels are made of."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        drawn = base64.b64encode(png_of(figure)).decode()
    return f'<img src="data:image/png;base64,{drawn}" alt="{escape(alt)}" style="max-width:100%">'
