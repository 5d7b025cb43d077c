"""The whole report as one PDF, printed by Chromium from one long page in which every link is an inner one."""

import posixpath
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote

from luntan.site.markup import POLICY

PDF = "luntan.pdf"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
SECONDS = 300
_MAIN = re.compile(r'<main id="main" lang="en">\n(.*)\n</main>', re.DOTALL)
_NAVIGATION = re.compile(r'<nav aria-label="[^"]*"><ul>(.*?)</ul></nav>', re.DOTALL)
_LEFT_OUT = re.compile(r'<details class="code">.*?</details>\n?', re.DOTALL)
_ADDRESS = re.compile(r' (id|for|href|src)="([^"]*)"')
_TITLE = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)
# What Chromium writes about the run and itself, and names of cells that it counts from anywhere.
_OF_THE_RUN = re.compile(rb"(/(?:CreationDate|ModDate|Creator|Producer) ?)\(((?:\\.|[^\\)])*)\)")
_NODE = re.compile(rb"\(node([0-9]{8})\)")


def write_pdf(site: Path) -> Path:
    """Print a report that `build_site` wrote as `luntan.pdf` beside its first page; return the file.

    Bookmarks lead to each page and heading, and every link between pages works inside the file. Raises
    FileNotFoundError if there is no report or no Chromium, and RuntimeError if that prints nothing.
    """
    browser = find_chromium()
    if not (site / "index.html").is_file():
        raise FileNotFoundError(f"{site} holds no report; build one with `make report`.")
    with tempfile.TemporaryDirectory(prefix="luntan-pdf-") as folder:
        page, printed = Path(folder, "report.html"), Path(folder, PDF)
        page.write_text(one_page(site), "utf-8")
        _print(browser, page, printed)
        (site / PDF).write_bytes(without_the_run(printed.read_bytes()))
    return site / PDF


def find_chromium() -> str:
    """Find Chromium or Chrome on the path."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if not found:
        raise FileNotFoundError(
            f"No Chromium was found on the path ({', '.join(BROWSERS)}); on Debian and Ubuntu run "
            "`apt install chromium`."
        )
    return found


def one_page(site: Path) -> str:
    """Join the pages of a report: the first one, the notebooks, the documents, the data of figures."""
    files = _in_order(site)
    mains = {file: _MAIN.search((site / file).read_text("utf-8")) for file in files}
    parts = {file: _LEFT_OUT.sub("", found[1]) for file, found in mains.items() if found}
    titles = {file: found[1] for file, part in parts.items() if (found := _TITLE.search(part))}
    entries = "".join(f'<li><a href="#{_name(file)}">{title}</a></li>' for file, title in titles.items())
    contents = f'</p>\n<nav aria-label="Contents"><ol>{entries}</ol></nav>'
    front, *others = [
        f'<section class="part" id="{_name(file)}">\n{_inward(part, file, parts, site)}\n</section>'
        for file, part in parts.items()
    ]
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<title>luntan 论坛</title>
<link rel="stylesheet" href="{(site / "assets" / "site.css").resolve().as_uri()}">
</head>
<body>
<main lang="en">
{front.replace("</p>", contents, 1)}
{"".join(others)}
</main>
</body>
</html>
"""


def _in_order(site: Path) -> list[str]:
    """List the pages as the navigation does, then those that it does not name."""
    links = _NAVIGATION.search((site / "index.html").read_text("utf-8"))
    named = re.findall(r'href="([^"#]*)"', links[1]) if links else []
    others = [
        path.relative_to(site).as_posix()
        for part in ("documents", "figures")
        for path in sorted((site / part).glob("*.html"))
    ]
    return [file for file in dict.fromkeys([*map(unquote, named), *others]) if file != "search.html"]


def _name(file: str) -> str:
    """Name the part of the long page that holds the page `file`."""
    return re.sub(r"[^\w-]", "-", file.removesuffix(".html"))


def _inward(part: str, file: str, parts: Iterable[str], site: Path) -> str:
    """Turn what a page says of its own and of other pages into what holds in the long page."""

    def turn(found: re.Match[str]) -> str:
        kind, value = found.groups()
        if kind in ("id", "for"):
            return f' {kind}="{_name(file)}--{value}"'
        path, _, anchor = unquote(value).partition("#")
        target = posixpath.normpath(posixpath.join(posixpath.dirname(file), path)) if path else file
        if kind == "src":
            return f' src="{(site / target).resolve().as_uri()}"'
        if target in parts:
            return f' href="#{_name(target)}{f"--{anchor}" if anchor else ""}"'
        # What is not in the PDF, such as a file of data, would lead to a folder of this machine.
        return found[0] if "://" in value else ""

    return _ADDRESS.sub(turn, part.replace("<details", "<details open"))


def _print(browser: str, page: Path, printed: Path) -> None:
    """Let Chromium print; the page is our own and runs nothing, so no sandbox is needed, which root lacks."""
    options = (
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        # Nothing is printed before a minute of its own clock is over, which waits for the face and pictures.
        "--virtual-time-budget=60000",
        "--host-resolver-rules=MAP * ~NOTFOUND",
        f"--user-data-dir={page.parent / 'browser'}",
        "--generate-pdf-document-outline",
        "--no-pdf-header-footer",
        f"--print-to-pdf={printed}",
    )
    ran = subprocess.run([browser, *options, page.as_uri()], capture_output=True, timeout=SECONDS)
    if not printed.is_file():
        said = ran.stderr.decode("utf-8", "replace").strip()
        raise RuntimeError(f"{browser} printed no PDF: {said[-300:] or 'it gave no reason'}.")


def without_the_run(pdf: bytes) -> bytes:
    """Make the same report the same bytes: blank the time and the browser, number the cells from 1.

    No byte is added or taken away, so that the offsets in the file hold; the cells keep their order.
    """
    about, end, rest = pdf.partition(b"endobj")
    about = _OF_THE_RUN.sub(lambda field: field[1] + b"(" + b" " * len(field[2]) + b")", about)
    number = {node: b"%08d" % at for at, node in enumerate(sorted(set(_NODE.findall(rest))), 1)}
    return about + end + _NODE.sub(lambda node: b"(node" + number[node[1]] + b")", rest)
