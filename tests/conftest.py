"""What all tests share: the repository's root, the original reports, and reproducible property tests."""

from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parents[1]
ORIGINALS = ROOT.parent / "shared" / "dev" / "texts"

# The same examples on every run, and no deadline: a shared machine is slow at times.
settings.register_profile("luntan", derandomize=True, deadline=None, max_examples=50)
settings.load_profile("luntan")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip the tests marked `originals` where the original reports are not beside the checkout."""
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
