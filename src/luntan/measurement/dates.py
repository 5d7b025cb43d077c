"""Read one date or year, in Chinese or English; unknown parts are XX, and no year is ever guessed."""

import re
from dataclasses import dataclass

from luntan.measurement.numerals import HAN_DIGITS, parse_han

MONTHS = {
    name: number
    for number, names in enumerate(
        "january jan|february feb|march mar|april apr|may|june jun|july jul|august aug|"
        "september sept sep|october oct|november nov|december dec".split("|"),
        start=1,
    )
    for name in names.split()
}
# Written with a capital: "3 may be" holds no month.
MONTH = (
    "(?:" + "|".join(f"{name.title()}|{name.upper()}" for name in sorted(MONTHS, key=len, reverse=True)) + ")"
)
_B = "[ \u00a0]?"
_DAY = rf"(?:{_B}(?P<day>\d{{1,2}}|[一二三四五六七八九十廿]{{1,3}}){_B}(?:日|号))?"
_CHINESE = (
    re.compile(
        rf"(?P<year>\d{{4}}|[〇零○一二三四五六七八九]{{4}}){_B}年(?:(?<=19\d\d年)|(?<=20\d\d年)|(?!度?前))(?!多|余|龄)"
        rf"(?:{_B}(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]){_B}月{_DAY})?(?![数几]?\d*十?周年)"
    ),
    re.compile(rf"(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]){_B}月(?![球光亮饼薪票]){_DAY}"),
    re.compile(rf"(?P<day>3[01]|[12]\d|0?[1-9]){_B}日(?![元本均语报内圆美韩欧常产耗益])"),
)
_ENGLISH = (
    re.compile(
        rf"(?P<month>{MONTH})\b\.?[ \u00a0](?P<day>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\w%])"
        r"(?![,.]\d\d\d(?!\d))"
        r"(?:,?[ \u00a0]?(?P<year>(?:19|20)\d\d)(?!\d))?"
    ),
    re.compile(rf"(?P<month>{MONTH})\b\.?,?[ \u00a0](?:of )?(?P<year>(?:1[5-9]|20)\d\d)(?![\d%])"),
    re.compile(
        rf"(?P<day>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?[ \u00a0-](?:of )?(?P<month>{MONTH})\b(?!\w)"
        r"\.?(?:,?[ \u00a0-](?P<year>(?:19|20)\d\d)(?!\d))?"
    ),
)
# A month alone needs a word before it that speaks of time, or a full name that is no person's: "June Wu".
_LONE = re.compile(rf"(?P<month>{MONTH})\b\.?(?! [A-Z][a-z])(?!-[a-z])")
_PLAIN_MONTHS = ("January", "February", "July", "September", "October", "November", "December")
_TO_MONTH = re.compile(rf"(?: to |[-–—]){MONTH}\b")
_BEFORE_MONTH = re.compile(
    r"(?i)(?:\b(?:in|since|by|until|till|from|to|through|of|between|and|before|after|during|for|last|next|this|early"
    r"|mid|late|each|every|ends?|ending|ended)[ -]|[-–—])$"
)
_SLASHED = (
    re.compile(r"(?P<day>3[01]|2\d|1[3-9])/(?P<month>1[0-2]|0?[1-9])/(?P<year>(?:19|20)\d\d)(?!\d)"),
    re.compile(r"(?P<month>1[0-2]|0?[1-9])/(?P<day>3[01]|2\d|1[3-9])/(?P<year>(?:19|20)\d\d)(?!\d)"),
)
_ISO = re.compile(
    r"(?P<year>(?:19|20)\d\d)(?P<mark>[-/.])(?P<month>1[0-2]|0?[1-9])(?P=mark)(?P<day>3[01]|[12]\d|0?[1-9])(?!\d)"
)
# "10Month 22Day", as machine translation leaves 10月22日.
_MONTH_DAY = r"(?P<month>1[0-2]|0?[1-9]) ?Month(?: ?(?P<day>3[01]|[12]\d|0?[1-9]) ?Day)?\b"
_DAMAGED = re.compile(rf"(?P<year>(?:19|20)\d\d)Year\b(?: ?{_MONTH_DAY})?")
_DAMAGED_DAY = re.compile(rf"(?=\d+(?:Month| Month ?\d+ ?Day)\b){_MONTH_DAY}")


# Each date in digits goes on so after its first digits; most numerals do not.
_GOES_ON = re.compile(
    rf"\d{{1,4}}(?:{_B}[年月日]|[-/.]\d|Year| ?Month|(?:st|nd|rd|th)?[ \u00a0-](?:of )?{MONTH})"
)
_IN_DIGITS = (*_CHINESE, _ISO, *_SLASHED, _DAMAGED, _DAMAGED_DAY, _ENGLISH[2])
_IN_LETTERS = (*_ENGLISH[:2], _LONE)


@dataclass(slots=True)
class Date:
    """A date at `start:end`: year, month and day, None where not stated."""

    start: int
    end: int
    year: int | None
    month: int | None
    day: int | None
    damaged: bool = False

    def iso(self) -> str:
        """Return ISO text, XX for what is not stated."""
        year = f"{self.year:04d}" if self.year else "XXXX"
        if self.month is None and self.day is None:
            return year
        month = f"-{self.month:02d}" if self.month else "-XX"
        return year + month + (f"-{self.day:02d}" if self.day else "")


def read_date(text: str, at: int) -> Date | None:
    """Return the date that begins at `at`, or None.

    >>> read_date("2021年7月27日", 0).iso(), read_date("Sept. 3", 0).iso()
    ('2021-07-27', 'XXXX-09-03')
    """
    if not text[at].isdecimal():
        patterns: tuple[re.Pattern[str], ...] = _IN_LETTERS if text[at] < "\u2e80" else _CHINESE[:2]
    elif _GOES_ON.match(text, at):
        patterns = _IN_DIGITS
    else:
        return None
    for pattern in patterns:
        found = pattern.match(text, at)
        if found and pattern is _LONE and not _is_month(text, found):
            continue
        if found and not _is_duration(text, found, pattern):
            parts = found.groupdict()
            year, day = _number(parts.get("year")), _number(parts.get("day"))
            if day is not None and not 1 <= day <= 31:
                continue
            damaged = pattern in (_DAMAGED, _DAMAGED_DAY)
            return Date(at, found.end(), year, _month(parts.get("month")), day, damaged)
    return None


def _is_month(text: str, found: re.Match[str]) -> bool:
    """Tell a month alone from a name: "in May", "October's", "April to June"; but "June Wu", "March on"."""
    return found["month"] in _PLAIN_MONTHS or bool(
        _BEFORE_MONTH.search(text[max(0, found.start() - 9) : found.start()])
        or _TO_MONTH.match(text, found.end())
    )


def _is_duration(text: str, found: re.Match[str], pattern: re.Pattern[str]) -> bool:
    """Tell 5000年 and 2000年历史 from the year 2000."""
    if pattern is not _CHINESE[0]:
        return found.start() > 0 and text[found.start() - 1].isdecimal()
    year = _number(found["year"]) or 0
    return not 1000 <= year <= 2199 or (
        not found["month"] and text.startswith(("历史", "的历史"), found.end())
    )


def _number(digits: str | None) -> int | None:
    if not digits:
        return None
    if digits.isdecimal():
        return int(digits)
    if all(char in HAN_DIGITS for char in digits) and len(digits) == 4:
        return int("".join(str(HAN_DIGITS[char]) for char in digits))
    value = parse_han(digits.replace("廿", "二十"))
    return int(value) if value else 0


def _month(name: str | None) -> int | None:
    return MONTHS.get(name.lower()) or _number(name) if name else None
