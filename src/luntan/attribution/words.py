"""English words as the grammar sees them: tokens with places, and what the lexicons say of a word."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from luntan.lexicons import read_fields, read_lexicon

TOKEN = re.compile(r"[^\W_][\w’'.&/-]*(?:(?<=\d),(?=\d)[\w’'.&/-]*)*[\w.]|[^\W_]|[,;:()–—]")
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


_new = tuple.__new__


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


def tokens_in(text: str, start: int, end: int) -> list[Token]:
    """Return the words of text[start:end]."""
    tokens, starts, _ = _tokenise(text)
    return tokens[bisect_left(starts, start) : bisect_left(starts, end)]


def phrases_in(
    text: str, start: int, end: int, phrases: Mapping[str, Sequence[tuple[re.Pattern[str], str]]]
) -> Iterator[tuple[re.Match[str], str]]:
    """Yield what matches the first fitting of the patterns that begin with a word, with the pattern's note.

    Looking a word up is many times faster than one pattern of a thousand words.
    """
    at = start
    tokens, starts, words = _tokenise(text)
    left, right = bisect_left(starts, start), bisect_left(starts, end)
    for number in [number for number in range(left, right) if words[number] in phrases]:
        token = tokens[number]
        if token.start < at:
            continue
        for pattern, note in phrases[words[number]]:
            found = pattern.match(text, token.start, end)
            if found:
                yield found, note
                at = found.end()
                break


# A page is read from many places; its words are cut once.
@lru_cache(maxsize=2)
def _tokenise(text: str) -> tuple[list[Token], list[int], list[str]]:
    """Return the words of a page, where they begin, and each in small letters without its full stop."""
    tokens = cut(text, 0, len(text))
    words = [token.text.rstrip(".").casefold() for token in tokens]
    return tokens, [token.start for token in tokens], words


def cut(text: str, start: int, end: int) -> list[Token]:
    """Return the words of text[start:end], cut anew: for the few that are read once."""
    tokens: list[Token] = []
    for found in TOKEN.finditer(text, start, end):
        word = found[0]
        glued = _GLUED.match(word) if "A" <= word < "[" else None
        if glued and is_body_word(glued[1]):
            at = found.start()
            tokens.append(Token(at, at + glued.end(1), glued[1]))
            tokens.append(Token(at + glued.start(2), found.end(), glued[2]))
        else:
            # Half the time of Token(…), for the commonest object of all
            tokens.append(_new(Token, (*found.span(), word)))
    return tokens
