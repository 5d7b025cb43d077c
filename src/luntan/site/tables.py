"""Tables as markup: heads with a scope, numbers to the right, wide ones scrolling by themselves."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from luntan.site.markup import mixed, scroll

_NUMBER = re.compile(r"[-+−]?[0-9][0-9,]*(\.[0-9]+)?(e[-+][0-9]+)?%?|NaN|<NA>")
_TAG = re.compile("<[^>]*>")
# Longer texts get a column that is wide enough to read, also on a phone.
LONG = 30
_DATE = re.compile("[0-9X]{4}(-[0-9X]{2}){1,2}")


@dataclass(frozen=True)
class Cell:
    """A cell whose text is markup already; `columns` and `rows` say how many it spans."""

    markup: str
    head: bool = False
    columns: str = ""
    rows: str = ""
    id: str = ""


Row = Sequence[Cell]


def table(label: str, head: Sequence[str], rows: Iterable[Sequence[str]], *, ids: str = "") -> str:
    """Make a table of cells that are markup already; the first cell of a row names the row.

    With `ids="row"`, links find the rows as `row-1`, `row-2` and so on.
    """
    body = [
        [Cell(row[0], head=True, id=f"{ids}-{number}" if ids else ""), *map(Cell, row[1:])]
        for number, row in enumerate(rows, 1)
    ]
    return write_table(label, [[Cell(mixed(name), head=True) for name in head]], body)


def write_table(label: str, head: Sequence[Row], body: Sequence[Row], *, caption: str = "") -> str:
    """Make a table of rows of cells."""
    numbers, before = _number_columns(body), _columns_named("before", head)
    top = "\n".join(_row(row, "col", numbers, before) for row in head)
    lines = "\n".join(_row(row, "row", numbers, before) for row in body)
    title = f"<caption>{mixed(caption)}</caption>\n" if caption else ""
    inner = f"<table>\n{title}<thead>{top}</thead>\n<tbody>\n{lines}\n</tbody>\n</table>"
    return scroll(caption or label, inner)


def _number_columns(body: Sequence[Row]) -> set[int]:
    """Find the columns of numbers, counted from the right, for where an index spans rows others lack it."""
    width = min((len(row) for row in body), default=0)
    return {at for at in range(1, width + 1) if all(_NUMBER.fullmatch(row[-at].markup) for row in body)}


def _columns_named(name: str, head: Sequence[Row]) -> set[int]:
    """Find the columns of a name, counted from the right: in a concordance `before` leans on the keyword."""
    return {len(row) - at for row in head for at, cell in enumerate(row) if _TAG.sub("", cell.markup) == name}


def _row(cells: Row, scope: str, numbers: set[int], before: set[int]) -> str:
    made = []
    for at, cell in zip(range(len(cells), 0, -1), cells, strict=True):
        heads = cell.head and bool(cell.markup)
        kind = _kind(cell.markup) or ("number" if scope == "col" and at in numbers else "")
        kind = f"before {kind}".rstrip() if at in before else kind
        given = {
            "id": cell.id,
            "scope": scope if heads else "",
            "colspan": cell.columns,
            "rowspan": cell.rows,
            "class": kind,
        }
        attributes = "".join(f' {name}="{value}"' for name, value in given.items() if value)
        tag = "th" if heads else "td"
        made.append(f"<{tag}{attributes}>{cell.markup}</{tag}>")
    return f"<tr>{''.join(made)}</tr>"


def _kind(text: str) -> str:
    if _NUMBER.fullmatch(text):
        return "number"
    if _DATE.fullmatch(text):
        return "date"
    return "long" if len(_TAG.sub("", text)) > LONG else ""
