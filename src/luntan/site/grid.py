"""The table in an HTML output of a notebook, read cell by cell and written anew."""

import re
from dataclasses import dataclass
from html.parser import HTMLParser

from luntan.site.markup import mixed
from luntan.site.prose import Place
from luntan.site.tables import Cell, write_table


@dataclass
class Found:
    """A cell as it was read: plain text, not yet safe to write."""

    head: bool
    columns: str
    rows: str
    text: str = ""

    def write(self, markup: str = "") -> Cell:
        """Make the cell of the page."""
        return Cell(markup or mixed(self.text.strip()), self.head, self.columns, self.rows)


class Grid(HTMLParser):
    """The table in an HTML output: its cells and their text, and nothing else of the markup."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[tuple[str, list[Found]]] = []
        self.part, self.caption, self.into = "tbody", "", ""

    @classmethod
    def read(cls, markup: str) -> "Grid | None":
        """Read the markup; None if there is no table in it."""
        grid = cls()
        grid.feed(markup)
        grid.close()
        return grid if any(cells for _, cells in grid.rows) else None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a part, a row or a cell."""
        given = dict(attrs)
        if tag in ("thead", "tbody", "tfoot"):
            self.part = tag
        elif tag == "tr":
            self.rows.append((self.part, []))
            self.into = ""
        elif tag in ("td", "th") and self.rows:
            spans = (given.get(name) or "" for name in ("colspan", "rowspan"))
            columns, rows = (span if re.fullmatch("[0-9]{1,4}", span) else "" for span in spans)
            self.rows[-1][1].append(Found(tag == "th", columns, rows))
            self.into = "cell"
        elif tag in ("caption", "style", "script"):
            self.into = tag

    def handle_endtag(self, tag: str) -> None:
        """End a cell or a caption."""
        if tag in ("td", "th", "caption", "style", "script", "table"):
            self.into = ""

    def handle_data(self, data: str) -> None:
        """Take up the text of a cell or of the caption."""
        if self.into == "cell":
            self.rows[-1][1][-1].text += data
        elif self.into == "caption":
            self.caption += data

    def markup(self, label: str, place: Place) -> str:
        """Write the table anew, with links to the evidence."""
        head = _join_names([cells for part, cells in self.rows if part == "thead"])
        names = [cell.text.strip() for cell in head[0]] if len(head) == 1 else []
        body = []
        for part, cells in self.rows:
            if part != "thead":
                # Where an index spans rows, later rows lack its cells: columns count from the right.
                texts = [cell.text.strip() for cell in cells]
                made = place.evidence.row(names[-len(cells) :], texts, place.here)
                body.append([cell.write(markup) for cell, markup in zip(cells, made, strict=True)])
        shown = [[cell.write() for cell in row] for row in head]
        return write_table(label, shown, body, caption=self.caption.strip())


def _join_names(head: list[list[Found]]) -> list[list[Found]]:
    """Join the two rows that pandas writes for columns and for names of the index, where they fit."""
    if len(head) != 2 or len(head[0]) != len(head[1]):
        return head
    pairs = list(zip(*head, strict=True))
    if any(above.text and below.text for above, below in pairs):
        return head
    return [[below if below.text else above for above, below in pairs]]
