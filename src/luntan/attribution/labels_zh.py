"""Turns in Chinese interviews and hearings: what stands behind a label is spoken, 记者：……, 某某：……."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from luntan.attribution.sources import Span

# A half-width colon counts behind Chinese characters.
LABEL = re.compile(r"[\s*_#]*([^，。；：:？！“”*\n\x01]{1,40})(?:：|(?<=[\u3400-\u9fff]):)[\s*_]*(?=\S)")
_ASKS = re.compile(r"记者|主持人|问$|答$|^《[^》]+》$")
_TELLS = re.compile(
    r"来源|作者|编[者辑]|按$|导语|前言|摘要|提要|嘉宾|人物|对话|文$|图$|出席|列席|受访|人员|名单|日期|"
    "记录|主题|议题|摄影|时间|地点|标题|责编|校对|撰文|图片|"
    "[说称道示出为调]$"
)


def find_chinese_turns(text: str, paragraphs: Sequence[Span]) -> Iterator[tuple[Span, Span]]:
    """Yield the span of each turn with its label, and of the words in it.

    A turn runs on over paragraphs to the next label; the last one ends with its own.
    """
    found = [(number, label) for number, span in enumerate(paragraphs) if (label := LABEL.match(text, *span))]
    found = [(number, label) for number, label in found if not _TELLS.search(label[1])]
    counts = Counter(label[1] for _, label in found)
    again = sum(count > 1 for count in counts.values())
    record = again and 2 * len(found) > len(paragraphs)  # of a hearing: whoever is named there speaks
    if not any(map(_ASKS.search, counts)) and again < 2 and not record:
        return
    kept = [
        (number, label) for number, label in found if record or counts[label[1]] > 1 or _ASKS.search(label[1])
    ]
    for place, (number, label) in enumerate(kept):
        until = kept[place + 1][0] if place + 1 < len(kept) else number + 1
        end = paragraphs[until - 1][1]
        yield (paragraphs[number][0], end), (label.end(), label.end() + len(text[label.end() : end].rstrip()))
