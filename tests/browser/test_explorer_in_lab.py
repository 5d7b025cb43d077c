"""The explorer in a real JupyterLab: what is chosen is shown, and what is shown is exported."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

import luntan as lt
from browsing import browse, missing, need
from conftest import ROOT, copy_of_project
from luntan.explorer.listing import choices, theme_labels


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the project, where the explorer may write."""
    need(missing())
    return copy_of_project(tmp_path_factory.mktemp("project") / "copy")


@pytest.fixture(scope="module")
def lab(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run JupyterLab on the copy, with settings of its own; return its address."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    home = tmp_path_factory.mktemp("jupyter")
    parts = ("CONFIG_DIR", "DATA_DIR", "RUNTIME_DIR")
    options = {
        "ServerApp.ip": "127.0.0.1", "ServerApp.port": port, "ServerApp.port_retries": 0,
        "ServerApp.root_dir": project, "IdentityProvider.token": "", "LabApp.news_url": None,
        "LabApp.workspaces_dir": home / "workspaces", "LanguageServerManager.autodetect": False,
    }  # fmt: skip
    command = [sys.executable, "-m", "jupyterlab", "--no-browser"]
    command += [f"--{name}={value}" for name, value in options.items()]
    command += ["--allow-root"] * (os.name == "posix" and os.geteuid() == 0)
    settings = {f"JUPYTER_{part}": str(home / part) for part in parts}
    with (home / "log").open("w") as log:
        server = subprocess.Popen(command, env=os.environ | settings, stdout=log, stderr=log)
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(f"{address}/api", server)
            yield address
        finally:
            server.terminate()
            server.wait(30)


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(240):
        assert server.poll() is None, "JupyterLab has ended"
        try:
            urlopen(address, timeout=5).close()
            return
        except OSError:
            time.sleep(0.5)
    raise TimeoutError("JupyterLab does not answer")


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    """Return the statements that the notebook explores."""
    corpus = lt.read_corpus(ROOT / "data" / "reports")
    sents = lt.sentences(corpus)
    return lt.explorable(lt.statements(sents), lt.themes(sents), sentences=sents, corpus=corpus)


@pytest.fixture(scope="module")
def choice(table: pd.DataFrame) -> tuple[str, str]:
    """Return the commonest speaker, and the commonest of the themes of this speaker."""
    (_, _), (_, speaker), *_ = choices(table["speaker"], {})
    (_, _), (_, theme), *_ = choices(lt.choose(table, speaker=speaker)["themes"], {})
    return str(speaker), str(theme)


@pytest.fixture(scope="module")
def result(lab: str, table: pd.DataFrame, choice: tuple[str, str]) -> dict[str, Any]:
    """Use the explorer once: choose a speaker, then a theme, then press both buttons."""
    speaker, theme = choice
    named = {key: shown for shown, key in choices(table["themes"], theme_labels(None))}
    spoken = {key: shown for shown, key in choices(table["speaker"], {})}
    return browse(
        "explorer.js",
        address=f"{lab}/lab/tree/notebooks/07-your-reports.ipynb?reset",
        steps=[("Speaker", spoken[speaker]), ("Theme", named[theme])],
        exports=["Export CSV", "Export XLSX"],
        screenshot=os.environ.get("LUNTAN_SCREENSHOT"),
    )


def test_notebook_runs_without_error_or_request_to_the_network(result):
    assert (result["errors"], result["foreign"]) == ([], [])


def test_choosing_shows_the_statements_that_choose_returns(result, table, choice):
    speaker, theme = choice
    expected = [table, lt.choose(table, speaker=speaker), lt.choose(table, speaker=speaker, theme=theme)]
    assert len(expected[2]) < len(expected[1]) < len(table)
    for view, chosen in zip(result["views"], expected, strict=True):
        assert view["status"].startswith(f"{len(chosen)} of {len(table)} statements shown")
        assert view["evidence"] == chosen["evidence"].head(50).tolist()
        assert [text.split() for text in view["statements"]] == [
            text.split() for text in chosen["text"].head(50)
        ]


def test_choosing_draws_chart_and_network_anew_and_says_that_it_is_busy(result, choice):
    drawn = [[picture["alt"] for picture in view["pictures"]] for view in result["views"]]
    assert [len(alts) for alts in drawn] == [2, 2, 2]
    assert len({tuple(alts) for alts in drawn}) == 3
    assert choice[0] in drawn[1][1]
    assert min(picture["wide"] for view in result["views"] for picture in view["pictures"]) > 300
    assert result["busy"]


def test_exports_hold_what_is_shown(result, project):
    folder = project / "notebooks" / "exports"
    shown = result["views"][-1]
    for status, ending in zip(result["written"], ("csv", "xlsx"), strict=True):
        said = f"{len(shown['evidence'])} statements written to exports/luntan-selection.{ending}"
        assert status.endswith(said)
    text = (folder / "luntan-selection.csv").read_text("utf-8-sig")
    csv = pd.read_csv(StringIO(text), dtype=str, keep_default_na=False)
    head, *rows = (
        CalamineWorkbook.from_path(folder / "luntan-selection.xlsx").get_sheet_by_index(0).to_python()
    )
    assert csv["evidence"].tolist() == shown["evidence"]
    assert [list(csv), *csv.values.tolist()] == [head, *rows]
