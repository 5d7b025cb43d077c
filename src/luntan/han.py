"""Cut a run of Han characters into words: the engine's cut, mended where the written standard differs.

The engine (rjieba, or jieba) follows its dictionary, which has many compounds that the People's Daily
standard divides and hardly any personal names. Three rules mend that: compounds of two words are divided,
suffixes joined to their word, and the parts of a name put together where a title or a reporting
word shows that it is one.
"""

import warnings
from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

from luntan.lexicons import read_fields, read_lexicon

# Single characters before a measure word: 五|位, 多|项, 本|届.
COUNTERS = frozenset("一二三四五六七八九十两几多数每首本前上下")
SUFFIXES = frozenset("化业率性链")
# Tags of jieba's dictionary that say a compound is no free combination: idioms, names of bodies.
FIXED = frozenset({"i", "nt"})


class Engine(NamedTuple):
    """What is asked of a segmenter: a cut of a run, and the tag of a dictionary word, else ''."""

    cut: Callable[[str], list[str]]
    tag: Callable[[str], str]


def cut_han(run: str) -> list[str]:
    """Return the words of a run of Han characters; joined, they are the run again.

    >>> cut_han("民政部部长李子木介绍公共服务")
    ['民政部', '部长', '李子木', '介绍', '公共', '服务']
    """
    words = [part for word in engine().cut(run) for part in _divide(word)]
    return _join_names(_join_suffixes(words))


@cache
def _divide(word: str) -> tuple[str, ...]:
    """Divide a compound: 公共|服务, 五|位, 第二|场."""
    if word in _terms():
        return (word,)
    tag = engine().tag
    if len(word) == 4 and tag(word) and tag(word) not in FIXED and tag(word[:2]) and tag(word[2:]):
        return word[:2], word[2:]
    counted = word[-1] in _measures() and (word[0] == "第" if len(word) > 2 else word[0] in COUNTERS)
    return (word[:-1], word[-1]) if counted and len(word) > 1 else (word,)


def _join_suffixes(words: Sequence[str]) -> list[str]:
    """Join 常态|化 and the like."""
    joined: list[str] = []
    for word in words:
        if word in SUFFIXES and joined and len(joined[-1]) == 2:
            joined[-1] += word
        else:
            joined.append(word)
    return joined


def _join_names(words: Sequence[str]) -> list[str]:
    """Put a surname and the given name behind it together, after a title or before a reporting word."""
    surnames, joined = _surnames(), list[str]()
    at = 0
    while at < len(words):
        word, end = words[at], at + 1
        if word in surnames or (len(word) == 2 and word[0] in surnames):
            end = _end_of_name(words, at)
            reported = end < len(words) and words[end] in _cues()
            # After a title, 李|子|木 is a name, but 高度|统一 goes on with words of the dictionary.
            titled = word in surnames and bool(joined) and joined[-1].endswith(_titles())
            if not (reported or titled):
                end = at + 1
        joined.append("".join(words[at:end]) if end > at + 1 else word)
        at = end
    return joined


def _end_of_name(words: Sequence[str], at: int) -> int:
    """Return where the name that may begin at `at` ends: a surname and one or two characters behind it."""
    end, length = at + 1, int(words[at] not in _surnames())
    while end < len(words) and len(words[end]) == 1 and length < 2 and words[end] not in _function_words():
        end, length = end + 1, length + 1
    following = words[end] if end < len(words) else ""
    return end + 1 if not length and len(following) == 2 and following not in _cues() else end


@cache
def _terms() -> frozenset[str]:
    return frozenset(read_lexicon("terms_zh"))


@cache
def _measures() -> frozenset[str]:
    return frozenset(word for word in read_lexicon("measure_words_zh") if len(word) == 1)


@cache
def _function_words() -> frozenset[str]:
    return frozenset(word for word in read_lexicon("stopwords_zh") if len(word) == 1)


@cache
def _surnames() -> frozenset[str]:
    return frozenset(read_lexicon("surnames")) - _function_words()


@cache
def _titles() -> tuple[str, ...]:
    return read_lexicon("titles_zh")


@cache
def _cues() -> frozenset[str]:
    return frozenset(fields[0] for fields in read_fields("cues_zh"))


@cache
def engine() -> Engine:
    """Return the segmenter, with the domain terms in a dictionary of its own."""
    try:
        import rjieba
    except ImportError:
        return _jieba_engine()
    fast = rjieba.Jieba()
    for term in sorted(_terms()):
        fast.add_word(term, 100_000, "n")

    def tag(word: str) -> str:
        return str(fast.tag(word, False)[0][1]) if fast.has_word(word) else ""

    return Engine(lambda run: fast.cut(run, True), tag)


def _jieba_engine() -> Engine:
    import logging

    with warnings.catch_warnings():
        # jieba 0.42.1 has invalid escapes in its patterns, which newer Pythons warn of.
        warnings.simplefilter("ignore")
        import jieba
        import jieba.posseg
    jieba.setLogLevel(logging.CRITICAL)
    # A tokenizer of our own: the words we add must not change what other users of jieba get.
    slow = jieba.Tokenizer()
    for term in sorted(_terms()):
        slow.add_word(term, 100_000)
    tags = jieba.posseg.POSTokenizer(slow)
    tags.initialize()
    return Engine(lambda run: slow.lcut(run, HMM=True), lambda word: tags.word_tag_tab.get(word, ""))
