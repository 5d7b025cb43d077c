"""Split text into paragraphs and sentences, in Chinese, English and both at once."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from luntan.lexicons import read_lexicon

# A sentence ends at 。！？…, or at .!? before a blank; closing quotes and brackets belong to it.
_STOP = re.compile(
    # The mark stands first, and then which it was: so a search skips all other characters.
    r"[。！？!?….](?:(?<=[。！？!?])[。！？!?]*[”’」』）)\"'\]]*|(?<=…)…*[”’」』）)]*(?=[^，,、])"
    r"|(?<=\.)\.*[”’\"')\]]*(?=\s|$)"
    # A full stop without a blank, as machine translation leaves it: "innovation.Five years ago".
    r"|(?<=[a-z]{3}\.)(?=[A-Z][a-z]+ ))"
)
_LINE = re.compile(r"\S[^\n\r\u2028\u2029]*")
_LAST_WORD = re.compile(r"[A-Za-z][A-Za-z.]*$")


def split(text: str, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Yield paragraph number, start and end of each sentence; each ends where the next one starts."""
    starts = [*_sentence_starts(text, start, end), (0, end)]
    for (par_id, left), (_, right) in pairwise(starts):
        yield par_id, left, right


def _sentence_starts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for par_id, (left, right) in enumerate(_paragraphs(text, start, end)):
        at = left
        for stop in _STOP.finditer(text, left, right):
            following = _skip_blanks(text, stop.end(), right)
            if stop.start() >= at and (following == right or _ends_sentence(text, stop, following)):
                yield par_id, at
                at = following
        if at < right:
            yield par_id, at


def _paragraphs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the spans between line breaks, joining lines that were only wrapped."""
    left = right = end
    for found in _LINE.finditer(text, start, end):
        begins, ends = found.span()
        if not _is_wrapped(text, right, begins):
            if left < right:
                yield left, right
            left = begins
        right = ends
    if left < right:
        yield left, right


def _is_wrapped(text: str, end: int, start: int) -> bool:
    """Tell whether a single line break inside a sentence parts two lines."""
    return (
        text[start].islower()
        and text.count("\n", end, start) == 1
        and not text[max(0, end - 20) : end].rstrip().endswith((".", "。", ":", "："))
    )


def _skip_blanks(text: str, at: int, end: int) -> int:
    while at < end and text[at].isspace():
        at += 1
    return at


def _ends_sentence(text: str, stop: re.Match[str], following: int) -> bool:
    """Tell a sentence's end from an abbreviation, an initial, a number or a quotation that goes on."""
    sign, after = stop.group(), text[following]
    if sign[0] != ".":
        # ”，他说 and "… now?" he said go on; after 。 only a closing mark could.
        return after not in "，,、；;" and not (sign[0] in "!?" and after.islower())
    if after.islower() or after in ",;，":
        return False
    word = _LAST_WORD.search(text, max(0, stop.start() - 20), stop.start())
    if not word or sign != ".":
        return True
    if (len(word.group()) == 1 and word.group().isupper()) or "." in word.group():
        # An initial (J. Smith) or U.S.: the sentence ends only before what cannot be a name's next part.
        return not after.isalpha() or not after.isascii()
    return word.group().casefold() not in _abbreviations()


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(read_lexicon("abbreviations"))
