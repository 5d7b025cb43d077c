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
_LINE = re.compile(r"[^\n\r\u2028\u2029]+")
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
            if stop.start() < at or not _ends_sentence(text, stop, right):
                continue
            yield par_id, at
            at = _skip_blanks(text, stop.end(), right)
        if at < right:
            yield par_id, at


def _paragraphs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the spans between line breaks, joining lines that were only wrapped."""
    spans: list[tuple[int, int]] = []
    for found in _LINE.finditer(text, start, end):
        if not found.group().strip():
            continue
        left = _skip_blanks(text, found.start(), found.end())
        if spans and _is_wrapped(text, spans[-1][1], left):
            spans[-1] = (spans[-1][0], found.end())
        else:
            spans.append((left, found.end()))
    yield from spans


def _is_wrapped(text: str, end: int, start: int) -> bool:
    """Tell whether a single line break inside a sentence parts two lines."""
    if text[end:start].count("\n") != 1:
        return False
    return text[start].islower() and not text[max(0, end - 20) : end].rstrip().endswith(
        (".", "。", ":", "：")
    )


def _skip_blanks(text: str, at: int, end: int) -> int:
    while at < end and text[at].isspace():
        at += 1
    return at


def _ends_sentence(text: str, stop: re.Match[str], end: int) -> bool:
    """Tell a sentence's end from an abbreviation, an initial, a number or a quotation that goes on."""
    following = _skip_blanks(text, stop.end(), end)
    if following == end:
        return True
    after = text[following]
    if not stop.group().startswith("."):
        # ”，他说 and "… now?" he said go on; after 。 only a closing mark could.
        return after not in "，,、；;" and not (stop.group()[0] in "!?" and after.islower())
    if after.islower() or after in ",;，":
        return False
    word = _LAST_WORD.search(text, max(0, stop.start() - 20), stop.start())
    if not word or stop.group() != ".":
        return True
    if (len(word.group()) == 1 and word.group().isupper()) or "." in word.group():
        # An initial (J. Smith) or U.S.: the sentence ends only before what cannot be a name's next part.
        return not after.isalpha() or not after.isascii()
    return word.group().casefold() not in _abbreviations()


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(read_lexicon("abbreviations"))
