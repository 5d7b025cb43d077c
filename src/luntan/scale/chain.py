"""What happens to one part: its documents are read and go through every analysis."""

from collections import Counter
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from luntan._tables import COLUMNS, make_table
from luntan.loaders.alike import verdict
from luntan.loaders.files import File, load_found
from luntan.scale.engines import Done
from luntan.scale.folder import write_part
from luntan.scale.listing import digest
from luntan.scale.version import version_with


class Analysis(NamedTuple):
    """All tables of some documents."""

    corpus: pd.DataFrame
    outside_body: pd.DataFrame
    sentences: pd.DataFrame
    tokens: pd.DataFrame
    terms: pd.DataFrame
    statements: pd.DataFrame
    roster: pd.DataFrame
    quantities: pd.DataFrame
    checks: pd.DataFrame
    themes: pd.DataFrame


class Document(NamedTuple):
    """Where a document lies, what it is called, what was read there, and which earlier one it repeats."""

    file: File
    number: int
    path: str
    doc_id: str
    digest: bytes
    first: str
    same: bool


class Part(NamedTuple):
    """Documents that are analysed together: a table of them, or where they lie."""

    name: str
    label: str
    size: int
    version: str
    lexicon: str | None
    documents: pd.DataFrame | list[Document]


def work(part: Part) -> Done[Analysis]:
    """Analyse a part, in whatever process, and return its tables."""
    if part.version != version_with(part.lexicon):
        raise RuntimeError(
            "a worker has another version of luntan, its libraries or the lexicon; give it the same one."
        )
    corpus = part.documents if isinstance(part.documents, pd.DataFrame) else _read(part.documents)
    return Done(dict(Counter(corpus["status"])), _analyse(corpus, part.lexicon))


def write(part: Part, folder: Path) -> Done[None]:
    """Analyse a part and write its tables."""
    done = work(part)
    write_part(folder, part.name, done.result._asdict())
    return Done(done.statuses, None)


def _read(documents: list[Document]) -> pd.DataFrame:
    """Read documents into the rows that `read_corpus` has for them."""
    rows = []
    for file, group in groupby(documents, key=lambda document: document.file):
        wanted = {document.number: document for document in group}
        found = zip(wanted.values(), load_found(file, wanted), strict=False)
        read = {document.number: row for document, (_, row) in found if digest(row) == document.digest}
        if len(read) < len(wanted):
            raise RuntimeError(f"{file.name} changed while it was read; call analyse again.")
        for number, document in wanted.items():
            row = read[number] | {"path": document.path, "doc_id": document.doc_id}
            if document.first:
                row |= verdict(row["reason"], document.first, document.same)
            rows.append([row[column] for column in COLUMNS["corpus"]])
    return make_table("corpus", rows)


def _analyse(corpus: pd.DataFrame, lexicon: str | None) -> Analysis:
    """Run the chain; if a document stops it, say which."""
    try:
        return _chain(corpus, lexicon)
    except Exception:
        for place, doc_id in enumerate(corpus["doc_id"]):
            try:
                _chain(corpus.iloc[[place]], lexicon)
            except Exception as error:
                raise RuntimeError(
                    f"doc_id = {doc_id!r} cannot be analysed ({type(error).__name__}: {error}); leave it out."
                ) from error
        raise


def _chain(corpus: pd.DataFrame, lexicon: str | None) -> Analysis:
    # A process that only looks through files, or finds all parts done, need not load the analyses.
    from luntan.attribution import statements_and_roster
    from luntan.corpus import outside_body, sentences
    from luntan.lexical import count_terms, themes
    from luntan.measurement import check_arithmetic, quantities
    from luntan.segmentation import tokens

    sents = sentences(corpus)
    toks, nums = tokens(sents), quantities(sents)
    said, people = statements_and_roster(sents)
    return Analysis(
        corpus=corpus,
        outside_body=outside_body(corpus),
        sentences=sents,
        tokens=toks,
        terms=count_terms(toks),
        statements=said,
        roster=people,
        quantities=nums,
        checks=check_arithmetic(nums),
        themes=themes(sents, lexicon=lexicon),
    )


def join(parts: list[Analysis]) -> Analysis:
    """Put the tables of parts together."""
    whole = Analysis._make(pd.concat(tables, ignore_index=True) for tables in zip(*parts, strict=True))
    # Terms stand in the order of the groups' names, all other rows in that of the documents.
    terms = whole.terms.sort_values(["group", "n", "term"], ascending=[True, False, True], ignore_index=True)
    return whole._replace(terms=terms)
