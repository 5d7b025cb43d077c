"""Every page of the report in a browser: nothing fetched, nothing blocked, no barrier, nothing too wide."""

from typing import Any

import pytest

from browsing import browse

SEEDED = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Seeded</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'self'; img-src *"></head>
<body><main><h1>Seeded</h1><p><img src="http://127.0.0.1:9/a.png" width="2000" height="9"></p></main>
<script>document.title = "ran"</script></body></html>"""


@pytest.fixture(scope="module")
def looked(report) -> dict[str, Any]:
    """Return the pages of the report and all that is wrong with them."""
    return browse("pages.js", site=report)


def faults(looked: dict[str, Any], kind: str) -> list[str]:
    """Return the faults of one kind, each with its page and view."""
    return [": ".join(fault.values()) for fault in looked["faults"] if fault["fault"].startswith(kind)]


def test_every_page_is_looked_at(looked, report):
    assert looked["pages"] == sorted(str(path.relative_to(report)) for path in report.rglob("*.html"))


@pytest.mark.parametrize("kind", ["request", "console", "sideways", "axe"])
def test_pages_have_no_fault(looked, kind):
    assert faults(looked, kind) == []


def test_seeded_faults_are_seen(tmp_path):
    (tmp_path / "seeded.html").write_text(SEEDED, encoding="utf-8")
    seen = browse("pages.js", site=tmp_path)
    for kind in ("request: http://127.0.0.1:9/a.png", "console", "sideways", "axe: image-alt"):
        assert faults(seen, kind), kind
