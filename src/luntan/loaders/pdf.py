"""Turn the pages of a PDF into paragraphs; the reading itself is done in a child process."""

import re
from typing import Any

from luntan.loaders.child import run_child

STOPS = ("。", "！", "？", ".", "!", "?", "”", "」")
HAN_SIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’—…]")
# A point of a list, the number of a section, or an indented line.
NEW_PARAGRAPH = re.compile(
    r"[•●■◆▪·*]|[（(]?\d{1,3}[)）.、]\s|[（(]?[一二三四五六七八九十]+[)）、]|第.{1,4}[章节条]|\u3000\u3000"
)


def read_pdf(data: bytes) -> tuple[str, dict[str, Any], str]:
    """Return a PDF's text, one paragraph a line, its title where the text shows it, and what went wrong."""
    reports, ended = run_child("pdf", data)
    pages = [report["page"] for report in reports if "page" in report]
    text = "\n".join(filter(None, map(join_lines, pages)))
    told = {key: value for report in reports for key, value in report.items()}
    reason = told.get("reason", "")
    if ended:
        reason = f"PDF reader {ended}" + (f" after page {len(pages)}" if pages else "")
    elif not text and not reason:
        reason = "no text in the PDF; it may be a scan"
    title = told.get("title")
    return text, {"title": title} if title and title in text[:1000] else {}, reason


def join_lines(page: str) -> str:
    r"""Join the lines of a page that were only wrapped; a line far from the margin ends a paragraph.

    >>> join_lines("A forum of small firms was held by the inno-\nvation centre of the lake-side town.\nEnd")
    'A forum of small firms was held by the innovation centre of the lake-side town.\nEnd'
    """
    lines = [line.rstrip() for line in re.split(r"\r\n|[\r\n\x0b\x0c\u2028\u2029]", page) if line.strip()]
    widths = sorted(map(_width, lines))
    full = max(30, 0.8 * widths[int(0.9 * (len(widths) - 1))]) if widths else 0
    paragraphs: list[list[str]] = []
    goes_on = False
    for line in lines:
        if goes_on and not NEW_PARAGRAPH.match(line):
            paragraphs[-1].append(line.strip())
        else:
            paragraphs.append([line.strip()])
        goes_on = _width(line) >= full and not line.endswith(STOPS)
    return "\n".join(map(_join, paragraphs))


def _join(lines: list[str]) -> str:
    pieces = [lines[0]]
    for line in lines[1:]:
        last = pieces[-1]
        if re.search(r"[\x02\ufffe\u00ad]\Z", last) or (re.search(r"[a-z]-\Z", last) and line[0].islower()):
            pieces[-1] = last[:-1]
        elif not (HAN_SIDE.match(last[-1]) and HAN_SIDE.match(line[0])):
            pieces.append(" ")
        pieces.append(line)
    return "".join(pieces)


def _width(line: str) -> int:
    """Measure a line in Latin letters: a Han character is as wide as two."""
    return len(line) + len(HAN_SIDE.findall(line))
