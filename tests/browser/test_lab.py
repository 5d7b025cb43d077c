"""`make lab` opens the README of the notebooks on this machine only, asks for its token, and calls nobody."""

import os
import re
import signal
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from browsing import browse, missing, need
from conftest import ROOT


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start JupyterLab with its caches elsewhere, so that no tab of this test is open in the user's own."""
    need(missing() or ("" if (ROOT / ".venv" / ".stamp").exists() else ".venv is set up: make install, or"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("lab")
    command = ["make", "lab", f"CACHE={folder}", f"ARGS=--no-browser --ServerApp.port={port}"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    log = folder / "log"
    with log.open("w") as output:
        lab = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=output, stderr=output, start_new_session=True
        )
    try:
        yield wait_for_address(lab, log)
    finally:
        os.killpg(lab.pid, signal.SIGTERM)
        lab.wait(timeout=30)


def wait_for_address(lab: subprocess.Popen, log: Path) -> str:
    """Return the address that JupyterLab prints when it is ready."""
    for _ in range(120):
        if found := re.search(r"http://127\.0\.0\.1:\d+/\S*\?token=\w+", log.read_text("utf-8", "replace")):
            return found[0]
        try:
            lab.wait(timeout=0.5)
        except subprocess.TimeoutExpired:
            continue
        break
    pytest.fail(f"make lab did not start:\n{log.read_text('utf-8', 'replace')[-2000:]}")


def test_lab_opens_the_readme_and_its_links_and_calls_nobody(address):
    seen = browse("lab.js", url=address)
    assert seen["heading"] == "The notebooks of luntan 论坛"
    assert seen["popups"] == []
    assert seen["notebooks"] == [path.stem for path in sorted((ROOT / "notebooks").glob("*.ipynb"))]
    assert seen["opened"].startswith("What do we have, and from whom?")
    assert seen["hosts"] == [address.split("/")[2]]


def test_lab_demands_its_token(address):
    files = address.partition("/lab")[0] + "/api/contents"
    with pytest.raises(HTTPError, match="403"):
        urlopen(files, timeout=20)
    with urlopen(f"{files}?{address.partition('?')[2]}", timeout=20) as answer:
        assert answer.status == 200
