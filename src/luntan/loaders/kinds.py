"""Tell the kind of a document: forum_report, news_feature, opinion, policy, programme or other."""

import re
from collections.abc import Iterator

from luntan.lexicons import read_fields
from luntan.loaders.furniture import lines_of


def kind_of(title: str, opening: str, head: str = "") -> str:
    """Return the kind of a document by the words of its headline, its section and its opening.

    >>> kind_of("关于举办创新论坛的通知", ""), kind_of("创新论坛在京举行", "")
    ('policy', 'forum_report')
    >>> kind_of("Stay small", "", "Opinion"), kind_of("Stay small", "")
    ('opinion', 'other')
    """
    folded, opening = title.casefold().strip(" 》」"), opening.casefold()
    sections = list(_sections(head, title))
    for where, kind, word in read_fields("kinds"):
        if (
            (where == "end" and word in folded and re.search(rf"(?<![a-z]){word}$", folded))
            or (where == "title" and word in folded)
            or (where == "head" and word in sections)
            or (where == "opening" and word in opening)
        ):
            return kind
    return "other"


def _sections(head: str, title: str) -> Iterator[str]:
    """Yield the sections that a page stands in: the steps of its path, or a word above the headline."""
    above: list[str] = []
    for line in lines_of(head):
        steps = re.split(r"\s*[>›»/＞]\s*", line.bare.casefold())
        if len(steps) > 1 and len(line.text) < 80:
            yield from steps
        if title and title in line.text:
            break
        above.append(line.bare.casefold())
    # One word above the headline is its section; several in a row are the page's menu.
    if above and (len(above) == 1 or len(above[-2]) > 20):
        yield above[-1]
