"""Figures whose form says what they are: ordinals, shares, parts, multiples, decades."""

import re

from luntan.measurement.bounds import left_bound
from luntan.measurement.dates import Date
from luntan.measurement.figure import Figure, dated
from luntan.measurement.numerals import ENGLISH, HAN, NAN, WORDS, parse_words, read_numeral, rounded
from luntan.measurement.units import LOWER, MEASURE, unit_after

_HAN_NUMBER = rf"(?:\d+(?:\.\d+)?|[{HAN}]+)"
_FRACTION = re.compile(
    rf"(?:(?P<whole>{_HAN_NUMBER})又)?(?P<below>{_HAN_NUMBER})分之(?P<above>{_HAN_NUMBER}(?:点[{HAN}]+)?)"
)
_TENTHS = re.compile(
    r"(?P<tenths>[一二三四五六七八九两十]{1,2}|\d+(?:\.\d+)?)成(?P<more>[一二三四五六七八九半])?"
    # 三成 is no share in 三成员, 三成功; before 为 it is one if a bound says so: 近三成|为, but 三|成为.
    r"(?![员立功果本都长熟绩效就分交品年千百套批型人语片份]|(?<![近超约过逾足到].成)为)"
)
# 打八五折 is 85 % of the price, 对折 half of it.
_DISCOUNT = re.compile(
    r"(?P<tenths>\d(?:\.\d)?|[一二三四五六七八九])(?P<more>[一二三四五六七八九])?折(?![磨旧合扣叠断射线页腾中])"
)
_TIMES = re.compile(r"翻了?(?P<doublings>[一两二三四五1-5])番|翻了?一?倍")
_HALF = re.compile(r"半数|一半|对折|半(?=[年天月周]|个|小时|成(?![品]))")
_ORDINAL = re.compile(
    rf"第(?P<rank>\d+|[{HAN}]+)"
    rf"|(?P<edition>\d+|[{HAN}]+)(?=届|中全会)|(?P<congress>十[六七八九]|二十[一二]?)(?=大(?![多型小家众学量会概]))"
    rf"|(?P<quarter>[一二三四])(?=季度)|(?P<century>\d\d?|[一二三四五六七八九十]+)(?=世纪(?!之))"
)
_TWO_DECADE = re.compile(
    r"(?:(?P<century>\d\d)世纪)?(?P<decade>\d0)年代|(?P<year>(?:1[5-9]|20)\d0)(?:年代|['’]?s\b)"
    r"|(?:(?P<han_century>二十|十[五六七八九])世纪)?(?P<han>[二三四五六七八九]十)年代"
    r"|(?<=[Tt]he )(?P<short>\d0)['’]?s\b"
)
_ORDINAL_DIGITS = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(?:st|nd|rd|th)(?![A-Za-z\d])", re.IGNORECASE)


def _one_of(words: list[str]) -> str:
    return f"(?:{'|'.join(sorted(words, key=len, reverse=True))})"


_NUMBER = rf"(?:\d+|{_one_of([*WORDS['unit'], *WORDS['ten']])})"
_RANK = _one_of(list(WORDS["ordinal"]))
_ORDINAL_WORDS = re.compile(rf"(?:(?P<base>{ENGLISH})[ -](?:and )?)?(?P<rank>{_RANK})(?![\w])", re.IGNORECASE)
_PART = _one_of(list(WORDS["part"]))
_PARTS = re.compile(
    rf"(?P<above>{_NUMBER})[ \-‑](?P<below>(?:{_PART}s|half))\b(?! ?(?:century|year))"
    rf"|(?P<one>one)[ \-‑](?P<single>{_PART})\b|(?P<half>half)(?=\b(?! an? | (?:hour|day|year|month|dozen)))"
    rf"|(?P<article>{_PART})\b",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"(?i)(?<![a-z])a $")
_TWO_YEARS = re.compile(r"((?:19|20)\d\d)/(\d\d)(?![\d/])")
_SLASH = re.compile(r"(\d{1,2})/([2-9]|1[02]|20|100)(?![\d/.])")
_ONE_IN = re.compile(
    rf"(?P<above>{_NUMBER}) (?:in (?:every )?|out of (?:every )?)(?P<below>{_NUMBER}|hundred)\b"
    r"(?! ?(?:%|per|years|months))",
    re.IGNORECASE,
)
# doubled, twice as many, threefold
_MULTIPLE = re.compile(
    rf"(?P<word>{_one_of(list(WORDS['multiple']))})(?!\w)(?<!ice)"
    rf"|(?P<twice>twice|thrice)(?= (?:as|the|that)\b)"
    rf"|(?P<number>{_NUMBER})fold\b",
    re.IGNORECASE,
)
# half a year, half an hour, a quarter of a percentage point: a part of one unit
_AND_A_HALF = re.compile(r"\ban? (?P<unit>[a-z]+) and a half$")
_PART_OF_UNIT = re.compile(
    r"(?:half(?: an?\b)?|(?:(?P<above>one|two|three)[ -])?(?P<below>third|quarter)s? of an?)(?= [a-z])",
    re.IGNORECASE,
)


# What the forms of each language go on with after their first numeral; most numerals do not.
_MAY_BE_CHINESE = re.compile(
    rf"[第翻半]|对折|(?:\d+(?:\.\d+)?|[{HAN}]+)[又分成折半届中大季世年s'’一二三四五六七八九]"
)
_MAY_BE_ENGLISH = re.compile(rf"(?i)\D|[\d,]+(?:/\d|fold|st|nd|rd|th|[ \-‑](?:in|out|half|{_PART}))")


def is_fraction(text: str, at: int) -> bool:
    """Tell 2/3 from 24/7 and 9/11."""
    found = _SLASH.match(text, at)
    return found is not None and 0 < int(found[1]) < int(found[2])


def read_chinese_form(text: str, at: int) -> Figure | None:
    """Return the ordinal, share or decade in Chinese that begins at `at`."""
    if not _MAY_BE_CHINESE.match(text, at):
        return None
    if text[at] != "第":
        if found := _FRACTION.match(text, at):
            return _fraction(found)
        if found := _DISCOUNT.match(text, at):
            tenths = _value(found["tenths"]) * 10 + (_value(found["more"]) if found["more"] else 0.0)
            return Figure(at, found.end(), rounded(tenths), "percent", "%", form="han")
        if found := _TIMES.match(text, at):
            times = 2.0 ** _value(found["doublings"] or "1")
            return Figure(at, found.end(), times, "other", "times", form="han")
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
    if found["whole"]:
        return Figure(*found.span(), rounded(_value(found["whole"]) + above / below), form="han")
    unit = "%" if found["below"] == "百" else "fraction"
    return Figure(*found.span(), float(f"{above / below * 100:.12g}"), "percent", unit, form="han")


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
    value = number.value * 10 + more
    figure = Figure(found.start(), found.end(), value, "percent", "%", form="han", scale=10.0)
    if number.value2 == number.value2:
        figure.value2, figure.bound = number.value2 * 10, "range"
    return figure


def _half(text: str, found: re.Match[str]) -> Figure | None:
    if found.group() != "半":
        return Figure(*found.span(), 50.0, "percent", "fraction", form="han")
    if text.startswith("成", found.end()):
        return Figure(found.start(), found.end() + 1, 5.0, "percent", "%", form="han")
    after = unit_after(text, found.end())
    if after and after.unit.kind == "duration":
        unit = after.unit
        return Figure(found.start(), after.end, 0.5 * unit.factor, "duration", unit.name, form="han")
    return None


def _decade(found: re.Match[str]) -> Figure:
    century = _value(found["han_century"] or found["century"] or "20") - 1
    decade = _value(found["decade"] or found["short"] or found["han"] or "0")
    year = found["year"] or century * 100 + decade
    figure = dated(Date(found.start(), found.end(), int(year), None, None))
    figure.unit = "decade"
    return figure


def read_english_form(text: str, at: int) -> Figure | None:
    """Return the ordinal or share in English that begins at `at`."""
    if not _MAY_BE_ENGLISH.match(text, at):
        return None
    if found := _MULTIPLE.match(text, at):
        times = _count(found["number"]) if found["number"] else WORDS["multiple"][found.group().lower()]
        return Figure(at, found.end(), times, "other", "times", form="words")
    if found := _ORDINAL_DIGITS.match(text, at):
        return Figure(at, found.end(), float(found[1].replace(",", "")), "ordinal")
    if (found := _TWO_YEARS.match(text, at)) and int(found[2]) == (int(found[1]) + 1) % 100:
        first = Date(at, found.end(), int(found[1]), None, None)
        last = Date(at, found.end(), int(found[1]) + 1, None, None)
        return Figure(at, found.end(), kind="year", date=first, date2=last, bound="range", form="date")
    if (found := _SLASH.match(text, at)) and is_fraction(text, at):
        return _share(at, found.end(), float(found[1]), float(found[2]))
    if found := _ONE_IN.match(text, at):
        above, below = _count(found["above"]), _count(found["below"])
        if above < below <= 1000 and (
            above == 1 or below in (10, 100, 1000) or "out of" in found.group().lower()
        ):
            return _share(at, found.end(), above, below)
    if (found := _AND_A_HALF.search(text, max(0, at - 20), at + 4)) and (unit := LOWER.get(found["unit"])):
        return Figure(found.start(), found.end(), 1.5 * unit.factor, unit.kind, unit.name, form="words")
    if (found := _PART_OF_UNIT.match(text, at)) and (after := unit_after(text, found.end())):
        above = WORDS["unit"].get((found["above"] or "one").lower(), 1.0)
        value = rounded(after.unit.factor * above / WORDS["part"][(found["below"] or "half").lower()])
        return Figure(at, after.end, value, after.unit.kind, after.unit.name, form="words")
    if (found := _PARTS.match(text, at)) and (figure := _part(text, found)):
        return figure
    found = _ORDINAL_WORDS.match(text, at)
    if found and not (text.startswith(",", found.end()) and not text[max(0, at - 4) : at].strip(" 12345().")):
        value = _with_base(WORDS["ordinal"][found["rank"].lower()], found["base"])
        return Figure(at, found.end(), value, "ordinal", form="words") if value else None
    return None


def _with_base(rank: float, base: str | None) -> float:
    """Return 25 for twenty-fifth, 120 for hundred and twentieth, 500 for five hundredth; 0 for two second."""
    if not base:
        return rank
    before = parse_words(base.lower())[0]
    if rank >= 100:
        return before * rank
    return before + rank if before % (10 if rank < 10 else 100) == 0 else 0.0


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
    ends = re.match(r" of\b|[.,;:)]|$", text[end:]) is not None
    return ends or left_bound(text, start) is not None
