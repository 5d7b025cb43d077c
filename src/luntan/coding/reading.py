"""Read the rows of a filled-in sheet, whatever a spreadsheet made of the file."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from luntan._tables import formula_free
from luntan.loaders.encoding import decode

Row = tuple[int, dict[str, str]]

TEXTS = (".csv", ".tsv", ".txt")
BOOKS = (".xlsx", ".xlsm", ".xls", ".ods")
HEADER_WITHIN = 10


def read_rows(path: Path) -> list[Row]:
    """Return the rows of a filled-in sheet that are not blank, each with its number in the spreadsheet."""
    ending = path.suffix.lower()
    if ending not in TEXTS + BOOKS:
        raise ValueError(
            f"{path.name} ends in {ending!r}; a coding sheet is one of {', '.join(TEXTS + BOOKS)}."
        )
    pages = _csv_pages(path) if ending in TEXTS else _spreadsheet_pages(path)
    for page in pages:
        for above, cells in enumerate(page[:HEADER_WITHIN]):
            header = [cell.strip().casefold() for cell in cells]
            if {"unit", "verdict"} <= set(header):
                body = enumerate(page[above + 1 :], above + 2)
                filled = (
                    (number, map(formula_free, cells)) for number, cells in body if any(map(str.strip, cells))
                )
                return [(number, dict(zip(header, cells, strict=False))) for number, cells in filled]
    raise ValueError(
        f"{path.name} has no columns 'unit' and 'verdict'; is it a sheet that write_coding_sheet wrote?"
    )


def _csv_pages(path: Path) -> Iterator[list[list[str]]]:
    text, _, reason = decode(path.read_bytes())
    if "could not be decoded" in reason:
        raise ValueError(f"{path.name}: {reason}; save it as CSV UTF-8 or XLSX.")
    for delimiter in ",;\t，":
        with_it = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        try:
            yield list(with_it)
        except csv.Error as error:
            raise ValueError(f"{path.name} is no CSV: {error}.") from error


def _spreadsheet_pages(path: Path) -> Iterator[list[list[str]]]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_path(path)
        names = sorted(book.sheet_names, key=lambda name: name != "coding")
        for name in names:
            yield [
                [_shown(cell) for cell in row]
                for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            ]
    except CalamineError as error:
        raise ValueError(f"{path.name} cannot be read as a spreadsheet: {error}.") from error


def _shown(cell: object) -> str:
    """Return a cell as text; a whole number without the point that a spreadsheet gave it."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
