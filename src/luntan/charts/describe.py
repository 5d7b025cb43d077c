"""Say in words what a chart shows, for readers who cannot see it."""

import pandas as pd

NAMED, LONGEST = 3, 60


def describe_counts(counts: pd.DataFrame, label: str, *, n: str = "n") -> str:
    """Say in a sentence what a chart of counts shows, for its alt text: how many there are, and the biggest.

    Parameters
    ----------
    counts : DataFrame
        What is drawn: the columns `label` and `n`.
    label : str
        The column that names the bars; rows of one name are added up.
    n : str
        The column of counts.

    Returns
    -------
    str
        One sentence; of the same size, the first in the table comes first.

    Examples
    --------
    >>> describe_counts(pd.DataFrame({"theme": ["finance", "人才"], "n": [1, 3]}), "theme")
    '2 in all: 人才 3, finance 1.'
    >>> describe_counts(pd.DataFrame({"theme": [], "n": []}), "theme")
    'Nothing was counted: the chart is empty.'
    """
    missing = [column for column in (label, n) if column not in counts.columns]
    if missing:
        raise ValueError(f"counts lacks the column(s) {', '.join(missing)}; pass the table that is drawn.")
    totals = counts.groupby(label, sort=False)[n].sum().sort_values(ascending=False, kind="stable")
    if totals.empty:
        return "Nothing was counted: the chart is empty."
    named = ", ".join(f"{_short(str(name))} {value}" for name, value in totals.head(NAMED).items())
    n_all = len(totals)
    return f"The biggest {NAMED} of {n_all}: {named}." if n_all > NAMED else f"{n_all} in all: {named}."


def _short(name: str) -> str:
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"
