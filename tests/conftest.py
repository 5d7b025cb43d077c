"""What all tests share: the repository's root, the original reports, and reproducible property tests."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings

from luntan import read_corpus
from luntan.site import build_site
from luntan.site.execute import execute_notebooks

ROOT = Path(__file__).resolve().parents[1]
ORIGINALS = ROOT.parent / "shared" / "dev" / "texts"

# The same examples on every run, and no deadline: a shared machine is slow at times.
settings.register_profile("luntan", derandomize=True, deadline=None, max_examples=50)
settings.load_profile("luntan")


def pytest_configure(config: pytest.Config) -> None:
    """Let the notebooks that nbval runs save their figures elsewhere, so that no test changes figures/."""
    folder = tempfile.TemporaryDirectory(prefix="luntan-figures-")
    config.add_cleanup(folder.cleanup)
    os.environ["LUNTAN_FIGURES"] = folder.name


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Test the fresh figures last, when nbval has made them; skip `originals` where there are none."""
    items.sort(key=lambda item: "fresh_figures" in getattr(item, "fixturenames", ()))
    if ORIGINALS.is_dir():
        return
    absent = pytest.mark.skip(reason="the original reports are not beside this checkout")
    for item in items:
        if item.get_closest_marker("originals"):
            item.add_marker(absent)


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the repository's root folder."""
    return ROOT


@pytest.fixture(scope="session")
def originals() -> Path:
    """Return the folder of the original reports; mark the test `originals` too."""
    return ORIGINALS


@pytest.fixture(scope="session")
def fresh_figures(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the figures that all notebooks make today, run by nbval or else run here."""
    ran = {item.path for item in request.session.items}
    rest = [path for path in sorted((ROOT / "notebooks").glob("*.ipynb")) if path not in ran]
    if rest:
        folder = copy_of_project(tmp_path_factory.mktemp("project"))
        assert execute_notebooks([folder / "notebooks" / path.name for path in rest]) == []
    return Path(os.environ["LUNTAN_FIGURES"])


@pytest.fixture(scope="session")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the report, built once from the committed notebooks and figures."""
    out = tmp_path_factory.mktemp("report") / "site"
    corpus = read_corpus(ROOT / "data" / "reports")
    return build_site(corpus, ROOT / "notebooks", figures=ROOT / "figures", out=out).parent


def copy_of_project(folder: Path) -> Path:
    """Copy what the notebooks read, and themselves, into a folder."""
    for part in ("notebooks", "data", "figures", "tests/data"):
        shutil.copytree(ROOT / part, folder / part)
    return folder
