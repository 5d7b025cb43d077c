"""What comes before the first result: importing, the first call, and the memory they take."""

import resource
import subprocess
import sys

from meter import Line, in_turn

CODES = {
    "nothing": "pass",
    "import luntan": "import luntan",
    "import pandas": "import pandas",
    "first cut": "import luntan; luntan.segment('专精特新')",
    "jieba's first cut": "import logging, jieba; jieba.setLogLevel(50); jieba.lcut('专精特新')",
    "first table": "import luntan; luntan.sentences(luntan.make_corpus({'a': '专精特新'}))",
    "first statements": "import luntan as lt; lt.statements(lt.sentences(lt.make_corpus({'a': '他说好。'})))",
}


def starting(rounds: int) -> list[Line]:
    """Time fresh interpreters, less the time of one that does nothing."""
    times = in_turn([lambda _, code=code: run(code) for code in CODES.values()], range(rounds + 1))
    took = {what: seconds - times[0] for what, seconds in zip(CODES, times, strict=True)}
    pandas, theirs = took["import pandas"], took["jieba's first cut"]
    lines = [Line("import luntan / import pandas", f"{took['import luntan']:.3f} s", f"{pandas:.3f} s")]
    for what in ("first table", "first statements"):
        over = took[what] - pandas
        lines.append(
            Line(f"{what} / import pandas", f"{took[what]:.3f} s", f"{pandas:.3f} s", f"{over:+.3f} s")
        )
    cut = took["first cut"]
    lines[0] = lines[0]._replace(ratio=f"{took['import luntan'] - pandas:+.3f} s", bar="≤ +0.3 s")
    lines.append(
        Line("first cut / jieba's", f"{cut:.3f} s", f"{theirs:.3f} s", f"{theirs / cut:.1f} × as fast")
    )
    grown = [memory(CODES[what]) for what in ("first cut", "jieba's first cut")]
    return [*lines, Line("memory at the first cut / jieba's", *(f"{one:.0f} MB" for one in grown))]


def memory(code: str) -> float:
    """Return the megabytes that a fresh interpreter grows by, measured as resident memory."""
    resident = "print(open('/proc/self/statm').read().split()[1])"
    before, after = run(f"{resident}; {code}; {resident}").split()
    return (int(after) - int(before)) * resource.getpagesize() / 1e6


def run(code: str) -> str:
    """Run code in a fresh interpreter and return what it printed."""
    command = [sys.executable, "-W", "ignore", "-c", code]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout
