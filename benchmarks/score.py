"""Score the chain on the development texts: `make score`.

The texts and their hand-made gold lie beside the checkout, not in it. They are parted once and for
all: S0-S4 and the odd-numbered D texts may be looked at while rules are written, the even-numbered
ones are only scored.
"""

import csv
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd

import luntan as lt

GOLD = Path(__file__).resolve().parents[2] / "shared" / "dev"
PARTS = {
    "five originals": lambda doc_id: doc_id.startswith("S"),
    "others, looked at": lambda doc_id: doc_id.startswith("D") and int(doc_id[1:]) % 2 == 1,
    "others, only scored": lambda doc_id: doc_id.startswith("D") and int(doc_id[1:]) % 2 == 0,
}
REPORTED = (
    ("statements", ("all", "lang=en", "lang=zh", "lang=mixed")),
    ("statement_attributes_on_matched", ("mode", "role", "organisation")),
    ("mentions", ("all",)),
    ("figures", ("all", "lang=en", "lang=zh", "lang=mixed")),
    ("figures_unit_kind_accuracy_on_matched", ()),
    ("metadata_exact", ("title", "publisher", "date_published", "language")),
    ("body_span_by_characters", ("all",)),
    ("segmentation", ("all",)),
    ("segmentation_domain_terms_kept_whole", ()),
    ("segmentation_number_and_date_tokens_right", ()),
)


def predict(corpus: pd.DataFrame) -> dict[str, list[dict[str, Any]]]:
    """Run the chain and return its tables in the scorer's words."""
    sents = lt.sentences(corpus)
    said, nums = lt.statements(sents), lt.quantities(sents)
    speakers = set(zip(said.doc_id, said.speaker, strict=True))
    silent = [row for row in lt.roster(sents).itertuples() if (row.doc_id, row.speaker) not in speakers]
    fields = ("speaker", "role", "organisation", "start", "end")
    return {
        "statements": [
            *_rows(said.itertuples(), (*fields, "mode")),
            *({**row, "mode": "mention_only"} for row in _rows(silent, fields)),
        ],
        "figures": list(_figures(nums)),
        "metadata": [
            {
                "id": row.doc_id, "title": row.title, "publisher": row.publisher, "date_published": row.date,
                "language": row.lang, "body_start_offset": row.body_start, "body_end_offset": row.body_end,
            }
            for row in corpus.itertuples()
        ],
        "segmentation": [
            {"id": line["id"], "sentence": line["sentence"], "tokens": lt.segment(line["sentence"])}
            for line in map(json.loads, _read_lines("gold_segmentation.jsonl"))
        ],
    }  # fmt: skip


def _read_lines(name: str) -> list[str]:
    return (GOLD / name).read_text(encoding="utf-8").splitlines()


def _rows(rows: Iterable[Any], fields: Iterable[str]) -> Iterator[dict[str, Any]]:
    for row in rows:
        yield {"id": row.doc_id} | {field: getattr(row, field) for field in fields}


def _figures(nums: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Yield the stated figures; identifiers are rows of ours that say they are no figure."""
    for row in nums[nums.flag != "identifier"].itertuples():
        dated = row.kind in ("date", "year")
        value, value2 = (row.date, row.date2) if dated else (_plain(row.value), _plain(row.value2))
        yield {
            "id": row.doc_id, "start": row.start, "end": row.end, "value": value, "value2": value2,
            "bound": row.bound, "unit_kind": row.kind, "unit": row.unit, "counted": row.counted,
        }  # fmt: skip


def _plain(number: float) -> str:
    return "" if pd.isna(number) else f"{number:.10g}"


def score(predictions: dict[str, list[dict[str, Any]]], wanted: Any) -> dict[str, Any]:
    """Run the scorer on the texts that are wanted."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for table in ("gold_metadata", "gold_figures"):
            with (GOLD / f"{table}.csv").open(encoding="utf-8", newline="") as source:
                rows = list(csv.DictReader(source))
            with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as target:
                writer = csv.DictWriter(target, rows[0])
                writer.writeheader()
                writer.writerows(row for row in rows if wanted(row["id"]))
        for table in ("gold_statements", "gold_segmentation"):
            kept = [line for line in _read_lines(f"{table}.jsonl") if wanted(json.loads(line)["id"])]
            (folder / f"{table}.jsonl").write_text("\n".join(kept), encoding="utf-8")
        options = []
        for task, rows in predictions.items():
            path = folder / f"{task}.jsonl"
            kept = [json.dumps(row, ensure_ascii=False, default=str) for row in rows if wanted(row["id"])]
            path.write_text("\n".join(kept), encoding="utf-8")
            options += [f"--{task}", str(path)]
        result = folder / "result.json"
        command = [sys.executable, str(GOLD / "score.py"), str(folder), *options, "--json", str(result)]
        subprocess.run(command, check=True, capture_output=True)
        scores: dict[str, Any] = json.loads(result.read_text(encoding="utf-8"))
        return scores


def lines_of(scores: dict[str, Any]) -> Iterator[str]:
    """Yield the lines of the report that this project is steered by."""
    for block, keys in REPORTED:
        if not keys:
            yield f"  {block}: {scores[block]}"
        for key in keys:
            found = scores[block].get(key)
            if isinstance(found, dict):
                numbers = {
                    name: found[name]
                    for name in ("precision", "recall", "f1", "accuracy", "gold", "of")
                    if name in found
                }
                yield f"  {block} {key}: " + "  ".join(f"{name} {value}" for name, value in numbers.items())
            elif found is not None:
                yield f"  {block} {key}: {found}"


def people_found(corpus: pd.DataFrame) -> tuple[int, int]:
    """Return how many of the originals' people have a row in the roster, and how many there are."""
    named = lt.roster(lt.sentences(corpus))
    ours = set(zip(named.doc_id, named.speaker.str.casefold(), strict=True))
    with (GOLD / "originals_people.csv").open(encoding="utf-8", newline="") as source:
        gold = [
            (row["doc"].removesuffix(".txt"), row["speaker"].casefold()) for row in csv.DictReader(source)
        ]
    return sum(person in ours for person in gold), len(gold)


def main() -> int:
    """Print the scores of each part of the development set."""
    if not GOLD.is_dir():
        print(
            "make score needs the development texts in ../shared/dev beside the checkout; they are not there."
        )
        return 1
    corpus = lt.read_corpus(GOLD / "texts")
    predictions = predict(corpus)
    for part, wanted in PARTS.items():
        print(f"\n{part}")
        print(*lines_of(score(predictions, wanted)), sep="\n")
        if part == "five originals":
            print("  people in the roster: {} of {}".format(*people_found(corpus)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
