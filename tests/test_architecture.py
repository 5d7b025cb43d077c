"""The house keeps its shape: rooms import downwards only, import is light, files and functions stay small."""

import ast
import inspect
import re
import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

import luntan
from conftest import ROOT
from luntan.lexicons import parse_lexicon

SOURCE = ROOT / "src" / "luntan"
ORDER = (
    "_tables", "lexicons", "folding", "fonts", "loaders", "splitting", "corpus", "evidence", "han",
    "segmentation",
    "attribution", "measurement", "lexical", "scale", "networks", "coding", "charts", "explorer", "site",
)  # fmt: skip
BASE = {"_tables", "lexicons", "folding"}
MAY_IMPORT = {room: set(ORDER[:place]) for place, room in enumerate(ORDER)}
for analysis in ("attribution", "measurement", "lexical"):
    MAY_IMPORT[analysis] -= {"attribution", "measurement", "lexical", "fonts"}
MAY_IMPORT |= {
    "han": BASE,
    "segmentation": BASE | {"han"},
    "coding": BASE | {"loaders", "evidence", "lexical"},
    "charts": BASE | {"evidence", "fonts"},
}

LAZY = (
    "dask", "distributed", "ipywidgets", "jieba", "matplotlib", "nbconvert", "pandas", "papermill",
    "pyarrow", "pypdfium2",
    "python_calamine", "rjieba", "scipy", "seaborn", "sklearn", "tqdm", "trafilatura", "wordcloud",
    "xlsxwriter",
)  # fmt: skip
MODULES = sorted(path for path in SOURCE.rglob("*.py") if path != SOURCE / "__init__.py")
LEXICONS = sorted((SOURCE / "lexicons").glob("[!_]*.*"))
PUBLIC = sorted(luntan.__all__)


def room_of(path: Path) -> str:
    """Name the room that a module of the package belongs to."""
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def rooms_imported(code: str, package: str) -> Iterator[str]:
    """Yield the rooms that `code`, a module of `package`, imports; the package itself counts as `luntan`."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            module = ".".join([*above, *filter(None, [node.module])])
            names = [f"{module}.{alias.name}" for alias in node.names]
        else:
            continue
        for first, *rest in (name.split(".") for name in names):
            if first == "luntan":
                yield rest[0] if rest and rest[0] in ORDER else "luntan"


def trespasses(room: str, code: str, package: str = "luntan") -> list[str]:
    """List the rooms that `code` in `room` imports although it must not."""
    return sorted(set(rooms_imported(code, package)) - MAY_IMPORT.get(room, set()) - {room})


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_room_imports_only_from_rooms_above(path):
    assert room_of(path) in ORDER, "a new room: give it its place in ORDER"
    package = ".".join(path.relative_to(SOURCE.parent).parent.parts)
    assert trespasses(room_of(path), path.read_text(encoding="utf-8"), package) == []


@pytest.mark.parametrize(
    ("room", "code", "package", "found"),
    [
        ("lexical", "from luntan.attribution import statements", "luntan", ["attribution"]),
        ("segmentation", "import luntan.corpus", "luntan", ["corpus"]),
        ("charts", "from . import lexical, evidence", "luntan", ["lexical"]),
        ("loaders", "from ..corpus import read_corpus", "luntan.loaders", ["corpus"]),
        ("loaders", "from . import encoding\nfrom luntan.lexicons import read_lexicon", "luntan.loaders", []),
        ("evidence", "def f():\n    from luntan import themes", "luntan", ["luntan"]),
    ],
)  # fmt: skip
def test_trespasses_are_caught(room, code, package, found):
    assert trespasses(room, code, package) == found


def test_no_room_bears_the_name_of_a_function():
    assert set(ORDER) & set(PUBLIC) == set()


def test_import_is_light_and_silent():
    code = f"import sys, luntan; print([name for name in {LAZY!r} if name in sys.modules])"
    run = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True)
    assert (run.stdout, run.stderr) == ("[]\n", "")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_file_stays_small(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 330


def entries_of(suffix: str, text: str) -> Iterator[str]:
    """Yield every entry of a lexicon; of a YAML one its keys, and each form of each list."""
    if suffix == ".txt":
        yield from parse_lexicon(text)
        return
    yield from re.findall(r"^\w+(?=:)", text, re.M)
    for key, fields in yaml.safe_load(text).items():
        for field, forms in fields.items():
            yield from (f"{key}.{field}: {form}" for form in forms if isinstance(forms, list))


@pytest.mark.parametrize("path", LEXICONS, ids=lambda path: path.name)
def test_lexicon_is_clean(path):
    text = path.read_bytes().decode("utf-8")
    assert unicodedata.is_normalized("NFC", text)
    assert [line for line in text.splitlines() if line != line.rstrip()] == []
    assert [entry for entry, n in Counter(entries_of(path.suffix, text)).items() if n > 1] == []


@pytest.mark.parametrize("name", PUBLIC)
def test_public_function_is_small_and_documented(name):
    function = getattr(luntan, name)
    doc = inspect.getdoc(function) or ""
    parameters = inspect.signature(function).parameters.values()
    assert ">>> " in doc, "the docstring lacks a doctest"
    assert len(doc.splitlines()) <= 25
    assert len(parameters) <= 5
    assert sum(parameter.kind is not parameter.KEYWORD_ONLY for parameter in parameters) <= 2
