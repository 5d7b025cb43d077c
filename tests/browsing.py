"""Run a script of tests/browser in node, which drives Chromium; skip the test where either is missing."""

import json
import os
import shutil
import subprocess
from functools import cache
from typing import Any

import pytest

from conftest import ROOT
from luntan import read_corpus
from luntan.site.evidence import Evidence
from luntan.site.pdf import BROWSERS

FOLDER = ROOT / "tests" / "browser"
CHROMIUM = next(filter(None, map(shutil.which, BROWSERS)), "")
NODE = shutil.which("node") or ""
OLDEST_NODE = 20


def browse(script: str, **job: Any) -> Any:
    """Return what a script prints as JSON about a job; paths in a job are given as text."""
    need(missing())
    given = json.dumps({"executable": CHROMIUM, **job}, default=str)
    ran = subprocess.run([NODE, FOLDER / script, given], capture_output=True, encoding="utf-8", timeout=600)
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


def need(lacking: str) -> None:
    """Skip the test if something is lacking; where browsers must be at hand, as in CI, that is a failure."""
    if lacking:
        give_up = pytest.fail if os.environ.get("LUNTAN_BROWSER") == "required" else pytest.skip
        give_up(f"no {lacking}: apt install chromium nodejs npm && make browser")


def missing() -> str:
    """Name the first thing that the browser tests need and this machine lacks; nothing is empty."""
    if not CHROMIUM:
        return "Chromium is installed"
    if not NODE:
        return "node is installed"
    version = subprocess.run([NODE, "--version"], capture_output=True, text=True).stdout.strip()
    if int(version.lstrip("v").partition(".")[0] or 0) < OLDEST_NODE:
        return f"node {OLDEST_NODE} or newer is installed (this is {version})"
    if not (FOLDER / "node_modules" / "playwright-core").is_dir():
        return "node modules are in tests/browser"
    return ""


def lights_up(found: dict[str, Any]) -> bool:
    """Say whether what is lit on a document's page is just the characters that the anchor names."""
    start, end = map(int, found["anchor"].removeprefix("c").split("-"))
    return found["lit"] and found["text"] == _texts()[found["file"]][start:end]


@cache
def _texts() -> dict[str, str]:
    corpus = read_corpus(ROOT / "data" / "reports")
    names = Evidence(corpus).names
    return {f"{names[row.doc_id]}.html": row.text for row in corpus.itertuples()}
