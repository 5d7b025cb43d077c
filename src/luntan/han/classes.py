"""The class of a word, one letter, by its form and by the lexicons.

======  ==========================================================================================
d c h   numeral; of four digits, 一九九八; ending in a magnitude, 三百
q m o   几 数; 多 余; 第
y Y     年; 月 日
s b S   surname; one that spells foreign names too; of two characters, 欧阳
r       surname that mostly is another word, 高
t g u   another character: of foreign names; of any word; unknown to the dictionary
f v     function word, 在; another character that mostly is a word of its own
P K     word of two characters that begins with a surname; the same, unknown to the dictionary
l k     longer word: spelt with characters of foreign names; unknown to the dictionary
w W     any other word: of two characters; longer
x       suffix, 化
T C     title, 主任; reporting word, 表示
O A     word that ends a company's name, 科技; product series, 麒麟
N n     digits; another number or a Latin word
M p     the point in foreign names; punctuation and blanks
======  ==========================================================================================
"""

from functools import cache

from luntan.han.engines import engine
from luntan.lexicons import read_fields, read_lexicon

HAN_DIGITS = "一二三四五六七八九十百千万亿兆〇零两"
DIGITS = frozenset(HAN_DIGITS)
# Words for persons end so: 策略师, 讲解员, 种粮户; a name may follow them as it follows a title.
TITLE_ENDS = frozenset("师员长户")
SUFFIXES = frozenset("化业率性链者度力型式")
MARKED = {"几": "q", "数": "q", "多": "m", "余": "m", "第": "o", "年": "y", "月": "Y", "日": "Y"}


def is_han(piece: str) -> bool:
    """Say whether a piece of text begins with a Han character, 々 or 〇."""
    return (
        "\u3400" <= piece < "\ua000"
        or "\u3005" <= piece < "\u3008"
        or "\uf900" <= piece < "\ufb00"
        or piece >= "\U00020000"
    )


def class_of(word: str) -> str:
    """Return the letter of a word.

    >>> "".join(map(class_of, ["部长", "李", "舸", "表示", "，", "三百", "5G", "5"]))
    'TsgCphnN'
    """
    if not is_han(word):
        return "N" if word.isdecimal() else "n" if word[0].isalnum() else "M" if word in "·•‧・" else "p"
    if DIGITS.issuperset(word) or (word[0] in "多余" and len(word) > 1 and DIGITS.issuperset(word[1:])):
        return "h" if word[-1] in "十百千万亿兆" else "c" if len(word) == 4 else "d"
    if word in words_of("series_zh"):
        return "A"
    if word in surnames():
        return "S" if len(word) > 1 else "b" if word in characters_of("transliteration_zh") else "s"
    return _class_of_character(word) if len(word) == 1 else _class_of_word(word)


def _class_of_character(word: str) -> str:
    if word in MARKED:
        return MARKED[word]
    if word in SUFFIXES:
        return "x"
    if word in single_words():
        return "f" if word in function_words() else "r" if word in words_of("surnames") else "v"
    if word in characters_of("transliteration_zh"):
        return "t"
    return "g" if engine().tag(word) else "u"


def _class_of_word(word: str) -> str:
    if word in _cues():
        return "C"
    if word in words_of("company_words_zh"):
        return "O"
    if word.endswith(read_lexicon("titles_zh")) or word[-1] in TITLE_ENDS:
        return "T"
    if characters_of("transliteration_zh").issuperset(word):
        return "l"
    known = engine().tag(word)
    if len(word) == 2 and word[0] in surnames():
        return "P" if known else "K"
    return "k" if not known else "w" if len(word) == 2 else "W"


@cache
def words_of(name: str) -> frozenset[str]:
    """Return the entries of a lexicon as a set."""
    return frozenset(read_lexicon(name))


@cache
def characters_of(name: str) -> frozenset[str]:
    """Return the characters of a lexicon whose lines are rows of characters."""
    return frozenset("".join(read_lexicon(name)))


@cache
def function_words() -> frozenset[str]:
    """Return the characters that carry grammar."""
    return frozenset(word for word in read_lexicon("stopwords_zh") if len(word) == 1)


@cache
def single_words() -> frozenset[str]:
    """Return the characters that mostly stand as words of their own."""
    return characters_of("single_words_zh") | function_words()


@cache
def surnames() -> frozenset[str]:
    """Return the surnames that are no common word."""
    return words_of("surnames") - single_words()


@cache
def _cues() -> frozenset[str]:
    return frozenset(cue for cue, *_ in read_fields("cues_zh"))
