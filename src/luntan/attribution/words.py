"""English words as the grammar sees them: tokens with places, and what the lexicons say of a word."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, lru_cache, partial
from itertools import accumulate, compress
from typing import Generic, NamedTuple, TypeVar

from luntan.lexicons import read_fields, read_lexicon

TOKEN = re.compile(r"[^\W_][\w’'.&/-]*(?:(?<=\d),(?=\d)[\w’'.&/-]*)*[\w.]|[^\W_]|[,;:()–—]")
_CUT = re.compile(f"({TOKEN.pattern})")
# Damaged text glues a body to a name ("TechnologyHe Wei"); the second group is where the name begins.
_GLUED = re.compile(r"([A-Z][a-z]{3,})[A-Z]?([A-Z][a-z]+)$")
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


Phrases = Mapping[str, Sequence[tuple[re.Pattern[str], str]]]
# At most so many words are remembered with what is known of them.
_MEMO = 50_000
_Found = TypeVar("_Found")


class Token(NamedTuple):
    """A word with its place in the text."""

    start: int
    end: int
    text: str


# Half the time of Token(…), for the commonest object of all
_token: Callable[[tuple[int, int, str]], Token] = partial(tuple.__new__, Token)


class _Memo(dict[str, _Found], Generic[_Found]):
    """What a function finds of every word, looked up once; emptied when it has grown large."""

    def __init__(self, find: Callable[[str], _Found]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, word: str) -> _Found:
        if len(self) >= _MEMO:
            self.clear()
        self[word] = found = self._find(word)
        return found


def remembered(find: Callable[[str], _Found]) -> Callable[[str], _Found]:
    """Ask a function about every word once: `map` over a page's words then runs no Python at all."""
    return _Memo(find).__getitem__


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


@remembered
def is_title(word: str) -> bool:
    """Tell whether a word heads a role (minister, CEO, Professor)."""
    word = _bare(word.casefold()).partition("-of-")[0]
    word = word.rstrip(".") if len(word) < 6 else word  # "Prof.", but not "… of entrepreneurs."
    return word in words_of("titles_en") or word.removesuffix("s") in words_of("titles_en")


@cache
def _body_words() -> frozenset[str]:
    return frozenset(read_lexicon("organisation_words_en"))


@remembered
def is_body_word(word: str) -> bool:
    """Tell whether a word marks the name of a body (Ministry, University, Ltd)."""
    return _bare(word) in _body_words()


def is_field(word: str) -> bool:
    """Tell whether a word may say what an office is for: Minister of *Trade* and *Industry*."""
    return word.casefold() in words_of("role_modifiers_en") or is_body_word(word)


@remembered
def is_capital(word: str) -> bool:
    """Tell whether a word is written like a name: Li, YouTube, iPhone, 5G."""
    return word != word.lower()


@remembered
def is_function(word: str) -> bool:
    """Tell a word that is capitalised only at a sentence's start."""
    return word.casefold() in words_of("function_words_en")


def tokens_of(text: str) -> list[Token]:
    """Return the words of a short text."""
    return [Token(found.start(), found.end(), found.group()) for found in TOKEN.finditer(text)]


def tokens_before(text: str, start: int, end: int) -> list[Token]:
    """Return the words of text[start:end], at most those of its last `REACH` characters."""
    tokens, starts = _tokenise(text)
    start = max(start, end - REACH)
    found = tokens[bisect_left(starts, start) : bisect_left(starts, end)]
    if found and found[-1].end > end:
        last = found.pop()
        found.append(Token(last.start, end, text[last.start : end]))
    return found


def tokens_in(text: str, start: int, end: int) -> list[Token]:
    """Return the words of text[start:end]."""
    tokens, starts = _tokenise(text)
    return tokens[bisect_left(starts, start) : bisect_left(starts, end)]


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
    tokens, starts = _tokenise(text)
    words = list(map(_small, [token.text for token in tokens]))
    known = list(map(phrases().__contains__, words))
    return list(compress(starts, known)), list(compress(words, known))


@remembered
def _small(word: str) -> str:
    """Return a word in small letters without its full stop."""
    return word.rstrip(".").casefold()


# A page is read from many places; its words are cut once.
@lru_cache(maxsize=2)
def _tokenise(text: str) -> tuple[list[Token], list[int]]:
    """Return the words of a page, and where they begin."""
    tokens = cut(text, 0, len(text))
    return tokens, [token.start for token in tokens]


def cut(text: str, start: int, end: int) -> list[Token]:
    """Return the words of text[start:end], cut anew: for the few that are read once."""
    # What stands between two words, and each word, in turn
    parts = _CUT.split(text[start:end])
    places, words = list(accumulate(map(len, parts), initial=start)), parts[1::2]
    tokens = list(map(_token, zip(places[1::2], places[2::2], words, strict=False)))
    if any(map(_glued, words)):
        return [part for token in tokens for part in _parts(token)]
    return tokens


@remembered
def _glued(word: str) -> re.Match[str] | None:
    """Return where a body's name ends and the name that is glued to it begins."""
    glued = _GLUED.match(word)
    return glued if glued and is_body_word(glued[1]) else None


def _parts(token: Token) -> tuple[Token, ...]:
    glued = _glued(token.text)
    if glued is None:
        return (token,)
    first, second = glued.end(1), glued.start(2)
    start, end, word = token
    return Token(start, start + first, word[:first]), Token(start + second, end, word[second:])
