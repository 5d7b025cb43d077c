"""Read title, publisher, date and language from front matter and from the text itself."""

import re
from collections.abc import Iterator, Mapping
from itertools import islice, takewhile
from typing import Any

import yaml

from luntan.lexicons import read_lexicon
from luntan.loaders.dates import (
    DAMAGED,
    DATELINE_EN,
    DATELINE_ZH,
    LABEL_LATER,
    LABEL_PUBLISHED,
    URL_DATE,
    iso,
    iso_date,
    search_date,
)
from luntan.loaders.furniture import (
    BYLINE,
    CAPTION,
    FRONT_MATTER,
    Line,
    furniture_reason,
    is_date_line,
    lines_of,
)

SOURCE = re.compile(
    r"(?:来源|來源|稿源|发文机关|发布机构|发布单位)\s*[：:]\s*([^\s|　｜（(）)\]】]+)"
    r"|\bSource\s*:\s*([^|\n]{2,40}?)\s*(?:$|\||\n|Author|Editor|Published)"
)
AGENCY_ZH = re.compile(
    r"\**(?!本|据|據)([\u4e00-\u9fff]{2,8}?(?:社|网|網|报|報|台|新闻|新聞|客户端|在线|频道|周刊|财经))"
    r"(?:[\u4e00-\u9fff]{0,6}\d{1,2}月\d{1,2}日)?(?:消息|讯|訊|电|電)[\s*（(，：:]"
)
# "BEIJING (Xinhua) --", "Rotterdam, May 4, 2021 /Quaynews/ --": capitals or a date mark the place.
AGENCY_EN = re.compile(
    r"(?:[A-Z][A-Z.' -]{2,40}|[A-Z][A-Za-z.' ]{2,40}?,)(?:,? ?[A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?)?\s*"
    r"(?:\(([A-Z][\w .'&-]{1,30})\)|/([A-Z][\w .'&-]{1,30})/)\s*(?:--|—|–|-)"
)
# A name of two to five capitalised words, as stands beside a date.
_WORD = r"[A-Z][\w&'’]*(?:\.\w[\w&'’]*)*"
NAME = rf"(?:The )?{_WORD}(?: (?:of |for |and |& )?{_WORD}){{1,4}}"
BESIDE = re.compile(
    rf"\s*(?:[\d:.,]+\s*(?:[ap]\.?m\.?|[A-Z]{{2,4}})?\s*)?(?:[|·•,—–-]\s*|by )?({NAME}?)"
    r"(?=\s*(?:Print|Share|staff|\||$))"
)
BESIDE_ZH = re.compile(r"\s*(?:[\d:]+)?\s*[|·]?\s*([\u4e00-\u9fff]{3,12})(?=\s|$)")
COLUMN = re.compile(r"\(([^()]{3,40}(?:Review|Commentary|Times|Daily|Post|News|Opinion))\)\s*$")
COPYRIGHT = re.compile(
    r"(?:(?i:copyright)|©)[\s©]*(?:\([cC]\)\s*)?(?:[12]\d{3})?(?:\s*[-–]\s*[12]\d{3})?\s*(?:by )?"
    rf"({NAME})"
    r"|(?:版权所有|版權所有)[：: \u3000\t©]*([\u4e00-\u9fff]{2,14})"
    r"|([\u4e00-\u9fff]{2,14})[ \u3000\t]*(?:版权所有|版權所有)"
)
REPORTER = re.compile(r"(?!本)([\u4e00-\u9fff]{2,10}?)(?:首席|特约|见习)?(?:记者|記者)\s")
BODY_ZH = re.compile(r"[\u4e00-\u9fff（）()]{4,30}(?:局|厅|部|委员会|办公室|政府|院|会|委|中心|公司)$")
PARTS = re.compile(r"[|_｜]|\s[-–—]\s|(?<=[\u4e00-\u9fff])[-–—]+(?=[\u4e00-\u9fff])")
DOMAIN = re.compile(r"\w\.[a-z]{2,4}\s*$")
OTHERS = ("related pages", "reader comments")
HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]+")
LATIN_WORD = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ][A-Za-zÀ-ÖØ-öø-ÿ'’&-]*")


def language_of(text: str, *, threshold: float = 0.12) -> str:
    """Return `zh`, `en` or `mixed`; empty where there is neither a Han character nor a Latin word.

    `mixed` means that the lesser language has at least `threshold` of the words, two Han characters
    counted as a word.

    >>> language_of("企业R&D投入强度超7%"), language_of("little giants"), language_of("2020")
    ('mixed', 'en', '')
    """
    han = len("".join(HAN.findall(text))) / 2
    if not han:
        return "en" if LATIN_WORD.search(text) else ""
    latin = len(LATIN_WORD.findall(text))
    if min(han, latin) / (han + latin) >= threshold:
        return "mixed"
    return "zh" if han > latin else "en"


# The loader in C takes a fraction of the time of the one in Python, and in a text without any of these finds
# the same; of tabs, directives, tags, nested lists and texts of several lines the two are of two minds.
_BY_PYTHON = re.compile(r"[\t\ufeff!?%|>{\[]|- -")
_FAST_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def read_front_matter(text: str) -> tuple[dict[str, Any], int, str]:
    """Return the front matter's fields, its end, and a reason if it could not be read."""
    found = FRONT_MATTER.match(text)
    if not found:
        return {}, 0, ""
    try:
        # BaseLoader leaves every value the text that it is: 2020-11-10 stays a string.
        loader = yaml.BaseLoader if _BY_PYTHON.search(found.group(1)) else _FAST_LOADER
        fields = yaml.load(found.group(1), Loader=loader)
    except (yaml.YAMLError, RecursionError):
        return {}, 0, "front matter could not be read"
    if not isinstance(fields, Mapping):
        return {}, 0, ""
    return {str(key).lower(): value for key, value in fields.items()}, found.end(), ""


def find_title(text: str, body_start: int) -> str:
    """Return the headline that stands before the body, or an empty string."""
    head = _head(text, body_start)
    for line in head:
        if re.match(r"#{1,3}\s", line.text):
            return line.text.strip("# \t\r")
    for line in head:
        if line.text.startswith("标题："):
            return line.text.removeprefix("标题：").strip()
    until = next(
        (i for i, line in enumerate(head) if i and (is_date_line(line) or BYLINE.match(line.bare))), len(head)
    )
    above, below = (
        [line.text.strip() for line in part if _may_be_title(line)] for part in (head[:until], head[until:])
    )
    for title in above[1:]:
        # A saved page begins with its <title>: the headline, then the names of section and site.
        if len(title) > 5 and above[0].startswith(title):
            return title
    spoken = text[body_start : body_start + 3000].casefold()
    for title in above + below:
        # A headline speaks of what the article speaks of; the names of sections and sites do not.
        if _weight(title) >= 8 and not _is_masthead(title) and _share_said(title, spoken) >= 0.3:
            return title
    return max(above or below, key=_weight, default="")


def _head(text: str, body_start: int) -> list[Line]:
    """Return the lines between the front matter, if there is one, and the body."""
    front = FRONT_MATTER.match(text)
    return [line for line in lines_of(text[:body_start]) if not front or line.start >= front.end()]


def _may_be_title(line: Line) -> bool:
    bare = line.text.strip()
    return not (
        furniture_reason(line)[0]
        or is_date_line(line)
        or BYLINE.match(bare)
        or CAPTION.match(bare)
        or bare.endswith(("。", ".", ":", "："))
        or len(bare) > 200
        or re.search(r"〔\d{4}〕\d+号$|文件$", bare)
    )


def _weight(line: str) -> float:
    return len(line) / 2 + len("".join(HAN.findall(line))) / 2


def _share_said(line: str, spoken: str) -> float:
    """Return the share of a line's longer words, and pairs of Han characters, that the article uses."""
    folded = line.casefold()
    words = [word for word in LATIN_WORD.findall(folded) if len(word) > 3]
    words += [run[i : i + 2] for run in HAN.findall(folded) for i in range(len(run) - 1)]
    return sum(word in spoken for word in words) / len(words) if len(words) > 2 else 0.0


def find_date(text: str, body: tuple[int, int]) -> str:
    """Return the stated date of publication, or an empty string; a date is never invented."""
    head = _head(text, body[0])
    # Further below stand the dates of other pages and of what readers wrote.
    tail = list(
        takewhile(lambda line: furniture_reason(line)[1] not in OTHERS, islice(lines_of(text[body[1] :]), 12))
    )
    title = find_title(text, body[0])
    headline = max((line.start for line in head if title and title in line.text), default=0)
    dated = [line for line in head if is_date_line(line)]
    if dated:
        return iso_date(min(dated, key=lambda line: _distance(line, headline)).text)
    # A notice is signed and dated at its end.
    for i, line in enumerate(tail):
        if is_date_line(line) and (LABEL_PUBLISHED.search(line.text) or (i < 3 and len(line.bare) < 20)):
            return iso_date(line.text)
    for line in head + tail[:3]:
        if found := URL_DATE.search(line.text):
            return iso(found)
    opening = text[body[0] : body[0] + 120]
    if found := DATELINE_ZH.match(opening) or DATELINE_EN.match(opening):
        return iso(found)
    damaged = next((found for line in head if (found := DAMAGED.search(line.text))), None)
    return iso(damaged) if damaged else ""


def _distance(line: Line, headline: int) -> tuple[bool, bool, bool, int]:
    """Order lines that state a date: "published" first, "updated" last; the nearest below the headline."""
    published, later = LABEL_PUBLISHED.search(line.text), LABEL_LATER.search(line.text)
    return not published, bool(later), line.start < headline, abs(line.start - headline)


def damaged_date(text: str, body: tuple[int, int]) -> str:
    """Say how a damaged date at the head of a text reads, or nothing."""
    found = DAMAGED.search(text, 0, min(len(text), body[0] + 120))
    return f"date is damaged: {found.group()!r} reads as {iso(found)}" if found and iso(found) else ""


def find_publisher(text: str, body: tuple[int, int]) -> str:
    """Return the publisher stated around the article or at its opening, or an empty string."""
    return next(filter(None, _publishers(text, body)), "")


def _publishers(text: str, body: tuple[int, int]) -> Iterator[str]:
    """Yield what may name the publisher, the surest first."""
    lines, tail = _head(text, body[0]), text[body[1] :]
    for line in lines:
        if found := SOURCE.search(line.text):
            yield next(filter(None, found.groups())).strip()
    if found := AGENCY_ZH.match(text, body[0]):
        yield found.group(1)
    yield from (_beside_date(line) for line in lines if is_date_line(line))
    if found := AGENCY_EN.match(text, body[0]):
        yield next(filter(None, found.groups())).strip()
    for line in lines:
        if found := COLUMN.search(line.text):
            yield found.group(1)
        if found := REPORTER.match(line.bare):
            yield found.group(1)
    title = find_title(text, body[0])
    for line in lines[:3]:
        # A saved page's <title> goes on with its section and its site, some with the site's address.
        if title and line.bare.startswith(title):
            parts = PARTS.split(line.bare.removeprefix(title))[1:]
            yield next(
                (part.split(",")[0].strip() for part in reversed(parts) if not DOMAIN.search(part)), ""
            )
    if found := SOURCE.search(tail[:300]):
        yield next(filter(None, found.groups())).strip()
    if found := COPYRIGHT.search(tail):
        yield next(filter(None, found.groups())).strip()
    # A site's name heads its pages, an office signs its notices.
    yield from (name for line in lines[:5] if _is_masthead(name := PARTS.split(line.bare)[-1].strip()))
    below = list(islice(lines_of(tail), 3))
    yield from (
        line.bare
        for line in below[:1]
        if len(below) > 1 and is_date_line(below[1]) and BODY_ZH.match(line.bare)
    )


def _beside_date(line: Line) -> str:
    found = search_date(line.bare)
    if not found:
        return ""
    if after := BESIDE.match(line.bare, found.end()):
        return after.group(1)
    if (after := BESIDE_ZH.match(line.bare, found.end())) and _is_masthead(after.group(1)):
        return after.group(1)
    before = line.bare[: found.start()].strip()
    if parted := re.match(rf"({NAME})\s*[,|·•—–-]$", before):
        return parted.group(1)
    # "By Lake Times Published: …": papers sign too. "原创 某某 滨海观察 2021-03-05": the account comes last.
    signed = re.match(rf"[Bb]y ({NAME}?)(?=\s*(?:[|,·•-]|[Pp]ublished|[Uu]pdated|[Pp]osted|$))", before)
    if signed and _is_masthead(signed.group(1)):
        return signed.group(1)
    return before.split()[-1] if before.startswith("原创") and len(before.split()) > 2 else ""


def _is_masthead(line: str) -> bool:
    folded = line.casefold()
    return (
        2 < len(line) < 40
        and not re.search(r":|^(?:from|by|in|on)\b", folded)
        and len(line.split()) in range(1, 6)
        and any(folded.endswith(word) and folded != word for word in read_lexicon("publishers"))
    )
