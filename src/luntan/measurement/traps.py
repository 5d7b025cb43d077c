"""Tell numerals that count nothing: parts of names and codes, idioms, list numbers."""

import re
from collections import defaultdict
from functools import cache, lru_cache

from luntan.lexicons import read_fields, read_lexicon
from luntan.measurement.figure import Figure
from luntan.measurement.numerals import HAN, MAGNITUDES, WORDS

_WORDS = "|".join(word for group in WORDS.values() for word in group)
_FIRST = re.compile(rf"[第半数{HAN}]|\d|\b(?:{_WORDS})\b")
_LIST_NUMBER = re.compile(
    rf"\s*(?:[（(]?(?:\d{{1,2}}|[{HAN}]{{1,3}})[）)]|\d{{1,2}}[.．](?!\d)(?=\s|[\u4e00-\u9fff])"
    rf"|(?:\d{{1,2}}|[{HAN}]{{1,3}})、)"
)
_URL = re.compile(
    r"(?:https?://|www\.|doi: ?)[^\s\u3000-\u9fff，。]+|[\w.+-]+@[\w-]+\.[\w.]+"
    r"|\[\d+(?:[,–-]\d+)*\]|[〔［]\d{4}[〕］](?:第?\d+号)?"
)
_NAMES_BEFORE = frozenset("mid pre post late early non ex".split())
_LATIN_WORD = re.compile(r"(?P<word>[A-Za-z][\w&.+'’-]*)[ \u00a0]$")
_NEXT_WORD = re.compile(r"[ \u00a0](?P<word>[A-Za-z][\w'’-]*)")
_STOPS = frozenset(read_lexicon("noun_ends_en"))
# After one of these characters a Chinese text states a number; after a name it numbers a model (型号990).
_STATES = frozenset(
    "为达到至有共计增减仅对过在自从于是比及和与或前后近约超逾每按将用由以除了的约达剩余升降出入上下月年日号时占含获建设成率值比数量额度价积速均"
)


def _numbered(side: str, *, han: bool) -> str:
    words = [
        word for word, given in read_fields("numbered_names") if given == side and (word > "\u2e80") == han
    ]
    return "|".join(map(re.escape, words))


_BEFORE_NUMBER = re.compile(
    rf"(?i)\b(?:{_numbered('before', han=False)})[ \u00a0]?$"
    rf"|(?:{_numbered('before', han=True)})[为是]?[:： ]?$"
)
_AFTER_NUMBER = re.compile(
    rf"[ \u00a0](?:{_numbered('after', han=False).title()})\b|(?:{_numbered('after', han=True)})"
)
# ranked No. 3, No. 3 in exports; but Circular No. 3
_RANK_NUMBER = re.compile(
    r"(?:(?P<ranks>rank\w*|placed|position|came|was|is|the)|[a-z,]+|^) ?(?:[Nn]o\. ?|[Nn]umber |#)$"
)
_RANKED_IN = re.compile(
    r" (?:in|among|worldwide|globally|nationwide|nationally|spot|position|exporter|producer)\b"
)
_QUOTES = {"“": "”", "「": "」", '"': '"', "‘": "’", "『": "』"}


@cache
def _phrases() -> dict[str, list[str]]:
    """Return, by the first character of the numeral in them, patterns of the phrases around that place."""
    table: dict[str, list[str]] = defaultdict(list)
    for phrase in map(str.lower, read_lexicon("not_quantities")):
        for found in _FIRST.finditer(phrase):
            before, after = re.escape(phrase[: found.start()]), re.escape(phrase[found.start() :])
            alone = rf"(?<![A-Za-z0-9]{before}){after}(?![A-Za-z0-9])" if phrase.isascii() else after
            table[found.group()[0]].append(f"(?<={before}){alone}" if before else alone)
    return table


@lru_cache(maxsize=100)
def _phrase(first: str) -> re.Pattern[str]:
    patterns = _phrases().get(first) or ["(?!)"]
    return re.compile("|".join(patterns), re.IGNORECASE if first.isascii() else 0)


def idiom_end(text: str, at: int) -> int:
    """Return where the idiom around the numeral at `at` ends, or -1."""
    found = _phrase(text[at].lower()).match(text, at)
    return found.end() if found else -1


def closed_spans(text: str) -> list[tuple[int, int]]:
    """Return the list number at the start, addresses and note marks: no figure is read there."""
    spans = [found.span() for found in _URL.finditer(text)] if _may_hold_address(text) else []
    number = _LIST_NUMBER.match(text)
    if number and not text.startswith(("%", "％"), number.end()):
        spans.insert(0, number.span())
    return spans


def _may_hold_address(text: str) -> bool:
    return (
        "://" in text
        or "doi:" in text
        or "www." in text
        or "@" in text
        or "[" in text
        or "〔" in text
        or "［" in text
    )


def is_glued(text: str, start: int, end: int) -> bool:
    """Tell whether a digit numeral is part of a name or code: COVID-19, PM2.5, 5G, iPhone12."""
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    if _is_letter(after) or (after in "-‑" and after and text[end + 1 : end + 2].isupper()):
        return True
    if _is_letter(before) or before == "_":
        return text[max(0, start - 2) : start] != "FY"
    if after == "+" and text[end + 1 : end + 2].isalnum() and text[end + 1].isascii():
        return True
    if (
        before in ("/", ".", "+", "·")
        and start > 1
        and text[start - 2].isalnum()
        and text[start - 2].isascii()
    ):
        return True
    if before in ("-", "‑", "–") and start > 1 and _is_letter(text[start - 2]):
        word = re.search(r"[A-Za-z]+$", text[max(0, start - 8) : start - 1])
        return word is None or word.group().lower() not in _NAMES_BEFORE
    return False


def _is_letter(char: str) -> bool:
    return char.isascii() and char.isalpha()


def is_quoted(text: str, figure: Figure) -> bool:
    """Tell whether quotation marks hold the numeral alone: “714”, "863"."""
    mark = _QUOTES.get(text[figure.head - 1 : figure.head]) if figure.head else None
    return mark is not None and text.startswith(mark, figure.end)


def is_model(text: str, figure: Figure, lang: str) -> bool:
    """Tell the number of a model or a version: Mate 30, Big 12, 型号990."""
    if figure.form == "digits" and figure.end > figure.start and _AFTER_NUMBER.match(text, figure.end):
        return True
    if not figure.is_bare or figure.form != "digits" or figure.bound != "exact" or figure.scale != 1:
        return False
    if "," in text[figure.start : figure.end]:
        return False
    before = text[max(0, figure.start - 24) : figure.start]
    if _BEFORE_NUMBER.search(before):
        return True
    if found := _LATIN_WORD.search(before):
        return _numbers_a_name(text, figure, found["word"], lang)
    if text.startswith((")", "）"), figure.end) and before.endswith(("(", "（")):
        return True
    last = before.rstrip(" \u00a0")[-1:]
    if figure.value >= 10000:
        return False
    return "\u4e00" <= last <= "\u9fff" and last not in _STATES


def _numbers_a_name(text: str, figure: Figure, word: str, lang: str) -> bool:
    if word.lower() == "top" or not any(char.isupper() for char in word):
        return False
    if word.lower() in _STOPS and not (word.isupper() and len(word) > 1):
        return False
    after = _NEXT_WORD.match(text, figure.end)
    return (
        lang != "en"
        or after is None
        or not after["word"][0].islower()
        or not after["word"].endswith(("s", "people"))
    )


def is_rank(text: str, figure: Figure) -> bool:
    """Tell the rank in "ranked No. 3" and "No. 3 in exports" from the number of a paper or a room."""
    if not figure.is_bare or figure.form == "han":
        return False
    before = text[max(0, figure.start - 24) : figure.start]
    found = _RANK_NUMBER.search(before) if before.endswith(("o.", "o. ", "umber ", "#")) else None
    return found is not None and bool(found["ranks"] or _RANKED_IN.match(text, figure.end))


def is_base(text: str, figure: Figure) -> bool:
    """Tell the base of a rate, which counts nothing by itself: 每万人口."""
    return figure.start > 0 and text[figure.start - 1] == "每" and text[figure.start] in MAGNITUDES


# 全球前三: a bare number that says how many lead
_TOP = re.compile(rf"[国省市球界业内区]前[{HAN}](?=[，。；、的名强位]|$)")


def is_loose_han(text: str, figure: Figure) -> bool:
    """Tell Chinese characters of number that stand for nothing counted: 三农, 四川, 百姓, 一种."""
    if figure.form != "han" or figure.kind != "count" or figure.head < figure.start:
        return False
    run = text[figure.start : figure.end]
    if figure.value < 0 or "又" in run or _TOP.search(text[max(0, figure.start - 3) : figure.end + 2]):
        return False
    if "点" in run:
        return text.startswith(("刻", "分"), figure.end)
    if run[0] == "一" and len(run) == 1:
        return True
    held = bool(figure.unit) or figure.bound not in ("exact", "range")
    if len(run) == 1 and run in MAGNITUDES and run != "十":
        return figure.bound == "exact" and figure.kind == "count" and figure.unit not in ("名", "级")
    if len(run) <= 2 or MAGNITUDES.issuperset(run):
        return not held
    return MAGNITUDES.isdisjoint(run)


def is_capital_name(text: str, figure: Figure) -> bool:
    """Tell an English number word inside a name: Two Rivers Bank, Four Dimensions."""
    if figure.form != "words" or figure.kind != "count" or not text[figure.start].isupper():
        return False
    after = _NEXT_WORD.match(text, figure.end)
    before = _LATIN_WORD.search(text[max(0, figure.start - 24) : figure.start])
    if before and before["word"].istitle() and before["word"].lower() not in _STOPS:
        return True
    if after is None or not after["word"][0].isupper():
        return False
    opens_sentence = not text[max(0, figure.start - 9) : figure.start].strip()
    return not opens_sentence or text.startswith("One", figure.start)


def is_pronoun(text: str, figure: Figure) -> bool:
    """Tell the pronoun one, which counts nothing, from "one firm" and "one year"."""
    if text[figure.start : figure.end].lower() != "one" or not figure.is_bare:
        return False
    after = _NEXT_WORD.match(text, figure.end)
    return after is None or after["word"].lower() in _STOPS or not after["word"].isalpha()
