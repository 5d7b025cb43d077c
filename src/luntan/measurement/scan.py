"""Find the figures of one sentence: a trigger scan, then one reading where a numeral can begin."""

import re
from itertools import pairwise

from luntan.lexicons import any_of
from luntan.measurement.bounds import bare_bound, is_limit, left_bound, right_bound, spans_time, times_bound
from luntan.measurement.dates import MONTH, MONTHS, Date, read_date
from luntan.measurement.figure import Figure, dated, last_before
from luntan.measurement.flagged import mended, read_damaged, read_identifier
from luntan.measurement.forms import read_chinese_form, read_english_form
from luntan.measurement.nouns import ends_phrase, is_plural
from luntan.measurement.numerals import (
    HAN,
    MAGNITUDES,
    SHORT_MAGNITUDES,
    WORDS,
    Numeral,
    bound_of,
    read_numeral,
    rounded,
)
from luntan.measurement.ranges import join_parts, join_ranges
from luntan.measurement.traps import (
    closed_spans,
    idiom_end,
    is_base,
    is_capital_name,
    is_glued,
    is_loose_han,
    is_model,
    is_pronoun,
    is_quoted,
    is_rank,
)
from luntan.measurement.units import MEASURE, NOUNS, PER, After, sign_before, unit_after

_WORDS = {word for group in WORDS.values() for word in group} | {"zero"}
_SIGNS = rf"\d第半数几翻对{HAN}"
# All that a numeral in signs can begin with is in the first set, so a search runs through the rest at once.
_SIGN = re.compile(
    rf"[.lIO{_SIGNS}](?:(?<=[{_SIGNS}])|(?<=\.)(?=\d)(?<![^\s(（$€£¥]\.)"
    r"|(?<=[lIO])(?=[,.]?[\dOo]*\d)(?<![A-Za-z\d].))"
)
_SIGN_OR_WORD = re.compile(rf"{_SIGN.pattern}|\b(?:(?i:{any_of(_WORDS)})(?:fold)?s?|{MONTH})\b")
# Few sentences hold such a word; whether one does is found out in a fraction of the time that places take.
_NUMBER_WORDS = frozenset(word + end for word in _WORDS | set(MONTHS) for end in ("", "s", "fold", "folds"))
_LETTERS = re.compile("[a-z]+")
# Digits behind which nothing stands that could make them more than a numeral.
_PLAIN = re.compile(
    r"[1-9]\d{0,6}(?:,\d{3})*(?:\.\d+)?"
    r"(?![\d.,/\-‑–—:：\sA-Za-z'’年月日号时点后分又成折届中大季世半一二三四五六七八九])"
)
_YEAR_CUE = re.compile(
    r"(?:\b(?i:in|by|since|until|till|during|year|of|from|fiscal|early|late|mid|before|after)|[（(])"
    r"[ \u00a0-]?$"
)
_AGED = re.compile(r"\b(?:[Aa]ged|[Aa]ges|age of) $")
_RANK = re.compile(
    r"(?:\b(?i:rank|ranks|ranked|ranking|placed|came|finished)(?: (?:in|as|at|the|joint))* "
    r"|(?:排名|排行|位居|位列|名列|排在|居|列|排)[\u4e00-\u9fff]{0,4})$"
)
_RANK_TOO = re.compile(r" (?:in|by|for|among|on)\b|[,.]")  # ranks sixth in output, fourth by exports
_OF_YEAR = re.compile(r" (?:levels|prices|figures|terms|elections|results|data)\b")
_NEXT_WORDS = re.compile(r"[ \u00a0-]([a-z][\w'-]*)(?: ([a-z]+))?")
_NEGATIVE = re.compile(
    r"(?:(?:^|(?<=[\s（(：:，,\u4e00-\u9fff])(?<![年月日号]))[-−－]|负|零下|\b(?i:minus|negative) )$"
)
_NEGATIVE_ENDS = frozenset("-−－负下sSeE")


def find_figures(text: str, lang: str) -> list[Figure]:
    """Return the figures of a sentence in order, the flagged ones included."""
    figures: list[Figure] = []
    has_word = not _NUMBER_WORDS.isdisjoint(_LETTERS.findall(text.lower()))
    triggers = list((_SIGN_OR_WORD if has_word else _SIGN).finditer(text))
    if not triggers:
        return figures
    closed = closed_spans(text)[::-1]
    at = 0
    for trigger in triggers:
        start = trigger.start()
        if start < at:
            continue
        while closed and closed[-1][1] <= start:
            closed.pop()
        if closed and closed[-1][0] <= start:
            at = closed[-1][1]
            continue
        figure, at = _read_at(text, start, lang)
        if figure:
            figures.append(figure)
    tail = -1
    for figure in figures:
        _take_sign(text, figure, tail)
        tail = figure.tail
    figures = join_ranges(text, join_parts(text, figures))
    for figure in figures:
        if figure.is_bare and _AGED.search(text, max(0, figure.start - 9), figure.start):
            figure.kind, figure.unit = "other", "year of age"
        _bound(text, figure)
    kept = [figure for figure in figures if _keep(text, figure, lang)]
    for before, figure in pairwise(kept):
        if before.unit == "rank" and figure.kind == "ordinal" and _RANK_TOO.match(text, figure.end):
            figure.unit = figure.unit or "rank"
    return kept


def _read_at(text: str, at: int, lang: str) -> tuple[Figure | None, int]:
    """Return the figure that begins at `at`, if one does, and where the scan goes on."""
    if text[at].isdecimal() or text[at] in ".lI" or (text[at] == "O" and text[at + 1] in ".,0123456789Oo"):
        return _read_digits(text, at, lang)
    if text[at] in "一二" and text[at + 1 : at + 3].strip("〇零") and (clean := mended(text, at)):
        figure, end = _read_at(clean, at, lang)
        if figure:
            figure.flag = "corrupt_numeral"
        return figure, end
    if (end := idiom_end(text, at)) > at and not text.startswith("分之", at + 1):
        return None, end
    if figure := read_chinese_form(text, at) if text[at] > "\u2e80" else None:
        return figure, max(figure.end, at + 1)
    if date := read_date(text, at):
        return dated(date), date.end
    if text[at] < "\u2e80" and (figure := read_english_form(text, at)):
        return figure, figure.end
    numeral = read_numeral(text, at)
    if numeral is None:
        return None, max(at + 1, _word_end(text, at))
    if numeral.value != numeral.value:
        return None, numeral.end
    figure = _with_unit(text, numeral)
    return figure, figure.tail


def _read_digits(text: str, at: int, lang: str) -> tuple[Figure | None, int]:
    if not _PLAIN.match(text, at) and (read := _read_form(text, at, lang)):
        return read
    numeral = read_numeral(text, at)
    if numeral is None:
        return None, at + 1
    figure = _with_unit(text, numeral)
    if figure.end == numeral.end and is_glued(text, figure.start, figure.end):
        return None, max(numeral.end, _word_end(text, numeral.end))
    if (
        figure.start == numeral.start
        and figure.start
        and text[at - 1].isascii()
        and is_glued(text, at, len(text))
    ):
        return None, figure.end
    return _year(text, figure, lang), figure.tail


def _read_form(text: str, at: int, lang: str) -> tuple[Figure | None, int] | None:
    """Return what the digits at `at` are if they are no plain numeral: damaged, a date, a name, a form."""
    if not (at and text[at - 1].isascii() and text[at - 1].isalnum()):
        if figure := read_damaged(text, at):
            return figure, figure.end
        if (clean := mended(text, at)) and (figure := _read_digits(clean, at, lang)[0]):
            figure.flag = "corrupt_numeral"
            return figure, figure.end
    if text[at] in "lIO":
        return None, at + 1
    if date := read_date(text, at):
        return dated(date), date.end
    if figure := read_identifier(text, at):
        return figure, figure.end
    if figure := read_chinese_form(text, at) or read_english_form(text, at):
        return figure, max(figure.end, at + 1)
    return None


def _word_end(text: str, at: int) -> int:
    end = at
    while end < len(text) and text[end].isascii() and text[end].isalnum():
        end += 1
    return end


def _with_unit(text: str, numeral: Numeral) -> Figure:
    """Return the figure of a numeral, with the currency sign before it and the unit after it."""
    figure = Figure(
        numeral.start, numeral.end, numeral.value, bound=numeral.bound, value2=numeral.value2,
        form=numeral.form, scale=numeral.scale,
    )  # fmt: skip
    sign = sign_before(text, figure.start)
    if numeral.letter:
        after = unit_after(text, numeral.end + 1)
        if sign or (after and after.unit.kind == "money") or is_followed_by_plural(text, numeral.end + 1):
            figure.scale, figure.end = SHORT_MAGNITUDES[numeral.letter], numeral.end + 1
            figure.value = rounded(figure.value * figure.scale)
    if sign:
        figure.kind, figure.unit, figure.start = "money", sign[0].name, sign[1]
    if unit := unit_after(text, figure.end):
        _take_unit(figure, unit)
        if per := PER.match(text, figure.end):
            figure.tail = per.end()
    elif (measure := MEASURE.match(text, figure.end)) and not _is_year_before(
        text, figure, measure["measure"]
    ):
        figure.unit = measure["measure"]
        figure.bound = bound_of(measure["more"] or "") if figure.bound == "exact" else figure.bound
        figure.tail = measure.end()
    figure.head = figure.start
    figure.tail = max(figure.tail, figure.end)
    return figure


def _take_sign(text: str, figure: Figure, tail: int) -> None:
    """Give the figure the minus before it: -3.2%, 零下五度, minus two per cent."""
    if figure.date or figure.flag:
        return
    if last_before(text, figure.start) not in _NEGATIVE_ENDS:
        return
    found = _NEGATIVE.search(text, max(0, figure.start - 9), figure.start)
    if not found:
        return
    if found.group() in "-−－" and (figure.form != "digits" or found.start() == tail):
        return
    figure.value = -figure.value
    figure.start = figure.head = found.start()


def _is_year_before(text: str, figure: Figure, measure: str) -> bool:
    """Tell the year in 2022企业家论坛 from the count in 三省."""
    return measure in NOUNS and figure.form == "digits" and len(text[figure.start : figure.end]) == 4


def _take_unit(figure: Figure, after: After) -> None:
    kind, name, factor = after.unit
    if figure.kind == "money" and kind != "money":
        return
    figure.kind, figure.unit, figure.end = kind, name, after.end
    figure.value = rounded((figure.value + after.half / 2) * factor)
    figure.value2 = rounded(figure.value2 * factor)
    if figure.bound == "exact":
        figure.bound = after.bound


def _year(text: str, figure: Figure, lang: str) -> Figure:
    """Read a bare number from 1500 to 2199 as a year, unless the words around it count something."""
    digits = text[figure.start : figure.end]
    if not figure.is_bare or len(digits) != 4 or not digits.isdecimal() or not 1500 <= figure.value <= 2199:
        return figure
    before = text[max(0, figure.start - 12) : figure.start]
    plural = is_followed_by_plural(text, figure.end) and not _OF_YEAR.match(text, figure.end)
    counts = plural or left_bound(text, figure.start) is not None
    cue = _YEAR_CUE.search(before)
    if lang == "en" and counts and not (cue and cue.group().lower().rstrip(" -") not in ("of", "from")):
        return figure
    return dated(Date(figure.start, figure.end, int(digits), None, None))


def is_followed_by_plural(text: str, at: int) -> bool:
    """Tell whether the words after a number are what it counts: 2000 firms, 2000 small firms."""
    found = _NEXT_WORDS.match(text, at)
    first, second = found.groups() if found else ("", "")
    return bool(first) and (is_plural(first) or bool(second and is_plural(second) and not ends_phrase(first)))


def _bound(text: str, figure: Figure) -> None:
    """Give the figure the bound of the cues that touch it."""
    if figure.kind == "ordinal" or figure.flag in ("identifier", "clock"):
        return
    left, right = left_bound(text, figure.head), right_bound(text, figure.tail)
    if right is None and figure.tail != figure.end:
        right = right_bound(text, figure.end)
    if figure.kind == "duration" and left and spans_time(text, left[1], figure.head):
        left = None
    if figure.unit == "times" and left is None:
        left = times_bound(text, figure.head)
    if right and text[right[1] - 1] == "内" and not is_limit(text, figure, right[1]):
        right = None
    if left is None and text[figure.start] in MAGNITUDES and bare_bound(text, figure.head):
        left = ("at_least", figure.head - 1)
    bound = left[0] if left and left[0] != "exact" else right[0] if right else "exact"
    if left:
        figure.head = left[1]
    if right:
        figure.tail = max(figure.tail, right[1])
    if figure.date:
        bound = bound if bound == "about" else "exact"
    if figure.bound == "exact":
        figure.bound = bound


def _keep(text: str, figure: Figure, lang: str) -> bool:
    """Tell whether the figure is a row; flag what is only kept to be seen."""
    if figure.flag:
        return True
    if is_rank(text, figure):
        figure.kind, figure.unit = "ordinal", "rank"
    elif figure.kind == "ordinal" and _RANK.search(text[max(0, figure.head - 16) : figure.head]):
        figure.unit = "rank"
    if (
        is_base(text, figure)
        or is_loose_han(text, figure)
        or is_capital_name(text, figure)
        or is_pronoun(text, figure)
    ):
        return False
    if figure.is_bare and is_quoted(text, figure):
        return False
    if is_model(text, figure, lang):
        figure.flag = "identifier"
    return True
