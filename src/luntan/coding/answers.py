"""Read what coders answered; accept what is unambiguous, and tell all that is not by file and row."""

import os
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path

import pandas as pd

from luntan._tables import make_table
from luntan.coding.reading import Row, read_rows
from luntan.coding.words import (
    NONE,
    SUGGESTED,
    answers,
    join_names,
    join_themes,
    joined_names,
    plain,
    squeezed,
    theme_names,
    typed_themes,
)
from luntan.folding import fold

Source = str | os.PathLike[str]
Sheet = dict[str, dict[str, str]]
Names = Mapping[str, Mapping[str, str]]

# What a spreadsheet made of something typed: a date that was none, a formula that failed
DAMAGED = re.compile(
    r"(?:\d{4}-\d\d-\d\d( \d\d:\d\d:\d\d)?|(?i:#(?:NAME\?|REF!|VALUE!|N/A|DIV/0!|NULL!|NUM!)))$"
)
FREE = ("speaker", "organisation", "stance")
SHOWN = 20


def read_coding(
    paths: Source | Iterable[Source], sheet: pd.DataFrame, *, lexicon: Source | None = None
) -> pd.DataFrame:
    """Read filled-in coding sheets back, one for each coder or several coders in one.

    One row is what one coder answered on one variable of one unit. Rows without a verdict were not
    looked at: they are no codings. The coder is told by the column `coder`, else by the file's name.

    Parameters
    ----------
    paths : path, or list of paths
        `.csv .tsv .txt .xlsx .xlsm .xls .ods`, in any encoding, order of rows or delimiter.
    sheet : DataFrame
        What the coders were given, from `coding_sheet`.
    lexicon : path, optional
        The theme lexicon, where it is your own; see `themes`.

    Returns
    -------
    DataFrame
        Columns `unit doc_id start end coder variable code`; `variable` is `is_statement` (yes, no),
        `speaker organisation themes stance` or `note`; an empty code: none. ValueError lists all problems.

    Examples
    --------
    >>> read_coding([], pd.DataFrame({"unit": ["论坛:0-4"], "text": ["Talent"], "verdict": [""]})).empty
    True
    """
    missing = [name for name in ("unit", "text", "verdict") if name not in sheet]
    if missing:
        raise ValueError(f"sheet lacks the column(s) {', '.join(missing)}; pass what coding_sheet returned.")
    asked: Sheet = {squeezed(row["unit"]): row for row in sheet.to_dict("records")}  # type: ignore[misc]
    names: dict[str, dict[str, str]] = {
        name: {plain(value): value for value in sheet[name]} for name in FREE if name in sheet
    }
    names["themes"] = theme_names(lexicon)
    answered: dict[tuple[str, str], dict[str, str]] = {}
    problems: list[str] = []
    for path in map(Path, [paths] if isinstance(paths, str | os.PathLike) else paths):
        for number, found in _rows(path, problems):
            where = f"{path.name}, row {number}"
            unit, coder = squeezed(found.get("unit", "")), squeezed(found.get("coder", "")) or path.stem
            wrong, values = _answer(found, asked, names)
            problems += [f"{where}: {problem}" for problem in wrong]
            if not (wrong or values):
                continue
            known = answered.setdefault((unit, coder), values)
            if known != values and not wrong:
                problems.append(f"{where}: {coder} has coded {unit} before, and otherwise")
    if problems:
        more = f"\n… and {len(problems) - SHOWN} more" if len(problems) > SHOWN else ""
        raise ValueError("paths: please mend these rows.\n" + "\n".join(problems[:SHOWN]) + more)
    return make_table("codings", _long(answered, asked))


def _rows(path: Path, problems: list[str]) -> list[Row]:
    try:
        return read_rows(path)
    except ValueError as error:
        problems.append(str(error))
        return []


def _long(
    answered: Mapping[tuple[str, str], Mapping[str, str]], asked: Sheet
) -> Iterator[tuple[object, ...]]:
    """Yield the codings in the order of the sheet, whatever the order of rows and files."""
    place = {unit: at for at, unit in enumerate(asked)}
    for key, coder in sorted(answered, key=lambda pair: (place[pair[0]], pair[1])):
        unit = asked[key]["unit"]
        doc_id, _, span = unit.rpartition(":")
        start, _, end = span.partition("-")
        for variable, value in answered[key, coder].items():
            yield unit, doc_id, int(start), int(end), coder, variable, value


def _answer(found: Mapping[str, str], asked: Sheet, names: Names) -> tuple[list[str], dict[str, str]]:
    """Return what is wrong with a row, in words, and the values it gives."""
    unit = squeezed(found.get("unit", ""))
    if unit not in asked:
        return [f"unit {unit!r} is not in the sheet{_hint(unit, asked)}"], {}
    row = asked[unit]
    problems = [
        f"{name} was changed to {found[name].strip()!r}; {_remedy(name)}"
        for name in ("text", *SUGGESTED)
        if name in row and name in found and _gist(found[name]) != _gist(row[name])
    ]
    verdict, coded = _verdict(found, row, problems)
    values: dict[str, str] = {}
    if verdict:
        values["is_statement"] = "no" if verdict == "no statement" else "yes"
    if verdict in ("agree", "change"):
        values |= {name: row[name] for name in ("speaker", "organisation", "themes", "stance") if name in row}
    for name, cell in coded.items():
        values[name] = _value(name, cell, names, problems)
    if note := found.get("note", "").strip():
        values["note"] = note
    return problems, values


def _verdict(
    found: Mapping[str, str], row: Mapping[str, str], problems: list[str]
) -> tuple[str, dict[str, str]]:
    """Return the verdict and the filled-in cells, and say where the two do not go together."""
    written = found.get("verdict", "")
    verdict = answers().get(plain(written), "")
    cells = {name: found.get(f"coded_{name}", "").strip() for name in (*FREE, "themes")}
    coded = {name: cell for name, cell in cells.items() if cell}
    filled = ", ".join(f"coded_{name}" for name in coded)
    if verdict in ("", NONE) and written.strip():
        problems.append(f"verdict {written.strip()!r} is none of agree, change, no statement, coded")
    elif coded and verdict in ("", "agree", "no statement"):
        problems.append(
            f"{filled} is filled in, but verdict is {verdict or 'empty'!r}; write 'change' or clear it"
        )
    elif verdict == "change" and not coded:
        problems.append("verdict is 'change', but nothing is filled in; write 'agree' or what is to change")
    elif verdict in ("agree", "change") and not set(SUGGESTED) & set(row):
        problems.append(f"verdict is {verdict!r}, but a blind sheet suggests nothing; write 'coded'")
    return verdict, coded


def _value(name: str, cell: str, names: Names, problems: list[str]) -> str:
    """Return a filled-in cell as a value: names as the sheet spells them, themes as sorted keys."""
    known = names.get(name, {})
    if answers().get(plain(cell)) == NONE:
        return ""
    if DAMAGED.match(cell):
        problems.append(f"coded_{name} is {cell!r}; format the cell as text and type it again")
    if name != "themes":
        return known.get(plain(cell)) or join_names(known.get(plain(one), one) for one in joined_names(cell))
    if plain(cell) in known:
        return known[plain(cell)]
    keys = set()
    for theme in sorted(typed_themes(cell)):
        if plain(theme) in known:
            keys.add(known[plain(theme)])
        else:
            problems.append(f"coded_themes has {theme!r}, which is no theme{_hint(plain(theme), known)}")
    return join_themes(keys)


def _hint(word: str, known: Iterable[str]) -> str:
    near = get_close_matches(word, known, 1)
    return f"; did you mean {near[0]!r}?" if near else ""


def _remedy(name: str) -> str:
    if name in ("speaker", "organisation", "themes", "stance"):
        return f"put it back, and correct in coded_{name}"
    return "put it back, or delete this column"


def _gist(text: str) -> str:
    """Return the characters of a text that survive every spreadsheet and code page."""
    folded = fold(unicodedata.normalize("NFKC", text))
    return "".join(char for char in folded if char.isalnum() and char.encode("gbk", "ignore"))
