"""Turns of interviews and hearings: a label says who speaks, "Ms. OKAFOR: …", 记者：……."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from luntan.attribution.sources import Span
from luntan.attribution.words import is_title

_LABEL = re.compile(
    r"[ \t*_#>–—-]*"
    r"(?:(?=[^:]*+:)((?:[A-Z]\.|[A-Z][\w’'-]*\.(?=\s[A-Z])|[^:.?!\"“\n]){1,80}?)[*_]{0,2}\s?:[*_]{0,2}(?=\s)|"
    r"([A-Z][a-z]+\.?\s[A-Z][A-Z’'-]+(?:\sof\s[A-Z]\w+)?|Q|A)\.(?=\s))\s*(?=[^\s\"“])"
)
# A titled person alone: "Prof. Li", "Ms. OKAFOR", "DR. HALE (Lake Trust)", "The CHAIR"
_PERSON = re.compile(
    r"([A-Z][A-Za-z]+)\.?\s[A-Z][\w’'.-]+(?:\s[A-Z][\w’'.-]+){0,3}(?:\s\([^()]+\))?|The\s[A-Z]{4,}"
)
_FULL = re.compile(r"[A-Z][\w’'.-]+(?:\s[A-Z][\w’'.-]+){1,3}")

# A half-width colon counts behind Chinese characters.
LABEL_ZH = re.compile(r"[\s*_#]*([^，。；：:？！“”*\n\x01]{1,40}+)(?:：|(?<=[\u3400-\u9fff]):)[\s*_]*(?=\S)")
_ASKS = re.compile(r"记者|主持人|问$|答$|^《[^》]+》$")
_TELLS = re.compile(
    r"来源|作者|编[者辑]|按$|导语|前言|摘要|提要|嘉宾|人物|对话|文$|图$|出席|列席|受访|人员|名单|日期|"
    "记录|主题|议题|摄影|时间|地点|标题|责编|校对|撰文|图片|"
    "[说称道示出为调]$"
)

# "[Ms. Okafor conferred with an official.]"
_ASIDE = re.compile(r"\s*[\[［【][^\[\]]*[\]］】]\s*")
_Label = tuple[int, re.Match[str]]


def find_turns(text: str, folded: str, paragraphs: Sequence[Span]) -> Iterator[tuple[Span, Span]]:
    """Yield the span of each turn with its label, and of the words in it.

    A turn runs on over paragraphs to the next label, or to a note in brackets; the last one ends with its
    own paragraph, for what follows may be anybody's. Chinese labels are looked for in the folded text.
    """
    kept = _chinese(folded, paragraphs) or _english(text, paragraphs)
    for place, (number, label) in enumerate(kept):
        until = kept[place + 1][0] if place + 1 < len(kept) else number + 1
        notes = (n for n in range(number + 1, until) if _ASIDE.fullmatch(text, *paragraphs[n]))
        end = paragraphs[max(number, next(notes, until) - 1)][1]
        yield (paragraphs[number][0], end), (label.end(), label.end() + len(text[label.end() : end].rstrip()))


def _english(text: str, paragraphs: Sequence[Span]) -> list[_Label]:
    """Return titled persons, and what stands before a colon more than once where somebody else does too.

    There a full name counts the first time.
    """
    labels = ((number, _LABEL.match(text, *span)) for number, span in enumerate(paragraphs))
    found = [(number, label) for number, label in labels if label]
    counts = Counter(_name(label) for _, label in found)
    several = sum(count > 1 or _is_person(name) for name, count in counts.items()) > 1
    return [
        (number, label)
        for number, label in found
        if _is_person(_name(label))
        or (several and (counts[_name(label)] > 1 or _FULL.fullmatch(_name(label))))
    ]


def _chinese(text: str, paragraphs: Sequence[Span]) -> list[_Label]:
    found = [
        (number, label) for number, span in enumerate(paragraphs) if (label := LABEL_ZH.match(text, *span))
    ]
    found = [(number, label) for number, label in found if not _TELLS.search(label[1])]
    counts = Counter(label[1] for _, label in found)
    again = sum(count > 1 for count in counts.values())
    record = again and 2 * len(found) > len(paragraphs)  # of a hearing: whoever is named there speaks
    if not any(map(_ASKS.search, counts)) and again < 2 and not record:
        return []
    return [
        (number, label) for number, label in found if record or counts[label[1]] > 1 or _ASKS.search(label[1])
    ]


def _is_person(name: str) -> bool:
    found = _PERSON.fullmatch(name)
    return found is not None and (not found.group(1) or is_title(found.group(1)))


def _name(label: re.Match[str]) -> str:
    return label.group(1) or label.group(2)
