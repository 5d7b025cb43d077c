"""Figures whose form says what they are: ordinals, shares, decades, damaged numerals, identifiers."""

import re

from luntan.measurement.bounds import left_bound
from luntan.measurement.dates import Date
from luntan.measurement.figure import Figure, dated
from luntan.measurement.numerals import HAN, NAN, WORDS, parse_words, read_numeral
from luntan.measurement.units import MEASURE, UNITS, unit_after

_HAN_NUMBER = rf"(?:\d+(?:\.\d+)?|[{HAN}]+)"
_FRACTION = re.compile(rf"(?P<below>{_HAN_NUMBER})分之(?P<above>{_HAN_NUMBER}(?:点[{HAN}]+)?)")
_TENTHS = re.compile(
    r"(?P<tenths>[一二三四五六七八九两十]{1,2}|\d+(?:\.\d+)?)成(?P<more>[一二三四五六七八九半])?"
    # 三成 is no share in 三成员, 三成功; before 为 it is one if a bound says so: 近三成|为, but 三|成为.
    r"(?![员立功果本都长熟绩效就分交品年千百套批型人语片份]|(?<![近超约过逾足到].成)为)"
)
_HALF = re.compile(r"半数|一半|半(?=[年天月周]|个|小时)")
_ORDINAL = re.compile(
    rf"第(?P<rank>\d+|[{HAN}]+)"
    rf"|(?P<edition>\d+|[{HAN}]+)(?=届|中全会)|(?P<congress>十[六七八九]|二十[一二]?)(?=大(?![多型小家众学量会概]))"
    rf"|(?P<quarter>[一二三四])(?=季度)|(?P<century>\d\d?|[一二三四五六七八九十]+)(?=世纪(?!之))"
)
_TWO_DECADE = re.compile(
    r"(?:(?P<century>\d\d)世纪)?(?P<decade>\d0)年代|(?P<year>(?:1[5-9]|20)\d0)(?:年代|['’]?s\b)"
)
_ORDINAL_DIGITS = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(?:st|nd|rd|th)(?![A-Za-z\d])", re.IGNORECASE)


def _one_of(words: list[str]) -> str:
    return f"(?:{'|'.join(sorted(words, key=len, reverse=True))})"


_NUMBER = rf"(?:\d+|{_one_of([*WORDS['unit'], *WORDS['ten']])})"
_RANK = _one_of(list(WORDS["ordinal"]))
_ORDINAL_WORDS = re.compile(
    rf"(?:(?P<ten>{_one_of(list(WORDS['ten']))})[ -])?(?P<rank>{_RANK})(?![\w])", re.IGNORECASE
)
_PART = _one_of(list(WORDS["part"]))
_PARTS = re.compile(
    rf"(?P<above>{_NUMBER})[ \-‑](?P<below>(?:{_PART}s|half))\b(?! ?(?:century|year))"
    rf"|(?P<one>one)[ \-‑](?P<single>{_PART})\b|(?P<half>half)(?=\b(?! an? | (?:hour|day|year|month|dozen)))"
    rf"|(?P<article>{_PART})\b",
    re.IGNORECASE,
)
_SCORE = re.compile(r"(\d{1,2})[-–](\d{1,2})(?![\d.,%％A-Za-z万亿年月日-])")
_ARTICLE = re.compile(r"(?i)(?<![a-z])a $")
_SLASH = re.compile(r"(\d{1,2})/([2-9]|1[02]|20|100)(?![\d/.])")
_ONE_IN = re.compile(
    rf"(?P<above>{_NUMBER}) (?:in (?:every )?|out of (?:every )?)(?P<below>{_NUMBER}|hundred)\b"
    r"(?! ?(?:%|per|years|months))",
    re.IGNORECASE,
)
_HALF_UNIT = re.compile(r"half(?: an?)? (?P<unit>hour|day|year|month|decade|century)\b", re.IGNORECASE)

_GLUED = re.compile(
    r"(?P<number>\d{1,4})(?=(?:The|In|On|At|Of|And|By|To|From|For|With|As|Was|Is|A)(?:[ \n]|$))"
)
_SPLIT_ORDINAL = re.compile(r"(?P<left>\d{1,2})(?:st|nd|rd|th)(?P<right>\d)(?=\D|$)")
_SPLIT_MANY = re.compile(r"(?P<left>\d{1,3})(?: [A-Za-z]+){1,5}(?<=[a-z])(?P<right>0{1,4}|\d{1,3})Many\b")
_CONFUSED = re.compile(r"(?:l\d{2,}|\d+[OolI][\dOolI]*\d|\d+O{2,}|\d{2,}O(?=[%％年万亿家名]))(?![A-Za-z])")
_LOOKS = str.maketrans("OolI", "0011")

_IDENTIFIER = re.compile(
    r"(?:\+\d{1,3}[- ])?(?:\d{3,4}[-—]\d{7,8}|\d{3}-\d{3,4}-\d{4}|1[3-9]\d-?\d{4}-?\d{4})(?!\d)"
    r"|\d+(?:\.\d+){2,}|\d{8,}(?![\d,.]*[\d万亿%％元家个名])|0\d+(?:[-/]\d+)*(?![\d.,%％])|\d+(?:-\d+){2,}(?!\d)"
    r"|\d{1,2}/\d{1,2}(?:/\d{2,4})?(?![\d/.])|\d+号(?:-\d+)?(?![召称角])|\d+(?=[A-Z]{2,}\d)"
)
_CLOCK = re.compile(
    r"\d{1,2}[:：]\d{2}(?::\d{2})?(?: ?[ap]\.?m\b\.?)?|\d{1,2}(?:\.\d\d)? ?(?:[ap]\.m\.?|[ap]m\b|o['’]clock)"
    r"|\d{1,2}[时点](?:\d{1,2}分|半|整|许)?(?![间代多以左上下之])(?<![.\d]\d点)",
    re.IGNORECASE,
)


def read_damaged(text: str, at: int) -> Figure | None:
    """Return a numeral that machine translation or recognition has damaged, read with care and flagged."""
    if found := _SPLIT_ORDINAL.match(text, at):
        value = float(found["left"] + found["right"])
        return Figure(at, found.end(), value, "ordinal", flag="corrupt_numeral")
    if found := _SPLIT_MANY.match(text, at):
        value = float(found["left"] + found["right"])
        return Figure(at, found.end(), value, bound="at_least", flag="corrupt_numeral")
    if found := _GLUED.match(text, at):
        number = int(found["number"])
        if 1500 <= number <= 2199:
            return dated(Date(at, found.end(), number, None, None, damaged=True))
        return Figure(at, found.end(), float(number), "ordinal", flag="corrupt_numeral")
    if found := _CONFUSED.match(text, at):
        value = float(found.group().translate(_LOOKS))
        if 1500 <= value <= 2199 and text.startswith("年", found.end()):
            return dated(Date(at, found.end() + 1, int(value), None, None, damaged=True))
        return Figure(at, found.end(), value, flag="corrupt_numeral")
    return None


def _is_score(text: str, at: int) -> bool:
    """Tell the score 3-0 and the split 50-50 from the range 3-5."""
    found = _SCORE.match(text, at)
    return found is not None and int(found[1]) >= int(found[2])


def _is_fraction(text: str, at: int) -> bool:
    """Tell 2/3 from 24/7 and 9/11."""
    found = _SLASH.match(text, at)
    return found is not None and 0 < int(found[1]) < int(found[2])


def read_identifier(text: str, at: int) -> Figure | None:
    """Return a telephone, licence or version number or a clock time: kept, flagged, without value."""
    if (found := _IDENTIFIER.match(text, at)) and not _is_fraction(text, at):
        return Figure(at, found.end(), kind="other", flag="identifier")
    if _is_score(text, at) and (found := _SCORE.match(text, at)):
        return Figure(at, found.end(), kind="other", flag="identifier")
    if found := _CLOCK.match(text, at):
        return Figure(at, found.end(), kind="other", flag="clock")
    return None


def read_chinese_form(text: str, at: int) -> Figure | None:
    """Return the ordinal, share or decade in Chinese that begins at `at`."""
    if text[at] != "第":
        if found := _FRACTION.match(text, at):
            return _fraction(found)
        if (found := _TENTHS.match(text, at)) and (figure := _tenths(found)):
            return figure
        if found := _HALF.match(text, at):
            return _half(text, found)
    if found := _TWO_DECADE.match(text, at):
        return _decade(found)
    if found := _ORDINAL.match(text, at):
        start, end = found.span(found.lastgroup or 0)
        number = read_numeral(text, start)
        if number and number.value == number.value and number.bound == "exact":
            unit = {"congress": "大", "quarter": "quarter", "century": "century"}.get(
                found.lastgroup or "", ""
            )
            measure = MEASURE.match(text, end)
            unit = unit or (measure["measure"] if measure else "")
            return Figure(
                start,
                end,
                number.value,
                "ordinal",
                unit,
                form="han",
                head=at,
                tail=measure.end() if measure else end,
            )
    return None


def _value(text: str) -> float:
    number = read_numeral(text, 0)
    return number.value if number and number.end == len(text) else NAN


def _fraction(found: re.Match[str]) -> Figure | None:
    below, above = _value(found["below"]), _value(found["above"])
    if not below > 0 or above != above:
        return None
    unit = "%" if found["below"] == "百" else "fraction"
    return Figure(
        found.start(), found.end(), float(f"{above / below * 100:.12g}"), "percent", unit, form="han"
    )


def _tenths(found: re.Match[str]) -> Figure | None:
    number = read_numeral(found["tenths"], 0)
    if (
        number is None
        or number.value != number.value
        or number.end < len(found["tenths"])
        or number.value > 10
    ):
        return None
    more = 5.0 if found["more"] == "半" else _value(found["more"]) if found["more"] else 0.0
    figure = Figure(found.start(), found.end(), number.value * 10 + more, "percent", "%", form="han")
    if number.value2 == number.value2:
        figure.value2, figure.bound = number.value2 * 10, "range"
    return figure


def _half(text: str, found: re.Match[str]) -> Figure | None:
    if found.group() != "半":
        return Figure(found.start(), found.end(), 50.0, "percent", "fraction", form="han")
    unit = unit_after(text, found.end())
    if unit and unit[0].kind == "duration":
        return Figure(found.start(), unit[1], 0.5 * unit[0].factor, "duration", unit[0].name, form="han")
    return None


def _decade(found: re.Match[str]) -> Figure:
    year = found["year"] or f"{int(found['century'] or 20) - 1:02d}{found['decade']}"
    figure = dated(Date(found.start(), found.end(), int(year), None, None))
    figure.unit = "decade"
    return figure


def read_english_form(text: str, at: int) -> Figure | None:
    """Return the ordinal or share in English that begins at `at`."""
    if found := _ORDINAL_DIGITS.match(text, at):
        return Figure(at, found.end(), float(found[1].replace(",", "")), "ordinal")
    if found := _TWO_DECADE.match(text, at):
        return _decade(found)
    if (found := _SLASH.match(text, at)) and _is_fraction(text, at):
        return _share(at, found.end(), float(found[1]), float(found[2]))
    if found := _ONE_IN.match(text, at):
        above, below = _count(found["above"]), _count(found["below"])
        if above < below <= 1000 and (above == 1 or "out of" in found.group().lower()):
            return _share(at, found.end(), above, below)
    if found := _HALF_UNIT.match(text, at):
        unit = UNITS[found["unit"].lower()]
        return Figure(at, found.end(), unit.factor / 2, "duration", unit.name, form="words")
    if (found := _PARTS.match(text, at)) and (figure := _part(text, found)):
        return figure
    found = _ORDINAL_WORDS.match(text, at)
    if found and not (text.startswith(",", found.end()) and not text[max(0, at - 4) : at].strip(" 12345().")):
        value = WORDS["ordinal"][found["rank"].lower()]
        if found["ten"]:
            value += WORDS["ten"][found["ten"].lower()]
        return Figure(at, found.end(), value, "ordinal", form="words")
    return None


def _count(word: str) -> float:
    return float(word) if word.isdecimal() else parse_words(word.lower())[0]


def _share(start: int, end: int, above: float, below: float) -> Figure:
    return Figure(start, end, float(f"{above / below * 100:.12g}"), "percent", "fraction", form="words")


def _part(text: str, found: re.Match[str]) -> Figure | None:
    start, end = found.span()
    if found["half"]:
        return _share(start, end, 1, 2)
    if found["above"]:
        above = _count(found["above"])
        below = WORDS["part"][
            found["below"].lower()
            if found["below"].lower() in WORDS["part"]
            else found["below"].lower().removesuffix("s")
        ]
        return _share(start, end, above, below) if above < below else None
    if found["one"]:
        return _share(start, end, 1, WORDS["part"][found["single"].lower()])
    if _is_article_part(text, start, end):
        return _share(start, end, 1, WORDS["part"][found["article"].lower()])
    return None


def _is_article_part(text: str, start: int, end: int) -> bool:
    """Tell "a tenth of" and "less than a tenth" from a tenth guest."""
    if not _ARTICLE.search(text[max(0, start - 3) : start]):
        return False
    return text.startswith(" of", end) or left_bound(text, start) is not None
