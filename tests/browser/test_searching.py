"""The search page in a browser: what it finds, what it marks, and where the first result leads."""

from pathlib import Path
from typing import Any, NamedTuple

import pytest

from browsing import browse, lights_up
from test_search import small_site


class Search(NamedTuple):
    """Words typed into the search of the small site, how the answer begins, and what is marked in it."""

    query: str
    said: str
    marked: set[str]


SMALL = (
    Search("专精特新", "3 results", {"专精特新", "專精特新"}),
    Search("專精特新", "3 results", {"专精特新", "專精特新"}),
    Search("r&d", "2 results", {"R&D"}),
    Search("陳華", "3 results", {"陈华"}),
    Search("ＣＨＥＮ hua", "3 results", {"Chen", "Hua"}),
    Search("“Chen Hua”", "3 results", {"Chen Hua"}),
    Search("小巨人 /a", "1 result ", {"小巨人", "/a"}),
    Search("alert", "2 results", {"alert"}),
    Search("lert", "Nothing found", set()),
    Search("([*", "Nothing found", set()),
    Search("", "", set()),
)
# What a reader of the report looks for: the kinds of thing that must be among the results.
WANTED = {
    "专精特新": {"Statements", "Quantities", "Sentences", "Notebook passages"},
    "專精特新": {"Statements", "Quantities", "Sentences", "Notebook passages"},
    "小巨人": {"Statements", "Quantities", "Sentences"},
    "Lu Wei": {"People", "Statements"},
    "吕薇": {"People", "Statements"},
    "venture": {"Statements", "Sentences"},
    "10.2%": {"Quantities", "Sentences"},
}


@pytest.fixture(scope="module")
def found(report: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """Return what each search finds; those of the small site come with `small:` before the words."""
    small = tmp_path_factory.mktemp("small")
    for file, text in small_site(tmp_path_factory.mktemp("figures")).items():
        (small / file).parent.mkdir(parents=True, exist_ok=True)
        (small / file).write_bytes(text.encode())
    searches = {f"small:{query}": (small, "search.html", query) for query, *_ in SMALL}
    pages = sorted(str(path.relative_to(report)) for path in report.rglob("search.html"))
    searches |= {f"{page}:{query}": (report, page, query) for page in pages for query in WANTED}
    jobs = [dict(zip(("site", "page", "query"), search, strict=True)) for search in searches.values()]
    return dict(zip(searches, browse("searching.js", searches=jobs), strict=True))


@pytest.mark.parametrize("search", SMALL, ids=lambda search: search.query)
def test_search_finds_and_marks(found, search):
    result = found[f"small:{search.query}"]
    assert result["said"].startswith(search.said)
    assert set(result["marked"]) == search.marked
    assert result["scripts"] == 2
    assert result["kept"] == search.query


@pytest.mark.parametrize("query", WANTED)
def test_search_of_the_report_leads_to_lit_characters(found, query):
    asked = {name: result for name, result in found.items() if name.endswith(f".html:{query}")}
    assert asked
    for name, result in asked.items():
        assert {kind for kind in WANTED[query] if kind in " ".join(result["kinds"])} == WANTED[query], name
        assert lights_up(result["first"]), name


def test_simplified_and_traditional_forms_find_the_same(found):
    assert found["search.html:专精特新"] == found["search.html:專精特新"] | {"kept": "专精特新"}
