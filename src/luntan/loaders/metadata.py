"""Read title, publisher, date, language and kind from front matter and from the text itself."""

import re
from collections.abc import Mapping
from typing import Any

import yaml

from luntan.lexicons import read_fields
from luntan.loaders.furniture import (
    BYLINE,
    CAPTION,
    FRONT_MATTER,
    Line,
    furniture_reason,
    is_date_line,
    lines_of,
)

MONTH_NAMES = "january february march april may june july august september october november december".split()
MONTHS = {form: n for n, name in enumerate(MONTH_NAMES, 1) for form in (name, name[:3], name[:4])}
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
DATES = (
    re.compile(r"(?P<y>(?:19|20)\d\d)\s*(?:年|[-/.])\s*(?P<m>\d{1,2})\s*(?:月|[-/.])\s*(?P<d>\d{1,2})(?!\d)"),
    re.compile(
        rf"\b(?P<m>{_MONTH})\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>(?:19|20)\d\d)", re.IGNORECASE
    ),
    re.compile(
        rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<m>{_MONTH})\.?,?\s+(?P<y>(?:19|20)\d\d)", re.IGNORECASE
    ),
)
URL_DATE = re.compile(r"https?://\S*?/(?P<y>(?:19|20)\d\d)[-/]?(?P<m>[01]\d)[-/]?(?P<d>[0-3]\d)/")
SOURCE_ZH = re.compile(r"(?:来源|來源|稿源)\s*[：:]\s*([^\s|　]+)")
AGENCY_ZH = re.compile(
    r"\**([\u4e00-\u9fff]{2,8}?)(?:[\u4e00-\u9fff]{0,4}\d{1,2}月\d{1,2}日)?(?:消息|讯|訊|电|電)[\s*（(，：:]"
)
HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
LATIN_WORD = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ][A-Za-zÀ-ÖØ-öø-ÿ'’&-]*")


def language_of(text: str, *, threshold: float = 0.12) -> str:
    """Return `zh`, `en` or `mixed`; empty where there is neither a Han character nor a Latin word.

    `mixed` means that the lesser language has at least `threshold` of the words, two Han characters
    counted as a word.

    >>> language_of("企业R&D投入强度超7%"), language_of("little giants"), language_of("2020")
    ('mixed', 'en', '')
    """
    han, latin = len(HAN.findall(text)) / 2, len(LATIN_WORD.findall(text))
    if not han and not latin:
        return ""
    if min(han, latin) / (han + latin) >= threshold:
        return "mixed"
    return "zh" if han > latin else "en"


def read_front_matter(text: str) -> tuple[dict[str, Any], int, str]:
    """Return the front matter's fields, its end, and a reason if it could not be read."""
    found = FRONT_MATTER.match(text)
    if not found:
        return {}, 0, ""
    try:
        # BaseLoader leaves every value the text that it is: 2020-11-10 stays a string.
        fields = yaml.load(found.group(1), Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError):
        return {}, 0, "front matter could not be read"
    if not isinstance(fields, Mapping):
        return {}, 0, ""
    return {str(key).lower(): value for key, value in fields.items()}, found.end(), ""


def find_title(text: str, body_start: int) -> str:
    """Return the headline that stands before the body, or an empty string."""
    head = list(lines_of(text[:body_start]))
    for line in head:
        if re.match(r"#{1,3}\s", line.text):
            return line.text.strip("# \t\r")
    until = next((i for i, line in enumerate(head) if i and is_date_line(line)), len(head))
    candidates = [line for line in head[:until] if _may_be_title(line)]
    if not candidates:
        return ""
    page_title = candidates[0].text.strip()
    for line in candidates[1:]:
        # A saved page begins with its <title>: the headline, then the names of section and site.
        if len(line.text.strip()) > 5 and page_title.startswith(line.text.strip()):
            return line.text.strip()
    if until == len(head):
        return max(candidates[:2], key=lambda line: len(line.text)).text.strip() if until > 2 else page_title
    return max(candidates, key=lambda line: len(line.text)).text.strip()


def _may_be_title(line: Line) -> bool:
    bare = line.text.strip()
    return not (
        furniture_reason(line)[0]
        or is_date_line(line)
        or BYLINE.match(bare)
        or CAPTION.match(bare)
        or bare.endswith(("。", ".", ":", "："))
        or len(bare) > 200
    )


def iso_date(text: str) -> str:
    """Return the first full date in the text in ISO form, or an empty string.

    >>> iso_date("Updated: November 10, 2020"), iso_date("2022年8月1日 来源：央视网"), iso_date("no date")
    ('2020-11-10', '2022-08-01', '')
    """
    found = [match for pattern in DATES if (match := pattern.search(text))]
    if not found:
        return ""
    return _iso(min(found, key=lambda match: match.start()))


def _iso(match: re.Match[str]) -> str:
    month = MONTHS.get(match["m"].lower(), 0) or int(match["m"])
    return (
        f"{match['y']}-{month:02}-{int(match['d']):02}" if 1 <= month <= 12 and int(match["d"]) <= 31 else ""
    )


def find_date(text: str, body: tuple[int, int]) -> str:
    """Return the stated date of publication, or an empty string; a date is never invented."""
    for line in lines_of(text[: body[0]]):
        if is_date_line(line) and (date := iso_date(line.text)):
            return date
    tail = URL_DATE.search(text, body[1])
    return _iso(tail) if tail else ""


def find_publisher(text: str, body: tuple[int, int]) -> str:
    """Return the publisher stated beside the date or at the opening of the article, or an empty string."""
    head = text[: body[0]]
    if found := SOURCE_ZH.search(head):
        return found.group(1)
    if found := AGENCY_ZH.match(text, body[0]):
        return found.group(1)
    for line in lines_of(head):
        if is_date_line(line):
            after = re.split(r"(?:19|20)\d\d", line.text, maxsplit=1)[-1]
            name = re.match(r"\s+((?:[A-Z][\w&.]+ ?){2,5}?)(?=\s*(?:Print|Share|\||$))", after)
            if name:
                return name.group(1).strip()
    return ""


def kind_of(title: str, opening: str) -> str:
    """Return the kind of document by words of its headline, then of its opening; `other` where none tells."""
    for text in (title, opening):
        folded = text.casefold()
        for kind, word in read_fields("kinds"):
            if word in folded:
                return kind
    return "other"
