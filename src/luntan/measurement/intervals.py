"""Which values a stated figure allows, given its rounding and its bound."""

import re
from math import inf
from typing import NamedTuple

from luntan.measurement.numerals import NAN

ABOUT = 0.05  # about, nearly: within 5 % of the value
_NUMBER = re.compile(r"\d[\d,]*(?:\.(?P<decimals>\d+))?")


class Interval(NamedTuple):
    """All values from `low` to `high`."""

    low: float
    high: float

    def meets(self, other: "Interval") -> bool:
        """Tell whether some value lies in both."""
        return self.low <= other.high and other.low <= self.high

    def over(self, base: "Interval") -> "Interval":
        """Return what a share of these values in those of `base` can be, in per cent."""
        return Interval(_ratio(self.low, base.high), _ratio(self.high, base.low))


def _ratio(above: float, below: float) -> float:
    if below == inf or above == 0:
        return 0.0
    return inf if above == inf or below <= 0 else above / below * 100


def unit_of_last_digit(text: str, value: float, kind: str) -> float:
    """Return what one more in the last written digit is worth: 0.1 in 10.2 %, 1000 in 3.5万, 0 in 264.

    A whole number without an order of magnitude is taken as counted, not rounded.
    """
    found = _NUMBER.search(text)
    if not found or not value:
        return {"percent": 5.0}.get(kind, 0.0)  # 三成, a third: said in round words
    number = float(found.group().replace(",", ""))
    decimals = len(found["decimals"] or "")
    scale = abs(value / number) if number else 1.0
    if kind != "percent" and decimals == 0 and scale <= 1.0:
        return 0.0
    return float(10.0**-decimals * scale)


def allowed(value: float, bound: str, value2: float = NAN, unit: float = 0.0) -> Interval:
    """Return the values that a figure allows; `unit` is that of its last digit, for rounding."""
    if bound == "range":
        return Interval(value - unit, value2 + unit)
    if bound == "at_least":
        return Interval(value - unit, inf)
    if bound == "at_most":
        return Interval(0.0, value + unit)
    slack = max(unit, abs(value) * ABOUT) if bound == "about" else unit
    return Interval(value - slack, value + slack)
