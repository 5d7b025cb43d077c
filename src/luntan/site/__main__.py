"""Execute the notebooks, build the report, print it: `python -m luntan.site notebooks`, `report`, `pdf`."""

import argparse
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from luntan.corpus import read_corpus
from luntan.lexical import theme_lexicon
from luntan.site import build_site, refuse_foreign_files
from luntan.site.evidence import READ
from luntan.site.execute import execute_notebooks
from luntan.site.parameters import give_parameters
from luntan.site.pdf import write_pdf

NOTEBOOKS, FIGURES, REPORTS = Path("notebooks"), Path("figures"), Path("data/reports")
OWN_NOTEBOOK = "07-your-reports.ipynb"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 0, or 1 if a notebook failed, or 2 if something given cannot be used."""
    for stream in (sys.stdout, sys.stderr):
        # A title that the terminal cannot show must not end the run.
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    given = _parser().parse_args(arguments)
    try:
        if given.command == "notebooks":
            return _run(sorted(_existing(given.folder).glob("*.ipynb")))
        if given.command == "pdf":
            print(f"open {write_pdf(given.folder)}")
            return 0
        if given.lexicon:
            # An error in it shows before any work is done.
            theme_lexicon(_existing(given.lexicon))
        if given.reports is None and given.lexicon is None:
            return _report(given.out)
        return _report_on(_existing(given.reports or REPORTS), given.lexicon, given.out)
    except (OSError, RuntimeError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m luntan.site", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    notebooks = commands.add_parser("notebooks", help="execute the notebooks in place")
    notebooks.add_argument("folder", type=Path, nargs="?", default=NOTEBOOKS)
    report = commands.add_parser("report", help="execute the notebooks and build the HTML report")
    report.add_argument("--reports", type=Path, help="a folder of your own files, or one file")
    report.add_argument("--lexicon", type=Path, help="a theme lexicon of your own, a YAML file")
    report.add_argument("--out", type=Path, default=Path("site"), help="the folder to write (default: site)")
    pdf = commands.add_parser("pdf", help="print a built report as one PDF, by Chromium")
    pdf.add_argument("folder", type=Path, nargs="?", default=Path("site"))
    return parser


def _existing(path: Path) -> Path:
    if not path.exists():
        raise FileNotFoundError(f"{path} does not exist; name a folder or file that does.")
    return path


def _run(paths: Sequence[Path], environment: dict[str, str] | None = None) -> int:
    """Execute notebooks and say what failed."""
    failures = execute_notebooks(paths, environment=environment)
    print("".join(f"{failure}\n" for failure in failures), end="", file=sys.stderr)
    return 1 if failures else 0


def _report(out: Path) -> int:
    """Build the report on the reports that come with luntan."""
    refuse_foreign_files(out)
    if failed := _run(sorted(_existing(NOTEBOOKS).glob("*.ipynb"))):
        return failed
    print(f"open {build_site(read_corpus(REPORTS), NOTEBOOKS, figures=FIGURES, out=out)}")
    return 0


def _report_on(reports: Path, lexicon: Path | None, out: Path) -> int:
    """Build the report on somebody's own files; say in a line for each what became of it."""
    refuse_foreign_files(out)
    corpus = read_corpus(reports)
    for row in corpus.itertuples(index=False):
        print(f"{row.status:<5}", row.doc_id, row.path, *([row.reason] if row.reason else []), sep="  ")
    with tempfile.TemporaryDirectory() as folder:
        notebooks, figures = Path(folder, "notebooks"), Path(folder, "figures")
        failed = 0
        notebooks.mkdir()
        figures.mkdir()
        if (NOTEBOOKS / OWN_NOTEBOOK).exists() and corpus["status"].isin(READ).any():
            own = Path(shutil.copy(NOTEBOOKS / OWN_NOTEBOOK, notebooks))
            given = {"reports": reports.resolve()} | ({"lexicon": lexicon.resolve()} if lexicon else {})
            give_parameters(own, {name: str(path) for name, path in given.items()})
            if failed := _run([own], {"LUNTAN_FIGURES": str(figures)}):
                # The documents' own pages are worth having without it.
                own.unlink()
            else:
                # A report is handed on: it tells what was read, and not where that lies on one's machine.
                give_parameters(own, {name: path.name for name, path in given.items()})
        site = build_site(corpus, notebooks, figures=figures, out=out, lexicon=lexicon)
    print(f"open {site}")
    return failed


if __name__ == "__main__":
    sys.exit(main())
