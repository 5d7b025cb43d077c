"""Measure how often unknown encodings are read right, and how fast: `python benchmarks/encoding.py`.

The strings are cut from the project's own digests, from sentences in tests/data/encodings and, where
they lie beside the checkout, from the development texts. Right means the same string again; an error
with a reason is flagged, one without is not.
"""

import argparse
import random
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from luntan.loaders.encoding import decode

ROOT = Path(__file__).resolve().parents[1]
DEV = ROOT.parent / "shared" / "dev" / "texts"
LENGTHS = (30, 200, 2000)
EACH = 60


def main() -> None:
    """Print a line a kind and length, the totals, and the speed."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--wrong", action="store_true", help="show what was read wrongly")
    show = options.parse_args().wrong
    table: Counter[tuple[str, int, str]] = Counter()
    for kind, length, text, data in cases():
        found, encoding, reason = decode(data)
        outcome = "right" if found.removeprefix("\ufeff") == text else "flagged" if reason else "unflagged"
        table[kind, length, outcome] += 1
        table["all", 0, outcome] += 1
        table["all", 0, "right but flagged"] += outcome == "right" and bool(reason)
        if show and outcome in ("flagged", "unflagged"):
            print(f"{outcome} {kind} {length} read as {encoding}: {text[:60]!r}")
    for kind, length in dict.fromkeys((kind, length) for kind, length, _ in table):
        counts = {outcome: n for (k, m, outcome), n in table.items() if (k, m) == (kind, length)}
        total = sum(n for outcome, n in counts.items() if outcome != "right but flagged")
        shares = "  ".join(f"{outcome} {n / total:.3f}" for outcome, n in sorted(counts.items()))
        print(f"{kind:12} {length or '':>5}  n {total:5}  {shares}")
    print_speed()


def cases() -> Iterator[tuple[str, int, str, bytes]]:
    """Yield kind, length, text and bytes; texts that are plain ASCII or do not fit are left out."""
    rng = random.Random(0)
    pools = read_pools()
    for kind, (pool, encodings) in pools.items():
        for length in LENGTHS:
            for _ in range(EACH):
                text = cut(rng, pool, length)
                if kind == "en+GB":
                    text = sprinkle(rng, text, pools["zh"][0])
                for encoding in encodings:
                    data = text.encode(encoding, "ignore")
                    if not text.isascii() and data.decode(encoding).removeprefix("\ufeff") == text:
                        yield f"{kind} {encoding}", length, text, data


def read_pools() -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return text and encodings of each kind of string."""
    sources = [*sorted((ROOT / "data" / "reports").glob("*.md")), *sorted(DEV.glob("*.txt"))]
    whole = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    lines = [line for line in whole.splitlines() if line.strip()]
    chinese = "\n".join(line for line in lines if sum("\u4e00" <= char <= "\u9fff" for char in line) > 8)
    english = "\n".join(line for line in lines if line.isascii())
    folder = ROOT / "tests" / "data" / "encodings"
    own = {name: (folder / f"{name}.txt").read_text(encoding="utf-8") for name in ("traditional", "accents")}
    fits = [line for line in chinese.splitlines() if line.encode("cp950", "ignore").decode("cp950") == line]
    return {
        "zh": (chinese, ("utf-8", "gb18030", "utf-16", "utf-16-le", "utf-16-be")),
        "zh-Hant": (own["traditional"] + "\n".join(fits), ("cp950", "utf-8", "utf-16-le")),
        "accents": (own["accents"], ("cp1252", "utf-8")),
        "en+GB": (english, ("gb18030",)),
    }  # fmt: skip


def cut(rng: random.Random, pool: str, length: int) -> str:
    """Return `length` characters from a random place, the pool taken as a ring."""
    start = rng.randrange(len(pool))
    return (pool[start:] + pool * (length // len(pool) + 1))[:length]


def sprinkle(rng: random.Random, text: str, pool: str) -> str:
    """Put a few Chinese words of two to four characters into an English text."""
    for _ in range(1 + len(text) // 200):
        place, size = rng.randrange(len(text)), rng.randint(2, 4)
        words = [word for word in (cut(rng, pool, size) for _ in range(20)) if not word.isascii()]
        text = f"{text[:place]} ({words[0].strip()}) {text[place:]}"
    return text


def print_speed() -> None:
    """Print megabytes a second for a large file of each encoding."""
    text = "\n".join(
        path.read_text(encoding="utf-8") for path in sorted((ROOT / "data" / "reports").glob("*.md"))
    )
    for encoding in ("utf-8", "gb18030", "utf-16-le", "cp1252"):
        data = text.encode(encoding, "ignore") * 40
        started = time.process_time()
        decode(data)
        print(f"{encoding:12} {len(data) / 1e6 / (time.process_time() - started):8.1f} MB/s")


if __name__ == "__main__":
    main()
