"""Write a network to files that Gephi, visone, networkx and igraph open with all attributes.

No date, no version, nothing random: the same table gives the same bytes. Each format is the plain
one, without the extensions of a single program (leifeld-lab/dna#93, #269), with every attribute
declared and typed before it is used.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd

from luntan._tables import COLUMNS, check_table, formula_safe, xml_safe

FORMATS = ".gexf .graphml .csv".split()
GEXF = "http://gexf.net/1.3"
GRAPHML = "http://graphml.graphdrawing.org/xmlns"


def write_network(edges: pd.DataFrame, path: str | os.PathLike[str]) -> Path:
    """Write the network of actors and themes to a file; its ending says in which format.

    `.gexf` (GEXF 1.3) and `.graphml` hold everything. `.csv` is the table of edges as Gephi imports it;
    the nodes stand beside it, in `<name>-nodes.csv`. Nodes have `label` (of a theme in both languages),
    `kind` (`actor` or `theme`), `name`, `label_en`, `label_zh`, `strength` (the weights of the node's
    edges added up) and `degree`; edges all columns of the table but the labels. Characters that XML
    cannot hold are written as U+FFFD; in CSV, text that a spreadsheet would run has an apostrophe.

    Parameters
    ----------
    edges : DataFrame
        From `actor_theme_network`; none give an empty network.
    path : path
        Where to write; a file of that name is replaced. ValueError for another ending.

    Examples
    --------
    >>> import tempfile
    >>> from luntan import actor_theme_network, make_corpus, sentences, statements, themes
    >>> sents = sentences(make_corpus({"a": "省长王芳表示，要引进人才。"}))
    >>> edges = actor_theme_network(statements(sents), themes(sents))
    >>> write_network(edges, f"{tempfile.mkdtemp()}/talent.gexf").name
    'talent.gexf'
    """
    check_table(edges, "edges", "edges")
    path = Path(path)
    ending = path.suffix.lower()
    if ending not in FORMATS:
        raise ValueError(f"path = {str(path)!r} does not end in {', '.join(FORMATS)}; choose one of them.")
    ordered = edges[list(COLUMNS["edges"])].sort_values(["actor", "theme"]).reset_index(drop=True)
    nodes = _nodes(ordered)
    links = _links(ordered, nodes).map(_clean)
    nodes = nodes.map(_clean)
    if ending == ".csv":
        _write_csv(nodes.rename(columns={"id": "Id", "label": "Label"}), path.with_stem(f"{path.stem}-nodes"))
        capitals = {"source": "Source", "target": "Target", "weight": "Weight"}
        links.insert(2, "Type", "Undirected")
        _write_csv(links.rename(columns=capitals), path)
    else:
        root = _gexf(nodes, links) if ending == ".gexf" else _graphml(nodes, links)
        ElementTree.indent(root)
        written = ElementTree.tostring(root, encoding="unicode")
        path.write_text(f'<?xml version="1.0" encoding="UTF-8"?>\n{written}\n', encoding="utf-8", newline="")
    return path


def _nodes(edges: pd.DataFrame) -> pd.DataFrame:
    """Return the actors and then the themes, with ids that XML and every program accept."""
    edges = edges.assign(n=1)
    sums = {"weight": "sum", "n": "sum"}
    actors = edges.groupby("actor", sort=True).agg(sums).reset_index(names="name")
    themes = edges.groupby("theme", sort=True).agg({**sums, "label": "first", "label_zh": "first"})
    themes = themes.reset_index(names="name").rename(columns={"label": "label_en"})
    # A name is its own label in both languages: several programs drop an attribute that is empty.
    actors = actors.assign(
        id=[f"a{number}" for number in range(1, len(actors) + 1)], kind="actor",
        label=actors["name"], label_en=actors["name"], label_zh=actors["name"],
    )  # fmt: skip
    themes["label_zh"] = themes["label_zh"].where(themes["label_zh"] != "", themes["label_en"])
    both = (themes["label_zh"] + " " + themes["label_en"]).where(
        themes["label_zh"] != themes["label_en"], themes["label_en"]
    )
    themes = themes.assign(
        id=[f"t{number}" for number in range(1, len(themes) + 1)], kind="theme", label=both
    )
    nodes = pd.concat([actors, themes], ignore_index=True).rename(
        columns={"weight": "strength", "n": "degree"}
    )
    return nodes[["id", "label", "kind", "name", "label_en", "label_zh", "strength", "degree"]]


def _links(edges: pd.DataFrame, nodes: pd.DataFrame) -> pd.DataFrame:
    """Return the edges with the ids of their nodes."""
    ids = {
        (kind, name): id_ for id_, kind, name in zip(nodes["id"], nodes["kind"], nodes["name"], strict=True)
    }
    links = edges.drop(columns=["label", "label_zh"]).assign(
        source=[ids["actor", name] for name in edges["actor"]],
        target=[ids["theme", name] for name in edges["theme"]],
    )
    own = ["source", "target", "weight"]
    return links[own + [column for column in links if column not in own]]


def _gexf(nodes: pd.DataFrame, links: pd.DataFrame) -> ElementTree.Element:
    """Return the network as GEXF, where label and weight are XML attributes and all else is declared."""
    root = ElementTree.Element("gexf", {"xmlns": GEXF, "version": "1.3"})
    graph = ElementTree.SubElement(root, "graph", {"defaultedgetype": "undirected", "mode": "static"})
    kinds = (("node", nodes, ["id", "label"]), ("edge", links, ["source", "target", "weight"]))
    for kind, table, own in kinds:
        declared = ElementTree.SubElement(graph, "attributes", {"class": kind})
        for name in table.columns.drop(own):
            typed = "integer" if table[name].dtype == "int64" else "string"
            ElementTree.SubElement(declared, "attribute", {"id": name, "title": name, "type": typed})
    for kind, table, own in kinds:
        parent = ElementTree.SubElement(graph, f"{kind}s")
        for row in _records(table):
            element = ElementTree.SubElement(parent, kind, {name: row.pop(name) for name in own})
            values = ElementTree.SubElement(element, "attvalues")
            for name, value in row.items():
                ElementTree.SubElement(values, "attvalue", {"for": name, "value": value})
    return root


def _graphml(nodes: pd.DataFrame, links: pd.DataFrame) -> ElementTree.Element:
    """Return the network as GraphML without extensions; a key has its name as id, as Gephi expects."""
    root = ElementTree.Element("graphml", {"xmlns": GRAPHML})
    kinds = (("node", nodes, ["id"]), ("edge", links, ["source", "target"]))
    for kind, table, own in kinds:
        for name in table.columns.drop(own):
            typed = "int" if table[name].dtype == "int64" else "string"
            key = {"id": name, "for": kind, "attr.name": name, "attr.type": typed}
            ElementTree.SubElement(root, "key", key)
    graph = ElementTree.SubElement(root, "graph", {"edgedefault": "undirected"})
    for kind, table, own in kinds:
        for row in _records(table):
            element = ElementTree.SubElement(graph, kind, {name: row.pop(name) for name in own})
            for name, value in row.items():
                ElementTree.SubElement(element, "data", {"key": name}).text = value
    return root


def _clean(cell: object) -> object:
    """Put a blank for a line break in a name, and U+FFFD for what no XML file may hold."""
    return xml_safe(re.sub(r"[\t\n\r]", " ", cell)) if isinstance(cell, str) else cell


def _records(table: pd.DataFrame) -> Iterator[dict[str, str]]:
    """Yield each row as texts by column."""
    for row in table.itertuples(index=False):
        yield dict(zip(table.columns, map(str, row), strict=True))


def _write_csv(table: pd.DataFrame, path: Path) -> None:
    written = table.map(formula_safe).to_csv(index=False, lineterminator="\n")
    path.write_text(written, encoding="utf-8", newline="")
