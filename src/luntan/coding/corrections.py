"""Carry over what coders agree on, and list what they do not."""

from collections.abc import Iterator
from itertools import chain
from typing import Any

import pandas as pd

from luntan._tables import COLUMNS, check_table, make_table
from luntan.coding.words import join_names, joined_names, joined_themes
from luntan.evidence import cite

Hit = tuple[Any, ...]
Said = dict[Any, Any]


def disagreements(codings: pd.DataFrame, statements: pd.DataFrame) -> pd.DataFrame:
    """List what coders do not agree on, with the statement it is about.

    One row is one variable of one unit, in the order of the statements.

    Parameters
    ----------
    codings : DataFrame
        From `read_coding`.
    statements : DataFrame
        From `luntan.statements`, those that were coded.

    Returns
    -------
    DataFrame
        Columns `unit doc_id start end text variable codes`; `codes` tells each code and whose it is,
        such as `talent (lin, wang) / none (mei)`. `unit` is the locator of the text.

    Examples
    --------
    >>> from luntan import make_corpus, sentences, statements
    >>> said = statements(sentences(make_corpus({"a": "湖畔研究院院长李华表示，企业需要人才。"})))
    >>> unit = ("a:12-18", "a", 12, 18)
    >>> rows = [(*unit, "林", "themes", "talent"), (*unit, "mei", "themes", "")]
    >>> disagreements(make_table("codings", rows), said)[["text", "codes"]].values.tolist()
    [['企业需要人才', 'none (mei) / talent (林)']]
    """
    place = _places(statements, codings)
    compared = codings[codings["variable"] != "note"]
    texts = statements["text"].tolist()
    rows = []
    for (_, variable), group in compared.groupby(["unit", "variable"], sort=False):
        if group["code"].nunique() > 1:
            by_code = group.sort_values("coder").groupby("code")["coder"].agg(", ".join)
            codes = " / ".join(f"{code or 'none'} ({coders})" for code, coders in by_code.items())
            unit, *span = (group[name].iloc[0] for name in ("unit", "doc_id", "start", "end"))
            rows.append((unit, *span, texts[place[unit][0]], variable, codes))
    return make_table("disagreements", sorted(rows, key=lambda row: (place[row[0]], row[5])))


def apply_coding(statements: pd.DataFrame, codings: pd.DataFrame) -> pd.DataFrame:
    """Take over into the statements what the coders agree on.

    What all coders of a unit agree on replaces the machine's; where they differ, the machine's stays
    (`disagreements` lists it). What all hold to be no statement is left out.

    Parameters
    ----------
    statements : DataFrame
        From `luntan.statements`, those that were coded.
    codings : DataFrame
        From `read_coding`.

    Returns
    -------
    DataFrame
        A new table with the columns of `statements`. `basis` is `coded` where people agreed on the
        speaker; role, source and, if not coded, organisation are emptied where they put in another one.

    Examples
    --------
    >>> from luntan import make_corpus, sentences, statements
    >>> said = statements(sentences(make_corpus({"a": "湖畔研究院院长李华表示，企业需要人才。"})))
    >>> coded = make_table("codings", [("a:12-18", "a", 12, 18, "lin", "speaker", "赵云")])
    >>> apply_coding(said, coded)[["speaker", "basis", "text"]].values.tolist()
    [['赵云', 'coded', '企业需要人才']]
    """
    place = _places(statements, codings)
    of_unit = [[said] for said in statements.to_dict("records")]
    for unit, agreed in _agreed(codings):
        together = [of_unit[row].pop() for row in place[unit]]
        if agreed.get("is_statement") != "no":
            of_unit[place[unit][0]] = _corrected(together, agreed)
    kept = list(chain.from_iterable(of_unit))
    return pd.DataFrame(kept, columns=statements.columns).astype(statements.dtypes.to_dict())


def _corrected(together: list[Said], agreed: dict[str, str]) -> list[Said]:
    """Return the rows of one statement, one for each who says it, as the coders have them."""
    if "speaker" in agreed:
        known = {said["speaker"]: said for said in together}
        nobody = {**together[0], "role": "", "organisation": "", "source_start": pd.NA, "source_end": pd.NA}
        names = joined_names(agreed["speaker"]) or [""]
        together = [{**known.get(name, nobody), "speaker": name, "basis": "coded"} for name in names]
    for name in ("organisation", "stance"):
        # What coders say of all together is put in only where it is not what the machine said of them.
        said_of_all = join_names(str(said.get(name, "")) for said in together)
        if name in together[0] and agreed.get(name, said_of_all) != said_of_all:
            together = [{**said, name: agreed[name]} for said in together]
    return together


def apply_themes(hits: pd.DataFrame, codings: pd.DataFrame, *, statements: pd.DataFrame) -> pd.DataFrame:
    """Take over into the theme hits what the coders agree on.

    Within a statement, hits of themes that all coders reject are left out; a theme that all of them
    add becomes a hit on the whole statement, for coders name no characters.

    Parameters
    ----------
    hits, codings, statements : DataFrame
        From `themes`, from `read_coding`, and the statements that were coded.

    Returns
    -------
    DataFrame
        Columns `doc_id sent_id start end text lang theme`, in the order of the text.

    Examples
    --------
    >>> from luntan import make_corpus, sentences, statements, themes
    >>> sents = sentences(make_corpus({"a": "湖畔研究院院长李华表示，企业需要人才。"}))
    >>> coded = make_table("codings", [("a:12-18", "a", 12, 18, "lin", "themes", "finance; talent")])
    >>> apply_themes(themes(sents), coded, statements=statements(sents))[["text", "theme"]].values.tolist()
    [['企业需要人才', 'finance'], ['人才', 'talent']]
    """
    check_table(hits, "themes", "hits")
    place = _places(statements, codings)
    by_document: dict[str, list[Hit]] = {doc_id: [] for doc_id in [*hits["doc_id"], *statements["doc_id"]]}
    for hit in hits[list(COLUMNS["themes"])].itertuples(index=False, name=None):
        by_document[hit[0]].append(hit)
    wheres = statements[list(COLUMNS["themes"][:-1])].values.tolist()
    for unit, agreed in _agreed(codings):
        if "themes" in agreed:
            where = wheres[place[unit][0]]
            by_document[where[0]] = _with_themes(
                by_document[where[0]], where, joined_themes(agreed["themes"])
            )
    in_order = (sorted(group, key=lambda hit: (hit[2], -hit[3], hit[6])) for group in by_document.values())
    return make_table("themes", chain.from_iterable(in_order))


def _with_themes(hits: list[Hit], where: list[Any], wanted: set[str]) -> list[Hit]:
    """Leave out the hits of other themes in a statement, and add one on all of it for each theme it lacks."""
    _, _, start, end, *_ = where
    inside = [hit for hit in hits if start <= hit[2] and hit[3] <= end]
    rejected = {hit for hit in inside if hit[6] not in wanted}
    added = sorted(wanted - {hit[6] for hit in inside})
    return [*(hit for hit in hits if hit not in rejected), *((*where, theme) for theme in added)]


def _agreed(codings: pd.DataFrame) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield what all coders of a unit agree on; nothing where some hold it to be no statement."""
    for unit, group in codings[codings["variable"] != "note"].groupby("unit", sort=False):
        codes = group.groupby("variable")["code"].agg(set).to_dict()
        if len(codes.get("is_statement", ())) < 2:
            yield str(unit), {str(name): min(found) for name, found in codes.items() if len(found) == 1}


def _places(statements: pd.DataFrame, codings: pd.DataFrame) -> dict[str, list[int]]:
    """Return the rows of each unit among the statements; ValueError if one is not there."""
    check_table(statements, "statements", "statements")
    check_table(codings, "codings", "codings")
    place: dict[str, list[int]] = {}
    for row, unit in enumerate(cite(statements)["evidence"]):
        place.setdefault(unit, []).append(row)
    unknown = sorted(set(codings["unit"]) - set(place))
    if unknown:
        raise ValueError(
            f"codings has {len(unknown)} unit(s) that statements lacks, such as {unknown[0]}; "
            "pass the statements that the coding sheet was made of."
        )
    return place
