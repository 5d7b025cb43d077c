"""Read one numeral: digits, Chinese numerals or English words, with its order of magnitude.

`read_numeral` looks at one place of a text and says which numeral begins there; it knows nothing
of units, bounds or dates. All patterns take what they match, so a scan stays linear.
"""

import re
from dataclasses import dataclass

from luntan.lexicons import read_fields

NAN = float("nan")
HAN_DIGITS = dict(
    zip(
        "〇零○一二两三四五六七八九壹贰叁肆伍陆柒捌玖",
        [0, 0, 0, 1, 2, *range(2, 10), *range(1, 10)],
        strict=True,
    )
)
HAN_SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
HAN_LARGE = {"万": 1e4, "萬": 1e4, "亿": 1e8, "億": 1e8}
MAGNITUDES = frozenset(HAN_SMALL | HAN_LARGE)
HAN_TENS = str.maketrans({"廿": "二十", "卅": "三十"})
HAN = "".join([*HAN_DIGITS, *HAN_SMALL, *HAN_LARGE, "廿卅"])
MANY = "多余來来"

WORDS: dict[str, dict[str, float]] = {
    group: {} for group in ("unit", "ten", "magnitude", "ordinal", "part", "multiple")
}
for _word, _group, _value in read_fields("number_words_en"):
    WORDS[_group][_word] = float(_value)
SHORT_MAGNITUDES = {"mn": 1e6, "bn": 1e9, "tn": 1e12, "mln": 1e6, "bln": 1e9, "k": 1e3, "m": 1e6, "b": 1e9}

_L, _D, _M = "".join(HAN_LARGE), "".join(HAN_DIGITS), "".join(HAN_SMALL)
_MAGNITUDE = f"(?:{'|'.join(WORDS['magnitude'])})"
# 1,234,567; 1,80,000; 19 346 before what it counts; .5
_DIGITS = (
    r"(?:(?:\d{1,3}(?:[,\u00a0\u202f]\d{3})+(?!\d)|\d{1,2}(?:,\d\d)+,\d{3}(?!\d)"
    r"|(?<![\d+] )[1-9]\d{0,2}(?: \d{3})+(?= ?[A-Za-z元美万亿人家个])|\d+)(?:[.．]\d+)?|\.\d+)"
)
_DIGITAL = re.compile(
    rf"(?P<digits>{_DIGITS})(?:(?P<han>[ \u00a0]?[{MANY}几]?[{_L}]+(?:\d{{1,4}}[{_M}{_L}]+)*"
    rf"|(?<!\d\d)(?<!\d\d\d)[{MANY}几]?[百千][{_L}]*(?:\d[{_M}]+)*)"
    rf"|[ \u00a0-]?(?P<word>(?:hundred|{_MAGNITUDE})s?(?: {_MAGNITUDE})?)\b"
    r"|[ 又](?P<above>\d{1,2})/(?P<below>[2-9]|1\d)(?![\d/.])"
    r"|[ ]?(?P<short>mn|bn|tn|mln|bln)\b|(?P<letter>[kmbKMB])(?![A-Za-z\d]))?",
    re.IGNORECASE,
)
_HAN = re.compile(rf"[数几]?[{HAN}]+(?:点[{_D}]+[{_L}]*)?几?[{_L}]*(?:[{MANY}][百千{_L}]+)?")
_VAGUE, _APART = re.compile(f"[{MANY}数几]"), re.compile(r"[, \u00a0\u202f]")
_TOKEN = re.compile(r"\d+(?:\.\d+)?|\D")


def _one_of(*groups: str) -> str:
    words = sorted((word for group in groups for word in WORDS[group]), key=len, reverse=True)
    return f"(?:{'|'.join(words)})"


_NINE = "(?:one|two|three|four|five|six|seven|eight|nine)"
_SMALL = rf"(?:{_one_of('ten')}(?:[ \-‑]{_NINE})?|{_one_of('unit')})"
_SECTION = rf"(?:{_SMALL}(?:[ -]hundred(?:(?: and)? {_SMALL})?)?|hundred(?:(?: and)? {_SMALL})?|zero)"
# two point five; three and a half, seven and two-thirds, but not "three and half of the rest"
_POINT = rf" point(?: (?:zero|{_NINE}))+"
_PART = rf" and (?:(?P<above>an?|one|two|three)[ -])?(?P<below>{_one_of('part')})s?\b(?! of\b)"
_ANY_PART = re.sub(r"\?P<\w+>", "?:", _PART)
ENGLISH = (
    rf"(?:{_SECTION}(?:{_POINT}|{_ANY_PART})?"
    rf"(?:(?:[ -]{_MAGNITUDE}s?)+(?:,?(?: and)? {_SECTION}(?![ -]?per))?)*"
    rf"|half an? {_MAGNITUDE}|{_MAGNITUDE})\b(?:{_ANY_PART})?"
)
_ENGLISH = re.compile(ENGLISH, re.IGNORECASE)
_FRACTION = re.compile(_PART)
_WORD = re.compile(r"[a-z]+")


@dataclass(slots=True)
class Numeral:
    """A numeral at `start:end` of a text: its value, or both ends when it is a range of itself."""

    start: int
    end: int
    value: float
    form: str  # digits, han or words
    value2: float = NAN
    bound: str = "exact"
    scale: float = 1.0
    letter: str = ""  # k, m or b, which only money makes a magnitude


def read_numeral(text: str, at: int) -> Numeral | None:
    """Return the numeral that begins at `at`, or None."""
    first = text[at]
    if first == "." or first.isdecimal():
        return _read_digits(text, at)
    if first in HAN or first in "数几":
        return _read_han(text, at)
    return _read_words(text, at) if first < "\u2e80" else None


def _read_digits(text: str, at: int) -> Numeral | None:
    found = _DIGITAL.match(text, at)
    if not found:
        return None
    number = _float(found["digits"])
    numeral = Numeral(at, found.end(), number, "digits")
    if found["han"]:
        tail = found["han"].strip()
        if tail[0] in MANY or tail[0] == "几":
            numeral.bound, tail = bound_of(tail[0]), tail[1:]
        value = parse_han(f"{number:f}{tail}" if number < 1e15 else "")
        if value is None:
            return Numeral(at, found.end("digits"), number, "digits")
        numeral.value, numeral.scale = rounded(value), rounded(value / number) if number else 1.0
    elif found["word"]:
        numeral.scale = parse_words(found["word"].lower())[0]
        numeral.value = rounded(number * numeral.scale)
    elif found["short"]:
        numeral.scale = SHORT_MAGNITUDES[found["short"].lower()]
        numeral.value = rounded(number * numeral.scale)
    elif found["above"]:
        numeral.value = rounded(number + float(found["above"]) / float(found["below"]))
    elif found["letter"]:
        numeral.letter, numeral.end = found["letter"].lower(), found.end("digits")
    return numeral


def bound_of(more: str) -> str:
    """Return what a word inside or behind a numeral says: 三十多 and 三十余 are more, 三十来 is about."""
    return "about" if "来" in more else "at_least" if more else "exact"


def _float(digits: str) -> float:
    return float(_APART.sub("", digits).replace("．", ".") if not digits.isdecimal() else digits)


def rounded(value: float) -> float:
    """Take off what binary arithmetic adds: 1.37 × 10¹² is 1370000000000, not …0000.0002."""
    return value if value.is_integer() and abs(value) < 1e13 else float(f"{value:.13g}")


def _read_han(text: str, at: int) -> Numeral | None:
    found = _HAN.match(text, at)
    if not found:
        return None
    run, bound = found.group(), "exact"
    bare = _VAGUE.sub("", run)
    if run[0] in "数几" and (len(run) < 2 or run[1] not in MAGNITUDES):
        return None
    if bare != run:
        bound = bound_of(run)
    value, value2 = parse_han(bare), NAN
    if value is None:
        value, value2 = _parse_pair(bare)
        bound = "range"
    if value != value:
        value, value2, bound = _parse_positional(bare), NAN, "exact"
    return Numeral(at, found.end(), value, "han", value2, bound)


def parse_han(run: str) -> float | None:
    """Return the value of a Chinese numeral, which may hold digits; None if it is not well formed.

    >>> parse_han("一百零六"), parse_han("1.37万亿"), parse_han("一万五"), parse_han("十四五")
    (106.0, 1370000000000.0, 15000.0, None)
    """
    run = run.translate(HAN_TENS)
    if "点" in run:
        return _parse_decimal(run)
    total = section = 0.0
    digit: float | None = None
    small, large, before = 1e4, 1e16, 0.0
    for token in _TOKEN.findall(run):
        multiple = HAN_SMALL.get(token) or HAN_LARGE.get(token)
        if multiple is None:
            if digit:
                return None
            digit = float(token) if token[0].isdecimal() else float(HAN_DIGITS.get(token, 0))
            before = 0.0 if digit == 0 or token[0].isdecimal() else before
        elif token in HAN_SMALL:
            if multiple >= small:
                return None
            section += (1.0 if digit is None or (digit == 0 and not section) else digit) * multiple
            small, digit, before = multiple, None, multiple
        else:
            value = section + (digit or 0.0)
            total = (
                (total + value) * multiple
                if total and multiple > large
                else total + (value or _one(total, run)) * multiple
            )
            section, digit, small, large, before = 0.0, None, 1e4, multiple, multiple
    if digit and before >= 100:
        digit *= before / 10
    return rounded(total + section + (digit or 0.0))


def _one(total: float, run: str) -> float:
    """Return the count before a bare 万 or 亿: one, unless a zero is written there."""
    return 0.0 if total or run[0] == "0" else 1.0


def _parse_decimal(run: str) -> float | None:
    whole, _, rest = run.partition("点")
    decimals = rest.rstrip("".join(HAN_LARGE))
    value = parse_han(whole)
    if value is None or not decimals:
        return value
    value = float(f"{value:.0f}." + "".join(str(HAN_DIGITS[char]) for char in decimals))
    for char in rest[len(decimals) :]:
        value *= HAN_LARGE[char]
    return rounded(value)


def _parse_pair(run: str) -> tuple[float, float]:
    """Return both ends of 三四十, 七八百万, 一两: two digits in a row name a range."""
    for at in range(len(run) - 1):
        low, high = HAN_DIGITS.get(run[at], 0), HAN_DIGITS.get(run[at + 1], 0)
        if low and (high == low + 1 or (low, high) == (3, 5)):
            values = parse_han(run[: at + 1] + run[at + 2 :]), parse_han(run[:at] + run[at + 1 :])
            if values[0] is not None and values[1] is not None and run.count(run[at]) == 1:
                return values[0], values[1]
    return NAN, NAN


def _parse_positional(run: str) -> float:
    """Return 2015 for 二〇一五; a row of digits that is neither is no numeral."""
    digits = [HAN_DIGITS.get(char, -1) for char in run]
    if len(run) < 2 or min(digits) < 0 or len(run) > 15:
        return NAN
    return float("".join(map(str, digits)))


def _read_words(text: str, at: int) -> Numeral | None:
    found = _ENGLISH.match(text, at)
    if not found:
        return None
    phrase = found.group().lower()
    value, scale = parse_words(phrase)
    return Numeral(at, found.end(), value, "words", scale=scale)


def parse_words(phrase: str) -> tuple[float, float]:
    """Return value and order of magnitude of an English number phrase.

    >>> parse_words("two hundred and five thousand"), parse_words("half a million")
    ((205000.0, 1000.0), (500000.0, 1000000.0))
    """
    total, section, scale, place = 0.0, 0.0, 1.0, 0.0
    fraction = 0.0
    if found := _FRACTION.search(phrase):
        fraction = WORDS["unit"].get(found["above"], 1.0) / WORDS["part"][found["below"]]
        phrase = _FRACTION.sub(" plus", phrase, count=1)
    words = _WORD.findall(phrase)
    if words[0] == "half":
        scale = WORDS["magnitude"][words[-1]]
        return scale / 2, scale
    for word in words:
        magnitude = WORDS["magnitude"].get(word) or WORDS["magnitude"].get(word.removesuffix("s"))
        if word == "point":
            place = 1.0
        elif word == "plus":
            section, total = section + fraction * bool(section), total + fraction * scale * (not section)
        elif word == "hundred":
            section = (section or 1.0) * 100
        elif magnitude:
            scale, place = magnitude, 0.0
            total, section = (total + section * scale if section else (total or 1.0) * scale), 0.0
        else:
            place /= 10
            section += (WORDS["unit"].get(word, 0.0) + WORDS["ten"].get(word, 0.0)) * (place or 1.0)
    return rounded(total + section), scale
