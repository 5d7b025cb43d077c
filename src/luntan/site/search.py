"""The search page, and the index that its script looks things up in; both are files of the site."""

import html
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from typing import NamedTuple
from urllib.parse import quote

import pandas as pd

from luntan.folding import fold
from luntan.site.documents import Tables, named_rows, value_of
from luntan.site.evidence import Evidence
from luntan.site.markup import HAN, Frame, escape, mixed, showable
from luntan.site.notebooks import Notebook, Shelf, joined
from luntan.site.prose import Place, prose

SEARCH, INDEX, SCRIPT = "search.html", "assets/search-index.js", "assets/search.js"
KINDS = {
    "person": "People 人物",
    "statement": "Statements 发言",
    "quantity": "Quantities 数据",
    "document": "Documents 文件",
    "sentence": "Sentences 句子",
    "notebook": "Notebook passages 笔记段落",
}
_TAG = re.compile("<[^>]*>")
_WRAPPED = re.compile(rf"(?<=[{HAN}，。、；：])\s*\n\s*(?=[{HAN}，。、；：])")
# Even in a script file nothing may look like the end of a script or of a line.
_UNSAFE = re.compile("[<>&\u2028\u2029]")


class Entry(NamedTuple):
    """Something to be found, and the anchor on a page where it stands; `title` is searched too."""

    kind: str
    page: str
    anchor: str
    title: str
    text: str


def search_files(
    tables: Tables, notebooks: Sequence[Notebook], evidence: Evidence, shelf: Shelf, frame: Frame
) -> tuple[str, dict[str, str]]:
    """Make the search page, and its index and script, before the documents' pages: the index cites them.

    Index and script are in both languages, and the same for the pages of both.
    """
    titles = {f"notebooks/{notebook.name}.html": notebook.title for notebook in notebooks}
    for row in named_rows(tables.corpus):
        titles[evidence.address(row.doc_id, SEARCH)] = row.title or row.doc_id
    found = list(entries(tables, notebooks, evidence, shelf))
    script = (files("luntan.site") / "search.js").read_text("utf-8")
    return _page(found, titles, frame), {INDEX: index_script(found, titles), SCRIPT: script}


def entries(
    tables: Tables, notebooks: Sequence[Notebook], evidence: Evidence, shelf: Shelf
) -> Iterator[Entry]:
    """Yield all that can be found."""

    def entry(kind: str, row: pd.Series, title: str, text: str) -> Entry:
        anchor = evidence.anchor(row.doc_id, row.start, row.end)
        return Entry(kind, evidence.address(row.doc_id, SEARCH), anchor, one_line(title), one_line(text))

    names: dict[tuple[str, str], list[str]] = defaultdict(list)
    for (person, doc_id), rows in _people(tables.roster):
        forms = sorted({*rows["speaker"], *rows["name_zh"], person} - {""}, key=_latin_first)
        offices = _list([*rows["role"], *rows["organisation"]], ", ")
        yield entry("person", rows.iloc[0], " ".join(forms), offices)
        for form in forms:
            names[doc_id, form].append(" ".join(forms))
    for row in named_rows(tables.statements):
        # Two people of a document may be written alike in one script.
        known = names.get((row.doc_id, row.speaker), [])
        name = known[0] if len(known) == 1 else row.speaker or "speaker not named"
        yield entry("statement", row, _list([name, row.role, row.organisation], ", "), row.text)
    for row in named_rows(tables.quantities):
        counted = _list([row.counted, value_of(row), row.unit, row.period], " · ")
        yield entry("quantity", row, row.text, counted)
    for document in named_rows(tables.corpus):
        about = _list([document.doc_id, document.publisher, document.date, document.path], " · ")
        page = evidence.address(document.doc_id, SEARCH)
        yield Entry("document", page, "", one_line(document.title or document.doc_id), about)
    for row in [*named_rows(tables.sentences), *named_rows(tables.outside)]:
        yield entry("sentence", row, "", row.text)
    for notebook in notebooks:
        yield from _of_notebook(notebook, evidence, shelf)


def _people(roster: pd.DataFrame) -> Iterable[tuple[tuple[str, str], pd.DataFrame]]:
    """Group the roster by person, whichever script the name is in, and document."""
    person = roster["name_zh"].where(roster["name_zh"] != "", roster["speaker"])
    person = person.where(person != "", roster["text"]).rename("person")
    return roster.groupby([person, "doc_id"], sort=True)  # type: ignore[return-value]


def _latin_first(form: str) -> tuple[bool, str]:
    return not form.isascii(), form


def _of_notebook(notebook: Notebook, evidence: Evidence, shelf: Shelf) -> Iterator[Entry]:
    page = f"notebooks/{notebook.name}.html"
    # The blocks are written only to be read: what they cite, the notebook's own page cites.
    place = Place(page, evidence, {})
    for number, cell in enumerate(notebook.cells, 1):
        if cell["cell_type"] == "markdown":
            for block in re.split(r"\n\s*\n", joined(cell["source"])):
                if text := one_line(html.unescape(_TAG.sub("", prose(block, place)))):
                    yield Entry("notebook", page, f"cell-{number}", "", text)
    for name, alt in dict(notebook.figures).items():
        if (shelf.figures / f"{name}.png").exists():
            yield Entry("notebook", page, f"figure-{name}", "", one_line(alt))


def one_line(text: str) -> str:
    """Undo the wrapping of lines, so that a word is found that two lines share."""
    return " ".join(_WRAPPED.sub("", showable(text)).split())


def _list(parts: Iterable[str], between: str) -> str:
    return between.join(filter(None, dict.fromkeys(parts)))


def index_script(found: Sequence[Entry], titles: dict[str, str]) -> str:
    """Write the index as a script, for a page that was opened from a folder may read no other file.

    `titles` names the pages.
    """
    number = {name: n for names in (KINDS, titles) for n, name in enumerate(names)}
    rows = [[number[entry.kind], number[entry.page], *entry[2:]] for entry in found]
    traditional, simplified = _script_table("".join(entry.title + entry.text for entry in found))
    head = {
        "kinds": list(KINDS.values()),
        "pages": [(quote(page), one_line(title)) for page, title in titles.items()],
        "simplified": simplified,
    }
    fields = [f'"{name}": {_json(value)}' for name, value in head.items()]
    # Escaped, so that the face need not draw characters which are on no page.
    fields.append(f'"traditional": {json.dumps(traditional)}')
    fields.append('"entries": [\n' + ",\n".join(map(_json, rows)) + "\n]")
    return "const luntanIndex = {\n" + ",\n".join(fields) + "\n};\n"


def _script_table(text: str) -> tuple[str, str]:
    """List the traditional characters whose simplified ones are in the index, and these, place by place."""
    every = "".join(map(chr, range(0x2E80, 0x10000)))
    seen = set(fold(text))
    pairs = [pair for pair in zip(every, fold(every), strict=True) if pair[0] != pair[1] and pair[1] in seen]
    return "".join(pair[0] for pair in pairs), "".join(pair[1] for pair in pairs)


def _json(value: object) -> str:
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", written)


def _page(found: Sequence[Entry], titles: dict[str, str], frame: Frame) -> str:
    """Make the page: a form that the script shows, and what there is to be searched."""
    counts = [(label, sum(entry.kind == kind for entry in found)) for kind, label in KINDS.items()]
    kinds = "".join(f"<li>{mixed(label)}: {n:,}</li>" for label, n in counts if n)
    pages = "".join(
        f'<li><a href="{escape(quote(page))}">{mixed(title)}</a></li>' for page, title in titles.items()
    )
    lists = f"<ul>{kinds}</ul>\n<ul>{pages}</ul>" if pages else "<p>There is nothing yet.</p>"
    main = f'{FORM}<section id="all">\n{SCOPE}\n{lists}\n</section>'
    return frame.page(SEARCH, "Search 搜索", main, scripts=(INDEX, SCRIPT))


FORM = """<h1>Search <span lang="zh">搜索</span></h1>
<form id="search" role="search" action="search.html" method="get" hidden>
<label for="q">Words <span lang="zh">词语</span></label>
<input id="q" name="q" type="search" autocomplete="off" autocapitalize="off" spellcheck="false">
<button>Search <span lang="zh">搜索</span></button>
</form>
<p id="found" role="status">The search needs a script, and scripts are off.
The pages below hold all that it would find.</p>
<div id="results"></div>
"""
SCOPE = """<h2>What is searched <span lang="zh">搜索范围</span></h2>
<p>Chinese is found anywhere, in simplified or traditional characters; a Latin word or a number
from its beginning. Several words must all occur; “words in quotes” must stand together.</p>"""
