"""Open the explorer in a notebook."""

import os
from typing import TYPE_CHECKING

import pandas as pd

from luntan._tables import check_table

if TYPE_CHECKING:
    from ipywidgets import VBox


def explore(
    table: pd.DataFrame,
    hits: pd.DataFrame,
    *,
    lexicon: str | os.PathLike[str] | None = None,
    folder: str | os.PathLike[str] = "exports",
) -> "VBox":
    """Open the explorer: choose statements, see them in context, chart and network, and write them to files.

    Needs JupyterLab with ipywidgets. Where no kernel runs, a table of the first statements stands in its
    place.

    Parameters
    ----------
    table, hits : DataFrame
        From `explorable` and `themes`.
    lexicon : path, optional
        That of `themes`.
    folder : path
        Where the buttons write `luntan-selection.csv` and `.xlsx`; it is made when it is needed.

    Returns
    -------
    VBox
        A widget. ImportError where ipywidgets is not installed.

    Examples
    --------
    >>> from luntan._tables import make_table
    >>> explore(make_table("explorable"), make_table("themes"))
    Explorer: 0 of 0 statements shown
    """
    check_table(table, "explorable", "table")
    check_table(hits, "themes", "hits")
    try:
        from luntan.explorer.widget import Explorer
    except ModuleNotFoundError as error:
        raise ImportError("explore needs ipywidgets, which is not here: pip install ipywidgets.") from error
    return Explorer(table, hits, lexicon, folder)
