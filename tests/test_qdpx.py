"""The REFI-QDA project: valid by its grammar, and every selection leads to its characters."""

import re
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

import luntan as lt
from conftest import ROOT

SCHEMA = etree.RelaxNG(etree.parse(ROOT / "tests" / "data" / "schemas" / "qde.rng"))
TEXT = "“小巨人”企业。\r\n\r\n𠮷林 R&D <b>needs</b> talent.\rLoans are dear."


def project_of(path):
    """Return the project's XML and the texts of its sources by file name."""
    with zipfile.ZipFile(path) as archive:
        sources = {name: archive.read(name).decode() for name in archive.namelist() if name.endswith(".txt")}
        return etree.fromstring(archive.read("project.qde")), sources


def selected(path):
    """Return document, characters and code of every coded selection, read as another program would."""
    project, sources = project_of(path)
    codes = {
        code.get("guid"): code.find("{*}Description").text.split(":")[0] for code in project.iter("{*}Code")
    }
    return [
        (
            source.get("name"),
            text[int(selection.get("startPosition")) : int(selection.get("endPosition"))],
            codes[guid],
        )
        for source in project.iter("{*}TextSource")
        for text in [sources[source.get("plainTextPath").replace("internal://", "sources/")]]
        for selection in source.iter("{*}PlainTextSelection")
        for guid in [selection.find("{*}Coding/{*}CodeRef").get("targetGUID")]
    ]


def test_write_qdpx_is_valid(tmp_path):
    corpus = lt.read_corpus(ROOT / "data" / "reports")
    hits = lt.themes(lt.sentences(corpus))
    path = lt.write_qdpx(hits, tmp_path / "digests.qdpx", corpus=corpus)
    SCHEMA.assertValid(project_of(path)[0])
    assert selected(path) == [tuple(hit) for hit in hits[["doc_id", "text", "theme"]].values.tolist()]
    assert lt.write_qdpx(hits, tmp_path / "again.qdpx", corpus=corpus).read_bytes() == path.read_bytes()


def test_schema_finds_a_project_that_is_wrong(tmp_path):
    corpus = lt.make_corpus({"a": TEXT})
    project, _ = project_of(
        lt.write_qdpx(lt.themes(lt.sentences(corpus)), tmp_path / "a.qdpx", corpus=corpus)
    )
    del project.find(".//{*}PlainTextSelection").attrib["endPosition"]
    assert not SCHEMA.validate(project)


def test_write_qdpx_names_codes_in_both_languages_and_files_by_identifier(tmp_path):
    corpus = lt.make_corpus({"../../etc/论坛": TEXT})
    path = lt.write_qdpx(lt.themes(lt.sentences(corpus)), tmp_path / "a.qdpx", corpus=corpus)
    project, sources = project_of(path)
    assert [code.get("name") for code in project.iter("{*}Code")][6] == "Talent 人才"
    assert [re.fullmatch(r"sources/[0-9a-f-]{36}\.txt", name) is not None for name in sources] == [True]
    with zipfile.ZipFile(path) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_write_qdpx_folds_line_ends_and_moves_the_positions_with_them(tmp_path):
    corpus = lt.make_corpus({"a": TEXT})
    path = lt.write_qdpx(lt.themes(lt.sentences(corpus)), tmp_path / "a.qdpx", corpus=corpus)
    assert "\r" not in "".join(project_of(path)[1].values())
    assert [characters for _, characters, _ in selected(path)] == ["小巨人", "R&D", "talent", "Loans"]


@given(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=9),
    st.lists(st.sampled_from(["\r\n", "\r", "\n", "人才", "R&D", "\0", "𠮷", "<", "]]>"])).map("".join),
)
def test_write_qdpx_is_valid_for_any_text_and_name(tmp_path_factory, doc_id, text):
    corpus = lt.make_corpus({doc_id: text})
    hits = lt.themes(lt.sentences(corpus))
    path = lt.write_qdpx(hits, tmp_path_factory.mktemp("any") / "a.qdpx", corpus=corpus)
    SCHEMA.assertValid(project_of(path)[0])
    assert [characters for _, characters, _ in selected(path)] == hits["text"].tolist()


def test_write_qdpx_of_nothing_is_valid(tmp_path):
    corpus = lt.make_corpus({})
    SCHEMA.assertValid(
        project_of(lt.write_qdpx(lt.themes(lt.sentences(corpus)), tmp_path / "a.qdpx", corpus=corpus))[0]
    )


def test_write_qdpx_refuses_hits_of_another_corpus_or_lexicon(tmp_path):
    corpus = lt.make_corpus({"a": TEXT})
    hits = lt.themes(lt.sentences(corpus))
    with pytest.raises(ValueError, match="hits has the doc_id 'a', which is not in the corpus"):
        lt.write_qdpx(hits, tmp_path / "a.qdpx", corpus=lt.make_corpus({"b": TEXT}))
    with pytest.raises(ValueError, match="hits has the theme 'sport', which is not in the lexicon"):
        lt.write_qdpx(hits.assign(theme="sport"), tmp_path / "a.qdpx", corpus=corpus)
