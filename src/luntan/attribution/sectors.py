"""Tell from its name what kind of body an organisation is."""

import re

import pandas as pd

from luntan.lexicons import read_fields

NONE_TOLD = "not told"


def with_sector(table: pd.DataFrame) -> pd.DataFrame:
    """Add to every statement or person the sector that the organisation's name tells.

    Of several organisations the first that tells counts.

    Parameters
    ----------
    table : DataFrame
        Any table with a column `organisation`, such as statements and roster.

    Returns
    -------
    DataFrame
        A copy with a last column `sector`: `academia association enterprise government media park`,
        or `not told` where no organisation is stated or no word of its name tells.

    Raises
    ------
    ValueError
        If there is no column `organisation`.

    Examples
    --------
    >>> bodies = pd.DataFrame({"organisation": ["清华大学经济管理学院", "Lake Group", ""]})
    >>> with_sector(bodies).sector.tolist()
    ['academia', 'enterprise', 'not told']
    """
    if "organisation" not in table.columns:
        raise ValueError("table lacks the column organisation; pass statements or roster.")
    sectors = [_sector_of(organisation) for organisation in table["organisation"]]
    return table.assign(sector=pd.Series(sectors, index=table.index, dtype="str"))


def _sector_of(organisations: str) -> str:
    for organisation in organisations.casefold().replace("；", ";").split(";"):
        for sector, word in read_fields("sectors"):
            # Latin words count as whole words: `cast` is no part of `broadcast`.
            if re.search(rf"(?<![a-z]){re.escape(word)}(?![a-z])", organisation):
                return sector
    return NONE_TOLD
