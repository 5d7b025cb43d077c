"""Find the running article in a page's text: where it begins, where it ends, and why.

Nothing is cut out of the text: `body_start` and `body_end` point into it, and every line outside
them gets a reason in words.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from luntan.lexicons import read_fields
from luntan.loaders.dates import is_dated

FRONT_MATTER = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?\r?\n)---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
HEADING = re.compile(r"#{1,6}\s")
RULE = re.compile(r"\s*[-*_=—]{3,}\s*$")
SENTENCE_END = re.compile(r"[。！？；：:.!?…][”’」』）)\"'*_\]]*\s*$")
BYLINE = re.compile(
    r"by:? [A-Z]|.{0,12}记者[\s：:]|.{0,12}記者|作者[：:\s]|撰文|文[/／]|(?:staff|our) (?:reporter|writer)",
    re.IGNORECASE,
)
# "Photo: A. Name", "[Photo by A. Name/Agency]", "（图/某某）" close a caption, wherever it begins.
CAPTION = re.compile(
    r"!\[|[▲△▼]|图为|圖為|图片来源"
    r"|(?:.{0,300}[.\s(\[（/])?(?:image|photo|picture|photograph|credit)s?\s?(?::|/|by\b|courtesy\b)"
    r"[^.]{0,80}\.?[)\]]?\s*$"
    r"|(?:.{0,300}[.。]\s*)?(?:image|photo|picture|file photo)s?\s*:"
    r"|.{0,200}(?:资料图|摄影?|供图|截图|攝|（[图圖][/／].{1,12}）)[。）)]*$",
    re.IGNORECASE,
)
# A last line in brackets says who sent the piece in.
CREDIT = re.compile(r"\s*[（(][^()（）]{3,150}[)）]\s*$")
STEP = re.compile(r"[>›»＞]+")
SALUTATION = re.compile(r"(?:[^。！？\d]{2,60}：|Dear [^.]{2,60}[,:]|Ladies and gentlemen.{0,40}[,:])\s*$")
NAME_LINE = re.compile(r"(?:[A-Z][\w'’.-]+ ){1,3}[A-Z][\w'’-]+$")
ABOUT = re.compile(r"About ([A-Z][^.]{2,60})$")
HAN = re.compile(r"[\u3400-\u9fff]+")
PROSE_WEIGHT = 30


@dataclass(frozen=True)
class Line:
    """A line of the text with its offsets, line break left out."""

    start: int
    end: int
    text: str

    @cached_property
    def bare(self) -> str:
        """The line without blanks, brackets and Markdown marks around it."""
        return self.text.strip(" \t\r\u3000\xa0*_#[](【（<>|※·•")

    @cached_property
    def weight(self) -> float:
        """How much the line says: a Han character carries about as much as two letters."""
        return len(self.text) / 2 + len("".join(HAN.findall(self.text))) / 2


def lines_of(text: str) -> Iterator[Line]:
    """Yield the lines that are not blank."""
    for found in re.finditer(r"[^\n]+", text):
        if found.group().strip():
            yield Line(found.start(), found.end(), found.group())


@cache
def _phrases(mark: str) -> tuple[dict[str, tuple[str, str]], re.Pattern[str]]:
    """Return the entries of a kind (`=`, `*` or plain) and one pattern that finds them all, longest first."""
    entries = {
        phrase.removeprefix(mark): (where, reason)
        for where, phrase, reason in read_fields("furniture")
        if (phrase[0] if phrase[0] in "=*" else "") == mark
    }
    ordered = sorted(entries, key=len, reverse=True)
    # A phrase ends where its last word does: "copyright by" is not "copyright bylaws".
    return entries, re.compile(
        "|".join(re.escape(p) + (r"(?![a-z])" if p[-1].isalpha() else "") for p in ordered)
    )


def furniture_reason(line: Line) -> tuple[str, str]:
    """Return where ('line', 'box' or 'end') and why a line is furniture, or two empty strings."""
    bare = line.bare.casefold() if len(line.text) < 1000 else line.bare[:1000].casefold()
    entries, plain = _phrases("")
    if found := plain.match(bare):
        return entries[found.group()]
    whole, _ = _phrases("=")
    if entry := whole.get(re.sub(r"^[\W\d_]+|[\W\d_]+$", "", bare)) if len(bare) < 60 else None:
        return entry
    entries, anywhere = _phrases("*")
    if line.weight < 100 and (found := anywhere.search(bare)):
        return entries[found.group()]
    steps = STEP.split(line.text.strip()) if len(bare) < 80 and not SENTENCE_END.search(line.text) else []
    if len(steps) > 1 and max(map(len, steps)) <= 40:
        return "line", "breadcrumb"
    return "", ""


def is_date_line(line: Line) -> bool:
    """Tell whether a line is there to state a date."""
    return len(line.text) < 120 and not CAPTION.match(line.bare) and is_dated(line.bare.lstrip("—- "))


def is_prose(line: Line, after: Line | None = None) -> bool:
    """Tell whether a line reads as running text: long enough, and closed like a sentence.

    A line that was wrapped by hand is closed in a later one: the line right `after` goes on in small letters.
    """
    if line.weight < PROSE_WEIGHT or HEADING.match(line.text) or RULE.match(line.text):
        return False
    wrapped = after is not None and after.start == line.end + 1 and after.text[:1].islower()
    closed = SENTENCE_END.search(line.text) or wrapped
    return bool(closed) and not (is_date_line(line) or CAPTION.match(line.bare) or furniture_reason(line)[0])


def find_body(text: str, *, start_after: int = 0) -> tuple[int, int]:
    """Return the offsets of the running article, looked for behind `start_after` (a front matter's end)."""
    lines = [line for line in lines_of(text) if line.start >= start_after]
    if not lines:
        return len(text), len(text)
    following = [*lines[1:], None]
    first = next((i for i, (a, b) in enumerate(zip(lines, following, strict=True)) if is_prose(a, b)), None)
    if first is None:
        # No running text at all: keep everything rather than lose it.
        return _stripped(text, lines[0].start, lines[-1].end)
    first = _below_deck(lines, first)
    last = _last_of_body(lines, first)
    return _stripped(text, lines[_first_of_body(lines, first, start_after)].start, lines[last].end)


def _below_deck(lines: list[Line], first: int) -> int:
    """Pass over a deck or a site's notice: a sentence above the line with the author or the date."""
    signed = False
    for i, line in enumerate(lines[first + 1 : first + 40], first + 1):
        if is_prose(line):
            return i if signed else first
        if furniture_reason(line)[0] == "end":
            break
        signed |= is_date_line(line) or (bool(BYLINE.match(line.bare)) and line.weight < PROSE_WEIGHT)
    return first


def _first_of_body(lines: list[Line], first: int, start_after: int) -> int:
    """Take in what belongs to the first paragraph: a question, those addressed, a heading of the text."""
    signed = next(
        (i for i, line in enumerate(lines[:first]) if is_date_line(line) or BYLINE.match(line.bare)), first
    )
    while first - 1 > signed and _is_short_sentence(lines[first - 1]):
        first -= 1
    while first and SALUTATION.match(lines[first - 1].bare) and not furniture_reason(lines[first - 1])[0]:
        first -= 1
    while start_after and first and HEADING.match(lines[first - 1].text):
        first -= 1
    return first


def _is_short_sentence(line: Line) -> bool:
    """Tell whether a line is a sentence, though too short to be told from furniture by itself."""
    is_other = (
        furniture_reason(line)[0] or is_date_line(line) or BYLINE.match(line.bare) or CAPTION.match(line.bare)
    )
    return not is_other and line.weight > 8 and bool(re.search(r"[。！？.!?][”’」』\"']*\s*$", line.text))


def _last_of_body(lines: list[Line], first: int) -> int:
    """Return the number of the article's last line: what closes a page comes after it."""
    places = [furniture_reason(line)[0] for line in lines]
    last = next((i for i in range(first + 1, len(lines)) if places[i] == "end"), len(lines)) - 1
    last_prose = next((i for i in range(last, first, -1) if is_prose(lines[i])), first)
    for i in range(last_prose + 1, last + 1):
        if places[i] == "box":
            last = i - 1
            break
    said = "\n".join(line.text for line in lines[:last])
    for i in range(first + 1, last + 1):
        # A release ends with a paragraph on the firm that sent it.
        if (
            (about := ABOUT.match(lines[i].bare))
            and about.group(1) in said
            and not HEADING.match(lines[i].text)
        ):
            last = i - 1
            break
    names = tuple(filter(None, (_author(line.bare) for line in lines[:first])))
    while last > first and _is_trailer(lines, last, names):
        last -= 1
    return last


def _author(bare: str) -> str:
    """Return the name that a line before the article consists of, `By` left out."""
    name = re.sub(r"^by:? ", "", bare, flags=re.IGNORECASE).split(",")[0].strip()
    return name if NAME_LINE.match(name) else ""


def _is_trailer(lines: list[Line], i: int, names: tuple[str, ...]) -> bool:
    """Tell whether a last line is a credit, a date, a signature above a date, or a note on the author."""
    line = lines[i]
    if furniture_reason(line)[0] or CREDIT.match(line.text) or RULE.match(line.text) or is_date_line(line):
        return True
    if names and line.bare.startswith(names) and line.weight < 4 * PROSE_WEIGHT:
        return True
    dated_below = i + 1 < len(lines) and is_date_line(lines[i + 1]) and len(lines[i + 1].bare) < 25
    return dated_below and line.weight < PROSE_WEIGHT and not SENTENCE_END.search(line.text)


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave out the blanks at both ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


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
    if CAPTION.match(line.bare):
        return "caption"
    if BYLINE.match(line.bare):
        return "by-line"
    if CREDIT.match(line.text):
        return "source credit"
    return "before the article" if line.start < body[0] else "after the article"
