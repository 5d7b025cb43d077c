"""Units, currencies and measure words around a numeral, as the lexicons list them."""

import re
from typing import NamedTuple

from luntan.lexicons import any_of, read_fields
from luntan.measurement.figure import last_before
from luntan.measurement.numerals import MANY, bound_of


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


class After(NamedTuple):
    """A unit after a numeral: where it ends, the bound that 多, 余 or + gives, whether 半 adds a half."""

    unit: Unit
    end: int
    bound: str = "exact"
    half: bool = False


def _with_inside(surface: str) -> list[str]:
    """Return a unit with all that may stand inside it: 三个多月, 一个半小时."""
    if not surface.startswith("个") or surface.startswith("个百"):
        return [surface]
    return [f"个{more}{half}{surface[1:]}" for more in ("", *"多余来") for half in ("", "半")]


def _is_word(surface: str) -> bool:
    """Tell words (any case, plural) from symbols such as km, m or TB (as written)."""
    letters = surface.replace(" ", "").replace("-", "")
    return letters.isascii() and letters.isalpha() and (len(surface) > 3 or surface in SHORT_WORDS)


SHORT_WORDS = ("day", "yen", "won", "ton")
_HAN_UNITS = [surface for surface in UNITS if not surface.isascii() and surface[0] > "\u2e80"]
_WORDS = [surface for surface in UNITS if _is_word(surface)]
_SYMBOLS = [surface for surface in UNITS if surface not in _HAN_UNITS and surface not in _WORDS]
_HAN_INITIALS = "".join(sorted({unit[0] for unit in _HAN_UNITS}))
_HAN_FORMS = [form for unit in _HAN_UNITS for form in _with_inside(unit)]
_HYPHENED = any_of(_WORDS, blank="[ -]")  # a 25-basis-point cut
_AFTER = re.compile(
    rf"[ \u00a0]?(?P<han>[多余来](?=[{_HAN_INITIALS}]))?(?P<unit>{any_of(_HAN_FORMS)})"
    r"(?P<half>半(?![导年天载个径岛]))?"
    rf"|(?P<odd>\+|-odd|-plus)?[ \u00a0\-‑]?(?P<word>(?i:{_HYPHENED})(?:s|es)?)(?![A-Za-z])"
    r"|[ \u00a0]?(?P<mark>[%％‰])"
    rf"|(?:[ \u00a0]|[-‑](?=[A-Za-zμ]{{2}}))?(?P<symbol>{any_of(_SYMBOLS)})s?(?![A-Za-z\d²³])"
)
_BEFORE = re.compile(rf"{any_of(SIGNS)}[ \u00a0]?$")
_SIGN_ENDS = frozenset(sign[-1] for sign in SIGNS)
_MEASURES = read_fields("measure_words_zh")
# 一千五百块 is money, 两块地 is not; 22.15元/股 is a rate, whose base stands outside the figure.
_YUAN = re.compile(r"(?:[多余来])?块(?![\u4e00-\u9fff])|块(?=左右|上下|以)")
PER = re.compile(r"/(?:[\u4e00-\u9fff]{1,3}(?![\u4e00-\u9fff])(?<![至到])|[\u4e00-\u9fff]|[a-z]+)")
NOUNS = frozenset(entry[0] for entry in _MEASURES if entry[-1] == "noun")


def _measure(word: str, begins: str = "-", *_: str) -> str:
    return word if begins == "-" else f"{word}(?![{begins}])"


_ANY_MEASURE = "|".join(_measure(*entry) for entry in sorted(_MEASURES, key=lambda entry: -len(entry[0])))
MEASURE = re.compile(
    r"[ \u00a0]?(?P<more>[多余来几])?"
    rf"(?P<measure>{_ANY_MEASURE})"
)


# "30 lost years", "two consecutive months": one word may stand between, but no plural one.
_TIME = re.compile(r" [a-z]{2,12}(?<!s) (?P<word>years|months|weeks|days|hours)\b")


def unit_after(text: str, at: int) -> After | None:
    """Return the unit that follows at `at`."""
    if "块" in text[at : at + 2] and (found := _YUAN.match(text, at)):
        return After(UNITS["元"], found.end(), bound_of(found.group()[:-1]))
    found = _AFTER.match(text, at)
    if not found:
        later = _TIME.match(text, at)
        return After(LOWER[later["word"].removesuffix("s")], later.end()) if later else None
    if found["unit"]:
        surface = re.sub("[多余来半]", "", found["unit"])
        inside = found["unit"] if surface != found["unit"] else ""
        more = [char for char in f"{found['han'] or ''}{inside}" if char in MANY]
        unit, bound, half = UNITS[surface], bound_of("".join(more)), "半" in inside
        if found["half"] and unit.kind != "duration":
            return After(unit, found.end("unit"), bound, half)
        return After(unit, found.end(), bound, half or bool(found["half"]))
    if symbol := found["mark"] or found["symbol"]:
        return After(UNITS[symbol], found.end())
    word = found["word"].lower()
    word = word if word in LOWER else word.replace("-", " ")
    unit = LOWER.get(word) or LOWER.get(word.removesuffix("s")) or LOWER[word.removesuffix("es")]
    return After(unit, found.end(), "at_least" if found["odd"] else "exact")


def sign_before(text: str, at: int) -> tuple[Unit, int] | None:
    """Return the currency sign that ends at `at`, and where it begins."""
    found = _BEFORE.search(text[max(0, at - 6) : at]) if last_before(text, at) in _SIGN_ENDS else None
    if not found:
        return None
    sign = found.group().rstrip(" \u00a0")
    start = at - len(found.group())
    if sign.isalpha() and start and text[start - 1].isascii() and text[start - 1].isalnum():
        return None
    return SIGNS[sign], start
