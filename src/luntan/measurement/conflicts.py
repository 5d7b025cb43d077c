"""Put figures on one indicator, place and period side by side where they cannot all be true."""

from collections.abc import Iterable
from itertools import combinations
from typing import Any, NamedTuple

import pandas as pd

from luntan._tables import check_table, make_table
from luntan.lexicons import read_fields
from luntan.measurement.intervals import Interval, allowed

SERIES = ("indicator", "place", "period", "value", "unit", "bound", "source_publisher")
ORDER = 1.5  # a figure of a text speaks of an indicator only if within this factor of a published value


class Claim(NamedTuple):
    """One value that one source states."""

    value: float
    unit: str
    bound: str
    source: str
    evidence: str

    def allows(self) -> Interval:
        """Return the values this claim allows."""
        return allowed(self.value, self.bound)


def conflicts(quantities: pd.DataFrame, series: pd.DataFrame) -> pd.DataFrame:
    """List the figures on one indicator, place and period that cannot all be true.

    One row is one stated value of such a group; values that agree within their bounds are no conflict.

    Parameters
    ----------
    quantities : DataFrame
        From `luntan.quantities`. A figure joins the series if `counted` names an indicator, its period
        is stated, and its value is of the same order as a published one.
    series : DataFrame
        Columns `indicator place period value unit bound source_publisher`, as `data/little-giants.csv`.

    Returns
    -------
    DataFrame
        Columns `indicator place period value unit bound source evidence reason`, each group sorted by
        value; `evidence` is the series' `source_url`, or `doc_id:start-end` for a figure of a text.

    Examples
    --------
    >>> from luntan._tables import make_table
    >>> row = {"indicator": "batch", "place": "all", "period": "2020", "unit": "firms", "bound": "exact"}
    >>> series = pd.DataFrame([row | {"value": value, "source_publisher": "甲"} for value in (1744, 1584)])
    >>> conflicts(make_table("quantities"), series).value.tolist()
    [1584.0, 1744.0]
    """
    check_table(quantities, "quantities", "quantities")
    if missing := [column for column in SERIES if column not in series.columns]:
        raise ValueError(
            f"series lacks the column(s) {', '.join(missing)}; pass data/little-giants.csv as a table."
        )
    groups = _groups(series)
    for key, claim in _claims_of_texts(quantities, groups):
        groups[key].append(claim)
    rows: list[tuple[Any, ...]] = []
    for key in sorted(groups):
        claims = _merge(groups[key])
        if gap := _widest_gap(claims):
            reason = f"{_shown(gap[0])} and {_shown(gap[1])} cannot both be true: {_difference(*gap)}"
            rows.extend((*key, *claim[:3], claim.source, claim.evidence, reason) for claim in claims)
    return make_table("conflicts", rows)


Key = tuple[str, str, str]


def _groups(series: pd.DataFrame) -> dict[Key, list[Claim]]:
    groups: dict[Key, list[Claim]] = {}
    urls = series["source_url"] if "source_url" in series.columns else pd.Series("", index=series.index)
    columns = [series[name] for name in SERIES]
    for indicator, place, period, value, unit, bound, source, url in zip(*columns, urls, strict=True):
        claim = Claim(float(value), _text(unit), _text(bound) or "exact", _text(source), _text(url))
        groups.setdefault((_text(indicator), _text(place), _text(period)), []).append(claim)
    return groups


def _text(value: object) -> str:
    return "" if pd.isna(value) else str(value)  # type: ignore[call-overload]


def _claims_of_texts(quantities: pd.DataFrame, groups: dict[Key, list[Claim]]) -> Iterable[tuple[Key, Claim]]:
    """Yield each figure of a text that speaks of an indicator, with the group of the series it belongs to."""
    usable = quantities[
        quantities.kind.isin(("count", "percent")) & quantities.flag.eq("") & quantities.period.ne("")
    ]
    names = ["doc_id", "start", "end", "kind", "value", "bound", "counted", "period"]
    for doc_id, start, end, kind, value, bound, counted, period in usable[names].to_numpy().tolist():
        for indicator, wanted, barred, unit in read_fields("indicators"):
            if not _speaks_of(counted, wanted, barred) or (unit == "percent") != (kind == "percent"):
                continue
            key = (indicator, "national", period)
            if any(_same_order(value, claim.value) for claim in groups.get(key, [])):
                yield key, Claim(value, unit, bound, doc_id, f"{doc_id}:{start}-{end}")


def _speaks_of(counted: str, wanted: str, barred: str) -> bool:
    words = counted.lower()
    return any(word.lower() in words for word in wanted.split("|")) and not any(
        word.lower() in words for word in barred.split("|")
    )


def _same_order(one: float, other: float) -> bool:
    return one > 0 and other > 0 and max(one, other) / min(one, other) <= ORDER


def _merge(claims: list[Claim]) -> list[Claim]:
    """Return one claim a stated value, its sources together, sorted by value."""
    merged: dict[tuple[float, str, str], list[Claim]] = {}
    for claim in claims:
        merged.setdefault((claim.value, claim.bound, claim.unit), []).append(claim)
    return [
        Claim(
            value, unit, bound, _join(claim.source for claim in same), _join(claim.evidence for claim in same)
        )
        for (value, bound, unit), same in sorted(merged.items())
    ]


def _join(texts: Iterable[str]) -> str:
    return " ; ".join(dict.fromkeys(text for text in texts if text))


def _widest_gap(claims: list[Claim]) -> tuple[Claim, Claim] | None:
    """Return the two claims furthest apart of those that cannot both be true."""
    apart = [
        (one, other)
        for one, other in combinations(claims, 2)
        if one.unit == other.unit and not one.allows().meets(other.allows())
    ]
    return max(apart, key=lambda pair: abs(pair[1].value - pair[0].value), default=None)


def _difference(one: Claim, other: Claim) -> str:
    return f"they differ by {abs(other.value - one.value):,.10g}"


def _shown(claim: Claim) -> str:
    words = {"at_least": "at least ", "at_most": "at most ", "about": "about "}
    return f"{words.get(claim.bound, '')}{claim.value:,.10g}"
