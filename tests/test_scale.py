"""The same tables however they are made: in parts, in processes, on a cluster, after a kill, in any order."""

import io
import random
import signal
import subprocess
import sys
import time
from functools import partial
from multiprocessing import active_children
from pathlib import Path
from typing import Any

import pandas as pd
import psutil
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import killers
import luntan as lt
from conftest import ROOT
from forged import EN, ZH, packed, squeezed
from luntan import lexical
from luntan.scale import Analysis, chain, engines, listing

REPORTS = ROOT / "data" / "reports"
SENTENCES = lt.sentences(lt.read_corpus(REPORTS))["text"].tolist()
NAMED = ["王芳", "Ann Bell", "李明", "Zoe Chan"]


def text_of(rng: random.Random) -> str:
    """Return a short report of sentences of the digests, and one of its own."""
    body = "\n".join(rng.sample(SENTENCES, 6))
    return (
        f"{body}\n{rng.choice(NAMED)} said that {rng.randrange(10**6)} of 264 firms, or 10.2%, need talent.\n"
    )


@pytest.fixture(scope="session")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with all that can happen to a file, and some ordinary ones."""
    folder, rng = tmp_path_factory.mktemp("reports"), random.Random(1)
    for number in range(11):
        path = folder / f"{number % 3}" / f"{number % 5}-{number % 7}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"---\ndate: 20{10 + number}-03-0{number % 9 + 1}\n---\n{text_of(rng)}", "utf-8")
    text = "".join(f"{ZH[:-1]}，第{rng.randrange(10**6)}号。\n" for _ in range(20))
    (folder / "b.txt").write_text(text, "utf-8")
    (folder / "again.txt").write_bytes(text.encode("gb18030"))
    (folder / "0" / "repost.txt").write_text(text + "转载时加了一句话，说明稿件的来源。", "utf-8")
    members = {"b.txt": EN.encode() * 3, "第二.txt": (text * 2).encode(), "b.jpg": b"-", "again.txt": b""}
    (folder / "pack.zip").write_bytes(packed(members))
    (folder / "pack.txt").write_text(text_of(rng), "utf-8")
    (folder / "late.txt.gz").write_bytes(squeezed(text_of(rng).encode()))
    (folder / "empty.txt").write_bytes(b"")
    (folder / "picture.jpg").write_bytes(b"-")
    return folder


@pytest.fixture(scope="session")
def whole(reports: Path) -> Analysis:
    """Return what the functions themselves make of the folder, all at once."""
    return by_hand(lt.read_corpus(reports))


def by_hand(corpus: pd.DataFrame) -> Analysis:
    """Call the public functions one by one."""
    sents = lt.sentences(corpus)
    toks, nums = lt.tokens(sents), lt.quantities(sents)
    return Analysis(
        corpus, lt.outside_body(corpus), sents, toks, lt.count_terms(toks), lt.statements(sents),
        lt.roster(sents), nums, lt.check_arithmetic(nums), lt.themes(sents),
    )  # fmt: skip


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut parts of a few documents."""
    monkeypatch.setattr(listing, "LEAST", 1_500)
    monkeypatch.setattr(listing, "MOST", 5_000)


def assert_same(found: Analysis, expected: Analysis) -> None:
    """Compare all tables: rows, order, types, index."""
    for name, table, other in zip(Analysis._fields, found, expected, strict=True):
        pd.testing.assert_frame_equal(table, other, check_exact=True, obj=name)


def files_of(folder: Path) -> dict[str, bytes]:
    """Return all files of a folder with their bytes."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def test_analyse_makes_the_tables_of_the_functions(reports, whole):
    assert set(whole.corpus["status"]) == {"ok", "warn", "skip", "dup"}
    assert whole.corpus["reason"].str.contains("nearly the same text as").any()
    assert min(map(len, whole)) > 0
    assert_same(lt.analyse(reports), whole)


@pytest.mark.parametrize("workers", [2, 4])
def test_analyse_makes_the_same_tables_in_processes(reports, whole, workers, monkeypatch):
    monkeypatch.setattr(listing, "AT_A_TIME", 2)
    assert_same(lt.analyse(reports, workers=workers), whole)


def test_analyse_makes_the_same_tables_on_a_cluster(reports, whole, tmp_path, monkeypatch):
    distributed = pytest.importorskip("distributed")
    with (
        distributed.LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            dashboard_address="127.0.0.1:0",
            local_directory=tmp_path / "spill",
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        assert_same(lt.analyse(reports, client=client), whole)
        lt.analyse(reports, client=client, out=tmp_path / "cluster")
        monkeypatch.setattr("luntan.scale.work", partial(killers.at_end, marker=tmp_path / "killed"))
        assert_same(lt.analyse(whole.corpus, client=client), whole)
        assert (tmp_path / "killed").exists()
    lt.analyse(reports, out=tmp_path / "here")
    assert files_of(tmp_path / "cluster") == files_of(tmp_path / "here")


@pytest.mark.parametrize("task", [killers.at_start, killers.in_the_middle, killers.at_end])
def test_analyse_makes_the_same_tables_after_a_worker_was_killed(whole, tmp_path, monkeypatch, task):
    monkeypatch.setattr("luntan.scale.work", partial(task, marker=tmp_path / "killed"))
    assert_same(lt.analyse(whole.corpus, workers=2), whole)
    assert (tmp_path / "killed").exists()
    assert active_children() == []


def test_analyse_is_not_held_up_by_half_a_message(whole, tmp_path, monkeypatch):
    monkeypatch.setattr("luntan.scale.work", partial(killers.in_a_message, marker=tmp_path / "died"))
    assert_same(lt.analyse(whole.corpus, workers=2), whole)


def test_analyse_says_which_documents_kill_workers(tmp_path, monkeypatch):
    monkeypatch.setattr("luntan.scale.work", partial(killers.always, marker=tmp_path / "killed"))
    with pytest.raises(RuntimeError, match="killed 3 times, last with the documents 'a' to 'b'"):
        lt.analyse({"a": EN, "b": ZH}, workers=2)


def test_analyse_says_which_document_cannot_be_analysed(monkeypatch):
    def picky(sentences: pd.DataFrame, **options: Any) -> pd.DataFrame:
        if sentences["text"].str.contains("forum").any():
            raise KeyError("forum")
        return lt.themes(sentences, **options)

    monkeypatch.setattr(lexical, "themes", picky)
    with pytest.raises(RuntimeError, match="doc_id = 'b' cannot be analysed \\(KeyError: 'forum'\\)"):
        lt.analyse({"a": ZH, "b": EN, "c": ZH})


def test_run_leaves_no_process_behind(whole, tmp_path):
    parts = [
        chain.Part(str(n), str(n), 1, chain.version_with(None), None, whole.corpus[:3]) for n in range(9)
    ]
    results = engines.Engine(2, None).run(partial(killers.at_start, marker=tmp_path), parts)
    assert next(results)[1].statuses
    assert active_children()
    results.close()
    assert active_children() == []


def test_analyse_does_not_depend_on_the_order_of_files(reports, tmp_path):
    paths = sorted(path for path in reports.rglob("*") if path.is_file())
    random.Random(1).shuffle(paths)
    names = [path.name for path in paths]
    once = [path for path in paths if names.count(path.name) == 1]
    assert_same(lt.analyse(once), by_hand(lt.read_corpus(sorted(once))))
    lt.analyse(once, out=tmp_path / "shuffled")
    lt.analyse(sorted(once), out=tmp_path / "sorted")
    assert files_of(tmp_path / "shuffled") == files_of(tmp_path / "sorted")


@settings(max_examples=6)
@given(st.lists(st.lists(st.sampled_from(SENTENCES), max_size=4), max_size=5), st.data())
def test_nothing_crosses_documents(texts, data):
    corpus = lt.make_corpus({f"{n * 7 % 10}": "\n".join(lines) for n, lines in enumerate(texts)})
    cuts = sorted(data.draw(st.lists(st.integers(0, len(corpus)), max_size=3)))
    borders = zip([0, *cuts], [*cuts, len(corpus)], strict=True)
    parts = [chain._chain(corpus.iloc[start:end].reset_index(drop=True), None) for start, end in borders]
    assert_same(chain.join(parts), by_hand(corpus))


def test_analyse_takes_texts(whole):
    assert_same(lt.analyse({"b": EN, "a": ZH}), by_hand(lt.make_corpus({"b": EN, "a": ZH})))
    assert_same(lt.analyse(whole.corpus), whole)


def test_analyse_takes_a_lexicon_and_does_again_what_another_one_made(reports, whole, tmp_path):
    own = tmp_path / "own.yml"
    own.write_text("people:\n  zh: [人才]\n  en: [talent]\n", "utf-8")
    expected = lt.themes(whole.sentences, lexicon=own)
    assert not expected.empty
    pd.testing.assert_frame_equal(lt.analyse(reports, workers=2, lexicon=own).themes, expected)
    for lexicon, themes in ((None, whole.themes), (own, expected), (own, expected)):
        lt.analyse(reports, out=tmp_path / "out", lexicon=lexicon)
        found = pd.read_parquet(tmp_path / "out" / "themes").sort_values(["doc_id", "start"])
        assert found["theme"].value_counts().to_dict() == themes["theme"].value_counts().to_dict()
    own.write_text("people:\n  zh: [企业]\n", "utf-8")
    changed = lt.analyse(reports, out=tmp_path / "out", lexicon=own).themes
    assert changed["n"].sum() == len(lt.themes(whole.sentences, lexicon=own)) != len(expected)
    own.write_text("- people\n", "utf-8")
    with pytest.raises(ValueError, match="line 1: the file is no mapping"):
        lt.analyse(reports, lexicon=own)


def test_analyse_of_nothing_gives_empty_tables(tmp_path):
    assert_same(lt.analyse([]), by_hand(lt.read_corpus([])))
    stored = lt.analyse([], out=tmp_path / "out")
    assert stored.rows["n"].sum() == 0
    assert list(pd.read_parquet(tmp_path / "out" / "themes").columns) == list(lt.analyse([]).themes.columns)


def test_folder_holds_the_tables(reports, whole, tmp_path):
    stored = lt.analyse(reports, out=tmp_path / "out")
    read = [pd.read_parquet(tmp_path / "out" / name) for name in Analysis._fields]
    assert_same(chain.join([Analysis._make(read)]), whole)
    assert dict(stored.rows.values) == {name: len(table) for name, table in whole._asdict().items()}
    assert dict(stored.documents.values) == whole.corpus["status"].value_counts().to_dict()
    assert stored.themes["n"].sum() == len(whole.themes)
    assert len(list((tmp_path / "out" / "corpus").iterdir())) > 5


def test_count_parts_counts_by_any_column(reports, whole, tmp_path):
    lt.analyse(reports, out=tmp_path / "out")
    pd.testing.assert_frame_equal(lt.count_parts(tmp_path / "out", "terms"), whole.terms)
    year = whole.corpus.set_index("doc_id")["date"].str[:4]
    tokens = whole.tokens.assign(year=whole.tokens["doc_id"].map(year))
    by_year = lt.count_parts(tmp_path / "out", "terms", by="year")
    pd.testing.assert_frame_equal(by_year, lt.count_terms(tokens, by="year"))
    assert len(lt.keyness(by_year, "2012"))
    hits = lt.count_parts(tmp_path / "out", "themes", by="lang")
    expected = whole.themes.groupby(
        [whole.themes["doc_id"].map(whole.corpus.set_index("doc_id")["lang"]), "theme"]
    )
    assert hits.set_index(["group", "theme"])["n"].to_dict() == expected.size().to_dict()


def test_rerun_does_only_what_changed(reports, tmp_path):
    source, out = tmp_path / "reports", tmp_path / "out"
    subprocess.run(["cp", "-r", reports, source], check=True)
    lt.analyse(source, out=out)
    before = {path: path.stat().st_mtime_ns for path in out.glob("*/*.parquet")}
    lt.analyse(source, out=out)
    assert {path: path.stat().st_mtime_ns for path in out.glob("*/*.parquet")} == before
    (source / "0" / "0-0.md").write_text(EN * 3 + ZH * 3, "utf-8")
    (source / "0" / "00.txt").write_text(ZH * 3, "utf-8")
    lt.analyse(source, out=out)
    times = [path.stat().st_mtime_ns for path in (out / "corpus").iterdir()]
    assert len(times) / 2 < len(set(times) & set(before.values())) < len(times)
    lt.analyse(source, out=tmp_path / "fresh")
    assert files_of(out) == files_of(tmp_path / "fresh")


# Each part takes a second more, so that a signal finds the run at work on any machine.
RUN = """
import signal
import sys
import time

import luntan as lt
import luntan.scale
from luntan.scale import chain, listing


def write_slowly(part, folder):
    done = chain.write(part, folder)
    time.sleep(1)
    return done


if __name__ == "__main__":
    listing.LEAST, listing.MOST = 1_500, 5_000
    luntan.scale.write = write_slowly
    # Where the tests run in the background of a shell, an interrupt is ignored from the start.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    lt.analyse(sys.argv[1], workers=2, out=sys.argv[2])
"""


def test_run_that_was_killed_goes_on(reports, tmp_path):
    script, out = tmp_path / "run.py", tmp_path / "out"
    script.write_text(RUN, "utf-8")
    run = subprocess.Popen([sys.executable, script, reports, out], stderr=subprocess.PIPE)
    while not list(out.glob("themes/*.parquet")):
        assert run.poll() is None, run.stderr.read()
        time.sleep(0.01)
    workers = psutil.Process(run.pid).children(recursive=True)
    run.kill()
    run.communicate()
    assert psutil.wait_procs(workers, timeout=20)[1] == []
    assert not (out / "manifest.json").exists()
    first = {path.name: path.stat().st_mtime_ns for path in out.glob("themes/part-*.parquet")}
    lt.analyse(reports, out=out)
    last = {path.name: path.stat().st_mtime_ns for path in out.glob("themes/*")}
    assert first.items() <= last.items()
    lt.analyse(reports, out=tmp_path / "fresh")
    assert files_of(out) == files_of(tmp_path / "fresh")


def test_interrupt_ends_all_processes(reports, tmp_path):
    script, out = tmp_path / "run.py", tmp_path / "out"
    script.write_text(RUN, "utf-8")
    run = subprocess.Popen([sys.executable, script, reports, out], stderr=subprocess.PIPE, text=True)
    while not list(out.glob("corpus/*.parquet")):
        assert run.poll() is None, run.stderr.read()
        time.sleep(0.01)
    workers = psutil.Process(run.pid).children(recursive=True)
    run.send_signal(signal.SIGINT)
    assert run.communicate()[1].splitlines()[-1] == "KeyboardInterrupt"
    assert psutil.wait_procs(workers, timeout=20)[1] == []


def test_watch_shows_progress_in_a_terminal_only(monkeypatch, capsys):
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    lt.analyse({"a": EN, "b": ""})
    assert capsys.readouterr() == ("", "")
    monkeypatch.setattr(sys, "stderr", Terminal())
    skipped = lt.make_corpus({"a": EN, "b": ""}).assign(status=["warn", "skip"])
    lt.analyse(skipped)
    assert "2 documents, 1 warn, 1 skip" in sys.stderr.getvalue()


def test_analyse_refuses_what_it_cannot_do(reports, tmp_path, monkeypatch):
    with pytest.raises(ValueError, match="workers = 0 is no number of processes"):
        lt.analyse(reports, workers=0)
    with pytest.raises(ValueError, match="pass one of the two"):
        lt.analyse(reports, workers=2, client=object())
    with pytest.raises(TypeError, match="client is a str; pass a dask"):
        lt.analyse(reports, client="tcp://cluster:8786")
    with pytest.raises(ValueError, match="lies in the source"):
        lt.analyse(reports, out=reports / "0" / "out")
    with pytest.raises(FileNotFoundError, match="holds no finished run"):
        lt.count_parts(tmp_path, "terms")
    with pytest.raises(ValueError, match="table = 'words' cannot be counted"):
        lt.count_parts(tmp_path, "words")
    with pytest.raises(ValueError, match="by = 'group' is no column of the corpus"):
        lt.count_parts(tmp_path, "terms", by="group")
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    with pytest.raises(ImportError, match=r"install it with: pip install 'luntan\[cluster\]'"):
        lt.analyse(reports, out=tmp_path / "out")


def test_analyse_says_that_processes_need_a_file():
    code = "import luntan as lt; lt.analyse({'a': '人才。'}, workers=2)"
    run = subprocess.run([sys.executable, "-"], input=code, capture_output=True, text=True)
    assert "processes cannot start from <stdin>; save it, or pass 1" in run.stderr.splitlines()[-1]


def test_work_refuses_another_version(whole):
    with pytest.raises(RuntimeError, match="another version of luntan"):
        chain.work(chain.Part("a", "a", 1, "0", None, whole.corpus))


def test_work_refuses_a_file_that_changed(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(EN, "utf-8")
    file = lt.loaders.files.find(path)[0]
    documents = [chain.Document(file, 0, "a", "a", b"", "", False)]
    part = chain.Part("a", "a", 1, chain.version_with(None), None, documents)
    with pytest.raises(RuntimeError, match=r"a\.txt changed while it was read"):
        chain.work(part)
