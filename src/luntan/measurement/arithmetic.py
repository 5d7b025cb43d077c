"""Compare stated figures: a share with part and whole, a total with its parts, a growth with two levels."""

import re
from calendar import month_name, monthrange
from dataclasses import dataclass
from math import ceil, floor, isfinite
from typing import NamedTuple

from luntan.lexicons import read_fields
from luntan.measurement.intervals import ABOUT, Interval
from luntan.measurement.numerals import NAN

SCOPES = tuple(word for word, _, role, _ in read_fields("figure_roles") if role == "scope")
FALLS = ("decline", "下降")
GROWS = ("growth", "增长")
_ALIKE = {word.lower(): group[0] for group in read_fields("alike") for word in group}
_WORD = re.compile(r"[a-z0-9&'’-]+")
# Words that name no base of their own: "10 % of the total number", 占总数.
_GENERIC = {*"share of the in which that and number total all them".split(), *"占的总数量全部"}


@dataclass(slots=True)
class Stated:
    """One row of the quantities table with the values it allows."""

    sent_id: int
    start: int
    end: int
    text: str
    value: float
    kind: str
    unit: str
    bound: str
    counted: str
    last: float  # what one more in its last digit is worth
    allows: Interval
    upper: float = NAN  # the upper end of a range


class Finding(NamedTuple):
    """What a comparison gave for `figure`, and the other figures it rests on."""

    figure: Stated
    check: str
    verdict: str
    computed: str
    reason: str
    others: list[Stated]


def compare_share(part: Stated, whole: Stated, share: Stated) -> Finding:
    """Compare a stated share with part over whole."""
    computed = f"{part.value / whole.value * 100:.{max(_decimals(share.last), 1)}f}"
    said, others = f"{shown(part.value)} of {shown(whole.value)} is {computed} %", [part, whole]
    if part.allows.over(whole.allows).meets(share.allows):
        return Finding(share, "share", _verdict(part, whole, share), computed, said, others)
    if not _same_base(share, part, whole):
        reason = f"{said}; the share is of “{share.counted}”, whose number is not stated"
        return Finding(share, "share", "open", computed, reason, others)
    reason = f"{said}, not {shown(share.value)} %{_what_would(part, whole, share)}"
    return Finding(share, "share", "fails", computed, reason, others)


def compare_sum(parts: list[Stated], total: Stated) -> Finding:
    """Compare a stated total with the sum of its parts."""
    added = sum(part.value for part in parts)
    allows = Interval(sum(part.allows.low for part in parts), sum(part.allows.high for part in parts))
    said = f"{' + '.join(shown(part.value) for part in parts)} = {shown(added)}"
    if allows.meets(total.allows):
        return Finding(total, "sum", _verdict(*parts, total), shown(added), said, parts)
    side = "low" if added > total.value else "high"
    reason = f"{said}, not {shown(total.value)}; the total is {shown(abs(added - total.value))} too {side}"
    return Finding(total, "sum", "fails", shown(added), reason, parts)


def compare_growth(first: Stated, second: Stated, growth: Stated) -> Finding:
    """Compare a stated growth or fall with two levels; the later one may be named first."""
    sign = -1.0 if growth.counted.endswith(FALLS) else 1.0
    computed = f"{sign * (second.value / first.value - 1) * 100:.{max(_decimals(growth.last), 1)}f}"
    said, others = f"from {shown(first.value)} to {shown(second.value)} is {computed} %", [first, second]
    if any(_change(*levels, sign).meets(growth.allows) for levels in ((first, second), (second, first))):
        return Finding(growth, "growth", _verdict(first, second, growth), computed, said, others)
    needed = float(f"{first.value * (1 + sign * growth.value / 100):.4g}")
    reason = f"{said}, not {shown(growth.value)} %; {shown(needed)} at the end would fit"
    return Finding(growth, "growth", "fails", computed, reason, others)


def compare_points(first: Stated, second: Stated, growth: Stated) -> Finding:
    """Compare a stated change in percentage points with two percentages."""
    change = abs(second.value - first.value)
    slack = (first.last + second.last + growth.last) / 2 + 1e-9  # each is rounded to its last digit
    fits = abs(change - growth.value) <= slack or _verdict(first, second, growth) == "open"
    computed, others = shown(round(change, 6)), [first, second]
    said = f"from {shown(first.value)} % to {shown(second.value)} % is {computed} points"
    if fits:
        return Finding(growth, "growth", _verdict(first, second, growth), computed, said, others)
    needed = first.value + (growth.value if second.value >= first.value else -growth.value)
    reason = f"{said}, not {shown(growth.value)}; {shown(round(needed, 6))} % at the end would fit"
    return Finding(growth, "growth", "fails", computed, reason, others)


def compare_times(first: Stated, second: Stated, times: Stated) -> Finding:
    """Compare a stated multiple with two levels; 增长1.5倍 may mean 1.5 or 2.5 times as much."""
    low, high = sorted((first, second), key=lambda level: level.value)
    ratio = high.allows.over(low.allows)
    computed, others = f"{high.value / low.value:.3g}", [first, second]
    said = f"from {shown(first.value)} to {shown(second.value)} is {computed} times"
    readings = (times.value, times.value + 1) if times.counted.endswith(GROWS) else (times.value,)
    slack = times.value * ABOUT
    if any(ratio.meets(Interval((one - slack) * 100, (one + slack) * 100)) for one in readings):
        return Finding(times, "growth", _verdict(first, second, times), computed, said, others)
    reason = f"{said}, not {shown(times.value)}; {shown(first.value * readings[-1])} at the end would fit"
    return Finding(times, "growth", "fails", computed, reason, others)


def compare_rank(rank: Stated, base: Stated | None) -> Finding:
    """Compare a rank with the number of those that are ranked."""
    if base is None:
        return Finding(rank, "rank", "open", "", f"rank {shown(rank.value)} of how many is not stated", [])
    said = f"rank {shown(rank.value)} of {shown(base.value)}"
    if rank.value <= base.allows.high:
        return Finding(rank, "rank", _verdict(rank, base), shown(base.value), said, [base])
    reason = f"{said} cannot be; it needs at least {shown(rank.value)} that are ranked"
    return Finding(rank, "rank", "fails", shown(base.value), reason, [base])


def check_range(figure: Stated, upper: float) -> Finding:
    """Say that a range is upside down."""
    turned = f"{shown(upper)} to {shown(figure.value)}"
    reason = f"the range runs from {shown(figure.value)} down to {shown(upper)}; {turned} would be in order"
    return Finding(figure, "range", "fails", turned, reason, [])


def check_whole(share: Stated) -> Finding:
    """Say that a share of something is larger than all of it."""
    reason = f"{shown(share.value)} % is more than the whole; a share is at most 100 %"
    return Finding(share, "share", "fails", "100", reason, [])


def date_fault(date: str, date2: str) -> tuple[str, str] | None:
    """Return what is wrong with a date or a span of dates, and the computed value; None if nothing is.

    >>> date_fault("2021-02-30", ""), date_fault("2019", "2016")[1], date_fault("XXXX-11", "XXXX-02")
    (('there is no 30 February in 2021; the month has 28 days', '28'), '2016 to 2019', None)
    """
    for one in filter(None, (date, date2)):
        year, month, day = (*one.split("-"), "XX", "XX")[:3]
        if "XX" not in month + day:
            known = "X" not in year
            days = monthrange(int(year) if known else 2000, int(month))[1]
            if int(day) > days:
                of_year = f" in {year}" if known else ""
                return (
                    f"there is no {int(day)} {month_name[int(month)]}{of_year}; the month has {days} days",
                    str(days),
                )
    length = min(len(date), len(date2))
    first, last = date[:length], date2[:length]
    apart = next((place for place in range(length) if first[place] != last[place]), length)
    # 11月至2月 may run into the next year; within one month, or with both years, the order is plain.
    if first <= last or "X" in first[apart:] + last[apart:] or (first.startswith("XXXX") and apart < 7):
        return None
    return f"{date} is later than {date2}; {date2} to {date} would be in order", f"{date2} to {date}"


def shown(value: float) -> str:
    """Return a number as a reader writes it."""
    return f"{value:,.10g}" if abs(value) >= 1e4 else f"{value:.10g}"


def words_of(phrase: str) -> set[str]:
    """Return the English words, singular, and the Chinese characters of a phrase, words alike made one."""
    words = {_ALIKE.get(word, word) for word in map(_singular, _WORD.findall(phrase.lower()))}
    return words | {char for char in phrase if char > "\u2e80"}


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word


def _verdict(*figures: Stated) -> str:
    """Return `holds` for exact figures that agree; bounds may only hide a difference, so `open`."""
    return "holds" if all(figure.bound == "exact" for figure in figures) else "open"


def _decimals(last: float) -> int:
    return 0 if last >= 1 or last <= 0 else len(f"{last:.10f}".rstrip("0").split(".")[1])


def _same_base(share: Stated, part: Stated, whole: Stated) -> bool:
    """Tell whether the base that the share names may be the whole; one not named may, a nation's may not."""
    if any(word in share.counted and word not in whole.counted for word in SCOPES):
        return False
    named = words_of(share.counted) - _GENERIC
    return not named or bool(named & (words_of(whole.counted) | words_of(part.counted)))


def _what_would(part: Stated, whole: Stated, share: Stated) -> str:
    """Say which whole, or which part, would give the share as printed."""
    low, high = (share.value - share.last / 2) / 100, (share.value + share.last / 2) / 100
    if low <= 0 or part.kind != "count" or _verdict(part, whole, share) == "open":
        return ""
    wholes = _integers(part.value / high, part.value / low)
    parts = _integers(whole.value * low, whole.value * high)
    if not wholes:
        return f"; {parts} over {shown(whole.value)} would be" if parts else ""
    return f"; {shown(part.value)} over {wholes} would be" + (
        f", or {parts} over {shown(whole.value)}" if parts else ""
    )


def _integers(low: float, high: float) -> str:
    """Name the whole numbers between two values: 127 or 128, 120 to 130."""
    if not isfinite(high):
        return ""
    first, last = ceil(low - 1e-9), floor(high + 1e-9)
    if last < first:
        return ""
    if last - first > 1:
        return f"{shown(first)} to {shown(last)}"
    return shown(first) if first == last else f"{shown(first)} or {shown(last)}"


def _change(old: Stated, new: Stated, sign: float) -> Interval:
    share = new.allows.over(old.allows)
    ends = sorted((sign * (share.low - 100), sign * (share.high - 100)))
    return Interval(ends[0], ends[1])
