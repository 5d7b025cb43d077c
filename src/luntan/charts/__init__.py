"""Charts of the tables, and the one way to save them."""

from luntan.charts.describe import describe_counts
from luntan.charts.network import plot_network
from luntan.charts.plots import (
    plot_counts,
    plot_keyness,
    plot_matrix,
    plot_pairs,
    plot_series,
    plot_wordcloud,
)
from luntan.charts.save import SavedFigure, save_figure

__all__ = [
    "SavedFigure",
    "describe_counts",
    "plot_counts",
    "plot_keyness",
    "plot_matrix",
    "plot_network",
    "plot_pairs",
    "plot_series",
    "plot_wordcloud",
    "save_figure",
]
