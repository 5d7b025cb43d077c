"""Measure speed as ratios within one run: `make bench`.

Seconds on shared machines mean little; each line compares things that were timed in turn, by CPU
time, and takes the median of the repeats. The text is the five digests, repeated.
"""

import logging
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd

import luntan as lt

REPORTS = Path(__file__).resolve().parents[1] / "data" / "reports"
REPEATS = 5
COPIES = 20
OURS = "import luntan; luntan.segment('专精特新')"
THEIRS = "import logging, jieba; jieba.setLogLevel(50); jieba.lcut('专精特新')"


def main() -> None:
    """Print the table of ratios."""
    corpus = lt.read_corpus(REPORTS)
    texts = {f"{row.doc_id}-{copy}": row.text for row in corpus.itertuples() for copy in range(COPIES)}
    megabytes = sum(len(text.encode()) for text in texts.values()) / 1e6
    print(f"text: {len(texts)} documents, {megabytes:.2f} MB; median of {REPEATS} repeats, CPU time\n")
    _print("segmentation, list of str", *_segmentation(list(texts.values())))
    sents = lt.sentences(lt.make_corpus(texts))
    chinese = sents.loc[sents["lang"] == "zh"].groupby("doc_id")["text"].agg("".join)
    _print("  its Chinese sentences only", *_segmentation(list(chinese)))
    _print("import and first cut", *_first_cut())
    print(
        f"memory at the first cut          luntan {_memory(OURS):5.0f} MB   jieba {_memory(THEIRS):5.0f} MB"
    )
    _print_quantities(sents, REPORTS)
    _print_stages(texts, megabytes)


def _print_quantities(sents: pd.DataFrame, folder: Path) -> None:
    """Print the speed of whole rows, beside quantulum3 where someone has installed it."""
    size = sents["text"].str.encode("utf-8").str.len().sum() / 1e6
    (ours,) = _in_turn(lambda: lt.quantities(sents))
    line = f"{'quantities, whole rows':32} luntan {size / ours:7.2f} MB/s"
    try:
        from quantulum3 import parser
    except ImportError:
        print(f"{line}   (quantulum3 is not installed here)")
        return
    # It reads English only, and slowly: one copy of the English sentences for both.
    english = lt.sentences(lt.read_corpus(folder)).query("lang == 'en'")
    ours, theirs = _in_turn(
        lambda: lt.quantities(english), lambda: [parser.parse(text) for text in english["text"]]
    )
    print(f"{line}   quantulum3 {theirs / ours:5.1f} x slower on the English sentences")


def _print(what: str, ours: float, theirs: float) -> None:
    print(f"{what:32} luntan {ours:7.3f} s   jieba {theirs:7.3f} s   {theirs / ours:5.1f} x as fast")


def _segmentation(texts: list[str]) -> tuple[float, float]:
    import jieba

    jieba.setLogLevel(logging.CRITICAL)
    plain = jieba.Tokenizer()
    plain.tmp_dir = tempfile.mkdtemp()
    ours, theirs = _in_turn(
        lambda: [lt.segment(text) for text in texts], lambda: [plain.lcut(text) for text in texts]
    )
    return ours, theirs


def _first_cut() -> tuple[float, float]:
    """Time a fresh interpreter to its first token, less the time of one that does nothing."""
    medians = _in_turn(*(lambda code=code: _run(code) for code in (OURS, THEIRS, "pass")), children=True)
    return medians[0] - medians[2], medians[1] - medians[2]


def _memory(code: str) -> float:
    """Return the megabytes that a fresh interpreter grows by, measured as resident memory."""
    resident = "print(open('/proc/self/statm').read().split()[1])"
    before, after = _run(f"{resident}; {code}; {resident}").split()
    return (int(after) - int(before)) * resource.getpagesize() / 1e6


def _run(code: str) -> str:
    command = [sys.executable, "-W", "ignore", "-c", code]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def _in_turn(*jobs: Callable[[], object], children: bool = False) -> list[float]:
    """Return the median CPU seconds of each job, run in turn, the first round left out."""
    seconds: list[list[float]] = [[] for _ in jobs]
    for _ in range(REPEATS + 1):
        for job, times in zip(jobs, seconds, strict=True):
            before = _clock(children)
            job()
            times.append(_clock(children) - before)
    return [statistics.median(times[1:]) for times in seconds]


def _clock(children: bool) -> float:
    if not children:
        return time.process_time()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _print_stages(texts: dict[str, str], megabytes: float) -> None:
    sents = lt.sentences(lt.make_corpus(texts))
    stages = {
        "sentences": lambda: lt.sentences(lt.make_corpus(texts)),
        "tokens": lambda: lt.tokens(sents),
        "statements": lambda: lt.statements(sents),
        "quantities": lambda: lt.quantities(sents),
        "themes": lambda: lt.themes(sents),
    }
    medians = dict(zip(stages, _in_turn(*stages.values()), strict=True))
    whole = sum(medians.values())
    print(f"\nthe chain: {megabytes / whole:.2f} MB/s, {len(sents) / whole:,.0f} sentences/s")
    for stage, seconds in medians.items():
        print(f"  {stage:12} {seconds / whole:5.0%} of the time, {len(sents) / seconds:10,.0f} sentences/s")


if __name__ == "__main__":
    main()
