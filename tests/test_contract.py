"""The contract, for every table at once: columns, types, and offsets that lead to the very characters."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import luntan as lt
from conftest import ORIGINALS, ROOT
from luntan._tables import COLUMNS, dtype_of

DIGESTS = ROOT / "data" / "reports"
ANALYSES = {
    "tokens": lt.tokens,
    "statements": lt.statements,
    "roster": lt.roster,
    "quantities": lt.quantities,
    "themes": lt.themes,
    "untouched": lambda sents: lt.untouched(sents, lt.themes(sents)),
    "stances": lambda sents: lt.stances(lt.statements(sents), lt.themes(sents)),
    "concordance": lambda sents: lt.kwic(sents, "企业|firms?|[0-9]"),
    "checks": lambda sents: lt.check_arithmetic(lt.quantities(sents)),
}
# Whatever people write: words of both languages, quotes that never close, numbers, names, blanks.
PIECES = st.sampled_from(
    ["Li Hua said ", "he added", "according to ", "Dr. ", "王明表示，", "他说", "，并指出", "：“",
     "“", "”", '"', "‘", "’", ":", "(", ")", "-", "，", "。", ". ", "\n\n", "\r\n", "\u3000", "\u00a0",
     "超过", "10.2%", "3 of ", "one", "half", "1", "万", "亿", "家", "at least ", "第11届", "2020年",
     "10月22日", "小巨人", "little giants", "R&D", "𠮷", "e\u0301"]
)  # fmt: skip


def tables(corpus: pd.DataFrame) -> dict[str, pd.DataFrame]:
    sents = lt.sentences(corpus)
    return {"corpus": corpus, "outside_body": lt.outside_body(corpus), "sentences": sents} | {
        name: analyse(sents) for name, analyse in ANALYSES.items()
    }


def misplaced(corpus: pd.DataFrame) -> list[tuple[str, object]]:
    """List the rows of any table whose text is not what stands at their offsets."""
    texts = dict(zip(corpus["doc_id"], corpus["text"], strict=True))
    return [
        (name, row)
        for name, table in tables(corpus).items()
        if name != "corpus"
        for row in table.itertuples()
        if texts[row.doc_id][row.start : row.end] != row.text or row.start >= row.end
    ]


def test_every_row_of_every_table_leads_to_its_characters():
    corpus = lt.read_corpus(DIGESTS)
    assert misplaced(corpus) == []
    sizes = {name: len(table) for name, table in tables(corpus).items()}
    assert min(sizes.values()) > 0, f"a table without rows proves nothing: {sizes}"


@pytest.mark.originals
def test_every_row_leads_to_its_characters_in_the_originals():
    assert misplaced(lt.read_corpus(sorted(ORIGINALS.glob("S*.txt")))) == []


@given(st.lists(PIECES | st.text(max_size=4), max_size=30).map("".join))
def test_every_row_leads_to_its_characters_in_any_text(text):
    assert misplaced(lt.make_corpus({"a": text.encode("utf-8", "replace").decode()})) == []


@pytest.mark.parametrize("source", ["digests", "nothing", "one file", "zh only", "en only"])
def test_tables_have_the_columns_and_types_of_the_contract(source):
    texts = {
        "nothing": {},
        "one file": {"a": "Li Hua, director of Lake Institute, said that 5 firms need talent."},
        "zh only": {"a": "湖畔研究院院长李华表示，5家企业需要人才。"},
        "en only": {"a": "Firms grow.", "b": "They need talent."},
    }
    corpus = lt.read_corpus(DIGESTS) if source == "digests" else lt.make_corpus(texts[source])
    for name, table in tables(corpus).items():
        assert list(table.columns) == list(COLUMNS[name])
        assert {column: str(table[column].dtype) for column in table} == {
            column: dtype_of(column) for column in COLUMNS[name]
        }


def test_files_of_the_same_name_in_two_folders_stay_apart(tmp_path):
    for folder in ("2020", "2021"):
        (tmp_path / folder).mkdir()
        text = f"In {folder} the forum met in Beijing again."
        (tmp_path / folder / "report.txt").write_text(text, encoding="utf-8")
    corpus = lt.read_corpus(tmp_path)
    assert corpus["doc_id"].tolist() == ["2020/report", "2021/report"]
    assert lt.quantities(lt.sentences(corpus))["doc_id"].tolist() == ["2020/report", "2021/report"]


@pytest.mark.parametrize("name", ["sentences", "outside_body", *ANALYSES])
def test_analyses_name_the_columns_that_are_missing(name):
    analyse = {"sentences": lt.sentences, "outside_body": lt.outside_body, **ANALYSES}[name]
    with pytest.raises(ValueError, match="lacks the column"):
        analyse(pd.DataFrame({"doc_id": ["a"]}))
