"""Show statements in their context as HTML, in which no text of a report can become markup."""

import os
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from html import escape

import pandas as pd

from luntan.explorer.selection import parts
from luntan.lexical import theme_lexicon

LISTED, FALLBACK, WIDEST = 50, 10, 40
NOT_STATED = "not stated 未注明"
# The columns and the share of the width that each has.
HEAD = {
    "who 发言人": 12, "evidence 出处": 10, "before 上文": 18, "statement 发言": 26, "after 下文": 14,
    "themes 主题": 10, "document 文件": 10,
}  # fmt: skip


def theme_labels(lexicon: str | os.PathLike[str] | None) -> dict[str, str]:
    """Return the label of each theme in both languages, by its key."""
    entries = theme_lexicon(lexicon)
    return {key: f"{entry['label_zh']} {entry['label']}" for key, entry in entries.items()}


def choices(cells: Iterable[str], labels: Mapping[str, str]) -> list[tuple[str, str | None]]:
    """Return what can be chosen in a column, with the number of its statements, the commonest first.

    >>> choices(["talent; tax", "talent", ""], {"talent": "人才 Talent"})
    [('all 全部', None), ('人才 Talent (2)', 'talent'), ('tax (1)', 'tax'), ('not stated 未注明 (1)', '')]
    """
    counts = Counter(part for cell in cells for part in dict.fromkeys(parts(cell)))
    # What is not stated is no name: it stands last, however often.
    ordered = sorted(counts.items(), key=lambda pair: (pair[0] == "", -pair[1], pair[0]))
    return [("all 全部", None)] + [(f"{labels.get(key, key) or NOT_STATED} ({n})", key) for key, n in ordered]


def counts_of(cells: Iterable[str], labels: Mapping[str, str]) -> pd.DataFrame:
    """Count the statements of each name as `plot_counts` draws them: columns `label` and `n`, most first.

    >>> counts_of(["talent; tax", "talent"], {"talent": "人才 Talent"}).values.tolist()
    [['人才 Talent', 2], ['tax', 1]]
    """
    counts = Counter(part for cell in cells for part in dict.fromkeys(parts(cell)))
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    names = [labels.get(key, key) or NOT_STATED for key, _ in ordered]
    short = [name if len(name) <= WIDEST else f"{name[: WIDEST - 1]}…" for name in names]
    # Long names leave a chart no room, but two must not become one.
    shown = [cut if short.count(cut) == 1 else name for cut, name in zip(short, names, strict=True)]
    return pd.DataFrame({"label": shown, "n": [n for _, n in ordered]}).astype({"n": "int64"})


def listed(table: pd.DataFrame, labels: Mapping[str, str], most: int = LISTED) -> str:
    """Write the first statements as an HTML table; a sentence where there are none."""
    if table.empty:
        return "<p>No statement fits this choice. 没有符合条件的发言。</p>"
    head = "".join(
        f'<th scope="col" style="text-align:left;width:{share}%">{name}</th>' for name, share in HEAD.items()
    )
    rows = "".join(_row(row, labels) for row in table.head(most).to_dict("records"))
    look = "width:100%;line-height:1.4"
    return f'<table style="{look}"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'


def _row(row: Mapping[Hashable, str], labels: Mapping[str, str]) -> str:
    shown = {name: escape(str(cell)) for name, cell in row.items()}
    names = "; ".join(labels.get(key, key) for key in parts(row["themes"]))
    # The line end parts the words where a page takes the text alone.
    who = "<br>\n".join(filter(None, (shown["speaker"], shown["role"], shown["organisation"])))
    document = f"{shown['title'] or shown['doc_id']}<br>\n{shown['period']}"
    said = shown["before"], f"<b>{shown['text']}</b>", shown["after"]
    cells = (who, shown["evidence"], *said, escape(names), document)
    written = "".join(
        f'<td style="text-align:left;vertical-align:top;overflow-wrap:anywhere">{cell}</td>' for cell in cells
    )
    return f"<tr>{written}</tr>"


def counted(shown: int, of_all: int) -> str:
    """Say how many statements are shown.

    >>> counted(12, 140)
    '12 of 140 statements shown'
    """
    rest = f"; the first {LISTED} are listed, an export has all" if shown > LISTED else ""
    return f"{shown} of {of_all} statements shown{rest}"
