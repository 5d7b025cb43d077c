"""Find the running article in a page's text: where it begins, where it ends, and why.

Nothing is cut out of the text: `body_start` and `body_end` point into it, and every line outside
them gets a reason in words.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from luntan.lexicons import read_fields

FRONT_MATTER = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?\r?\n)---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
HEADING = re.compile(r"#{1,6}\s")
SENTENCE_END = re.compile(r"[。！？；：:.!?…][”’」』）)\"'*_\]]*\s*$")
# A line that is no more than a date, with what stands beside dates on pages.
DATE_LINE = re.compile(
    r"(?:updated|published|posted|date)\b.{0,60}\d{4}"
    r"|.{0,40}?(?:19|20)\d\d\s*(?:年|[-/.])\s*\d{1,2}\s*(?:月|[-/.])\s*\d{1,2}"
    r"|(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?[A-Z][a-z]{2,8}\.? \d{1,2},? (?:19|20)\d\d"
    r"|(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?\d{1,2} [A-Z][a-z]{2,8}\.?,? (?:19|20)\d\d",
    re.IGNORECASE,
)
BYLINE = re.compile(r"(?:by [A-Z]|.{0,12}记者[\s：:]|作者[：:\s]|文[/／])")
CAPTION = re.compile(
    r"(?:[^.]{0,200}\.\s*)?(?:image|photo|picture|file photo)s?\s*:|!\[|.*(?:资料图|摄影?|截图。?)$",
    re.IGNORECASE,
)
# A last line in brackets says who sent the piece in.
CREDIT = re.compile(r"\s*[（(][^()（）]{3,150}[)）]\s*$")
BREADCRUMB = re.compile(r"(?:.{0,30} ?[>›»] ?){1,}.{0,40}$")
PROSE_WEIGHT = 30


@dataclass(frozen=True)
class Line:
    """A line of the text with its offsets, line break left out."""

    start: int
    end: int
    text: str

    @property
    def bare(self) -> str:
        """The line without blanks, brackets and Markdown marks around it."""
        return self.text.strip(" \t\r\u3000\xa0*_#[](【（<>|")


def lines_of(text: str) -> Iterator[Line]:
    """Yield the lines that are not blank."""
    for found in re.finditer(r"[^\n]+", text):
        if found.group().strip():
            yield Line(found.start(), found.end(), found.group())


def furniture_reason(line: Line) -> tuple[str, str]:
    """Return where ('line' or 'end') and why a line is furniture, or two empty strings."""
    bare = line.bare.casefold()
    for where, phrase, reason in read_fields("furniture"):
        if bare.startswith(phrase):
            return where, reason
    if len(bare) < 80 and not SENTENCE_END.search(line.text) and BREADCRUMB.match(line.text.strip()):
        return "line", "breadcrumb"
    return "", ""


def is_date_line(line: Line) -> bool:
    """Tell whether a line is there to state a date."""
    return len(line.text) < 120 and bool(DATE_LINE.match(line.bare.lstrip("—- ")))


def is_prose(line: Line) -> bool:
    """Tell whether a line reads as running text: long enough, and closed like a sentence."""
    if (
        is_date_line(line)
        or CAPTION.match(line.bare)
        or HEADING.match(line.text)
        or furniture_reason(line)[0]
    ):
        return False
    # A Han character carries about as much as half an English word.
    weight = sum(2 if "\u4e00" <= char <= "\u9fff" else 1 for char in line.text) / 2
    return weight >= PROSE_WEIGHT and bool(SENTENCE_END.search(line.text))


def find_body(text: str, *, start_after: int = 0) -> tuple[int, int]:
    """Return the offsets of the running article, looked for behind `start_after` (a front matter's end)."""
    lines = [line for line in lines_of(text) if line.start >= start_after]
    if not lines:
        return len(text), len(text)
    first = next((i for i, line in enumerate(lines) if is_prose(line)), None)
    if first is None:
        # No running text at all: keep everything rather than lose it.
        return lines[0].start, _stripped_end(text, lines[-1].end)
    # Below a front matter, which has the title, a heading belongs to the text that it heads.
    while start_after and first and HEADING.match(lines[first - 1].text):
        first -= 1
    last = len(lines) - 1
    for i in range(first + 1, len(lines)):
        if furniture_reason(lines[i])[0] == "end":
            last = i - 1
            break
    while last > first and (furniture_reason(lines[last])[0] or CREDIT.match(lines[last].text)):
        last -= 1
    return _stripped_start(text, lines[first].start), _stripped_end(text, lines[last].end)


def _stripped_start(text: str, start: int) -> int:
    return (
        start + len(text[start:]) - len(text[start:].lstrip()) if text[start : start + 1].isspace() else start
    )


def _stripped_end(text: str, end: int) -> int:
    while end and text[end - 1].isspace():
        end -= 1
    return end


def reason_outside(line: Line, text: str, title: str, body: tuple[int, int]) -> str:
    """Say in words why a line lies outside the body."""
    front = FRONT_MATTER.match(text)
    if front and line.start < front.end():
        return "front matter"
    if title and title in line.text and line.start < body[0]:
        return "title"
    if reason := furniture_reason(line)[1]:
        return reason
    if is_date_line(line):
        return "date line"
    if BYLINE.match(line.bare):
        return "by-line"
    if CAPTION.match(line.bare):
        return "caption"
    if CREDIT.match(line.text):
        return "source credit"
    return "before the article" if line.start < body[0] else "after the article"
