"""From the span a frame covers to what was said: without quotation marks, and direct, indirect or mixed."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from luntan.attribution.page import Page, Quote

_EDGE = " \t\r\n\u3000\xa0"
_HAN = re.compile(r"[\u3400-\u9fff]")
# Quoted words with these are a piece of a sentence, not a term.
_SENTENCE_LIKE = re.compile("[是了不就没的、，]")
_VERB_LIKE = re.compile("[是了不没会要能让]")
_NOTE = re.compile(r"^(?:\s|[.,;:!?。，；：！？*)\"”»]|\(\([a-z]{2}\)\))*$")


class Said(NamedTuple):
    """A statement's span and mode."""

    start: int
    end: int
    mode: str


def contents(page: Page, start: int, end: int) -> Iterator[Said]:
    """Yield the one or two statements in a span: a paraphrase and the full quotation that ends it are two."""
    start, end = trim(page.text, start, end)
    if start >= end:
        return
    quotes = quotes_between(page, start, end)
    first = quotes[0] if quotes else None
    if first and first.start - start <= 1 and (first.speech or first.end >= end - 1):
        rest = page.text[first.end : end]
        closed = page.text[first.right - 1 : first.right] in tuple("。.!?！？,，；;")
        if _NOTE.match(rest) or (first.speech and (closed or rest[:1] in tuple(",，.。"))):
            yield from direct(page, first)
            for quote in quotes[1:]:
                if quote.speech:
                    yield from direct(page, quote)
            return
    last = quotes[-1] if quotes else None
    ends = last is not None and _NOTE.match(page.text[last.end : end]) is not None
    if last and ends and _is_clause(page.text, start, last):
        left, right = trim(page.text, start, last.start)
        right = left + len(page.text[left:right].rstrip("，,：:；; "))
        if right - left > 1:
            yield Said(left, right, _mode(page, left, right))
        yield from direct(page, last)
        return
    yield Said(start, end, _mode(page, start, end))


def direct(page: Page, quote: Quote) -> Iterator[Said]:
    """Yield what stands between the marks of a quotation, without a comma before the closing mark."""
    start, end = trim_blanks(page.text, quote.left, quote.right)
    end = start + len(page.text[start:end].rstrip(",，" + _EDGE))
    if end > start:
        yield Said(start, end, "direct")


def quotes_between(page: Page, start: int, end: int) -> list[Quote]:
    """Return the quotations that begin in a span."""
    at = bisect_left(page.quotes, (max(0, start - 1),))
    found = []
    while at < len(page.quotes) and page.quotes[at].start < end:
        if page.quotes[at].start >= start - 1:
            found.append(page.quotes[at])
        at += 1
    return found


def _is_clause(text: str, start: int, quote: Quote) -> bool:
    """Tell a full quoted clause ("…, “We will act.”") from a fragment of the paraphrase."""
    before, inner = text[start : quote.start].rstrip(), text[quote.left : quote.right]
    if _HAN.search(inner):
        said = quote.speech or len(inner) > 8 or (len(inner) > 4 and _VERB_LIKE.search(inner))
        return before[-1:] in tuple("，。：；,:") and bool(said)
    return quote.speech and before[-1:] in tuple(":.;") and len(inner.split()) >= 4


def _mode(page: Page, start: int, end: int) -> str:
    for quote in quotes_between(page, start, end):
        inner = page.text[quote.left : quote.right]
        if quote.end <= end + 2 and (quote.speech or _is_fragment(inner)):
            return "mixed"
    return "indirect"


def _is_fragment(inner: str) -> bool:
    """Tell quoted words of a speaker ("for months") from a term or a name in quotation marks."""
    words = inner.split()
    if _HAN.search(inner):
        return len(inner) > 4 and bool(_SENTENCE_LIKE.search(inner))
    return bool(words) and inner[:1].islower() and not any(word[:1].isupper() for word in words[1:])


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave out blanks at both ends, a final full stop, and quotation marks without a partner."""
    start, end = trim_blanks(text, start, end)
    if end > start and text[end - 1] in ".。" and not text.endswith("..", start, end):
        end -= 1
    while start < end and text[start] in "，,：:;；、" + _EDGE:
        start += 1
    while end > start and text[end - 1] in "，,：:;；、" + _EDGE:
        end -= 1
    return trim_blanks(text, start, end)


def trim_blanks(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave out blanks at both ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
