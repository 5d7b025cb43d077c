"""A page: unbroken text of one document, its sentences, its quotations, and the units grammars read.

Sentences that follow one another without a gap join to the document's exact text. A *unit* is one
sentence, or several that a quotation holds together. `folded` is the text in simplified characters, as
the lexicons are; in `masked` the inside of every spoken quotation is blanked out besides, so that no
reporting word is found there.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from sys import intern
from typing import NamedTuple

from luntan.attribution.labels import find_turns
from luntan.attribution.sources import Source, Span
from luntan.folding import fold

PAIRS = {"“": "”", "„": "”", "「": "」", "『": "』", "«": "»", '"': '"', "''": "''", "＂": "＂", "‘": "’"}
_MARK = re.compile(r"''|[\"＂“”„«»「」『』‘’]")
_BLANKED = "\x01"
_HAN = re.compile(r"[\u3400-\u9fff]")
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
# A quotation left open at a paragraph's end may close at most this many paragraphs later.
_PATIENCE = 4


class Sentence(NamedTuple):
    """One row of the sentences table, its span counted from the start of the page."""

    start: int
    end: int
    sent_id: int
    par_id: int
    lang: str


class Quote(NamedTuple):
    """A quotation: the span with its marks, the span between them, and whether it is speech."""

    start: int
    end: int
    left: int
    right: int
    speech: bool


@dataclass(slots=True)
class Unit:
    """One or more sentences that belong together, with the quotations inside."""

    start: int
    end: int
    par_id: int
    lang: str
    quotes: list[Quote]


@dataclass
class Page:
    """An unbroken stretch of a document."""

    doc_id: str
    offset: int
    text: str
    sentences: list[Sentence]
    quotes: list[Quote] = field(default_factory=list)
    folded: str = ""
    masked: str = ""
    units: list[Unit] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.starts = [sentence.start for sentence in self.sentences]
        self.text = intern(self.text)
        self.folded = fold(self.text)
        paragraphs = self.paragraphs()
        turns = list(find_turns(self.text, self.folded, paragraphs))
        quotes = find_quotes(self.text, _outside(paragraphs, [turn for turn, _ in turns]))
        self.quotes = sorted([*quotes, *(Quote(*turn, *spoken, True) for turn, spoken in turns)])
        # The words of a page are kept by its text: equal texts are one object, or each look compares them.
        self.masked = intern(_mask(self.folded, self.quotes))
        self.units = list(_make_units(self.masked, self.sentences, self.quotes))

    def paragraphs(self) -> list[tuple[int, int]]:
        """Return the span of each paragraph."""
        spans: list[tuple[int, int]] = []
        last = None
        for sentence in self.sentences:
            if spans and sentence.par_id == last:
                spans[-1] = (spans[-1][0], sentence.end)
            else:
                spans.append((sentence.start, sentence.end))
            last = sentence.par_id
        return spans

    def as_written(self, source: Source) -> Source:
        """Return a source with its words as the page writes them, in traditional characters perhaps."""
        if self.text == self.folded or source.kind in ("pronoun", "report"):
            return source
        left, right = max(0, source.start - 150), source.end + 150

        def spelt(words: str) -> str:
            at = self.folded.rfind(words, left, right)
            return self.text[at : at + len(words)] if at >= 0 else words

        roles = tuple((spelt(role), spelt(body)) for role, body in source.roles)
        also = self.as_written(source.also) if source.also else None
        return source._replace(name=spelt(source.name), roles=roles, also=also)


def make_pages(rows: Sequence[tuple[str, int, int, str, int, int, str]]) -> Iterator[Page]:
    """Yield the pages of the rows of a sentences table; a gap or another document begins a new page."""
    run: list[tuple[str, int, int, str, int, int, str]] = []
    for row in rows:
        # A span that does not fit its text has been tampered with: it can stand only alone.
        if run and (row[0] != run[-1][0] or row[4] != run[-1][5] or row[5] - row[4] != len(row[6])):
            yield _page_of(run)
            run = []
        run.append(row)
    if run:
        yield _page_of(run)


def _page_of(run: Sequence[tuple[str, int, int, str, int, int, str]]) -> Page:
    offset = run[0][4]
    sentences = []
    at = 0
    for _, par_id, sent_id, lang, _, _, text in run:
        sentences.append(Sentence(at, at + len(text), sent_id, par_id, lang))
        at += len(text)
    return Page(run[0][0], offset, "".join(row[6] for row in run), sentences)


def _outside(paragraphs: Sequence[Span], turns: Sequence[Span]) -> list[Span]:
    """Return the paragraphs that lie in no turn."""
    starts = [start for start, _ in turns]
    inside = (turns[at - 1][1] if (at := bisect_right(starts, start)) else 0 for start, _ in paragraphs)
    return [span for span, end in zip(paragraphs, inside, strict=True) if span[0] >= end]


def find_quotes(text: str, paragraphs: Sequence[Span]) -> Iterator[Quote]:
    """Yield the outermost quotations from left to right.

    A mark that cannot open or close anything is passed over. A quotation still open where its
    paragraph ends goes on if the next paragraph opens with the same mark, or if a closing mark
    comes first in the paragraphs that follow; else it ends with its paragraph.
    """
    opened: tuple[int, str] | None = None
    spent = 0
    for number, (start, end) in enumerate(paragraphs):
        for mark in _MARK.finditer(text, start, end):
            sign = mark.group()
            if opened is None:
                if _can_open(text, mark, end):
                    opened, spent = (mark.start(), sign), 0
            elif sign == PAIRS[opened[1]] and not _reopens(text, mark, start):
                yield _quote(text, opened, mark.start(), mark.end())
                opened = None
            elif sign == '"' == opened[1] and text[start : mark.start()].strip():
                # A second straight opening mark: the first was never closed.
                opened, spent = (mark.start(), sign), 0
        if opened is not None:
            spent += 1
            if spent > _PATIENCE or not _goes_on(text, opened, paragraphs[number + 1 : number + _PATIENCE]):
                close = start + len(text[start:end].rstrip()) if start > opened[0] else 0
                close = max(close, opened[0] + len(text[opened[0] : end].rstrip()))
                yield _quote(text, opened, close, close)
                opened = None


def _can_open(text: str, mark: re.Match[str], end: int) -> bool:
    sign = mark.group()
    before, after = text[mark.start() - 1 : mark.start()], text[mark.end() : min(end, mark.end() + 1)]
    if sign not in PAIRS or not after:
        return False
    if sign == "‘":
        return not before.isalnum() or bool(_HAN.match(before))
    if sign in ('"', "''"):
        return not after.isspace() and not (before.isalnum() and before.isascii())
    return True


def _reopens(text: str, mark: re.Match[str], start: int) -> bool:
    """Tell a straight mark that opens again from one that closes; and an apostrophe from a closing mark."""
    sign = mark.group()
    before, after = text[mark.start() - 1 : mark.start()], text[mark.end() : mark.end() + 1]
    if sign in ('"', "''"):
        at_start = not text[start : mark.start()].strip()
        return at_start or ((before.isspace() or before in "([") and not after.isspace() and after != "")
    return sign == "’" and after.isalnum() and not _HAN.match(after)


def _goes_on(text: str, opened: tuple[int, str], following: Sequence[tuple[int, int]]) -> bool:
    at, sign = opened
    marks = re.compile(f"{re.escape(sign)}|{re.escape(PAIRS[sign])}")
    for number, (start, end) in enumerate(following):
        first = marks.search(text, start, end)
        if number == 0 and text[start:end].lstrip().startswith(sign):
            return True
        if first is not None:
            lone_close = first.group() == PAIRS[sign] and (
                sign not in ('"', "''") or not text[first.start() - 1 : first.start()].isspace()
            )
            before = text[max(0, at - 3) : at].strip(" *_>#")
            return lone_close and (before == "" or before[-1:] in "\n:：,，")
    return False


def _quote(text: str, opened: tuple[int, str], right: int, end: int) -> Quote:
    left = opened[0] + len(opened[1])
    right = max(left, right)
    return Quote(opened[0], max(end, right), left, right, is_speech(text[left:right]))


def is_speech(inner: str) -> bool:
    """Tell words that someone spoke from a term or a title in quotation marks."""
    inner = inner.strip()
    stopped = inner[-1:] in tuple("。！？.!?…,，；")
    han = len(_HAN.findall(inner[:200]))
    if han > 1:
        return stopped or (han >= 8 and "，" in inner)
    words = _WORD.findall(inner[:400])
    if not words or all(word[0].isupper() or len(word) < 4 for word in words):
        return stopped and len(words) >= 2
    return len(words) >= (2 if stopped else 5)


def _mask(text: str, quotes: Sequence[Quote]) -> str:
    parts, at = [], 0
    for quote in quotes:
        if quote.speech:
            parts += [text[at : quote.left], _BLANKED * (quote.right - quote.left)]
            at = quote.right
    return "".join([*parts, text[at:]])


_CLOSING = tuple('”」』"')
_CLAUSE_OF = re.compile(
    r"[^。！？“”\"\x01\n]{1,60}(?:[说道称问喊笑叹]|表示|指出|强调|坦言|感慨|介绍|回忆|认为|建议|补充|回应|回答|记者)[。，：]|"
    r"[^.!?“”\"\x01\n]{0,60}\b(?:said|says|asked|added|adds|explained|asks)\b(?!\s*[,:]\s*[“\"])"
)


def _is_clause_of(text: str, sentence: Sentence, following: Sentence) -> bool:
    """Tell whether the next sentence is only "NAME said." to the quotation that ends this one."""
    before = text[sentence.start : sentence.end].rstrip()
    if not before.endswith(_CLOSING) or before[-2:-1] not in ("\x01", ""):
        return False
    return bool(_CLAUSE_OF.match(text, following.start, following.end))


def _make_units(text: str, sentences: Sequence[Sentence], quotes: Sequence[Quote]) -> Iterator[Unit]:
    """Join the sentences that one quotation runs through."""
    spoken = [quote for quote in quotes if quote.speech]
    group: list[Sentence] = []
    at = 0
    for number, sentence in enumerate(sentences):
        group.append(sentence)
        while at < len(spoken) and spoken[at].end <= sentence.end:
            at += 1
        if at < len(spoken) and spoken[at].start < sentence.end:
            continue
        following = sentences[number + 1] if number + 1 < len(sentences) else None
        if following and following.par_id == sentence.par_id and _is_clause_of(text, sentence, following):
            continue
        yield _unit(group, spoken)
        group = []
    if group:
        yield _unit(group, spoken)


def _unit(group: list[Sentence], spoken: list[Quote]) -> Unit:
    start, end = group[0].start, group[-1].end
    longest = max(group, key=lambda sentence: sentence.end - sentence.start) if len(group) > 1 else group[0]
    inside = spoken[bisect_left(spoken, (start,)) : bisect_left(spoken, (end,))] if spoken else []
    return Unit(start, end, group[0].par_id, longest.lang, inside)
