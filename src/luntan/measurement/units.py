"""Units, currencies and measure words around a numeral, as the lexicons list them."""

import re
from typing import NamedTuple

from luntan.lexicons import read_fields


class Unit(NamedTuple):
    """What kind of figure a unit makes, its one name, and the factor to it (a decade is 10 years)."""

    kind: str
    name: str
    factor: float


UNITS: dict[str, Unit] = {}
SIGNS: dict[str, Unit] = {}  # what stands before the numeral: US$, RMB, 人民币
for _surfaces, _kind, _name, _factor in read_fields("units"):
    _table = SIGNS if _kind == "money_before" else UNITS
    for _surface in _surfaces.split("|"):
        _table[_surface] = Unit(_kind.removesuffix("_before"), _name, float(_factor))
LOWER = {surface.lower(): unit for surface, unit in UNITS.items()}


def _any(surfaces: list[str]) -> str:
    return "|".join(re.escape(surface) for surface in sorted(surfaces, key=len, reverse=True))


def _is_word(surface: str) -> bool:
    """Tell words (any case, plural) from symbols such as km, m or TB (as written)."""
    letters = surface.replace(" ", "").replace("-", "")
    return letters.isascii() and letters.isalpha() and (len(surface) > 3 or surface in SHORT_WORDS)


SHORT_WORDS = ("day", "yen", "won", "ton")
_HAN_UNITS = [surface for surface in UNITS if not surface.isascii() and surface[0] > "\u2e80"]
_WORDS = [surface for surface in UNITS if _is_word(surface)]
_SYMBOLS = [surface for surface in UNITS if surface not in _HAN_UNITS and surface not in _WORDS]
_AFTER = re.compile(
    rf"[ \u00a0]?(?P<han>[多余来](?=[{''.join({u[0] for u in _HAN_UNITS})}]))?(?P<unit>{_any(_HAN_UNITS)})"
    rf"|(?P<odd>\+|-odd|-plus)?[ \u00a0\-‑]?(?P<word>(?i:{_any(_WORDS)})(?:s|es)?)(?![A-Za-z])"
    rf"|[ \u00a0]?(?P<symbol>{_any(_SYMBOLS)})s?(?![A-Za-z\d²³])"
)
_BEFORE = re.compile(rf"(?:{_any(list(SIGNS))})[ \u00a0]?$")
_MEASURES = read_fields("measure_words_zh")
NOUNS = frozenset(entry[0] for entry in _MEASURES if len(entry) > 1)
MEASURE = re.compile(
    r"[ \u00a0]?(?P<more>[多余来几])?"
    rf"(?P<measure>{_any([entry[0] for entry in _MEASURES])})"
)


# "30 lost years", "two consecutive months": one word may stand between, but no plural one.
_TIME = re.compile(r" [a-z]{2,12}(?<!s) (?P<word>years|months|weeks|days|hours)\b")


def unit_after(text: str, at: int) -> tuple[Unit, int, bool] | None:
    """Return the unit that follows at `at`, where it ends, and whether 多, 余 or + stands before it."""
    found = _AFTER.match(text, at)
    if not found:
        later = _TIME.match(text, at)
        return (LOWER[later["word"].removesuffix("s")], later.end(), False) if later else None
    if found["unit"]:
        return UNITS[found["unit"]], found.end(), bool(found["han"])
    if found["symbol"]:
        return UNITS[found["symbol"]], found.end(), False
    word = " ".join(found["word"].lower().split())
    unit = LOWER.get(word) or LOWER.get(word.removesuffix("s")) or LOWER[word.removesuffix("es")]
    return unit, found.end(), bool(found["odd"])


def sign_before(text: str, at: int) -> tuple[Unit, int] | None:
    """Return the currency sign that ends at `at`, and where it begins."""
    window = text[max(0, at - 6) : at]
    found = _BEFORE.search(window)
    if not found:
        return None
    sign = found.group().rstrip(" \u00a0")
    start = at - len(found.group())
    if sign.isalpha() and start and text[start - 1].isascii() and text[start - 1].isalnum():
        return None
    return SIGNS[sign], start
