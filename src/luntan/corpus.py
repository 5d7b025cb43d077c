"""Read reports into a corpus, a row a document, and split their bodies into sentences."""

import re
import sys
import warnings
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pandas as pd

from luntan._tables import COLUMNS, check_table, make_table, rows_of
from luntan.loaders import EMPTY
from luntan.loaders.alike import body_hashes, mark, repeats, verdict
from luntan.loaders.files import File, Source, find, load_found, name_documents
from luntan.loaders.furniture import lines_of, reason_outside
from luntan.loaders.metadata import language_of
from luntan.splitting import split

HALVES = re.compile("[\ud800-\udfff]")


def read_corpus(source: Source | Iterable[Source], *, progress: bool | None = None) -> pd.DataFrame:
    """Read a folder, a file or a list of paths into a corpus table; whatever the bytes, nothing is raised.

    One row is one file seen, or one file of a zip archive, in sorted order; `reason` explains `status`:
    `warn` (read, with a doubt), `skip` (not read) or `dup` (repeats an earlier one).

    Parameters
    ----------
    source : path, or list of paths
        `.txt .md .html .htm .shtml .mhtml .pdf .docx`, each also `.gz` or in a `.zip`; folders with
        all folders below them, without hidden files and without what links lead to.
    progress : bool, optional
        Show a progress bar; by default for more than 50 files, on a terminal or in a notebook.

    Returns
    -------
    DataFrame
        Columns `doc_id title publisher date lang kind path sha256 encoding status reason
        body_start body_end text`. `doc_id` is the file's name without its ending, with as much of
        its folder as makes it unique; `text[body_start:body_end]` is the article. A path that
        does not exist raises FileNotFoundError.

    Examples
    --------
    >>> read_corpus([]).empty
    True
    """
    rows: list[dict[str, Any]] = []
    for found in _with_progress(find(source), progress):
        rows += (row | {"path": found.with_member(member)} for member, row in load_found(found))
    rows.sort(key=lambda row: row["path"])
    for row, path, doc_id in zip(rows, *name_documents([row["path"] for row in rows]), strict=True):
        row |= {"path": path, "doc_id": doc_id}
    read = [row for row in rows if row["status"] != "skip"]
    marks = b"".join(mark(row["text"], _body(row)) for row in read)
    for number, first, same in repeats(marks, lambda number: body_hashes(_body(read[number]))):
        read[number] |= verdict(read[number]["reason"], read[first]["doc_id"], same)
    return make_table("corpus", ([row[column] for column in COLUMNS["corpus"]] for row in rows))


def _body(row: dict[str, Any]) -> str:
    return str(row["text"][row["body_start"] : row["body_end"]])


def _with_progress(found: list[File], progress: bool | None) -> Iterable[File]:
    """Draw a progress bar over a long list, where somebody can see it."""
    if progress is None:
        progress = len(found) > 50 and (sys.stderr.isatty() or _in_notebook())
    if not progress:
        return found
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # without ipywidgets a notebook gets a plain bar, and a warning
        from tqdm.auto import tqdm

        bar: Iterable[File] = tqdm(found, desc="reading", unit="file")
    return bar


def _in_notebook() -> bool:
    ipython = sys.modules.get("IPython")
    return ipython is not None and hasattr(ipython.get_ipython(), "kernel")


def make_corpus(texts: Mapping[str, str] | pd.DataFrame) -> pd.DataFrame:
    """Make a corpus of texts that are already in memory; all of each text is body.

    What no file can hold, halves of surrogate pairs, becomes U+FFFD.

    Parameters
    ----------
    texts : mapping of doc_id to text, or DataFrame
        A DataFrame has columns `doc_id` and `text`, and may have any other column of the corpus.

    Returns
    -------
    DataFrame
        The columns of `read_corpus`, one row a text, in the order given.

    Raises
    ------
    ValueError
        If a `doc_id` occurs twice or a column is missing.

    Examples
    --------
    >>> make_corpus({"note-1": "企业需要人才。", "note-2": "Firms need talent."}).lang.tolist()
    ['zh', 'en']
    """
    if isinstance(texts, pd.DataFrame):
        missing = [column for column in ("doc_id", "text") if column not in texts.columns]
        if missing:
            raise ValueError(f"texts lacks the column(s) {', '.join(missing)}; it needs doc_id and text.")
        given = texts.to_dict("records")
    else:
        given = [{"doc_id": doc_id, "text": text} for doc_id, text in texts.items()]
    given = [{name: _storable(value) for name, value in fields.items()} for fields in given]
    if len({row["doc_id"] for row in given}) < len(given):
        raise ValueError("texts has a doc_id twice; give every document a doc_id of its own.")
    rows = []
    for fields in given:
        text = fields["text"]
        if not isinstance(text, str):
            raise TypeError(
                f"texts has a {type(text).__name__} as text of doc_id = {fields['doc_id']!r}; pass a str."
            )
        row = EMPTY | {"lang": language_of(text), "status": "ok", "path": "", **fields}
        row |= {"body_start": fields.get("body_start", 0), "body_end": fields.get("body_end", len(text))}
        rows.append([row[column] for column in COLUMNS["corpus"]])
    return make_table("corpus", rows)


def _storable(value: Any) -> Any:
    """Put U+FFFD for halves of surrogate pairs: no file can hold them, and with pyarrow no table."""
    return HALVES.sub("\ufffd", value) if isinstance(value, str) else value


def outside_body(corpus: pd.DataFrame) -> pd.DataFrame:
    """List the lines of each document that are not part of its body, and say why.

    One row is one line of page furniture, headline or front matter: it stays in `text` and is left
    out of every analysis.

    Parameters
    ----------
    corpus : DataFrame
        From `read_corpus`.

    Returns
    -------
    DataFrame
        Columns `doc_id start end text reason`.

    Examples
    --------
    >>> outside_body(make_corpus({"note-1": "All of it is body. 全文皆正文。"})).empty
    True
    """
    check_table(corpus, "corpus", "corpus")
    rows = []
    for doc_id, text, *body, title in _read(corpus, "doc_id", "text", "body_start", "body_end", "title"):
        for line in lines_of(text):
            if line.end <= body[0] or line.start >= body[1]:
                reason = reason_outside(line, text, title, (body[0], body[1]))
                rows.append((doc_id, line.start, line.end, line.text, reason))
    return make_table("outside_body", rows)


def sentences(corpus: pd.DataFrame) -> pd.DataFrame:
    """Split the body of every document into sentences.

    One row is one sentence. Its span runs up to the start of the next sentence, so it keeps the
    blanks that follow it: the sentences of a document, joined, are its body again.

    Parameters
    ----------
    corpus : DataFrame
        From `read_corpus` or `make_corpus`; rows with status `skip` or `dup` have no sentences.

    Returns
    -------
    DataFrame
        Columns `doc_id par_id sent_id lang start end text`; `par_id` and `sent_id` count from 0 in
        each document; `lang` is `zh`, `en` or `mixed`, decided for each sentence.

    Examples
    --------
    >>> sents = sentences(make_corpus({"a": "企业需要R&D人才。 Firms need talent."}))
    >>> sents[["lang", "start", "end"]].values.tolist()
    [['mixed', 0, 11], ['en', 11, 29]]
    """
    check_table(corpus, "corpus", "corpus")
    rows = []
    for doc_id, whole, *body, lang in _read(corpus, "doc_id", "text", "body_start", "body_end", "lang"):
        lang = lang if lang in ("zh", "en") else "en"
        for sent_id, (par_id, start, end) in enumerate(split(whole, *body)):
            text = whole[start:end]
            lang = language_of(text) or lang
            rows.append((doc_id, par_id, sent_id, lang, start, end, text))
    return make_table("sentences", rows)


def _read(corpus: pd.DataFrame, *columns: str) -> Iterator[tuple[Any, ...]]:
    """Yield columns of the documents that were read and repeat no other."""
    return rows_of(corpus[corpus["status"].isin(["ok", "warn"])], *columns)


def parallel_halves(sentences: pd.DataFrame) -> pd.DataFrame:
    r"""Tell the two halves of bilingual documents apart by their headings, and number their paragraphs alike.

    One row is one sentence that stands below a heading such as `## English` or `## 中文`; headings,
    and documents without them, are left out.

    Parameters
    ----------
    sentences : DataFrame
        From `luntan.sentences`.

    Returns
    -------
    DataFrame
        The rows of `sentences` with two more columns: `half` (`en` or `zh`, the language of the
        heading) and `pair` (number of the paragraph below that heading, from 0).

    Examples
    --------
    >>> sents = sentences(make_corpus({"a": "## English\n\nYes.\n\n## 中文\n\n是。"}))
    >>> parallel_halves(sents)[["half", "pair", "text"]].values.tolist()
    [['en', 0, 'Yes.\n\n'], ['zh', 0, '是。']]
    """
    check_table(sentences, "sentences", "sentences")
    is_heading = sentences["text"].str.startswith("#")
    below = sentences[["lang", "par_id"]].where(is_heading).groupby(sentences["doc_id"]).ffill()
    kept = ~is_heading & below["lang"].isin(["en", "zh"])
    pair = (sentences["par_id"] - below["par_id"] - 1)[kept].astype("int64")
    return sentences[kept].assign(half=below["lang"][kept], pair=pair)
