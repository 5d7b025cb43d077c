"""What may stand in a cell of a spreadsheet: no formulas, and no dates that were no dates."""

import re

# What a spreadsheet would run as a formula (OWASP ASVS 1.2.10), with the apostrophes we put before it.
FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
DATE = re.compile(r"\d{4}-\d\d-\d\d( \d\d:\d\d:\d\d)?$")
ERROR = re.compile(r"#(NAME\?|REF!|VALUE!|N/A|DIV/0!|NULL!|NUM!)$", re.IGNORECASE)


def formula_safe(cell: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would run as a formula.

    >>> formula_safe("=1+1"), formula_safe("人才")
    ("'=1+1", '人才')
    """
    return f"'{cell}" if FORMULA.match(cell) else cell


def formula_free(cell: str) -> str:
    """Take the apostrophe away again that `formula_safe` put there.

    >>> formula_free("'=1+1"), formula_free("-")
    ('=1+1', '-')
    """
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell) else cell


def is_damaged(cell: str) -> bool:
    """Tell whether a spreadsheet made a date or a failed formula of what was typed.

    >>> is_damaged("2026-01-02 00:00:00"), is_damaged("#NAME?"), is_damaged("1-2")
    (True, True, False)
    """
    return bool(DATE.match(cell) or ERROR.match(cell))
