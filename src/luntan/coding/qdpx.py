"""Write a project that programs for qualitative analysis open: REFI-QDA 1.5, .qdpx."""

import io
import os
import re
import uuid
import zipfile
from bisect import bisect_left
from pathlib import Path
from xml.etree import ElementTree as Xml

import pandas as pd

from luntan._tables import check_table, xml_safe
from luntan.lexical import theme_lexicon

Source = str | os.PathLike[str]
Themes = dict[str, dict[str, object]]

SPACE = "urn:QDA-XML:project:1.0"
OURS = uuid.uuid5(uuid.NAMESPACE_URL, SPACE)
UNDATED = (1980, 1, 1, 0, 0, 0)


def write_qdpx(
    hits: pd.DataFrame, path: Source, *, corpus: pd.DataFrame, lexicon: Source | None = None
) -> Path:
    """Write theme hits as a REFI-QDA project, for ATLAS.ti, MAXQDA, NVivo, QualCoder and others.

    Themes become codes, hits coded selections of the user luntan. The same tables always give the
    same bytes: identifiers are made from what they name, and there are no dates.

    Parameters
    ----------
    hits, corpus : DataFrame
        From `themes`, or `apply_themes` for corrected hits, and the corpus that they stand in.
    path : path
        The file to write, ending in .qdpx.
    lexicon : path, optional
        The theme lexicon, where it is your own; see `themes`.

    Returns
    -------
    Path
        Of the file. ValueError for another ending, or for a hit without its document or theme.

    Examples
    --------
    >>> write_qdpx(pd.DataFrame(), "论坛.zip", corpus=pd.DataFrame())
    Traceback (most recent call last):
    ValueError: path = '论坛.zip' does not end in .qdpx; name a REFI-QDA project, such as themes.qdpx.
    """
    target = Path(path)
    if target.suffix.lower() != ".qdpx":
        raise ValueError(
            f"path = {str(path)!r} does not end in .qdpx; name a REFI-QDA project, such as themes.qdpx."
        )
    check_table(hits, "themes", "hits")
    check_table(corpus, "corpus", "corpus")
    read, themes = corpus[corpus["status"].isin(["ok", "warn"])], theme_lexicon(lexicon)
    _check_known(hits["doc_id"], set(read["doc_id"]), "corpus")
    _check_known(hits["theme"], set(themes), "lexicon")
    texts = {
        f"{_guid('source', doc_id)}.txt": text
        for doc_id, text in zip(read["doc_id"], read["text"], strict=True)
    }
    # A program that opens a file may fold its line ends: they are folded here, and counted so.
    files = {f"sources/{file}": re.sub("\r\n?", "\n", text) for file, text in texts.items()}
    target.write_bytes(_zipped({"project.qde": _project(read, hits, themes), **files}))
    return target


def _check_known(named: pd.Series, known: set[str], place: str) -> None:
    if unknown := sorted(set(named) - known):
        raise ValueError(
            f"hits has the {named.name} {unknown[0]!r}, which is not in the {place}; pass that of the hits."
        )


def _project(corpus: pd.DataFrame, hits: pd.DataFrame, themes: Themes) -> str:
    """Return the project file: user, codes, and each text with its coded selections."""
    user = _guid("user")
    project = Xml.Element("Project", xmlns=SPACE, name="luntan", origin="luntan", creatingUserGUID=user)
    _add(_add(project, "Users"), "User", guid=user, name="luntan")
    codes = _add(_add(project, "CodeBook"), "Codes")
    for key, entry in themes.items():
        labels = dict.fromkeys(str(entry[field]) for field in ("label", "label_zh") if field in entry)
        code = _add(codes, "Code", guid=_guid("code", key), name=" ".join(labels) or key, isCodable="true")
        _add(code, "Description").text = xml_safe(f"{key}: {entry.get('definition', '')}")
    sources = _add(project, "Sources") if len(corpus) else project
    hits_of = dict(iter(hits.groupby("doc_id")))
    for doc_id, text in zip(corpus["doc_id"], corpus["text"], strict=True):
        guid = _guid("source", doc_id)
        source = _add(sources, "TextSource", guid=guid, name=doc_id, plainTextPath=f"internal://{guid}.txt")
        _add_selections(source, text, hits_of.get(doc_id, hits.head(0)), user)
    Xml.indent(project)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{Xml.tostring(project, encoding="unicode")}\n'


def _add_selections(source: Xml.Element, text: str, hits: pd.DataFrame, user: str) -> None:
    """Add a coded selection for each hit; positions count code points of the file, from 0, end exclusive."""
    folded = [found.start() for found in re.finditer("\r\n", text)]
    for doc_id, start, end, theme in hits[["doc_id", "start", "end", "theme"]].itertuples(
        index=False, name=None
    ):
        where = (doc_id, str(start), str(end), theme)
        selection = _add(
            source,
            "PlainTextSelection",
            guid=_guid("selection", *where),
            name=text[start:end],
            startPosition=str(start - bisect_left(folded, start)),
            endPosition=str(end - bisect_left(folded, end)),
            creatingUser=user,
        )
        coding = _add(selection, "Coding", guid=_guid("coding", *where), creatingUser=user)
        _add(coding, "CodeRef", targetGUID=_guid("code", theme))


def _add(parent: Xml.Element, tag: str, **attributes: str) -> Xml.Element:
    return Xml.SubElement(parent, tag, {name: xml_safe(value) for name, value in attributes.items()})


def _guid(*names: str) -> str:
    """Return an identifier made from what it names, the same every time."""
    return str(uuid.uuid5(OURS, "\n".join(names)))


def _zipped(files: dict[str, str]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, text in files.items():
            member = zipfile.ZipInfo(name, UNDATED)
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, text.encode("utf-8"))
    return written.getvalue()
