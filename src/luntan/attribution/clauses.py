"""Where what was said begins and ends around an English reporting word."""

import re

from luntan.attribution.contents import trim_blanks
from luntan.attribution.page import Unit
from luntan.attribution.sources import Span
from luntan.attribution.words import words_of

BLANKS = " \t\r\n\u3000\xa0"
_DAY = r"\s*\b(?:on\s)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
_WEEKDAY = re.compile(_DAY)
_THAT = re.compile(
    rf"(?:{_DAY})?(?:\s*(?:,\s*)?(?:that|how|whether|why)\b(?:\s*,)?|\s*:\s*|\s*(?:,\s*)?(?=[\"“«„]|'')|\s+what\b)"
)
_KEPT = ("how", "whether", "why", "what")
_INSIDE = r"(?:[^.:;\"“\x01]|(?<=\bMr)\.|(?<=\bMs)\.|(?<=\bDr)\.|(?<=\bMrs)\.|(?<=\b[A-Z])\.){0,140}?"
_LATE_THAT = re.compile(
    r"\s+(?:(?:in|on|at|during|when|after|through|via|to|by|as|of|with|for|[a-z]+ly|earlier|last|this|yesterday|today)\b"
    rf"{_INSIDE}(?:\bthat\b|:(?=\s)|,?\s?(?=[\"“]))|(?:[A-Z][\w.]*|reporters)\b{_INSIDE}(?:\bthat\b|:(?=\s)|,\s?(?=[\"“])))"
)
# Who was told: "the assembly", "this newspaper over the phone", "NAME on Monday", before what was said.
_ADDRESSEE = re.compile(
    r"\s+(?!that\b|how\b|why\b|whether\b|of\b|against\b)(?:(?:the\s)?[A-Z][^,.;:\"“]{1,60}?(?=\sthat\b)|(?:the\s)?[A-Z][\w’'.&-]*(?:\s[A-Z][\w’'.&-]*){0,4}+|(?:the|an?|this|his|her|its|their|our)(?:\s[\w’'-]+){1,3}?|"
    r"(?:[a-z’'-]+\s){0,2}?(?:[a-z]+s|media|parliament|staff|me|him|her|them|people))(?:\s(?:on|in|at|during|by|over|from|after)\s[^,.;:\"“]{1,60}?(?=\sthat\b|[:,.]|$))?"
    r"(?=\s(?:that|how|why|whether|not\sto|to|the|an?|every|no|all|some|many|if|I|you|he|she|it|they|we|there|his|her|its|their|this|on|in|at|"
    r"[A-Z\d\"“])|[.,:;!?]|$)\s?"
)
_POSTPOSED_END = re.compile(
    r"\s*(?:$|[.,;!?—–]|\x01|[\"“”]|(?:in|on|at|during|after|before|when|while|through|via|by|over|from|earlier|last|this|"
    r"yesterday|today|[A-Z][a-z]+day|recently|[a-z]+ly)\b)"
)
_INTRO = re.compile(
    r"(?:in|on|at|after|before|during|since|by|when|while|as|if|for|with|under|over|from|to|of|last|this|next|asked|later|"
    r"[a-z]+ing)\b",
    re.IGNORECASE,
)
# Words that report speech; the other kinds are attitudes, topics and judgements.
REPORTING = frozenset("speech quote clause that object".split())
_NOMINAL = re.compile(
    rf"\s+(?:(?!that\b)[\w’'-]+\s){{0,3}}?(?:{'|'.join(words_of('speech_nouns_en'))})s?\s(?:that|about|over|for|at|with|in)\b"
)
_LINK = {
    "bid": re.compile(r"\s+((?:[\w’'.-]+\s){1,8}?to\s[a-z])"),
    "to": re.compile(r"\s+(to\s\w)"),
    "state": re.compile(r"(?:\s(?:about|over|at|by|with|in)\b)?\s+(?!to\b)([\w\"“$])"),
}
# "LAGOS, 3 March (Coast News) – "
_DATELINE = re.compile(
    r"\s*[A-Z][A-Z’'.-]+(?:\s[A-Z][A-Z’'.-]+)*(?:,\s[^–—:\n]{1,40}?)?\s*(?:\([^()\n]{1,40}\)\s*)?(?:[–—-]{1,2}|(?<=[A-Z]):)\s"
)
_ASIDE = re.compile(r"(?:\s(?:in|on|at|during|through|via)\s[^,.;:\x01\"“]{1,60})?,(?!\s[a-z]+ing\b)")
_UNREPORTED = re.compile(r"by\s|not\sto\sbe\s(?:named|identified|quoted)|to\sremain\sanonymous")
_NO_CLAUSE = re.compile(r"(?:by|of|to|into|up|with|from|for|out|on|about)\b")
_BEFORE_NAME = re.compile(r"([,\"”»])\s*(?:[\w.’'&-]+\s){0,8}$")
ADDRESSED = ("tell", "tells", "told", "telling", "assure", "assures", "assured", "warned", "reminded")


def end_of(text: str, unit: Unit) -> int:
    """Return the end of a unit without the blanks after it."""
    return trim_blanks(text, unit.start, unit.end)[1]


def skip(text: str, at: int, end: int) -> int:
    """Step over blanks, commas and colons."""
    while at < end and text[at] in BLANKS + ",:":
        at += 1
    return at


def content_right(text: str, at: int, end: int, kind: str, cue: str) -> int | None:
    """Return where the content after a reporting word begins; None if this word cannot report here."""
    addressee = _ADDRESSEE.match(text, at, end) if cue in ADDRESSED else None
    at = addressee.end() if addressee else at
    clause = _THAT.match(text, at, end)
    if clause:
        kept = text[clause.start() : clause.end()].strip(" ,").endswith(_KEPT)
        return skip(text, clause.start() if kept else clause.end(), end)
    aside = _ASIDE.match(text, at, end) if kind in REPORTING and not cue.endswith("ing") else None
    if aside and aside.end() - at > 1:  # "said in a letter, …"
        return skip(text, aside.end(), end)
    noun = _NOMINAL.match(text, at, end) if kind in ("stance", "object", "side") else None
    if noun:  # "voiced doubts about", "repeated his claim that"
        return skip(text, noun.end(), end)
    if kind in _LINK:
        link = _LINK[kind].match(text, at, end)
        return skip(text, link.start(1), end) if link else None
    late = _LATE_THAT.match(text, at, end) if kind in REPORTING else None
    if late:
        return skip(text, late.end(), end)
    if kind in ("that", "quote") or not (
        text[at : at + 1].isspace() or text[at - 1].isspace() or text[at : at + 1] == ","
    ):
        return None
    day = _WEEKDAY.match(text, at, end)
    start = skip(text, day.end() if day else at, end)
    if _UNREPORTED.match(text, start) or (
        kind not in ("object", "topic", "judge") and _NO_CLAUSE.match(text, start, end)
    ):
        return None
    return start


def content_left(text: str, unit: Unit, at: int) -> Span | None:
    """Return the content that ends right before the subject's phrase: "…," the head NAME said."""
    role = _BEFORE_NAME.search(text, max(unit.start, at - 90), at)
    at = role.end(1) if role else at
    dateline = _DATELINE.match(text, unit.start, at)
    start, end = trim_blanks(text, dateline.end() if dateline else unit.start, at)
    if end - start < 3:
        return None
    comma = text[end - 1] == ","
    if text[end - 1 - comma] in "”»’\"'" and "\x01" in text[end - 4 : end]:
        return start, end - comma
    spoken = text.count(" ", start, end) > (3 if _INTRO.match(text, start, end) else 1)
    return (start, end - 1) if comma and spoken else None


def is_postposed(text: str, at: int, end: int, cue: str) -> bool:
    """Tell whether nothing reported follows the word: "…, NAME said on Friday."."""
    addressee = _ADDRESSEE.match(text, at, end) if cue.startswith(("tell", "told")) else None
    at = addressee.end() if addressee else at
    return bool(_POSTPOSED_END.match(text, at, end)) and not _LATE_THAT.match(text, at, end)


def around(text: str, unit: Unit, left: Span, at: int) -> tuple[Span, bool]:
    """Return what was said around a clause put in between, and whether it stands before the clause only.

    Of "Government, NAME said in a statement, should act" the longer part counts.
    """
    comma = _ASIDE.match(text, at, unit.end)
    if not comma or "\x01" in text[left[0] : left[1]]:
        return left, True
    at = comma.end() - 1
    start, end = trim_blanks(text, max(left[0], text.rfind(";", left[0], left[1]) + 1), end_of(text, unit))
    after = _THAT.match(text, at + 1, end)
    rest = skip(text, after.end() if after else at + 1, end)
    return ((rest, end), False) if end - rest > left[1] - start else ((start, left[1]), rest >= end)
