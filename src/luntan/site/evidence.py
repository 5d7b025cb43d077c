"""Links from the cells of a table to the characters in a document page."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import groupby

import pandas as pd

from luntan.site.markup import escape, fold, mixed, page_names
from luntan.site.tongue import ENGLISH, Tongue

Span = tuple[int, int]
_LOCATOR = re.compile(r"(\S.*?):([0-9]{1,12})-([0-9]{1,12})(?:\s+|$)", re.DOTALL)
_OFFSET = re.compile("[0-9]{1,12}")
SHOWN = 5
# The status of documents whose text was analysed; the others have a page without text.
READ = ("ok", "warn")


class Evidence:
    """Where each document's page is, and which of its characters the pages made so far point to."""

    def __init__(self, corpus: pd.DataFrame, tongue: Tongue = ENGLISH) -> None:
        self.tongue = tongue
        read = corpus[corpus["status"].isin(READ)]
        self.texts: dict[str, str] = dict(zip(read["doc_id"], read["text"], strict=True))
        self.names = page_names(corpus["doc_id"])
        self.cited: dict[str, set[Span]] = defaultdict(set)
        self.cited_on: dict[str, set[str]] = defaultdict(set)

    def find(self, text: str) -> list[tuple[str, int, int]]:
        """Read a cell that holds locators and nothing else; a list that was cut short counts too."""
        text, found, at = text.strip(), [], 0
        while hit := _LOCATOR.match(text, at):
            locator = hit[1], int(hit[2]), int(hit[3])
            if not self._exists(*locator):
                return []
            found.append(locator)
            at = hit.end()
        return found if at == len(text) or text.endswith(("...", "…")) else []

    def _exists(self, doc_id: str, start: int, end: int) -> bool:
        return bool(self.texts.get(doc_id, "")[start:end].strip()) and end <= len(self.texts[doc_id])

    def cell(self, text: str, here: str) -> str:
        """Make the markup of a cell on the page `here`: links if it holds locators, else its text."""
        locators = self.find(text) if ":" in text else []
        if not locators:
            return mixed(text)
        first, rest = locators[:SHOWN], locators[SHOWN:]
        shown = self.links(first, here)
        if rest:
            shown += fold(mixed(self.tongue.say("{n} more", n=len(rest))), self.links(rest, here), "more")
        return shown

    def links(self, locators: Iterable[tuple[str, int, int]], here: str) -> str:
        """Make links to characters, those of one document side by side under its name."""
        groups = []
        for doc_id, group in groupby(locators, key=lambda locator: locator[0]):
            spans = " ".join(self.link(doc_id, start, end, here) for _, start, end in group)
            groups.append(f'<span class="source">{mixed(doc_id)}</span> {spans}')
        return f'<div class="evidence">{"<br>".join(groups)}</div>'

    def link(self, doc_id: str, start: int, end: int, here: str, text: str = "") -> str:
        """Make one link to characters, and remember that they are cited on the page `here`."""
        anchor = self.anchor(doc_id, start, end)
        self.cited_on[doc_id].add(here)
        shown = text or f"{start}-{end}"
        label = "" if text else f' aria-label="{escape(doc_id)}:{shown}"'
        return f'<a href="{self.address(doc_id, here)}#{anchor}"{label}>{mixed(shown)}</a>'

    def anchor(self, doc_id: str, start: int, end: int) -> str:
        """Name the place of these characters on their page, and remember that something leads there."""
        self.cited[doc_id].add((int(start), int(end)))
        return f"c{start}-{end}"

    def address(self, doc_id: str, here: str) -> str:
        """Say where the page of a document is, as seen from the page `here`."""
        file = f"documents/{self.names[doc_id]}.html"
        return "" if file == here else "../" * here.count("/") + file

    def row(self, head: Sequence[str], cells: Sequence[str], here: str) -> list[str]:
        """Make the cells of a row; one with doc_id, start and end links its doc_id to these characters."""
        made = [self.cell(cell, here) for cell in cells]
        fields = dict(zip(head, cells, strict=False))
        doc_id, start, end = (fields.get(name, "") for name in ("doc_id", "start", "end"))
        numbered = _OFFSET.fullmatch(start) and _OFFSET.fullmatch(end)
        if numbered and self._exists(doc_id, int(start), int(end)):
            made[list(head).index("doc_id")] = self.link(doc_id, int(start), int(end), here, text=doc_id)
        return made
