"""Word lists that a researcher can read, review and extend; rules live in code, words live here.

A `.txt` lexicon holds one entry a line; `#` begins a comment. Further fields stand after a tab.
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import Any


@cache
def read_lexicon(name: str) -> tuple[str, ...]:
    """Return the entries of `lexicons/<name>.txt` in file order, comments and blank lines left out.

    >>> "专精特新" in read_lexicon("terms_zh")
    True
    """
    return parse_lexicon(read_text(f"{name}.txt"))


@cache
def read_fields(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the entries of `lexicons/<name>.txt`, each split at its tabs."""
    return tuple(tuple(field.strip() for field in entry.split("\t")) for entry in read_lexicon(name))


@cache
def chinese_names() -> dict[str, str]:
    """Return the Chinese of our names of columns, values and notebooks.

    >>> chinese_names()["speaker"]
    '发言人'
    """
    return {name: chinese for name, chinese in read_fields("labels")}  # noqa: C416


def parse_lexicon(text: str) -> tuple[str, ...]:
    """Return the entries of a lexicon's text: one a line, `#` at its start or after a blank begins a comment.

    >>> parse_lexicon("# languages\\nC#  # sharp")
    ('C#',)
    """
    lines = (re.split(r"(?:^|\s)#", line, maxsplit=1)[0].strip() for line in text.splitlines())
    return tuple(line for line in lines if line)


def read_text(file_name: str) -> str:
    """Return the text of one lexicon file inside the package."""
    # pathlib would take longer to load than all lexicons to read.
    with open(f"{__path__[0]}/{file_name}", encoding="utf-8") as file:  # noqa: PTH123
        return file.read()


def any_of(words: Iterable[str], blank: str = r"\ ", *, leading: bool = False) -> str:
    r"""Return the pattern of any of these words, the longest that fits; `blank` is that of a blank in them.

    Shared beginnings are tried only once, and a place with another first character is passed at once:
    by a look ahead or, where a pattern opens with the words (`leading`), by the search itself.

    >>> any_of(["副主任", "主任", "主席"])
    '(?=[主副])(?:主(?:任|席)|副主任)'
    """
    trie: dict[str, Any] = {}
    for word in words:
        node = trie
        for char in word:
            node = node.setdefault(char, {})
        node[""] = {}
    firsts = "".join(map(re.escape, sorted(trie)))
    ahead = "" if leading else f"(?=[{firsts}])"
    return ahead + _render(trie, blank) if firsts else "(?!)"


def _render(node: dict[str, Any], blank: str) -> str:
    branches = [
        (blank if char == " " else re.escape(char)) + _render(child, blank)
        for char, child in sorted(node.items())
        if char
    ]
    if not branches:
        return ""
    if len(branches) == 1 and "" not in node:
        return branches[0]
    return f"(?:{'|'.join(branches)}){'?' if '' in node else ''}"
