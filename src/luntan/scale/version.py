"""Say with which code, word lists and libraries tables are made: other ones may make other tables."""

import hashlib
import os
import platform
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

LIBRARIES = ("jieba", "luntan", "numpy", "pandas", "pyarrow", "pypdfium2", "rjieba", "trafilatura")


@cache
def code_version() -> str:
    """Return a hash of luntan's code and word lists, and of the versions it runs with."""
    whole = hashlib.sha256(repr(versions()).encode())
    package = Path(__file__).resolve().parents[1]
    for path in sorted([*package.rglob("*.py"), *package.glob("lexicons/*.*")]):
        whole.update(path.relative_to(package).as_posix().encode() + path.read_bytes())
    return whole.hexdigest()[:16]


def version_with(lexicon: str | None) -> str:
    """Return the version that tables are made with: that of the code, and of a theme lexicon if given."""
    if lexicon is None:
        return code_version()
    return f"{code_version()}-{hashlib.sha256(Path(lexicon).read_bytes()).hexdigest()[:16]}"


def versions() -> dict[str, str]:
    """Return the versions of Python and of the libraries, and the segmenter that was asked for."""
    asked = {"python": platform.python_version(), "segmenter": os.environ.get("LUNTAN_ENGINE", "")}
    return asked | {name: _version(name) for name in LIBRARIES}


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
