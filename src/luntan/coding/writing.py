"""Write coding sheets as CSV and XLSX."""

import io
import os
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from luntan._tables import formula_safe
from luntan.coding.words import BLIND_VERDICTS, SUGGESTED, VERDICTS, explanations
from luntan.lexical import theme_lexicon

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

More = Callable[["Workbook", "Worksheet", pd.DataFrame], None]
MOST_CHARACTERS, MOST_ROWS = 32_767, 1_048_575  # what XLSX holds in a cell, and below the header
WIDTHS = {
    "unit": 14, "before": 26, "text": 46, "after": 26, "organisation": 20, "coded_organisation": 20,
    "themes": 20, "coded_speaker": 17, "coded_themes": 22, "note": 24,
}  # fmt: skip
OTHER_WIDTH = 13


def write_coding_sheet(
    sheet: pd.DataFrame, path: str | os.PathLike[str], *, lexicon: str | os.PathLike[str] | None = None
) -> Path:
    """Write a coding sheet for coders, as .csv or .xlsx; the same sheet always gives the same bytes.

    The XLSX has drop-downs, a page `read me` in English and Chinese with all themes, and cells to
    fill in on yellow. The CSV opens in Excel without mojibake. A text that would run as a formula
    gets an apostrophe before it, which `read_coding` takes away.

    Parameters
    ----------
    sheet : DataFrame
        From `coding_sheet`.
    path : path
        The file to write; its ending, .csv or .xlsx, tells the format.
    lexicon : path, optional
        The theme lexicon to explain, where it is your own; see `themes`.

    Returns
    -------
    Path
        Of the file. ValueError for another ending, or for what an XLSX cannot hold.

    Examples
    --------
    >>> write_coding_sheet(pd.DataFrame(), "林.doc")
    Traceback (most recent call last):
    ValueError: path = '林.doc' ends in '.doc'; a coding sheet is written as .csv or .xlsx.
    """
    return write_sheet(sheet, path, title="coding sheet", more=partial(_explain, lexicon=lexicon))


def write_sheet(
    sheet: pd.DataFrame, path: str | os.PathLike[str], *, title: str, more: More | None = None
) -> Path:
    """Write a table of texts as .csv or .xlsx, safe to open; `more` adds pages to the XLSX."""
    target = Path(path)
    ending = target.suffix.lower()
    # In an XLSX no text runs, but people save it as CSV, and open that.
    safe = sheet.map(formula_safe)
    if ending == ".csv":
        target.write_bytes(safe.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig"))
    elif ending == ".xlsx":
        target.write_bytes(_workbook(safe, title, more))
    else:
        raise ValueError(f"path = {str(path)!r} ends in {ending!r}; a {title} is written as .csv or .xlsx.")
    return target


def _workbook(sheet: pd.DataFrame, title: str, more: More | None) -> bytes:
    import xlsxwriter

    longest = sheet.map(len).to_numpy().max(initial=0)
    if longest > MOST_CHARACTERS or len(sheet) > MOST_ROWS:
        raise ValueError(
            f"sheet has {len(sheet)} rows and up to {longest} characters in a cell, but an XLSX holds "
            f"{MOST_ROWS} and {MOST_CHARACTERS}; write a .csv, or fewer statements."
        )
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, {"in_memory": True})
    book.set_properties({"title": f"luntan {title}", "created": datetime(2000, 1, 1)})
    page = book.add_worksheet(title.split()[0])
    _write_page(book, page, sheet)
    if more:
        more(book, page, sheet)
    book.close()
    return written.getvalue()


def _write_page(book: "Workbook", page: "Worksheet", sheet: pd.DataFrame) -> None:
    look = {"text_wrap": True, "valign": "top", "num_format": "@"}
    shown = book.add_format({**look, "border": 1, "border_color": "#D9D9D9"})
    asked = book.add_format({**look, "border": 1, "border_color": "#D9D9D9", "bg_color": "#FFF8DC"})
    head = book.add_format({**look, "bold": True, "bg_color": "#DDEBF7", "bottom": 2})
    widths = [WIDTHS.get(name, OTHER_WIDTH) for name in sheet.columns]
    for below, cells in enumerate(sheet.itertuples(index=False), 1):
        page.set_row(below, _height(cells, widths))
    for at, name in enumerate(sheet.columns):
        style = asked if is_asked(name) else shown
        page.set_column(at, at, widths[at])
        page.write_string(0, at, name, head)
        for below, cell in enumerate(sheet[name], 1):
            page.write_string(below, at, cell, style)
    page.freeze_panes(1, 1)
    page.autofilter(0, 0, len(sheet), len(sheet.columns) - 1)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)


def _height(cells: Iterable[str], widths: Iterable[int]) -> float:
    """Return the height of a row in points, since not every spreadsheet fits rows to wrapped text."""
    lines = [
        sum(ceil((sum(1 + (char > "\u2e80") for char in line) + 1) / width) for line in cell.split("\n"))
        for cell, width in zip(cells, widths, strict=False)
    ]
    return min(15.0 * max(lines), 409.0)


def is_asked(name: str) -> bool:
    """Tell whether a column is the coder's to fill in."""
    return name.startswith("coded_") or name in ("verdict", "note", "coder")


def _explain(
    book: "Workbook",
    page: "Worksheet",
    sheet: pd.DataFrame,
    *,
    lexicon: str | os.PathLike[str] | None,
) -> None:
    """Add what only coders need: a guide, and drop-downs with their lists."""
    themes = theme_lexicon(lexicon)
    guide, lists = (book.add_worksheet(name) for name in ("read me", "lists"))
    _write_guide(book, guide, sheet, themes)
    _write_lists(page, lists, sheet, themes)


def _verdicts(sheet: pd.DataFrame) -> tuple[str, ...]:
    return VERDICTS if set(SUGGESTED) & set(sheet.columns) else BLIND_VERDICTS


def _write_guide(
    book: "Workbook", guide: "Worksheet", sheet: pd.DataFrame, themes: dict[str, dict[str, object]]
) -> None:
    """Explain columns, verdicts and themes in both languages."""
    told = explanations()
    parts: list[tuple[str, ...]] = [("column 列", "meaning", "含义")]
    parts += [(name, *told[name]) for name in sheet.columns if name in told]
    parts += [(), ("verdict 判断", "meaning", "含义")]
    parts += [(name, *told[name]) for name in _verdicts(sheet)]
    parts += [(), ("theme 主题", "label", "名称", "definition 定义")]
    fields = ("label", "label_zh", "definition")
    parts += [(key, *(str(entry.get(field, "")) for field in fields)) for key, entry in themes.items()]
    body = book.add_format({"text_wrap": True, "valign": "top"})
    head = book.add_format({"text_wrap": True, "valign": "top", "bold": True, "bg_color": "#DDEBF7"})
    widths = (26, 52, 44, 70)
    for at, width in enumerate(widths):
        guide.set_column(at, at, width)
    guide.fit_to_pages(1, 0)
    for row, cells in enumerate(parts):
        guide.set_row(row, _height(cells or ("",), widths))
        for at, cell in enumerate(cells):
            guide.write_string(row, at, cell, head if row == 0 or not parts[row - 1] else body)


def _write_lists(
    page: "Worksheet", lists: "Worksheet", sheet: pd.DataFrame, themes: dict[str, dict[str, object]]
) -> None:
    """Put drop-downs on the coder's columns; only the verdict is a closed list."""
    told = explanations()
    choices = {"verdict": list(_verdicts(sheet)), "coded_themes": list(themes)}
    for name in ("speaker", "organisation", "stance"):
        if name in sheet:
            choices[f"coded_{name}"] = sorted(set(sheet[name]) - {""})
    for at, name in enumerate(column for column in sheet.columns if is_asked(column)):
        lists.write_column(0, at, [name, *choices.get(name, [])])
        rule: dict[str, Any] = {"validate": "any", "input_title": name, "input_message": told[name][1]}
        if choices.get(name):
            column = chr(ord("A") + at)
            source = f"=lists!${column}$2:${column}${len(choices[name]) + 1}"
            rule |= {"validate": "list", "source": source, "show_error": name == "verdict"}
        where = sheet.columns.get_loc(name)
        page.data_validation(1, where, max(1, len(sheet)), where, rule)
    lists.hide()
