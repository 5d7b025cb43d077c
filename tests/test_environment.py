"""One source of truth: pyproject.toml, requirements.lock and environment.yml name the same things."""

import re
import tomllib
from collections.abc import Iterator

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from conftest import ROOT

PYPI_ONLY = {"pylopdf-fonts-zh-cn", "rjieba"}  # conda users get these from the pip block
CONDA_ONLY = {"brotli-python", "pip"}  # the extra of fonttools[woff], and the pip block's installer
FILES = ("pyproject.toml", "requirements.lock", "environment.yml")


def direct_requirements(pyproject: dict) -> Iterator[Requirement]:
    """Yield every requirement of the package, of its extras and of its dependency groups."""
    yield from map(Requirement, pyproject["project"]["dependencies"])
    for extra in pyproject["project"]["optional-dependencies"].values():
        yield from map(Requirement, extra)
    for group in pyproject["dependency-groups"].values():
        yield from (Requirement(line) for line in group if isinstance(line, str))


def conda_requirements(environment: dict) -> tuple[dict[str, str], dict[str, str]]:
    """Return the bounds by name that conda installs, and those that its pip block installs."""
    lines = environment["dependencies"]
    pip_lines = [line for entry in lines if isinstance(entry, dict) for line in entry["pip"]]
    conda = map(Requirement, (line for line in lines if isinstance(line, str)))
    pip = map(Requirement, (line for line in pip_lines if not line.startswith("-")))
    return bounds_by_name(conda), bounds_by_name(pip)


def bounds_by_name(requirements: Iterator[Requirement]) -> dict[str, str]:
    """Map each normalised name to its bounds, in a fixed order."""
    return {canonicalize_name(wanted.name): str(wanted.specifier) for wanted in requirements}


def drifts(pyproject_text: str, lock: str, environment_text: str) -> list[str]:
    """List every disagreement between the three files, in words; none is an empty list."""
    pyproject = tomllib.loads(pyproject_text)
    wanted = bounds_by_name(direct_requirements(pyproject))
    return [
        *lock_drifts(wanted, lock),
        *conda_drifts(wanted, pyproject["project"]["requires-python"], yaml.safe_load(environment_text)),
    ]


def lock_drifts(wanted: dict[str, str], lock: str) -> Iterator[str]:
    """Yield direct dependencies that the lock lacks or holds outside their bounds."""
    locked = dict(re.findall(r"^([a-z0-9-]+)==(\S+)", lock, re.M))
    for name, bounds in wanted.items():
        if name not in locked:
            yield f"requirements.lock lacks {name}"
        elif not Requirement(name + bounds).specifier.contains(locked[name]):
            yield f"requirements.lock has {name} {locked[name]}, pyproject.toml wants {bounds}"
    for name in re.findall(r"^([a-z0-9-]+)==[^\n]*\n(?!    --hash=sha256:)", lock, re.M):
        yield f"requirements.lock has no hash for {name}"


def conda_drifts(wanted: dict[str, str], python: str, environment: dict) -> Iterator[str]:
    """Yield names and bounds in which environment.yml and pyproject.toml differ."""
    conda, pip = conda_requirements(environment)
    yield from (f"environment.yml has {name} in the wrong block" for name in PYPI_ONLY & conda.keys())
    yield from (f"environment.yml has {name} in the wrong block" for name in pip.keys() - PYPI_ONLY)
    present = conda | pip
    expected = wanted | {"python": python} | dict.fromkeys(CONDA_ONLY, "")
    for name in sorted(expected.keys() | present.keys()):
        if expected.get(name) != present.get(name):
            yield f"{name}: pyproject.toml has {expected.get(name)}, environment.yml {present.get(name)}"


@pytest.fixture
def texts() -> dict[str, str]:
    """Return the three files' texts by name."""
    return {name: (ROOT / name).read_text(encoding="utf-8") for name in FILES}


def test_drifts_finds_none_today(texts):
    assert drifts(*texts.values()) == []


def test_lock_names_no_address(texts):
    assert not re.search(r"://|^\s*--(extra-)?index|@ ", texts["requirements.lock"], re.M)


@pytest.mark.parametrize(("file", "old", "new"), [
    ("pyproject.toml", r' *"pandas>=.*\n', ""),
    ("pyproject.toml", r"seaborn>=[\d.]+", "seaborn>=0.12"),
    ("pyproject.toml", r"(nbval>=[\d.]+),<[\d.]+", r"\1"),
    ("pyproject.toml", r'(requires-python = )"[^"]+"', r'\1">=3.12"'),
    ("pyproject.toml", r"\ndependencies = \[", r'\g<0>"polars>=1",'),
    ("environment.yml", r"  - ruff.*\n", ""),
    ("environment.yml", r"  - brotli-python.*\n", ""),
    ("environment.yml", r"matplotlib>=[\d.]+", "matplotlib>=3.5"),
    ("environment.yml", r"(scipy>=[\d.]+),<\d+", r"\1"),
    ("environment.yml", r"python>=3[\d.]+", "python>=3.10"),
    ("environment.yml", r"  - pandas>", r"  - polars>=1\n\g<0>"),
    ("environment.yml", r"  - pip:", r"\g<0>\n      - polars>=1"),
    ("environment.yml", r"      - rjieba.*\n", ""),
    ("environment.yml", r"      - (rjieba.*\n)((.*\n)*)", r"\2  - \1"),
    ("requirements.lock", r"\npandas==\S+", r"\npandas==2.3.3"),
    ("requirements.lock", r"\nmypy==\S+", r"\nmypy==99.0"),
    ("requirements.lock", r"\ntrafilatura==", r"\ntrafilatur=="),
    ("requirements.lock", r"(\nwordcloud==\S+ )\\\n(    --hash.*\n)+", r"\1\n"),
])  # fmt: skip
def test_drifts_catches_a_seeded_drift(texts, file, old, new):
    seeded = texts | {file: re.sub(old, new, texts[file], count=1)}
    assert seeded != texts, "the seeded drift changed nothing: mend this test"
    assert drifts(*seeded.values())
