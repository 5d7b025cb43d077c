"""Numerals that are kept but not to be trusted: damaged ones, and numbers that only name."""

import re

from luntan.lexicons import read_lexicon
from luntan.measurement.dates import Date
from luntan.measurement.figure import Figure, dated
from luntan.measurement.forms import is_fraction

_SCORE = re.compile(r"(\d{1,3})[-–](\d{1,3})(?![.,]?\d|[%％A-Za-z万亿年月日-])")
# 2015In, 11The, 264of: a blank is lost before a function word.
_FUNCTION_WORDS = "|".join(word for word in read_lexicon("noun_ends_en") if len(word) > 1)
_GLUED = re.compile(
    rf"\d{{1,4}}(?=(?P<article>The)\b|(?i:{_FUNCTION_WORDS}|A(?= ))(?![A-Za-z\d]))(?!in\b)"
    r"|(?:19|20)\d\d(?=in\b)"
)
_SPLIT_ORDINAL = re.compile(r"(?P<left>\d{1,2})(?:st|nd|rd|th)(?P<right>\d)(?=\D|$)")
_BEFORE_LETTER = re.compile(r"\d+[A-Za-z]")
_SPLIT_MANY = re.compile(r"(?P<left>\d{1,3})(?: [A-Za-z]+){1,5}(?<=[a-z])(?P<right>0{1,4}|\d{1,3})Many\b")
_MANY = re.compile(r"(?P<number>\d+)Many\b")
# l00, 2O19, 1,2OO, 6l.5: letters that look like digits. "5l" may be litres unless a unit or a plural follows.
_CONFUSED = re.compile(
    r"(?=[\d.,]*[OolI])(?=[OolI.,]*\d)(?:[\dlI]|O(?=\.\d))(?:[\dOolI]|[.,](?=[\dOolI]))*"
    r"(?:[\dOoI]|(?<=\d)l(?=[%％\u4e00-\u9fff]| [a-z]+s\b))(?![A-Za-z\d])"
)
_LOOKS = str.maketrans("OolI", "0011")
# 二O二三年, 二0二三年: the letter or the digit stands for 〇.
_HAN_YEAR = re.compile(
    r"(?=[一二八九〇零]*[一二三四五六七八九〇零]*[Oo0])[一二][〇零九八Oo0][〇零一二三四五六七八九Oo0]{2}(?=年)"
)
_HAN_LOOKS = str.maketrans("Oo0", "〇〇〇")

_IDENTIFIER = re.compile(
    r"(?:\+\d{1,3}[- ])?(?:\d{3,4}[-—]\d{7,8}|\d{3}-\d{3,4}-\d{4}|1[3-9]\d-?\d{4}-?\d{4})(?!\d)"
    r"|(?<=\+)\d{1,3}(?: \d{1,4}){2,}|\d{1,4}(?: \d{2,4}){3,}(?! ?[A-Za-z元])"
    r"|\d+(?:\.\d+){2,}|\d{8,}(?![\d,.]*[\d万亿%％元家个名])|0\d+(?:[-/ ]\d+)*(?!\d|[.,]\d|[%％])"
    r"|(?:[5-9][05]|0[05])后"
    r"|(?!(?:1[5-9]|20)\d\d[-—])\d{4,5}(?:\.\d+)?[-—](?:19|20)\d\d(?!\d)|\d+(?:-\d+){2,}(?!\d)"
    r"|\d{1,2}/\d{1,2}(?:/\d{2,4})?(?![\d/]|\.\d)|\d+号(?:-\d+)?(?![召称角])|\d+(?=[A-Z]{2,}\d)"
)
_CLOCK = re.compile(
    r"\d{1,2}[:：]\d{2}(?!\d)(?::\d{2})?(?: ?[ap]\.?m\b\.?)?"
    r"|\d{1,2}(?:\.\d\d)? ?(?:[ap]\.m\.?|[ap]m\b|o['’]clock)"
    r"|\d{1,2}[时点](?:\d{1,2}分|半|整|许)?(?![间代多以左上下之])(?<![.\d]\d点)",
    re.IGNORECASE,
)


# What a number that names goes on with, or begins with; most numerals do neither.
_MAY_NAME = re.compile(r"0\d|\d{8}|\d+(?:\.\d+)?(?:\.\d|[-—–:：/号后时点]|[A-Z]{2}| ?[apoAPO]| \d)")


def read_damaged(text: str, at: int) -> Figure | None:
    """Return a numeral that machine translation or recognition has damaged, read with care and flagged."""
    if not ("Many" in text or _BEFORE_LETTER.match(text, at)):
        return None
    if found := _SPLIT_ORDINAL.match(text, at):
        value = float(found["left"] + found["right"])
        return Figure(at, found.end(), value, "ordinal", flag="corrupt_numeral")
    if found := _SPLIT_MANY.match(text, at):
        value = float(found["left"] + found["right"])
        return Figure(at, found.end(), value, bound="at_least", flag="corrupt_numeral")
    if found := _MANY.match(text, at):
        return Figure(at, found.end(), float(found["number"]), bound="at_least", flag="corrupt_numeral")
    if found := _GLUED.match(text, at):
        number = int(found.group())
        if 1500 <= number <= 2199:
            return dated(Date(at, found.end(), number, None, None, damaged=True))
        kind = "ordinal" if found["article"] else "count"
        return Figure(at, found.end(), float(number), kind, flag="corrupt_numeral")
    return None


def mended(text: str, at: int) -> str | None:
    """Return the text with the letters in the numeral at `at` read as the digits they look like, or None."""
    pattern, looks = (_HAN_YEAR, _HAN_LOOKS) if text[at] > "\u2e80" else (_CONFUSED, _LOOKS)
    found = pattern.match(text, at)
    return found and text[:at] + found.group().translate(looks) + text[found.end() :]


def _is_score(text: str, at: int) -> bool:
    """Tell the score 3-0 and the split 50-50 from the range 3-5."""
    found = _SCORE.match(text, at)
    return found is not None and int(found[1]) >= int(found[2])


def read_identifier(text: str, at: int) -> Figure | None:
    """Return a telephone, licence or version number or a clock time: kept, flagged, without value."""
    if not _MAY_NAME.match(text, at):
        return None
    if (found := _IDENTIFIER.match(text, at)) and not is_fraction(text, at):
        return Figure(at, found.end(), kind="other", flag="identifier")
    if _is_score(text, at) and (found := _SCORE.match(text, at)):
        return Figure(at, found.end(), kind="other", flag="identifier")
    if found := _CLOCK.match(text, at):
        return Figure(at, found.end(), kind="other", flag="clock")
    return None
