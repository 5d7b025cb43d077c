"""The report as people read it: by keyboard, from a table to what it cites, without marks, and on paper."""

from typing import Any

import pytest

from browsing import browse, lights_up


@pytest.fixture(scope="module")
def read(report) -> list[dict[str, Any]]:
    """Return what reading each page of the report came to."""
    return browse("reading.js", site=report)


def by_page(read: list[dict[str, Any]], key: str) -> dict[str, Any]:
    """Return one finding of every page that has it."""
    return {page["file"]: page[key] for page in read if page[key]}


def test_first_tab_reaches_the_way_past_the_navigation(read):
    first = {"href": "#main", "outline": "solid 3px", "shown": True}
    expected = {"first": first, "skipped": "#main", "next": "MAIN"}
    assert by_page(read, "keyboard") == {page["file"]: expected for page in read}


def test_folds_open_and_close_by_keyboard(read):
    folds = by_page(read, "fold")
    assert len(folds) > 10
    assert folds == {page: [False, True, False] for page in folds}


@pytest.mark.parametrize(("place", "least"), [("table", 8), ("figure", 5)])
def test_evidence_leads_to_its_lit_characters(read, place, least):
    followed = by_page(read, place)
    assert len(followed) >= least
    assert [page for page, found in followed.items() if not lights_up(found)] == []


def test_marks_of_each_kind_can_be_hidden(read):
    marks = by_page(read, "marks")
    assert len(marks) >= 5
    for page, kinds in marks.items():
        assert kinds.keys() == {"statement", "quantity", "theme"}, page
        for kind, look in kinds.items():
            assert look["on"] != look["off"], (page, kind)
            assert look["off"].endswith("none"), (page, kind)
            assert look["again"] == look["on"], (page, kind)


def test_pages_move_smoothly_only_where_motion_is_welcome(read):
    motion = by_page(read, "motion")
    assert motion == {page: {"no-preference": "smooth", "reduce": "auto"} for page in motion}


def test_paper_shows_no_navigation_and_cuts_nothing_off(read):
    paper = by_page(read, "paper")
    assert paper == {page: {"navigation": False, "cut": []} for page in paper}
