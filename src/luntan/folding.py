"""Fold what is written in several ways into one way of writing, character by character, for lookup only.

A folded text is as long as the text, so an offset into one is an offset into the other; what stands
in a table is always the text itself.
"""

import re
from functools import cache

from luntan.lexicons import read_text


def fold(text: str) -> str:
    """Return the text in simplified characters; every character stays at its place.

    >>> fold("區塊鏈與AI")
    '区块链与AI'
    """
    return text.translate(_simplified()) if _traditional().search(text) else text


@cache
def _simplified() -> dict[int, str]:
    pairs = re.findall(r"^(.)\t(.)$", read_text("traditional.txt"), re.MULTILINE)
    return {ord(traditional): simplified for traditional, simplified in pairs}


@cache
def _traditional() -> re.Pattern[str]:
    return re.compile(f"[{''.join(map(chr, _simplified()))}]")
