"""Networks: every edge leads to its statements, stances are those that cues state, files open everywhere."""

import os
import re
import subprocess
import sys

import networkx as nx
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

import luntan as lt
from conftest import ROOT
from luntan._tables import COLUMNS, make_table
from luntan.networks.cues import stances_of

DATA = ROOT / "tests" / "data"
ODD = (
    'Li "Q" <b>&amp; Co',
    "=1+1",
    "王芳\U0001f600",
    "\U00020bb7野",
    "bell\x07 and\nbreak",
    "a\ufffe",
    "talent",
)


def network(texts, **options):
    sents = lt.sentences(lt.make_corpus(texts))
    return lt.actor_theme_network(lt.statements(sents), lt.themes(sents), **options)


def edges_of(*names):
    """Make a network of one edge a name."""
    labels = ("talent", "Talent", "人才")
    return make_table("edges", [(name, *labels, 2, 3, 1, 1, 0, 1, "a:0-9 b:1-5") for name in names])


# ---- stances ------------------------------------------------------------------------------------------


def sentences_with_stances():
    """Yield the fields of `stances.tsv`, the sentence without its brackets, and where they stood."""
    for line in (DATA / "stances.tsv").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        half, stance, cue, marked = line.split("\t")
        text, spans = "", []
        for piece in re.split(r"(\[.*?\])", marked):
            inner = piece.strip("[]")
            if piece.startswith("["):
                spans.append((len(text), len(text) + len(inner)))
            text += inner
        yield half, stance, cue.strip("-"), text, spans


def misread(half):
    """Return how many sentences a half has, and those whose stance is read wrongly."""
    rows = [row for row in sentences_with_stances() if row[0] == half]
    wrong = []
    for _, stance, cue, text, spans in rows:
        read = [found or "none" for found in stances_of(text, cue, spans)]
        if set(read) != {stance}:
            wrong.append((text, stance, read))
    return len(rows), wrong


def test_stances_of_the_tuned_sentences_are_read():
    n, wrong = misread("tuned")
    assert (n, wrong) == (44, [])


def test_stances_of_the_held_sentences_are_mostly_read():
    n, wrong = misread("held")
    assert n == 44
    assert len(wrong) <= 4, wrong


@pytest.mark.parametrize(
    ("text", "theme", "stance"),
    [
        ("应用重要平台，反应主要人才", "人才", ""),  # 应 and 要 inside other words
        ("應當支持人才", "人才", "call"),
        ("We don’t support subsidies", "subsidies", "oppose"),
        ("It should not only be about talent", "talent", "call"),
        ("policy support for talent", "talent", ""),  # part of another theme
    ],
)
def test_stances_count_only_whole_cues(text, theme, stance):
    spans = [(text.index(theme), text.index(theme) + len(theme))]
    if text.startswith("policy support"):
        spans.insert(0, (0, len("policy support")))
    assert list(stances_of(text, "", spans))[-1] == stance


def test_stances_lists_the_hits_inside_statements():
    text = "人才难得。省长王芳表示，要引进人才，但平台太少。春天来了，海外有雨。"
    sents = lt.sentences(lt.make_corpus({"a": text}))
    said = lt.statements(sents)
    assert lt.stances(said, lt.themes(sents)).values.tolist() == [
        ["a", 1, 15, 17, "人才", "zh", "talent", "王芳", "call", "a:12-33"],
        ["a", 2, 29, 31, "海外", "zh", "international", "王芳", "", "a:12-33"],
    ]


# ---- edges --------------------------------------------------------------------------------------------


def statement(doc_id, start, text, **fields):
    row = dict.fromkeys(COLUMNS["statements"], "") | {"doc_id": doc_id, "sent_id": 0, "start": start}
    row |= {"end": start + len(text), "text": text, "lang": "zh", "source_start": None, "source_end": None}
    return tuple((row | fields).values())


def hit(doc_id, start, text, theme):
    return doc_id, 0, start, start + len(text), text, "zh", theme


def test_network_counts_statements_hits_and_stances():
    said = make_table(
        "statements",
        [
            statement("a", 0, "应支持人才，人才很少", speaker="王芳", organisation="湖畔大学；山城大学"),
            statement("a", 20, "反对补贴人才", speaker="王芳", organisation="湖畔大学"),
            statement("b", 0, "平台很多", speaker="李华"),
        ],
    )
    hits = make_table(
        "themes",
        [
            hit("a", 3, "人才", "talent"),
            hit("a", 6, "人才", "talent"),
            hit("a", 24, "人才", "talent"),
            hit("b", 0, "平台", "mine"),
            hit("b", 40, "平台", "mine"),
        ],
    )
    assert lt.actor_theme_network(said, hits).values.tolist() == [
        ["王芳", "talent", "Talent", "人才", 2, 3, 0, 1, 1, 0, "a:0-10 a:20-26"],
        ["李华", "mine", "mine", "", 1, 1, 0, 0, 0, 0, "b:0-4"],
    ]
    assert lt.actor_theme_network(said, hits, actor="organisation").values.tolist() == [
        ["湖畔大学", "talent", "Talent", "人才", 2, 3, 0, 1, 1, 0, "a:0-10 a:20-26"],
        ["山城大学", "talent", "Talent", "人才", 1, 2, 0, 1, 0, 1, "a:0-10"],
    ]


def test_network_gives_a_hit_to_the_innermost_statement():
    outer, inner = "王刚昨天说应该欢迎平台和人才", "应该欢迎平台"
    said = make_table(
        "statements",
        [
            statement("a", 0, outer, speaker="李华"),
            statement("a", 5, inner, speaker="王刚"),
            statement("a", 5, inner, speaker="王强"),
        ],
    )
    hits = make_table("themes", [hit("a", 9, "平台", "platform"), hit("a", 12, "人才", "talent")])
    edges = lt.actor_theme_network(said, hits)
    assert edges[["actor", "theme"]].values.tolist() == [
        ["李华", "talent"],
        ["王刚", "platform"],
        ["王强", "platform"],
    ]


def test_network_takes_a_column_of_your_own_and_names_one_that_is_missing():
    sents = lt.sentences(lt.make_corpus({"a": "湖畔大学教授李华表示，要引进人才。"}))
    said, hits = lt.with_sector(lt.statements(sents)), lt.themes(sents)
    edges = lt.actor_theme_network(said, hits, actor="sector")
    assert edges[["actor", "theme", "call"]].values.tolist() == [["academia", "talent", 1]]
    with pytest.raises(ValueError, match="actor = 'party' is no column of statements"):
        lt.actor_theme_network(said, hits, actor="party")


def test_network_leads_to_statements_that_hold_the_theme():
    corpus = lt.read_corpus(ROOT / "data" / "reports")
    sents = lt.sentences(corpus)
    said, hits = lt.statements(sents), lt.themes(sents)
    edges = lt.actor_theme_network(said, hits)
    assert len(edges) > 100
    spans = {(row.doc_id, row.start, row.end, row.speaker) for row in said.itertuples()}
    for edge in edges.itertuples():
        places = [re.fullmatch(r"(.+):(\d+)-(\d+)", locator) for locator in edge.evidence.split(" ")]
        assert len(places) == edge.weight <= edge.n_hits
        for place in places:
            doc_id, start, end = place[1], int(place[2]), int(place[3])
            assert (doc_id, start, end, edge.actor) in spans
            held = hits[(hits["doc_id"] == doc_id) & (hits["start"] >= start) & (hits["end"] <= end)]
            assert edge.theme in set(held["theme"])


def test_network_of_nothing_is_empty():
    empty = network({})
    assert list(empty.columns) == list(COLUMNS["edges"])
    assert len(empty) == len(lt.congruence(empty)) == 0
    assert len(lt.stances(make_table("statements"), make_table("themes"))) == 0


def test_congruence_counts_agreement_and_conflict():
    edges = make_table(
        "edges",
        [
            (actor, theme, theme, theme, 1, 1, 0, 0, 0, sign, "a:0-1")
            for actor, theme, sign in [
                ("A", "x", 1), ("B", "x", 1), ("C", "x", -1), ("A", "y", 0), ("B", "y", 1), ("A", "z", 1),
                ("C", "y", -1),
            ]
        ],
    )  # fmt: skip
    assert lt.congruence(edges).values.tolist() == [
        ["A", "B", 2, 1, 0],
        ["A", "C", 2, 0, 1],
        ["B", "C", 2, 0, 2],
    ]


# ---- files --------------------------------------------------------------------------------------------


def read_back(edges, folder):
    """Return nodes and edges of the network as each of the three formats gives them back."""
    written = {}
    for ending in (".gexf", ".graphml", ".csv"):
        path = lt.write_network(edges, folder / f"n{ending}")
        if ending == ".csv":
            table = {"dtype": {"name": str}, "keep_default_na": False}
            nodes = pd.read_csv(folder / "n-nodes.csv", **table).rename(
                columns={"Id": "id", "Label": "label"}
            )
            links = pd.read_csv(path, **table).rename(columns=str.lower)
            assert set(links.pop("type")) <= {"Undirected"}
            graph = nx.from_pandas_edgelist(links, edge_attr=True)
            graph.add_nodes_from((row.pop("id"), row) for row in nodes.to_dict("records"))
        else:
            graph = (nx.read_gexf if ending == ".gexf" else nx.read_graphml)(path)
        assert type(graph) is nx.Graph
        written[ending] = (
            dict(sorted(graph.nodes(data=True))),
            {tuple(sorted(ends)): fields for *ends, fields in graph.edges(data=True)},
        )
    return written


def is_valid(path):
    grammar = etree.RelaxNG(etree.parse(DATA / "schemas" / f"{path.suffix[1:]}.rng"))
    return grammar.validate(etree.parse(path))


def test_files_hold_every_node_edge_and_attribute(tmp_path):
    nodes = {
        "a1": {"label": "王芳", "kind": "actor", "name": "王芳", "label_en": "王芳", "label_zh": "王芳",
               "strength": 2, "degree": 1},
        "t1": {"label": "人才 Talent", "kind": "theme", "name": "talent", "label_en": "Talent",
               "label_zh": "人才", "strength": 2, "degree": 1},
    }  # fmt: skip
    link = {
        "weight": 2, "actor": "王芳", "theme": "talent", "n_hits": 3, "support": 1, "call": 1, "oppose": 0,
        "sign": 1, "evidence": "a:0-9 b:1-5",
    }  # fmt: skip
    for found in read_back(edges_of("王芳"), tmp_path).values():
        assert found == (nodes, {("a1", "t1"): link})


def test_files_of_the_digests_agree(tmp_path):
    sents = lt.sentences(lt.read_corpus(ROOT / "data" / "reports"))
    edges = lt.actor_theme_network(lt.statements(sents), lt.themes(sents))
    gexf, graphml, table = read_back(edges, tmp_path).values()
    assert gexf == graphml == table
    assert len(gexf[0]) == edges["actor"].nunique() + edges["theme"].nunique()
    assert len(gexf[1]) == len(edges)
    assert is_valid(tmp_path / "n.gexf")
    assert is_valid(tmp_path / "n.graphml")


@given(st.lists(st.text(min_size=1).filter(str.strip) | st.sampled_from(ODD), unique=True, max_size=5))
def test_files_are_valid_whatever_the_names(tmp_path_factory, names):
    folder = tmp_path_factory.mktemp("names")
    edges = edges_of(*(name for name in names if not re.search("[\ud800-\udfff]", name)))
    found = read_back(edges, folder)
    assert {len(nodes) for nodes, _ in found.values()} == {len(edges) + (len(edges) > 0)}
    assert found[".gexf"][1].keys() == found[".graphml"][1].keys() == found[".csv"][1].keys()
    assert is_valid(folder / "n.gexf")
    assert is_valid(folder / "n.graphml")


def test_files_keep_odd_names_apart_and_harmless(tmp_path):
    found = read_back(edges_of(*ODD), tmp_path)
    labels = {ending: [fields["label"] for fields in nodes.values()] for ending, (nodes, _) in found.items()}
    shown = sorted(
        name.replace("\x07", "\ufffd").replace("\n", " ").replace("\ufffe", "\ufffd") for name in ODD
    )
    assert sorted(labels[".gexf"]) == sorted(labels[".graphml"]) == sorted([*shown, "人才 Talent"])
    assert "'=1+1" in labels[".csv"]
    assert "=1+1" not in labels[".csv"]


@pytest.mark.parametrize(
    "damage", [("undirected", "directed"), ('value="2"', 'value=""'), ("<edges", "<edge")]
)
def test_schema_refuses_a_damaged_file(tmp_path, damage):
    path = lt.write_network(edges_of("王芳"), tmp_path / "n.gexf")
    text = path.read_text(encoding="utf-8").replace(*damage)
    path.write_text(text.replace("</edges", "</edge") if damage[0] == "<edges" else text, encoding="utf-8")
    assert not is_valid(path)


def test_files_of_an_empty_network_are_valid(tmp_path):
    for nodes, links in read_back(make_table("edges"), tmp_path).values():
        assert (nodes, links) == ({}, {})
    assert is_valid(tmp_path / "n.gexf")
    assert is_valid(tmp_path / "n.graphml")


def test_write_network_names_the_endings_it_knows(tmp_path):
    with pytest.raises(ValueError, match=r"does not end in \.gexf, \.graphml, \.csv"):
        lt.write_network(edges_of("a"), tmp_path / "network.gml")


def test_files_have_the_same_bytes_whatever_the_order_and_hash_seed(tmp_path):
    code = (
        "import sys, random, luntan as lt; from pathlib import Path\n"
        "files = sorted(Path(sys.argv[1]).glob('*.md')); random.Random(int(sys.argv[3])).shuffle(files)\n"
        "sents = lt.sentences(lt.read_corpus(files)); said = lt.statements(sents); hits = lt.themes(sents)\n"
        "edges = lt.actor_theme_network(said.sample(frac=1, random_state=int(sys.argv[3])), hits)\n"
        "for ending in ('gexf', 'graphml', 'csv'): lt.write_network(edges, f'{sys.argv[2]}/n.{ending}')"
    )
    written = []
    for seed in ("1", "2"):
        folder = tmp_path / seed
        folder.mkdir()
        command = [sys.executable, "-c", code, str(ROOT / "data" / "reports"), str(folder), seed]
        zone = {"TZ": "Asia/Shanghai" if seed == "1" else "America/Lima"}
        subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": seed, **zone})
        written.append({path.name: path.read_bytes() for path in folder.iterdir()})
    assert written[0] == written[1]
    assert sorted(written[0]) == ["n-nodes.csv", "n.csv", "n.gexf", "n.graphml"]
    assert not any(re.search(rb"lastmodified|20\d\d-\d\d-\d\d", text) for text in written[0].values())


# ---- drawing ------------------------------------------------------------------------------------------


def test_plot_network_draws_every_edge_once_in_any_order():
    sents = lt.sentences(lt.read_corpus(ROOT / "data" / "reports"))
    edges = lt.actor_theme_network(lt.statements(sents), lt.themes(sents))
    axes = lt.plot_network(edges, n=25).axes[0]
    again = lt.plot_network(edges.sample(frac=1, random_state=3), n=25).axes[0]
    assert [text.get_text() for text in axes.texts] == [text.get_text() for text in again.texts]
    actors = edges.groupby("actor")["weight"].sum().reset_index()
    kept = actors.sort_values(["weight", "actor"], ascending=[False, True])["actor"].head(25)
    assert len(axes.lines) == edges["actor"].isin(kept).sum()


def test_plot_network_labels_never_overlap():
    names = [f"Institute number {number} for the long study of very small things" for number in range(25)]
    labels = ("A theme with a long English name", "中文名称很长的主题", 1, 1, 0, 0, 0, 0, "a:0-1")
    rows = [(name, f"t{number % 19}", *labels) for number, name in enumerate(names)]
    edges = make_table("edges", rows)
    figure = lt.plot_network(edges, n=25)
    figure.draw_without_rendering()
    boxes = [text.get_window_extent() for text in figure.axes[0].texts]
    assert not any(one.overlaps(other) for place, one in enumerate(boxes) for other in boxes[:place])


def test_plot_network_tells_stances_by_line_as_well_as_colour():
    rows = [
        ("A", "x", "X", "甲", 1, 1, 1, 0, 0, 1, "a:0-1"),
        ("B", "x", "X", "甲", 1, 1, 0, 0, 1, -1, "a:0-1"),
        ("C", "x", "X", "甲", 1, 1, 0, 1, 1, 0, "a:0-1"),
        ("D", "x", "X", "甲", 1, 1, 0, 0, 0, 0, "a:0-1"),
    ]
    figure = lt.plot_network(make_table("edges", rows))
    lines = figure.axes[0].lines
    assert len({line.get_color() for line in lines}) == 4
    assert len({(str(line._dash_pattern), line.get_linewidth()) for line in lines}) == 4
    legend = [text.get_text() for text in figure.legends[0].get_texts()]
    assert legend == ["for it", "against it", "for and against", "no stance"]


def test_plot_network_takes_an_empty_table_and_can_be_saved(tmp_path, monkeypatch):
    monkeypatch.setenv("LUNTAN_FIGURES", str(tmp_path))
    for name, edges in (("none", make_table("edges")), ("some", edges_of("王芳", "Ann Bell"))):
        lt.save_figure(lt.plot_network(edges), name, alt="Lines from actors to the themes.", data=edges)
        assert (tmp_path / f"{name}.svg").exists()
