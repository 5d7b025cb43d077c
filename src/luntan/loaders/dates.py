"""Find dates that a text states in full, and write them in ISO form; nothing is guessed."""

import re

MONTH_NAMES = "january february march april may june july august september october november december".split()
MONTHS = {form: n for n, name in enumerate(MONTH_NAMES, 1) for form in (name, name[:3], name[:4])}
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_YEAR = r"(?P<y>(?:19|20)\d\d)"
_DAY = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?"
DIGITS = str.maketrans("〇○零Ｏ一二三四五六七八九", "0000123456789")
YEAR = re.compile(r"(?:19|20)\d\d|年")
DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<!\d){_YEAR}\s*(?:年|[-/.])\s*(?P<m>\d{{1,2}})\s*(?:月|[-/.])\s*(?P<d>\d{{1,2}})(?!\d)日?",
        r"(?P<y>[一二][〇○零Ｏ一二三四五六七八九]{3})年(?P<m>[一二三四五六七八九十]{1,2})月(?P<d>[一二三四五六七八九十]{1,3})日",
        rf"\b(?P<m>{_MONTH})\.?\s+{_DAY},?\s+{_YEAR}\b",
        rf"\b{_DAY}(?:\s+of)?[\s-]+(?P<m>{_MONTH})\.?,?[\s-]+{_YEAR}\b",
        # Day and month in figures: which is which is known only where one of them is over 12.
        r"(?<![\d/.-])(?P<d>1[3-9]|2\d|3[01])[/.-](?P<m>0?[1-9]|1[0-2])[/.-](?P<y>(?:19|20)\d\d)(?!\d)",
        r"(?<![\d/.-])(?P<m>0?[1-9]|1[0-2])[/.-](?P<d>1[3-9]|2\d|3[01])[/.-](?P<y>(?:19|20)\d\d)(?!\d)",
    )
)
URL_DATE = re.compile(r"https?://\S*?/(?P<y>(?:19|20)\d\d)[-/]?(?P<m>[01]\d)[-/]?(?P<d>[0-3]\d)/")
# The place and day with which a news report opens; agencies leave the year out.
DATELINE_ZH = re.compile(
    r"[^\s，。]{0,24}?(?:(?P<y>(?:19|20)\d\d)年)?(?P<m>\d{1,2})月(?P<d>\d{1,2})日(?:电|電|讯|訊|消息)"
)
DATELINE_EN = re.compile(
    rf"[A-Z][A-Za-z.,' ]{{2,40}}?,\s*(?P<m>(?i:{_MONTH}))\.?\s+{_DAY}(?:,\s*{_YEAR})?\s*"
    r"(?:\([A-Z][\w .'&-]{1,30}\)|/[A-Z][\w .'&-]{1,30}/)?\s*(?:--|—|–|-)"
)
# What a conversion leaves of 10月22日 when it translates the words and drops the blanks and the year.
DAMAGED = re.compile(r"(?<![\w])(?P<m>\d{1,2})\s?Month\s?(?P<d>\d{1,2})\s?Day\b", re.IGNORECASE)

LABEL_PUBLISHED = re.compile(
    r"publi(?:shed|cation)|posted|issued|released|发布|發布|发表|發表|刊登|刊发", re.IGNORECASE
)
LABEL_LATER = re.compile(
    r"updated|modified|reviewed|retrieved|accessed|today|更新|修改|访问|今天|成文|生成", re.IGNORECASE
)
_LABEL = (
    r"(?:(?:last |first )?(?:updated|modified|reviewed|published|posted|issued|released|date)(?: on| at)?"
    r"|[\u4e00-\u9fff]{0,4}(?:时间|時間|日期|于))"
)
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+)"
DATE_LINE = re.compile(rf"(?:{_LABEL}\s*[:：-]?\s*)?{_WEEKDAY}?(?=[\dA-Z])", re.IGNORECASE)


def iso_date(text: str) -> str:
    """Return the first full date in the text in ISO form, or an empty string.

    >>> iso_date("Updated: November 10, 2020"), iso_date("2022年8月1日 来源：央视网"), iso_date("03/04/2021")
    ('2020-11-10', '2022-08-01', '')
    """
    found = search_date(text)
    return iso(found) if found else ""


def search_date(text: str) -> re.Match[str] | None:
    """Return the first full date that the calendar has."""
    found = [match for pattern in DATES for match in pattern.finditer(text) if iso(match)]
    return min(found, key=lambda match: match.start(), default=None)


def iso(match: re.Match[str]) -> str:
    """Write a match in ISO form, an unstated year as XXXX; empty where the calendar has no such day."""
    year = match.groupdict().get("y") or "XXXX"
    month, day = MONTHS.get(match["m"].lower(), 0) or _number(match["m"]), _number(match["d"])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return ""
    return f"{year.translate(DIGITS)}-{month:02}-{day:02}"


def _number(written: str) -> int:
    """Read 9, 九 or 二十九."""
    tens, ten, ones = written.translate(DIGITS).rpartition("十")
    return 10 * int(tens or 1) + int(ones or 0) if ten else int(ones)


def is_dated(line: str) -> bool:
    """Tell whether a line, stripped of marks, is there to state a date, with what stands beside dates.

    >>> is_dated("Posted on November 9, 2020 by staff"), is_dated("2021-06-18 09:42 来源：海湾晚报")
    (True, True)
    >>> is_dated("On 3 May 2021 the forum met for the first time in years, with 40 guests.")
    False
    """
    found = search_date(line) if len(line) < 120 and YEAR.search(line) else None
    if not found:
        return False
    before, after = line[: found.start()].strip(), line[found.end() :]
    label = DATE_LINE.match(line)
    if label and label.end() >= found.start():
        return len(after) < 20 or not line.endswith((".", "。"))
    if len(before) > 60 or line.endswith((".", "。")):
        return False
    # Else a name and the date: "Lakeside Institute, 14 September 2018", "湖畔日报 2021-03-03 08:00".
    if re.search(r"[,|·•:：>»＞/-]$|^by\b", before, re.IGNORECASE):
        return True
    if found["m"].isdigit():
        return len(before) < 40 and not re.search(r"[，,。、]", before)
    return len(before.split()) < 3
