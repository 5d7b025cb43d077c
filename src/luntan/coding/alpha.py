"""Measure how far coders agree: Krippendorff's alpha with a bootstrap interval."""

from functools import partial

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from luntan._tables import check_table, make_table
from luntan.coding.words import joined_themes

Floats = NDArray[np.float64]
LEVELS = ("nominal", "ordinal", "interval", "ratio")
NOT_COMPARED = ("note",)


def agreement(codings: pd.DataFrame, *, level: str = "nominal", n_boot: int = 1000) -> pd.DataFrame:
    """Measure the agreement of coders on each variable with Krippendorff's alpha.

    One row is one variable; of `themes` also each theme, `theme=talent`, present (1) or not (0).

    Parameters
    ----------
    codings : DataFrame
        From `read_coding`, or any table with columns `unit coder variable code`.
    level : str
        `nominal`, or of numbers `ordinal`, `interval` or `ratio` (Krippendorff 2011).
    n_boot : int
        Resamples of the units for the 95 % percentile interval (Zapf et al. 2016, BMC Medical
        Research Methodology 16:93); the seed is fixed. 0 leaves the interval out.

    Returns
    -------
    DataFrame
        Columns `variable level n_units n_coders n_values alpha low high reason`, counting what is
        coded by two or more. `reason` says why alpha is missing or the interval in doubt.

    Examples
    --------
    >>> votes = {"unit": ["a:0-4"] * 2 + ["a:4-9"] * 2, "coder": ["林", "wang"] * 2, "variable": "stance"}
    >>> agreement(pd.DataFrame(votes | {"code": ["pro", "pro", "con", "con"]})).alpha.tolist()
    [1.0]
    """
    if level not in LEVELS:
        raise ValueError(f"level = {level!r} is none of {', '.join(LEVELS)}.")
    wanted = _with_each_theme(_checked(codings))
    rows = [
        (variable, level, *_row(group, level, n_boot, str(variable)))
        for variable, group in wanted.groupby("variable", sort=True)
    ]
    return make_table("agreement", rows)


def _checked(codings: pd.DataFrame) -> pd.DataFrame:
    columns = ["unit", "coder", "variable", "code"]
    if not set(columns) <= set(getattr(codings, "columns", ())):
        check_table(codings, "codings", "codings")
    wanted = codings.loc[~codings["variable"].isin(NOT_COMPARED), columns].dropna()
    twice = wanted[wanted.duplicated(columns[:3])]
    if len(twice):
        unit, coder, variable = twice.iloc[0][columns[:3]]
        raise ValueError(f"codings has two codes of {variable} by {coder} for {unit}; keep one of them.")
    return wanted


def _with_each_theme(codings: pd.DataFrame) -> pd.DataFrame:
    """Add a variable of 0 and 1 for each theme that any coder named."""
    chosen = codings[codings["variable"] == "themes"]
    named = [joined_themes(code) for code in chosen["code"]]
    each = [
        chosen.assign(variable=f"theme={key}", code=[str(int(key in keys)) for keys in named])
        for key in sorted(set().union(*named))
    ]
    return pd.concat([codings, *each])


def _row(codings: pd.DataFrame, level: str, n_boot: int, variable: str) -> tuple[object, ...]:
    pairable = codings[codings.groupby("unit")["code"].transform("size") > 1]
    values = pairable["code"] if level == "nominal" else _numbers(pairable["code"], level, variable)
    counted = pd.crosstab(pairable["unit"], values)
    sizes = len(counted), pairable["coder"].nunique(), len(pairable)
    if not len(counted):
        return *sizes, np.nan, np.nan, np.nan, "no unit is coded by two coders"
    if len(counted.columns) == 1:
        return *sizes, np.nan, np.nan, np.nan, "all values are alike: nothing to tell agreement from chance"
    counts = counted.to_numpy(dtype=float)
    numbers = counted.columns.to_numpy() if level != "nominal" else np.empty(0)
    alphas = partial(_alphas, counts, level=level, numbers=numbers)
    alpha = float(alphas(np.ones((1, len(counts))))[0])
    return *sizes, alpha, *_interval(alphas(_resamples(len(counts), n_boot)))


def _numbers(values: pd.Series, level: str, variable: str) -> pd.Series:
    """Return the values as numbers, so that 1 and 1.0 are the same."""
    numbers = pd.to_numeric(values, errors="coerce")
    wrong = values[~np.isfinite(numbers) | ((numbers < 0) & (level == "ratio"))]
    if len(wrong):
        raise ValueError(
            f"codings: {variable} has the value {wrong.iloc[0]!r}, but level = {level!r} takes only numbers"
            f"{', none below 0' if level == 'ratio' else ''}; choose another level, or keep other variables."
        )
    return numbers.astype(float)


def _alphas(counts: Floats, weights: Floats, *, level: str, numbers: Floats) -> Floats:
    """Return alpha for each row of weights, which say how often each unit is taken."""
    if level == "ordinal":  # the distance of two ranks depends on how many values lie between them
        each = [_alpha(counts, row[np.newaxis], _ranks(row @ counts)) for row in weights]
        return np.concatenate([np.empty(0), *each])
    if level == "ratio":
        sums = np.add.outer(numbers, numbers)
        apart = np.subtract.outer(numbers, numbers)
        return _alpha(counts, weights, np.divide(apart, sums, out=np.zeros_like(sums), where=sums != 0) ** 2)
    if level == "interval":
        return _alpha(counts, weights, np.subtract.outer(numbers, numbers) ** 2)
    return _alpha(counts, weights, 1 - np.eye(counts.shape[1]))


def _alpha(counts: Floats, weights: Floats, distance: Floats) -> Floats:
    """Return 1 - observed / expected disagreement; NaN where a resample has no variation."""
    observed = weights @ (((counts @ distance) * counts).sum(axis=1) / (counts.sum(axis=1) - 1))
    totals = weights @ counts
    expected = ((totals @ distance) * totals).sum(axis=1) / (totals.sum(axis=1) - 1)
    alphas: Floats = 1 - np.divide(observed, expected, out=np.full_like(expected, np.nan), where=expected > 0)
    return alphas


def _ranks(totals: Floats) -> Floats:
    """Return the squared distances of the values' middle ranks."""
    middle = np.cumsum(totals) - totals / 2
    distances: Floats = np.subtract.outer(middle, middle) ** 2
    return distances


def _resamples(n_units: int, n_boot: int) -> Floats:
    draws = np.random.default_rng(0).integers(n_units, size=(n_boot, n_units))
    return np.array([np.bincount(draw, minlength=n_units) for draw in draws], dtype=float).reshape(
        -1, n_units
    )


def _interval(alphas: Floats) -> tuple[float, float, str]:
    defined = alphas[~np.isnan(alphas)]
    if not len(defined):
        return np.nan, np.nan, "no resample has two different values" if len(alphas) else ""
    low, high = np.quantile(defined, [0.025, 0.975])
    lost = len(alphas) - len(defined)
    return low, high, f"{lost} of {len(alphas)} resamples had no variation and are left out" if lost else ""
