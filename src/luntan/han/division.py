"""Divide words of the engine that are several words in the People's Daily standard."""

from functools import cache, lru_cache

from luntan.han.classes import (
    DIGITS,
    class_of,
    function_words,
    is_han,
    single_words,
    surnames,
    words_of,
)
from luntan.han.engines import engine, known_words
from luntan.lexicons import read_fields, read_lexicon

# Before a measure word: 五|位, 几|项, 首|个; and the few that these go with: 上|个, 本|届.
COUNTERS = DIGITS | frozenset("几数多半首每")
PLACES, AFTER_PLACE = frozenset("本前上下"), frozenset("个届批轮")
NUMERAL = DIGITS | frozenset("第几数余多")
# Tags of jieba's dictionary that say a compound is no free combination: idioms, foreign names …
FIXED = frozenset({"i", "nrt", "c", "q", "o", "mq"})
# A long word is fixed too if it names a body, a place or a person.
FIXED_LONG = FIXED | {"nt", "ns", "nr"}
DIVIDED = "|"
MEMO = 100_000


class Memo(dict[str, str]):
    """The class of every word, found once; emptied when it has grown large."""

    def __missing__(self, word: str) -> str:
        if len(self) > MEMO:
            self.clear()
        several = is_han(word) and len(parts_of(word)) > 1
        self[word] = letter = DIVIDED if several else class_of(word)
        return letter


def divide(words: list[str]) -> tuple[list[str], str]:
    """Divide every word that is several; return the words and their classes, a letter each.

    >>> divide(["五位", "部长", "介绍", "公共服务"])
    (['五', '位', '部长', '介绍', '公共', '服务'], 'dfTCww')
    """
    classes = "".join(map(_classes().__getitem__, words))
    at = classes.find(DIVIDED)
    if at < 0:
        return words, classes
    divided, divided_classes, done = list[str](), list[str](), 0
    while at >= 0:
        here, classes_here = _parts(words[at])
        divided += words[done:at]
        divided += here
        divided_classes += classes[done:at], classes_here
        done = at + 1
        at = classes.find(DIVIDED, done)
    return divided + words[done:], "".join(divided_classes) + classes[done:]


@cache
def _classes() -> Memo:
    return Memo()


@lru_cache(maxsize=MEMO)
def _parts(word: str) -> tuple[tuple[str, ...], str]:
    parts = parts_of(word)
    return parts, "".join(map(class_of, parts))


def parts_of(word: str) -> tuple[str, ...]:
    """Return the words that a word of the engine is: 公共|服务, 五|位, 第二|场, 不|能."""
    if len(word) == 1 or word in _whole():
        return (word,)
    if word in _listed():
        return _listed()[word]
    if counted := _counted(word):
        return counted
    if not engine().tag(word):
        return (word,) if _is_likely(word) else tuple(word)
    return _parts_by_pattern(word) or _parts_of_compound(word)


def _counted(word: str) -> tuple[str, ...]:
    """Return the count and the measure that a word is: 六|位, 几十|家, 亿|美元, 本|届; else nothing."""
    measures = _measures()
    if word in measures:
        return ()
    for cut in range(1, len(word)):
        if (measure := word[cut:]) in measures:
            head = word[:cut]
            numeral = head in COUNTERS or (cut > 1 and NUMERAL.issuperset(head))
            if numeral or (head in PLACES and measure in AFTER_PLACE):
                return head, measure
    return ()


def _is_likely(word: str) -> bool:
    """Say whether a word that the engine guessed at is a name, or at least no run of single words."""
    if word[0] in surnames() and len(word) in (2, 3):
        return word[-1] not in (single_words() if len(word) == 2 else function_words())
    return function_words().isdisjoint(word) and not single_words().issuperset(word)


def _parts_by_pattern(word: str) -> tuple[str, ...]:
    """Divide 李|先生, 各|方面, 呈现|出 and 泰国|政府; else nothing."""
    if len(word) == 3 and word[0] in surnames() and _is_address(word[1:]):
        return word[0], word[1:]
    listed, tag, size = _listed(), engine().tag, len(word)
    for cut in range(1, size):
        starts = cut < size - 1 and f"{word[:cut]}*" in listed and tag(word[cut:])
        if starts or (cut > 1 and f"*{word[cut:]}" in listed and tag(word[:cut])):
            return *parts_of(word[:cut]), *parts_of(word[cut:])
    return ()


def _is_address(word: str) -> bool:
    return word in words_of("address_zh") or word in words_of("titles_zh")


def _parts_of_compound(word: str) -> tuple[str, ...]:
    """Divide a free combination of dictionary words: 公共|服务, 高新技术|企业."""
    tag = engine().tag
    doubled = len(word) == 4 and word[0] == word[1] and word[2] == word[3]
    if doubled or word.endswith("主义") or tag(word) in (FIXED if len(word) == 4 else FIXED_LONG):
        return (word,)
    for cut in range(len(word) - 2, 1, -1):
        if tag(word[:cut]) and tag(word[cut:]):
            return *parts_of(word[:cut]), *parts_of(word[cut:])
    return (word,)


@cache
def _whole() -> frozenset[str]:
    return frozenset(known_words() + read_lexicon("idioms_zh"))


@cache
def _listed() -> dict[str, tuple[str, ...]]:
    entries = (tuple(entry.split("|")) for entry in read_lexicon("divided_zh"))
    return {"".join(parts): parts for parts in entries}


@cache
def _measures() -> frozenset[str]:
    """Return the measure words of one character and the Chinese units."""
    measures = {word for word, *_ in read_fields("measure_words_zh") if len(word) == 1}
    units = (unit for surfaces, *_ in read_fields("units") for unit in surfaces.split("|"))
    return frozenset(measures | {unit for unit in units if is_han(unit) and unit[0] != "个"})
