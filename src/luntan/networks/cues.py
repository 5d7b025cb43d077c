"""Read from the cues of `lexicons/stances.txt` which stance a statement takes on a theme.

The cue that stands nearest before the theme, in the same sentence, decides. Cues that follow one
another closely are read as one: "should not" and "oppose" make support, 不 and 支持 opposition.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from luntan.folding import fold
from luntan.lexicons import read_fields
from luntan.segmentation import segment
from luntan.splitting import split

Span = tuple[int, int]


class Cue(NamedTuple):
    """A cue and its place in the text of a statement."""

    start: int
    end: int
    stance: str


def stances_of(text: str, reporting_cue: str, themes: Sequence[Span]) -> Iterator[str]:
    """Yield the stance on each theme hit of a statement: `support`, `call`, `oppose` or nothing.

    >>> list(stances_of("应支持人才，不应抢人才", "表示", [(3, 5), (9, 11)]))
    ['call', 'oppose']
    """
    folded = re.sub("[A-Z]", lambda capital: capital[0].lower(), fold(text)).replace("’", "'")
    before = list(_cues(folded, "before", themes))
    after = list(_cues(folded, "after", themes))
    if stance := _stance_words("before").get(reporting_cue.casefold().removesuffix("了")):
        # The reporting verb stands before all that is said: "opposed", 呼吁.
        before.insert(0, Cue(0, 0, stance))
    if not before and not after:
        yield from ("" for _ in themes)
        return
    sentences = list(_sentences(text))
    for start, end in themes:
        left, right = sentences[bisect_right(sentences, (start, len(folded))) - 1]
        if folded[left:right].rstrip(" ”\"'").endswith(("?", "？")):
            yield ""
            continue
        chain = _chain_before(folded, before, left, start) or _chain_after(folded, before, after, end, right)
        stance = _read(chain)
        yield "" if stance == "none" else stance


def _chain_before(text: str, cues: Sequence[Cue], left: int, at: int) -> list[str]:
    """Return the stances of the cue nearest before a theme and of those it follows closely."""
    chain: list[str] = []
    edge = at
    for place in range(bisect_left(cues, (at,)) - 1, -1, -1):
        cue = cues[place]
        if cue.start < left or cue.stance == "turn":
            break
        if chain and not _is_close(text[cue.end : edge]):
            break
        if chain or cue.stance != "not":
            chain.insert(0, cue.stance)
            edge = cue.start
    return chain


def _chain_after(text: str, before: Sequence[Cue], after: Sequence[Cue], end: int, right: int) -> list[str]:
    """Return the stances of the cue right behind a theme, and of those that follow it closely."""
    place = bisect_left(after, (end,))
    if place == len(after) or after[place].start >= right or not _is_close(text[end : after[place].start]):
        return []
    chain, edge = [after[place].stance], after[place].end
    for cue in before[bisect_left(before, (edge,)) :]:
        if cue.start >= right or not _is_close(text[edge : cue.start]) or cue.stance == "turn":
            break
        chain.append(cue.stance)
        edge = cue.end
    return chain


def _read(chain: Sequence[str]) -> str:
    """Read a chain of stances from its end: each turns what follows it."""
    if not chain:
        return ""
    *earlier, stance = chain
    for turning in reversed(earlier):
        if stance == "none" or turning == "none":
            return "none"
        if turning == "not":
            stance = "oppose" if stance == "support" else "none"
        elif turning == "oppose":
            stance = "support" if stance == "oppose" else "oppose"
        elif stance != "oppose":
            stance = "call" if "call" in (turning, stance) else "support"
    return stance


_APART = re.compile(r"[,，、;；:：]|\b(?:and|or)\b|[和与及并或]")
_WORDS = re.compile(r"[a-z0-9][\w'-]*|[^\W\d_a-z]")


def _is_close(gap: str) -> bool:
    """Tell whether no more than two Latin words or four Han characters stand between, and no "and"."""
    if len(gap) > 40 or _APART.search(gap):
        return False
    return sum(2 if word.isascii() else 1 for word in _WORDS.findall(gap)) <= 4


def _sentences(text: str) -> Iterator[Span]:
    """Yield the spans of sentences; a semicolon ends one too."""
    for _, start, end in split(text, 0, len(text)):
        at = start
        for stop in re.finditer("[;；]", text[start:end]):
            yield at, start + stop.end()
            at = start + stop.end()
        if at < end:
            yield at, end


def _cues(text: str, side: str, themes: Iterable[Span]) -> Iterator[Cue]:
    """Yield the cues in the order of the text, leaving out those that are part of a theme."""
    pattern, words = _stance_pattern(side), _stance_words(side)
    edges: set[int] | None = None
    for found in pattern.finditer(text):
        start, end = found.span()
        if not found[0].isascii():
            # Only now is it worth cutting the text into words.
            edges = edges or {0, *accumulate(map(len, segment(text)))}
            if start not in edges or end not in edges:
                continue
        stance = words[found[0]]
        if stance != "other" and not any(left < end and start < right for left, right in themes):
            yield Cue(start, end, stance)


@cache
def _stance_words(side: str) -> dict[str, str]:
    """Return the stance of every form that stands before, or after, what it speaks of."""
    return {
        form: stance
        for forms, stance, language, *place in read_fields("stances")
        if (place or ["before"]) == [side]
        for form in (forms.split(", ") if language == "en" else forms.split())
    }


@cache
def _stance_pattern(side: str) -> re.Pattern[str]:
    """Return the pattern of all forms, the longest first."""
    forms = sorted(_stance_words(side), key=lambda form: (-len(form), form))
    latin = "|".join(re.escape(form) for form in forms if form.isascii())
    han = "|".join(form for form in forms if not form.isascii())
    return re.compile(rf"\b(?:{latin})(?![\w'])|(?:{han})")
