"""Join two figures into a range: 6%至8%, 40 to 50, between 300 and 500, 1—9月, 2012–13, July 8–10."""

import re

from luntan.measurement.dates import Date
from luntan.measurement.figure import Figure
from luntan.measurement.numerals import rounded

_BETWEEN = re.compile(r"\s?(?P<sign>[-–—－~～〜∼‑]{1,2}|至|到)\s?|\s(?P<to>to|through|and)\s")
_BETWEEN_BEFORE = re.compile(r"\bbetween (?:[a-z]+ ){0,2}$", re.IGNORECASE)
# "rose from 10 to 20 per cent" states two levels, not a range.
_CHANGE = re.compile(
    r"\b(?:rose|risen|rise|rises|rising|grew|grow|grown|growing"
    r"|increas\w+|climb\w*|jump\w*|soar\w*|expand\w*|rais\w+|fell|fall|fallen|falling"
    r"|drop\w*|declin\w+|decreas\w+|reduc\w+|cut|shr[aiu]nk|chang\w+|went|up|down|doubl\w+|tripl\w+|trebl\w+|quadrupl\w+|halv\w+)\b"
    r"[^.;]{0,40}\bfrom (?:[a-z]+ ){0,2}$",
    re.IGNORECASE,
)


_AND = re.compile(r" and |,? |零?")
_MINUTES = {
    "year": 525600.0, "month": 43800.0, "week": 10080.0, "day": 1440.0, "hour": 60.0, "minute": 1.0,
    "second": 1 / 60,
}  # fmt: skip


# "fell 52 cents to $71" states a change and a level.
_CHANGED = re.compile(
    r"\b(?:rose|grew|gained|climbed|jumped|increased|added|fell|lost|dropped|declined|slid|down|up) (?:by )?$"
)
_FROM = ("从", "由", "自")


def join_parts(text: str, figures: list[Figure]) -> list[Figure]:
    """Return the figures with those that are one amount in two units joined: 1 year and 3 months, 10元5角."""
    joined: list[Figure] = []
    for figure in figures:
        low = joined[-1] if joined else None
        if low and _AND.fullmatch(text, low.end, figure.start) and (more := _part(low, figure)):
            low.value, low.scale = rounded(low.value + more), figure.scale
            low.end, low.tail = figure.end, figure.tail
        else:
            joined.append(figure)
    return joined


def _part(low: Figure, high: Figure) -> float:
    """Return what the smaller of two units adds to the larger one, 0 if they are no parts of one amount."""
    if low.flag or high.flag or {low.bound, high.bound} != {"exact"}:
        return 0.0
    if low.kind == "duration" and low.unit in ("year", "week", "day", "hour", "minute"):
        unit = "minute" if high.unit == "分" else high.unit
        small = _MINUTES.get(unit, 0.0) / _MINUTES[low.unit]
        return high.value * small if small < 1 and high.value * small < 1 else 0.0
    if low.kind == high.kind == "money":
        return high.value if low.unit == high.unit and high.value < 1 <= low.value else 0.0
    nested = low.is_bare and high.kind == "count" and low.scale > high.scale > 1 and high.value < low.scale
    return high.value if nested else 0.0


def join_ranges(text: str, figures: list[Figure]) -> list[Figure]:
    """Return the figures with each pair that is one range joined into one."""
    joined: list[Figure] = []
    for figure in figures:
        low = joined[-1] if joined else None
        if low and _are_range(text, low, figure):
            _join(low, figure)
            if len(joined) > 1:
                _take_year(joined, text)
        elif not (low and _take_later_year(text, low, figure)):
            joined.append(figure)
    return joined


def _take_later_year(text: str, span: Figure, year: Figure) -> bool:
    """Give July 8–10 the year that follows it: July 8–10, 2021."""
    if not (span.date and span.date2 and span.date.month and year.kind == "year" and year.date):
        return False
    if year.bound == "range" or span.date2.year or text[span.end : year.start] not in (" ", ", "):
        return False
    span.date.year = span.date2.year = year.date.year
    span.end = span.tail = year.end
    return True


def _are_range(text: str, low: Figure, high: Figure) -> bool:
    if low.bound == "range" or high.bound == "range" or low.flag or high.flag or high.head - low.tail > 6:
        return False
    gap = _BETWEEN.fullmatch(text, low.tail, min(high.start, high.head))
    if not gap or not _same_kind(low, high):
        return False
    before = text[max(0, low.head - 60) : low.head]
    if gap["to"] == "and" and not _BETWEEN_BEFORE.search(before[-30:]):
        return False
    if low.date or high.date:
        return True
    if gap["to"] and (_CHANGE.search(before) or (low.unit and _CHANGED.search(before))):
        return False
    if _low_value(low, high) < high.value:
        return True
    # A range upside down is still a range where nothing else is meant (从30%至20% is a fall).
    both = (
        bool(high.unit)
        and low.unit in ("", high.unit)
        and not text[max(0, low.head - 8) : low.head].endswith(_FROM)
    )
    return gap["to"] == "and" or (both and not gap["to"] and low.value != high.value)


def _same_kind(low: Figure, high: Figure) -> bool:
    if low.kind == high.kind and (low.unit == high.unit or not low.unit or not high.unit):
        return True
    if low.kind == "money" and high.is_bare:
        return True
    if high.date is not None:
        return low.is_bare or low.date is not None
    if low.date is not None and low.date.day and low.date.month:
        return high.is_bare and low.date.day < high.value <= 31
    if low.date is not None and low.kind == "year":
        return high.is_bare and (high.value < 100 or 1500 <= high.value <= 2199)
    return low.is_bare


def _low_value(low: Figure, high: Figure) -> float:
    """Return the lower end, which may share the order of magnitude of the upper one: 100—200万."""
    if low.scale == 1 and high.scale > 1 and low.value < high.scale and low.value < high.value / high.scale:
        return rounded(low.value * high.scale)
    return low.value


def _join(low: Figure, high: Figure) -> None:
    """Make `low` the range from `low` to `high`."""
    if high.date or low.date:
        _join_dates(low, high)
    else:
        low.value, low.value2 = _low_value(low, high), high.value
        low.unit = high.unit or low.unit
        low.kind = high.kind if high.kind != "count" else low.kind
    low.bound, low.end, low.tail, low.form = "range", high.end, high.tail, high.form


def _join_dates(low: Figure, high: Figure) -> None:
    first, last = low.date, high.date
    if last is None and first and first.day:  # July 8–10
        last = Date(high.start, high.end, first.year, first.month, int(high.value))
    elif last is None and first and first.year:  # 2012–13
        year = int(high.value) + (first.year // 100 * 100 if high.value < 100 else 0)
        last = Date(high.start, high.end, year, None, None)
    elif first is None and last:  # 1—9月: the lower end lacks the unit of the upper one
        first = _with_part(low, last)
    elif first and last:  # 10月1日至7日: the upper end lacks what the lower one said
        last.year = last.year or first.year
        if last.month is None and last.day is not None:
            last.month = first.month
        if first.year is None and first.month and last.month and first.month <= last.month:
            first.year = last.year
    low.date, low.date2 = first, last
    low.kind = "date" if first and (first.month or first.day) else "year"


def _with_part(low: Figure, last: Date) -> Date:
    number = int(low.value)
    if last.day is not None:
        return Date(low.start, low.end, last.year, last.month, number)
    if last.month is not None:
        return Date(low.start, low.end, last.year, number, None)
    return Date(low.start, low.end, number, None, None)


def _take_year(joined: list[Figure], text: str) -> None:
    """Give 1—9月 the year that stands right before it: 2020年1—9月."""
    year, span = joined[-2], joined[-1]
    if (
        year.kind != "year"
        or year.bound == "range"
        or not year.date
        or not span.date
        or not span.date2
        or span.kind != "date"
    ):
        return
    if text[year.end : span.start].strip() or span.date.year:
        return
    span.date.year = span.date2.year = year.date.year
    span.start = span.head = year.start
    del joined[-2]
