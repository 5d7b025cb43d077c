"""English words as the grammar sees them: tokens with places, and what the lexicons say of a word."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import accumulate, compress, repeat
from operator import itemgetter
from typing import Any, NamedTuple

from luntan.lexicons import read_fields, read_lexicon

# Most words are small letters up to a blank: only for the others the pattern goes on.
TOKEN = re.compile(r"[^\W_][a-z]*+(?:(?! )[\w.]*+(?:(?:[’'&/-]++|(?<=\d),(?=\d))[\w.]++)*+)?+|[,;:()–—]")
_CUT = re.compile(f"({TOKEN.pattern})")
# Damaged text glues a body to a name ("TechnologyHe Wei"); the second group is where the name begins.
_GLUED = re.compile(r"([A-Z][a-z]{3,})[A-Z]?([A-Z][a-z]+)$")
_GLUE = re.compile("([A-Z][a-z]{3,}+)[A-Z]")
CONNECTORS = frozenset("of for and on in the & at to with from".split())
ADDRESS = frozenset(
    "mr mrs ms miss mdm madam dr sir dame lord lady prof rev hon "
    "eng alhaji alhaja hajiya datuk dato shri smt ustaz engr".split()
)
ARTICLES = frozenset(
    "the a an some many several most other these those this that its his her their our one two three few all "
    "another".split()
)
VERBS = frozenset(
    "has have had is are was were will would can could may must should be been do does did".split()
)
# The window in which a subject is looked for; longer appositions are not read.
REACH = 600
# Patterns by the word they begin with, each with a note
Phrases = Mapping[str, Sequence[tuple[re.Pattern[str], str]]]
_new: Callable[[type[Any], tuple[int, int, str]], Any] = tuple.__new__


class Token(NamedTuple):
    """A word with its place in the text."""

    start: int
    end: int
    text: str


@cache
def words_of(name: str) -> frozenset[str]:
    """Return a lexicon as a set of lower-case words."""
    return frozenset(word.casefold() for word in read_lexicon(name))


@cache
def cue_forms() -> dict[str, str]:
    """Return every form of every English reporting word with its class."""
    return {form.strip(): kind for forms, kind in read_fields("cues_en") for form in forms.split(",")}


def _bare(word: str) -> str:
    return word.removesuffix("’s").removesuffix("'s")


@lru_cache(maxsize=50_000)
def is_title(word: str) -> bool:
    """Tell whether a word heads a role (minister, CEO, Professor)."""
    word = _bare(word.casefold()).partition("-of-")[0]
    word = word.rstrip(".") if len(word) < 6 else word  # "Prof.", but not "… of entrepreneurs."
    return word in words_of("titles_en") or word.removesuffix("s") in words_of("titles_en")


@cache
def _body_words() -> frozenset[str]:
    return frozenset(read_lexicon("organisation_words_en"))


@lru_cache(maxsize=50_000)
def is_body_word(word: str) -> bool:
    """Tell whether a word marks the name of a body (Ministry, University, Ltd)."""
    return _bare(word) in _body_words()


def is_field(word: str) -> bool:
    """Tell whether a word may say what an office is for: Minister of *Trade* and *Industry*."""
    return word.casefold() in words_of("role_modifiers_en") or is_body_word(word)


def is_capital(word: str) -> bool:
    """Tell whether a word is written like a name: Li, YouTube, iPhone, 5G."""
    return word != word.lower()


@lru_cache(maxsize=50_000)
def is_function(word: str) -> bool:
    """Tell a word that is capitalised only at a sentence's start."""
    return word.casefold() in words_of("function_words_en")


def tokens_of(text: str) -> list[Token]:
    """Return the words of a short text."""
    return [Token(found.start(), found.end(), found.group()) for found in TOKEN.finditer(text)]


def tokens_before(text: str, start: int, end: int) -> list[Token]:
    """Return the words of text[start:end], at most those of its last `REACH` characters."""
    tokens, starts, _ = _tokenise(text)
    start = max(start, end - REACH)
    found = tokens[bisect_left(starts, start) : bisect_left(starts, end)]
    if found and found[-1].end > end:
        last = found.pop()
        found.append(Token(last.start, end, text[last.start : end]))
    return found


def words_on(text: str) -> tuple[list[Token], list[str]]:
    """Return all words of a page, with their places and alone."""
    tokens, _, words = _tokenise(text)
    return tokens, words


def phrases_in(
    text: str, start: int, end: int, phrases: Callable[[], Phrases]
) -> Iterator[tuple[re.Match[str], str]]:
    """Yield what matches the first fitting of the patterns that begin with a word, with the pattern's note.

    Looking a word up is many times faster than one pattern of a thousand words.
    """
    at, (places, words) = start, _openings(text, phrases)
    for number in range(bisect_left(places, start), bisect_left(places, end)):
        if places[number] < at:
            continue
        for pattern, note in phrases()[words[number]]:
            found = pattern.match(text, places[number], end)
            if found:
                yield found, note
                at = found.end()
                break


# A page is read unit by unit; the words that open a phrase are looked up in all of it at once.
@lru_cache(maxsize=4)
def _openings(text: str, phrases: Callable[[], Phrases]) -> tuple[list[int], list[str]]:
    """Return where the words stand that open one of the phrases, and these words in small letters."""
    starts, words = _tokenise(text)[1], _small(text)
    opening = list(map(phrases().__contains__, words))
    return list(compress(starts, opening)), list(compress(words, opening))


@lru_cache(maxsize=2)
def _small(text: str) -> list[str]:
    """Return the words of a page in small letters without full stops: all at once, as one text."""
    words = _tokenise(text)[2]
    return _FULL_STOPS.sub("", "\n".join(words)).casefold().split("\n") if words else []


_FULL_STOPS = re.compile(r"\.\.*$", re.MULTILINE)


# A page is read from many places; its words are cut once.
@lru_cache(maxsize=2)
def _tokenise(text: str) -> tuple[list[Token], list[int], list[str]]:
    """Return the words of a page with their places, where they begin, and the words alone."""
    tokens = cut(text, 0, len(text))
    return tokens, list(map(itemgetter(0), tokens)), words_in(tokens)


def words_in(tokens: Iterable[Token]) -> list[str]:
    """Return the words without their places."""
    return list(map(itemgetter(2), tokens))


def cut(text: str, start: int, end: int) -> list[Token]:
    """Return the words of text[start:end], cut anew: for the few that are read once."""
    # What stands between two words, and each word, in turn
    parts = _CUT.split(text[start:end])
    places = list(accumulate(map(len, parts), initial=start))
    spans = zip(places[1::2], places[2::2], parts[1::2], strict=False)
    # Two thirds of the time of Token(…), for the commonest object of all
    tokens = list(map(_new, repeat(Token), spans))
    if any(is_body_word(found[1]) for found in _GLUE.finditer(text, start, end)):
        return [part for token in tokens for part in _unglued(token)]
    return tokens


def _unglued(token: Token) -> tuple[Token, ...]:
    glued = _GLUED.match(token.text)
    if not glued or not is_body_word(glued[1]):
        return (token,)
    start, end, word = token
    first, second = glued.end(1), glued.start(2)
    return Token(start, start + first, word[:first]), Token(start + second, end, word[second:])
